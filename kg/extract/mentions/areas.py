"""Areas by the way a page names them: deixis, short forms and full names of provinces, cities, counties."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kg.extract.city import City
from kg.hanzi.gazetteer import Area, gazetteer


@dataclass(frozen=True, slots=True)
class Areas:
    """Resolves names of areas for one page.

    `printed` are the full names of areas and towns that stand on it, `towns` the short names of the own
    county's towns → full.
    """

    city: City | None
    printed: frozenset[str]
    towns: Mapping[str, str] = field(default_factory=dict)

    def own(self, level: str) -> str | None:
        """Return the area of a level that the page's own city is or lies in: 省 → 江苏省."""
        city = self.city
        if city is None:
            return None
        if level == city.level:
            return city.name
        if level in {"省", "自治区"}:
            return city.province if city.province and city.province.endswith(level) else None
        if level in {"市", "州", "地区", "盟"}:
            above = city.prefecture or city.province
            return above if above and above.endswith(level) else None
        return None

    def full(self, name: str) -> str | None:
        """Return the full name of an area: 如皋 → 如皋市; None when the gazetteer cannot say which."""
        known = gazetteer()
        if name in known.by_name:
            return name
        if self.city is not None and name == self.city.short:
            return self.city.name
        town = self.towns.get(name)
        if town is not None and (town in self.printed or name not in known.by_short):
            return town
        found = [
            a for a in known.by_short.get(name, ()) if a.rank < 3 or a.level != "区" or a.name in self.printed
        ]
        return self._best(found).name if found else None

    def _best(self, areas: Collection[Area]) -> Area:
        city = self.city

        def order(area: Area) -> tuple[bool, bool, int, str]:
            near = city is not None and area.province is not None and area.province == city.province
            return area.name not in self.printed, not near and area.rank > 1, area.rank, area.name

        return min(areas, key=order)
