"""The name by which a page-local entity goes: deixis resolved, organs under their area's full name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add

from kg.extract.mentions.areas import Areas
from kg.extract.mentions.tables import LEVEL, OWN, Names
from kg.hanzi.gazetteer import gazetteer

_QUOTES = re.compile(r"[“”‘’「」『』\"]")
_OTHERS = frozenset(["local", "visitor"])
"""Classes of organs that without area or level are not the own city's."""
_LEVELS = ("自治区", "自治州", "街道", "社区", *LEVEL, "村")


@dataclass(frozen=True, slots=True)
class Name:
    """A canonical name with other right forms of it."""

    name: str
    forms: tuple[str, ...] = ()


def bare(name: str) -> str:
    """Return a name without quotation marks.

    >>> bare("“匠心青禾”培育工程")
    '匠心青禾培育工程'
    """
    return _QUOTES.sub("", name)


def canonical(surface: str, kind: str, areas: Areas, names: Names) -> Name:
    """Return what a printed form stands for on this page."""
    if kind == "Place":
        return _place(surface, areas, names)
    if kind == "Organization":
        return (
            organ(surface, areas, names) or _under(surface, areas, names) or Name(surface, _unquoted(surface))
        )
    if kind == "Award":
        plain = bare(surface)
        return Name(plain, (surface,) if plain != surface else ())
    if kind == "Event":
        plain = bare(surface)
        series = _EDITION.sub("", plain)
        return Name(
            surface, (*_unquoted(surface), *((series,) if _LEAST <= len(series) < len(plain) else ()))
        )
    if kind == "Project":
        return Name(surface, _unquoted(surface))
    return Name(surface)


_EDITION = re.compile(r"^(?:(?:19|20)\d\d年?度?)?(?:第[一二三四五六七八九十百\d]+[届次]|首届)?(?:中国·)?")
"""Which of a series of events one is, before its name: 2025年|第十一届|某某文化节."""
_LEAST = 4
"""Code points of the name of a series of events."""


def _unquoted(surface: str) -> tuple[str, ...]:
    plain = bare(surface)
    return (plain,) if plain != surface else ()


def _place(surface: str, areas: Areas, names: Names) -> Name:
    pointer = names.deixis.get(surface)
    if pointer and (areas.city is None or surface != areas.city.short):
        own = areas.own(pointer[0])
        return Name(own, (surface,)) if own else Name(surface)
    if areas.city is not None and len(surface) == 1 and surface in areas.city.short:
        return Name(areas.city.name, (surface,))
    full = areas.full(surface)
    if full and full != surface:
        return Name(full, (surface,))
    return (None if full else _under(surface, areas, names)) or Name(surface)


def _under(surface: str, areas: Areas, names: Names) -> Name | None:
    """Return a name that opens with a bare level under its area's: 市会议中心 → 兴化市会议中心."""
    form = surface
    if surface[:1] in ("我", "本"):
        surface = surface[1:]
    level = surface[:1]
    if level not in tuple(OWN) or len(surface) < 4 or surface[:2] in names.modifiers:
        return None
    owner = areas.own(level)
    return Name(owner + surface[1:], (form,)) if owner else None


def organ(surface: str, areas: Areas, names: Names) -> Name | None:
    """Return the canonical name of an organ of an area, or None when the form is no such name."""
    word = f"委{surface}" if f"委{surface}" in names.organs else surface
    if word in names.organs and areas.city is not None and names.organs[word][0] not in _OTHERS:
        return _organ(surface, areas.city.level, word, areas, names)
    body = surface.removeprefix("中共")
    for size in range(len(body) - 1, 0, -1):
        word = body[-size:]
        if word in names.organs:
            area = body[:-size]
            area = area[_outer(area) :]
            if is_area(area) and f"{area}局" not in names.organs:
                return _organ(surface, area, word, areas, names)
    return None


def _outer(area: str) -> int:
    """Return where the last of two areas starts that say where an organ is: 四川省|沐川县."""
    known = gazetteer()
    lengths = known.lengths.get(area[:2], ())
    return next((n for n in lengths if area[:n] in known.by_name and area[n:] in known.by_name), 0)


def is_area(text: str) -> bool:
    """Say whether a text is a bare level or can be the name of an area."""
    return text.endswith(_LEVELS) or bool(gazetteer().find(text))


def _organ(surface: str, area: str, word: str, areas: Areas, names: Names) -> Name:
    kind, full = names.organs[word]
    level = area if area in _LEVELS else ""
    resolved = areas.own(level) if level else areas.full(area)
    owner = resolved or area
    long = full if full != "-" and kind in {"government", "local"} and word in {"政府"} else word
    party = kind in {"party", "discipline"} and not (level and not resolved)
    if owner.endswith(("镇", "乡", "村", "街道", "社区")):
        party = False
    name = f"中共{owner}{word}" if party else owner + long
    forms = {surface, owner + word, name}
    if full != "-":
        forms.add(f"中共{owner}{full}" if party else owner + full)
    if party and word == "委":
        forms.add(f"中共{owner}委员会")
    if resolved and areas.city is not None and resolved == areas.city.name:
        forms.add(areas.city.level + word)
    forms.discard(name)
    return Name(name, tuple(sorted(forms)))


def post_body(level: str, area: str | None, areas: Areas) -> Name | None:
    """Return the government whose head a post names: 市长 → 如皋市人民政府."""
    owner = areas.full(area) if area else areas.own(level)
    if owner is None:
        return Name(f"{level}人民政府", (f"{level}政府",)) if not area else None
    return Name(f"{owner}人民政府", (f"{owner}政府", f"{level}政府"))


def printed_areas(texts: Iterable[str]) -> frozenset[str]:
    """Return the full names of areas that stand in some texts."""
    known = gazetteer()
    return frozenset(
        text[match.start() : match.start() + length]
        for text in texts
        for opening in known.lengths.keys() & set(map(add, text, text[1:]))
        for match in re.finditer(f"(?={re.escape(opening)})", text)
        for length in known.lengths[opening]
        if text[match.start() : match.start() + length] in known.by_name
    )
