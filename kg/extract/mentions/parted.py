"""Votes cut to the names they hold: what no name opens with falls off, joined bodies come apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.mentions.canonical import bare
from kg.extract.mentions.lexed import joined_parts
from kg.extract.mentions.organs import LEVEL
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names
from kg.extract.mentions.votes import Candidate, Stretch
from kg.hanzi.gazetteer import gazetteer

_OWN = "我全本各该"
"""What makes of a level after it the papers' own area, and no part of a name: 我市|江苏某某公司."""
_CUT = frozenset(["Organization", "Place", "Event", "Project"])
_NAMED = frozenset(["Event", "Project", "Award"])
LEAST = 4
"""Code points that must be left of a name."""


def parted(text: Text, votes: Iterable[Stretch], names: Names) -> Iterator[Stretch]:
    """Yield the votes, cut where they hold more than a name; `text` is theirs."""
    for vote in votes:
        start = _start(text, vote, names) if vote.kind in _CUT else vote.start
        cut = replace(vote, start=start) if start != vote.start else vote
        if vote.kind in _NAMED and bare(text.text[start : vote.end]) in names.generic:
            continue
        parts = joined_parts(text.text[start : vote.end], names) if vote.kind == "Organization" else []
        if parts:
            for a, b in parts:
                yield replace(cut, start=start + a, end=start + b)
        else:
            yield cut


def _start(text: Text, vote: Vote | Candidate, names: Names) -> int:
    full, start = text.text, vote.start
    if _glued(full, start, vote, names):
        start += 1
    while True:
        match = names.opener.match(full, start, vote.end)
        if match is None or match.end() == start or vote.end - match.end() < LEAST:
            return start
        start = match.end()


def _glued(full: str, start: int, vote: Vote | Candidate, names: Names) -> bool:
    """Say whether a name has taken the level of a bare 我市 before it: 我|市浙江某某公司."""
    if full[start] not in LEVEL or vote.end - start <= LEAST or names.organ.match(full, start + 1):
        return False
    if full[start - 1 : start] in tuple(_OWN) and start:
        return True
    return any(full[start + 1 : start + 1 + n] in gazetteer().by_short for n in (2, 3))
