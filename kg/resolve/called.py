"""Which names of things, as the papers of one city print them, shorten which."""

from __future__ import annotations

from collections.abc import Container, Mapping
from math import inf

from kg.model import LocalKey
from kg.resolve.groups import Group
from kg.resolve.names import GROUP, Name, firm_form, nested
from kg.resolve.shortened import expand
from kg.resolve.tables import Tables

BRANDED = 0.4
"""What it costs to call a firm by its brand, with or without its form of law, whatever else its name says."""
SLACK = 0.3
"""Short forms of one thing may differ so much in how well they fit."""
Named = tuple[LocalKey, Name]
"""A cluster and a name of it."""
Expanded = tuple[dict[Named, Named], dict[Named, tuple[Named, ...]]]
"""The long name of each short one, and those that a short one fits equally well."""


def shortenings(
    names: Mapping[Named, str], of: Container[Named], found: Mapping[LocalKey, Group], known: Tables
) -> Expanded:
    """Return which names of a city shorten which, where `of` says which are called so in the first place."""
    every = list(names)  # by number, since hashing names takes longer than comparing them
    sure, unsure = expand(
        dict(enumerate(names.values())),
        known,
        short=[one in of for one in every].__getitem__,
        fits=lambda a, b: (
            every[a][0] != every[b][0]
            and _may_shorten(every[a], every[b], found)
            and not _of_town(every[a][1], every[b][1], known)
        ),
        one=lambda number: every[number][0],
        price=lambda a, b: BRANDED if _branded(every[a][1], every[b][1], known) else inf,
        slack=SLACK,
        opening=True,
    )
    return (
        {every[short]: every[long] for short, long in sure.items()},
        {every[short]: tuple(every[long] for long in several) for short, several in unsure.items()},
    )


def _may_shorten(short: Named, long: Named, groups: Mapping[LocalKey, Group]) -> bool:
    a, b = short[1], long[1]
    if a.numbers != b.numbers or (a.town and a.town != b.town) or not _may_lose(a.legal, b.legal):
        return False
    if a.places and a.places != b.places:
        return False
    if (not a.area and a.legal != GROUP) or a.rest[0] != b.rest.removeprefix("第")[0]:
        return False  # a name known everywhere is no short form, and a short form begins as its long one
    if not (nested(a.area, b.area) or firm_form(a, b)) or (a.printed and b.printed and a.area != b.area):
        return False
    return bare_group(a, b) or not groups[short[0]].pages & groups[long[0]].pages


def _branded(short: Name, long: Name, known: Tables) -> bool:
    """Say whether a name is a firm's brand, alone or with its form of law.

    瑞澜 and 瑞澜股份 are such of 瑞澜精密股份有限公司, and so is 瑞澜栖川公司 of 瑞澜(栖川)精密有限公司.
    """
    if not long.legal or long.legal == "branch":
        return False
    form = next((form for form in known.legal if long.rest.endswith(form)), "")
    tails = (form, *known.shortened.get(form, ()))
    brand = next((short.rest.removesuffix(t) for t in tails if short.rest.endswith(t)), short.rest)
    brand = next((brand.removesuffix(place) for place in long.places if brand.endswith(place)), brand)
    return len(brand) in (2, 3) and long.core.startswith(brand)


def bare_group(short: Name, long: Name) -> bool:
    """Say whether a name is that of a group without the word: 星辰 and 星辰集团."""
    return long.legal == GROUP and long.core == short.rest


def _of_town(short: Name, long: Name, known: Tables) -> bool:
    """Say whether a lake, a road or the like may have given a town its name: 东湖 and 东湖街道."""
    return bool(known.town.fullmatch(long.rest) and known.part.fullmatch(short.rest[-1]))


def _may_lose(short: str, long: str) -> bool:
    """Say whether a name that ends in one form of law may be short for one that ends in another."""
    return short in ("", "company", long) and (long != "branch" or short == "branch")
