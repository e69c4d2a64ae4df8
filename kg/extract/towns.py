"""The towns of each county: what a page of a county may call by its short name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from types import MappingProxyType

from kg.hanzi.gazetteer import short_of
from kg.lexicon import Lexicon

_END = re.compile(r"(?:街道|苏木|[镇乡])(?!长|党|委)")
"""How the name of a town ends; behind it stands no part of an organ's or a post's name."""
_LONGEST, _SHORTEST = 12, 3
"""Code points of the full name of a town."""
ENOUGH = 3
"""So much must speak for a county before the short names of its towns are known."""
TOWN, COUNTY = 2, 1
"""What one of its towns, printed in full, speaks for a county, and one mention of the county's own name."""
MENTIONS = 3
"""So many mentions of a county's name count."""


@dataclass(frozen=True, slots=True, eq=False)
class Towns:
    """All towns, and those of each county.

    Attributes:
        names: their full names.
        counties: name of a county → for each county of that name its towns.
        provinces: the same → for each the province in which it lies.
        under: full name of a town → (name of its county, which of that name) for each town of that name.
        openings: two characters → the counties whose short names open with them.
    """

    names: frozenset[str]
    counties: Mapping[str, tuple[tuple[str, ...], ...]]
    provinces: Mapping[str, tuple[str, ...]]
    under: Mapping[str, tuple[tuple[str, int], ...]]
    openings: Mapping[str, tuple[str, ...]]


def towns(lexicon: Lexicon) -> Towns:
    """Return the towns of a lexicon's table `towns`."""
    counties: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    provinces: dict[str, list[str]] = defaultdict(list)
    under: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in lexicon.table("towns").rows:
        its = tuple(row["towns"].split(" "))
        for town in its:
            under[town].append((row["county"], len(counties[row["county"]])))
        counties[row["county"]].append(its)
        provinces[row["county"]].append(row["province"])
    openings: dict[str, list[str]] = defaultdict(list)
    for name in counties:
        openings[_short(name)[:2]].append(name)
    return Towns(
        frozenset(town for town in under if len(town) >= _SHORTEST),
        MappingProxyType({name: tuple(some) for name, some in counties.items()}),
        MappingProxyType({name: tuple(some) for name, some in provinces.items()}),
        MappingProxyType({town: tuple(places) for town, places in under.items()}),
        MappingProxyType({pair: tuple(names) for pair, names in openings.items()}),
    )


@lru_cache(maxsize=64)
def printed_towns(text: str, known: Towns) -> tuple[tuple[int, int], ...]:
    """Return where the full names of towns stand, of each end the longest, as (start, end)."""
    found = []
    for match in _END.finditer(text):
        end = match.end()
        for start in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
            if text[start:end] in known.names:
                found.append((start, end))
                break
    return tuple(found)


def home(texts: tuple[str, ...], known: Towns) -> Mapping[str, str]:
    """Return the short names of the towns of the county that texts are about → their full names.

    None where no county is at home in them.
    """
    at = seat(texts, known)
    short: dict[str, str] = {}
    for town in known.counties[at.county][at.number] if at else ():
        short.setdefault(_END.sub("", town), town)
    return {word: town for word, town in short.items() if len(word) > 1}


@dataclass(frozen=True, slots=True)
class Seat:
    """A county that texts are about: its name, which one of that name, its province, what speaks for it."""

    county: str
    number: int
    province: str
    weight: int


@lru_cache(maxsize=1)
def seat(texts: tuple[str, ...], known: Towns) -> Seat | None:
    """Return the county that texts are about.

    That is the county of whose towns most are printed, and whose own name is; none when little speaks for it.
    """
    printed = {text[start:end] for text in texts for start, end in printed_towns(text, known)}
    weights: Counter[tuple[str, int]] = Counter()
    for town in printed:
        for place in known.under[town]:
            weights[place] += TOWN
    pairs = {pair for text in texts for pair in map(add, text, text[1:])}
    for pair in sorted(pairs & known.openings.keys()):
        for name in known.openings[pair]:
            often = sum(text.count(_short(name)) for text in texts)
            for number in range(len(known.counties[name])) if often else ():
                weights[name, number] += COUNTY * min(often, MENTIONS)
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    (name, number), weight = ranked[0]
    return Seat(name, number, known.provinces[name][number], weight)


def _short(county: str) -> str:
    """Return the short name of a county, or its full one where that has one character."""
    short = short_of(county)
    return short if len(short) > 1 else county
