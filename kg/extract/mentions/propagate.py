"""A name found once is found everywhere on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.votes import Candidate

LEVELS = ("镇", "乡", "村", "街道", "社区", "县", "市", "区")
LOCAL = LEVELS[:-2]
FINEST = 10_000
"""Confidences are added up in these parts of one: sums of whole numbers do not depend on their order."""
_TOWN = re.compile(r"^[\u4e00-\u9fff]{2,3}[镇乡县市]$")
"""A name of which the short form is a name: 白蒲|镇."""
_NOUNS = frozenset(["LOC", "n", "nz"])
_LOCAL = frozenset(["deixis", "post"])


def known_names(texts: Sequence[Text], chosen: Sequence[Sequence[Candidate]]) -> dict[str, str]:
    """Return every printed form that was found, with the kind for which most speaks.

    A short person's name that the page also prints with a level is the short form of a place: 白蒲 of 白蒲镇.
    """
    weight: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for text, candidates in zip(texts, chosen, strict=True):
        for c in candidates:
            if _LOCAL.isdisjoint(c.finders):
                weight[text.text[c.start : c.end]][c.kind] += round(c.confidence * FINEST)
    kinds = {name: max(sorted(some), key=some.__getitem__) for name, some in weight.items() if len(name) > 1}
    for name, kind in kinds.items():
        if kind == "Person" and len(name) == 2 and any(kinds.get(name + end) == "Place" for end in LEVELS):
            kinds[name] = "Place"
    return kinds


def local(texts: Sequence[Text], chosen: Sequence[Sequence[Candidate]]) -> bool:
    """Say whether a page names a county, a town or a village."""
    return any(
        c.kind == "Place" and text.text[c.start : c.end].endswith(LOCAL)
        for text, candidates in zip(texts, chosen, strict=True)
        for c in candidates
    )


def of_one_kind(
    texts: Sequence[Text], chosen: Sequence[Sequence[Candidate]], kinds: Mapping[str, str]
) -> list[list[Candidate]]:
    """Return the mentions, those of one printed form all of the kind for which most speaks on the page."""
    return [
        [
            replace(c, kind=kinds.get(text.text[c.start : c.end], c.kind))
            if _LOCAL.isdisjoint(c.finders)
            else c
            for c in some
        ]
        for text, some in zip(texts, chosen, strict=True)
    ]


def short_places(kinds: Mapping[str, str], texts: Sequence[Text]) -> dict[str, str]:
    """Return the short forms of known towns and counties that stand on the page as words: 白蒲 of 白蒲镇.

    >>> short_places({"白蒲镇": "Place", "何清": "Person"}, ())
    {}
    """
    short = {name[:-1] for name, kind in kinds.items() if kind == "Place" and _TOWN.search(name)}
    words = {token.word for text in texts for token in text.tokens if token.tag in _NOUNS}
    return dict.fromkeys(sorted(short & words - kinds.keys()), "Place")


def indexed(kinds: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the names by their first two characters, the longest first."""
    index: dict[str, list[str]] = defaultdict(list)
    for name in sorted(kinds, key=lambda n: (-len(n), n)):
        index[name[:2]].append(name)
    return dict(index)


def find_known(text: Text, index: Mapping[str, Sequence[str]], kinds: Mapping[str, str]) -> list[Vote]:
    """Vote for every place where a known name is printed, unless it starts and ends within words."""
    votes = []
    full, position = text.text, 0
    while position < len(full) - 1:
        for name in index.get(full[position : position + 2], ()):
            end = position + len(name)
            bound = position in text.starts or end in text.ends or len(name) > 3
            if bound and full.startswith(name, position):
                votes.append(Vote(position, end, kinds[name], "known"))
                position = end - 1
                break
        position += 1
    return votes
