"""Whose paper a page is, read off its findings: what a local name on it is local to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.hanzi.gazetteer import gazetteer
from kg.model import Findings
from kg.resolve.names import LONGEST, chain, leading_area, stem
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
        if not area or _province(area):
            continue
        whole = end == len(plain(key.name))
        if whole and (known.own & {*local.aliases, *(m.surface for m in local.mentions)}):
            return area
        counts[area] += max(1, len(local.mentions)) if key.kind == "Place" and whole else 1
    if (named := _of_paper(plain(findings.page.newspaper or ""), counts)) is not None:
        return named
    ranked = sorted(counts, key=lambda area: (-counts[area], area))
    if not ranked:
        return ""
    best = ranked[0]
    inside = [a for a in ranked[1:] if best in chain(a) and counts[a] >= BELOW * counts[best]]
    best = inside[0] if inside else best
    rivals = [counts[a] for a in ranked if a != best and a not in chain(best)]
    return best if not rivals or counts[best] >= CLEAR * rivals[0] else ""


def _of_paper(newspaper: str, areas: Iterable[str]) -> str | None:
    """Return which of some areas a paper is named after, or the only one that the gazetteer knows by it."""
    named = [area for area in areas if newspaper.startswith(stem(area))]
    if named:
        return min(named, key=lambda area: (-len(stem(area)), area))
    for length in range(LONGEST, 1, -1):
        known = gazetteer().by_short.get(newspaper[:length], ())
        if len(newspaper) > length and len(known) == 1 and known[0].rank > 1:
            return known[0].name
    return None


def _province(area: str) -> bool:
    return any(one.rank == 1 and one.level != "市" for one in gazetteer().by_name.get(area, ()))
