"""Votes cut to the names they hold: what no name opens with falls off, joined bodies come apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.mentions.canonical import bare
from kg.extract.mentions.lexed import joined_parts
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import LEVEL, Names
from kg.extract.mentions.votes import Candidate, Stretch
from kg.hanzi.gazetteer import gazetteer

_OWN = "我全本各该"
"""What makes of a level after it the papers' own area, and no part of a name: 我市|江苏某某公司."""
_CUT = frozenset(["Organization", "Place", "Event", "Project"])
_NAMED = frozenset(["Event", "Project", "Award"])
_LISTED = frozenset(["Event", "Project", "Award", "Organization"])
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|（[^）]*）|《[^》]*》|\([^)]*\)|\"[^\"]*\"")
_ROW = re.compile(r"(?:“[^“”]+”){2,}|(?:‘[^‘’]+’){2,}")
"""Quotations one after another, each a name: “渡口诗会”“稻田音乐会”."""
_FLOOR = re.compile(r"[\u4e00-\u9fff\d]楼(?=.{2,6}[厅室]$)")
"""Between a house and a hall in it: 国际大酒店|二楼|荆江厅."""
_BEFORE_LAST = frozenset("、和与及")
LEAST = 4
"""Code points that must be left of a name."""


def parted(text: Text, votes: Iterable[Stretch], names: Names) -> Iterator[Stretch]:
    """Yield the votes, cut where they hold more than a name; `text` is theirs."""
    for vote in votes:
        for one in _several(text.text, vote, names):
            yield from _parted(text, one, names)


def _several(text: str, vote: Stretch, names: Names) -> Iterator[Stretch]:
    """Yield the names of a vote that holds several: 海鲜节、舞蹈大赛, or a place and what is in it."""
    surface = text[vote.start : vote.end]
    row = _ROW.match(surface)
    if row:
        for quote in _QUOTED.finditer(row[0]):
            yield replace(vote, start=vote.start + quote.start() + 1, end=vote.start + quote.end() - 1)
        return
    if vote.kind == "Place" and text[vote.start - 1 : vote.start] in _BEFORE_LAST:
        vote = replace(vote, end=vote.start + len(names.levelled.sub("", surface)))
        surface = text[vote.start : vote.end]
    stack = names.stacked.fullmatch(surface) if vote.kind == "Place" else None
    if stack:
        yield replace(vote, end=vote.start + stack.end(1))
        yield replace(vote, start=vote.start + stack.end(1))
        return
    floor = _FLOOR.search(surface) if vote.kind == "Place" else None
    if floor and floor.start() > 1:
        yield replace(vote, end=vote.start + floor.start())
        yield replace(vote, start=vote.start + floor.end())
        return
    inside = names.within.match(surface) if vote.kind in _CUT else None
    if inside:
        yield replace(vote, end=vote.start + inside.end(1), kind="Place")
        if len(surface) - inside.end() >= LEAST:
            yield from _several(text, replace(vote, start=vote.start + inside.end()), names)
        return
    joined = names.joined.search(surface) if vote.kind in _NAMED else None
    if joined and joined[1] in names.organs and len(surface) - joined.end() >= LEAST:
        yield replace(vote, end=vote.start + joined.end(1), kind="Organization")
        yield replace(vote, start=vote.start + joined.end())
        return
    listed = vote.kind in _LISTED and "、" in surface
    masked = _QUOTED.sub(lambda quote: "x" * len(quote[0]), surface) if listed else ""
    for at, char in enumerate(masked):
        if char == "、" and all(ends(s, vote.kind, names) for s in (surface[:at], surface[at + 1 :])):
            yield replace(vote, end=vote.start + at)
            yield from _several(text, replace(vote, start=vote.start + at + 1), names)
            return
    yield vote


def ends(part: str, kind: str, names: Names) -> bool:
    """Say whether a part of a name ends as a name of the kind does."""
    tails = (names.heads.get(part[-n:], ()) for n in range(1, min(len(part) - 1, names.longest_head) + 1))
    return any(kind == head for tail in tails for head, _ in tail)


def _parted(text: Text, vote: Stretch, names: Names) -> Iterator[Stretch]:
    start = _start(text, vote, names) if vote.kind in _CUT else vote.start
    cut = replace(vote, start=start) if start != vote.start else vote
    if vote.kind != "Person" and bare(text.text[start : vote.end]) in names.generic:
        return
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
