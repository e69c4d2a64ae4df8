"""The papers' own city: what 我市, 市委 and 市…局 of a page point to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.extract.gazetteer import Area, gazetteer, short_of
from kg.model import Article, Page

_OWN = re.compile(r"(?:我们|[我本全])([市县区旗州])(?![域场间])")
"""The area spoken of as one's own: 我市, 全县."""
_BARE = re.compile(r"(?<![\u4e00-\u9fff])([市县区旗州])(?:委|政府|人大|政协|领导|纪委|长(?![期远效久]))")
"""An organ or post with a bare level, at the start of a stretch: 市委, 县长."""
_ORGAN = re.compile(r"([\u4e00-\u9fff]{2,5}?[市县区旗州])(?:委(?!托|派|员)|人民政府|政府|人大|政协|纪委)")
"""An organ under an area's full name: 如皋市|委."""
_OTHER = re.compile(
    r"镇|乡|村|街|路|河|湖|江|山|岛|港|湾|桥|寺|大学|学院|市|县|区|州|社区|水库|站|银行|石化|酒"
)
"""What makes a short name part of another name: 扬州|大学, 江口|镇."""
MASTHEAD, ORGAN, FULL, SHORT = 12.0, 2.0, 1.5, 1.0
"""What one piece of evidence weighs: the newspaper's name, an organ, a full name, a short one."""
ENOUGH = 1.0
"""Less evidence than this names no city."""
MARGIN = 1.3
"""The best candidate must outweigh the next by this factor."""


@dataclass(frozen=True, slots=True)
class City:
    """The area whose paper it is.

    Attributes:
        name: 如皋市.
        short: 如皋.
        level: 市, 县, 区, 旗, 州 …
        province: 江苏省, or None when unknown.
        prefecture: 南通市 for a county or county-level city, or None.
    """

    name: str
    short: str
    level: str
    province: str | None = None
    prefecture: str | None = None


def find_city(
    page: Page, articles: Sequence[Article], names: Iterable[str], setting: str | None
) -> City | None:
    """Return the page's own city: as set, else as the page shows it, else None.

    `names` are the words that the lexer takes for places and organizations, as often as they occur.
    Evidence is the newspaper's name, full and short names of areas, and organs acting under a full name;
    the level on which the page speaks of itself (我市, 县委) says which areas can be meant.
    """
    if setting:
        areas = gazetteer().find(setting)
        return _city(areas[-1]) if areas else _unlisted(setting)
    level = _level(article.text for article in articles)
    weights: dict[Area, float] = defaultdict(float)
    for name, times in Counter(names).items():
        _weigh(name, times, weights)
    for article in articles:
        for match in _ORGAN.finditer(article.text):
            _weigh(match[1], ORGAN, weights)
    if page.newspaper:
        _weigh(page.newspaper, MASTHEAD, weights)
    ranked = sorted(
        ((area, weight) for area, weight in weights.items() if _fits(area, level)),
        key=lambda item: (-item[1], -item[0].rank, item[0].name),
    )
    if not ranked:
        return None
    best, weight = ranked[0]
    if weight < (ENOUGH if level and best.rank == 3 else 3 * ENOUGH):
        return None
    rivals = [its for area, its in ranked[1:] if area.short != best.short]
    return _city(best) if not rivals or weight >= MARGIN * rivals[0] else None


def _fits(area: Area, level: str | None) -> bool:
    """Say whether a paper can be an area's own: a prefecture, a county, or a city that is a province."""
    return area.level == level if level else area.rank > 1 or area.level == "市"


def _level(texts: Iterable[str]) -> str | None:
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(match[1] for match in _OWN.finditer(text))
        seen.update(match[1] for match in _BARE.finditer(text))
    return max(seen, key=lambda level: (seen[level], level)) if seen else None


def _weigh(name: str, factor: float, weights: dict[Area, float]) -> None:
    """Add what a name says for the areas whose official or short name it starts with."""
    known = gazetteer()
    for length in range(min(12, len(name)), 1, -1):
        full = known.by_name.get(name[:length])
        areas = full or known.by_short.get(name[:length])
        if areas is None or (not full and _OTHER.match(name, length)):
            continue
        for area in areas:
            if full or area.level != "区":
                weights[area] += (FULL if full else SHORT) * factor / len(areas)
        return


def _city(area: Area) -> City:
    return City(area.name, area.short, area.level, area.province, area.prefecture)


def _unlisted(name: str) -> City:
    return City(name, short_of(name), name[-1] if name[-1] in "市县区旗州镇乡" else "市")
