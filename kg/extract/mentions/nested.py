"""What a longer name opens with and the page names nowhere else: 甲岭县|乙泽机械厂, 乙泽有限公司|丙线项目."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.mentions.parted import ends
from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import Names
from kg.extract.mentions.votes import Candidate
from kg.extract.towns import printed_towns
from kg.hanzi.gazetteer import gazetteer

FINDER = "nested"
HOLDS = frozenset(["Organization", "Project"])
"""Kinds of names that open with what they belong to or lie in."""
LEAST = 2
"""Code points that the longer name must have behind it."""
_COUNTY = frozenset(["县", "旗"])
"""Levels under which a longer name is seldom printed without meaning the area itself."""
_ABOVE = 2
"""The rank down to which an area may stand before the county: 某省|某县|某中心."""
LEAST_WHOLE = 5
"""Code points of the name of what has phases."""
PHASE = re.compile(r"[一二三四首]期$")
"""The phase at the end of a name: 某某项目|二期."""
_OWNER = re.compile(r"([^“”‘’（）()、]{4,}?)[的“]")
"""What may be a body before its thing: 甲公司|的|乙项目, 甲小学|“乙”合唱团."""


def nested(
    texts: Sequence[Text], found: Sequence[Sequence[Candidate]], names: Names
) -> list[list[Candidate]]:
    """Return the mentions of each text with those of counties, towns and bodies in which longer names open.

    What the page names by itself anywhere is left there. Counties are seen in names of bodies and projects,
    towns in those of projects, a firm wherever its legal form ends the first part of a name.
    """
    there = {
        (text.text[c.start : c.end], c.kind) for text, some in zip(texts, found, strict=True) for c in some
    }
    return [
        [
            *some,
            *(c for c in _opening(text, some, names) if (text.text[c.start : c.end], c.kind) not in there),
        ]
        for text, some in zip(texts, found, strict=True)
    ]


def _opening(text: Text, found: Sequence[Candidate], names: Names) -> Iterator[Candidate]:
    towns: dict[int, int] | None = None
    for c in found:
        if c.kind not in HOLDS:
            continue
        last, start = c.end - LEAST, c.start
        for end in _areas(text.text, c.start, last):
            yield _candidate(start, end, "Place", names)
            start = end
        if c.kind == "Project":
            if towns is None:
                towns = dict(printed_towns(text.text, names.towns))
            if start < towns.get(start, 0) <= last:
                yield _candidate(start, towns[start], "Place", names)
            phase = PHASE.search(text.text, c.start + LEAST, c.end)
            if phase is not None and _whole(text.text[c.start : phase.start()], names):
                yield _candidate(c.start, phase.start(), "Project", names)
        for end in _bodies(text.text, c, names):
            yield _candidate(c.start, end, "Organization", names)


def _whole(name: str, names: Names) -> bool:
    """Say whether what a phase belongs to has the name of an undertaking: no mere kind of one, no plant."""
    if name in names.generic or len(name) < LEAST_WHOLE:
        return False
    tails = (names.heads.get(name[-length:], ()) for length in range(1, names.longest_head + 1))
    return any(("Project", "any") in tail for tail in tails)


def _candidate(start: int, end: int, kind: str, names: Names) -> Candidate:
    return Candidate(start, end, kind, (FINDER,), names.weights[FINDER, kind])


def _areas(text: str, start: int, last: int) -> list[int]:
    """Return where the areas end with which a name opens, when the last is a county: 某省|某县|某中心."""
    known = gazetteer()
    steps: list[int] = []
    while True:
        for length in known.lengths.get(text[start : start + 2], ()):
            areas = known.by_name.get(text[start : start + length], ())
            if areas and start + length <= last:
                break
        else:
            return []
        start += length
        steps.append(start)
        if any(area.level in _COUNTY for area in areas):
            return steps
        if all(area.rank > _ABOVE for area in areas):
            return []


def _bodies(text: str, c: Candidate, names: Names) -> Iterator[int]:
    """Yield where bodies end with which a name opens."""
    surface = text[c.start : c.end]
    firm = names.holder.match(surface)
    if firm:
        yield c.start + firm.end()
    owner = _OWNER.match(surface)
    if owner is None or owner.end() + LEAST > len(surface) or (firm and firm.end() == owner.end(1)):
        return
    if ends(owner[1], "Organization", names):
        yield c.start + owner.end(1)
