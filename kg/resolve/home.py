"""Whose paper a page is, read off its findings: what a local name on it is local to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.hanzi.gazetteer import gazetteer
from kg.model import Findings
from kg.resolve.names import LONGEST, chain, leading_area, provincial, stem
from kg.resolve.tables import Tables, plain

CLEAR = 1.5
"""The area that a page names most must be named so many times as often as the next."""
BELOW = 0.3
"""A county is rather meant than its prefecture from this share of its mentions on."""


def home_of(findings: Findings, known: Tables) -> str:
    """Return the area whose paper a page is, or nothing when the page does not show it.

    An area that the page calls its own (我市) is it; else the one whose name the paper bears; else the one
    that its places and organizations begin with most often, when that is clear.
    """
    counts: Counter[str] = Counter()
    for local in findings.entities:
        key = local.key
        if key.kind not in ("Place", "Organization"):
            continue
        area, end = leading_area(key.kind, plain(key.name).removeprefix("中共"), "", known)
        if not area or provincial(area):
            continue
        whole = end == len(plain(key.name))
        if whole and (known.own & {*local.aliases, *(m.surface for m in local.mentions)}):
            return area
        counts[area] += max(1, len(local.mentions)) if key.kind == "Place" and whole else 1
    if (named := _of_paper(plain(findings.page.newspaper or ""), counts, known)) is not None:
        return named
    ranked = sorted(counts, key=lambda area: (-counts[area], area))
    if not ranked:
        return ""
    best = ranked[0]
    inside = [a for a in ranked[1:] if best in chain(a) and counts[a] >= BELOW * counts[best]]
    best = inside[0] if inside else best
    rivals = [counts[a] for a in ranked if a != best and a not in chain(best)]
    return best if not rivals or counts[best] >= CLEAR * rivals[0] else ""


def _of_paper(newspaper: str, areas: Iterable[str], known: Tables) -> str | None:
    """Return which of some areas a paper is named after, or the only one that is known by its name.

    That is one of the gazetteer, or of a name that the gazetteer does not know at all.
    """
    found = known.papers.fullmatch(newspaper)
    bare = (found[1] or found[2]) if found is not None else newspaper
    named = [area for area in areas if bare.startswith(stem(area, known))]
    if named:
        return min(named, key=lambda area: (-len(stem(area, known)), area))
    for length in range(LONGEST, 1, -1):
        listed = gazetteer().by_short.get(bare[:length], ())
        if len(bare) >= length and len(listed) == 1 and listed[0].rank > 1:
            return listed[0].name
        if listed and len(bare) == length:
            return None
    return bare if found is not None and bare not in known.words else None
