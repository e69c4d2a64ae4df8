"""The bodies that posts imply: 市长 → the city's government, 组织部长 → a department of its party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.claims.titles import Titles
from kg.hanzi.gazetteer import gazetteer
from kg.model import LocalEntity, LocalKey

_NATIVE = 4
"""A city or county of China that the gazetteer does not know has no longer name."""


_VILLAGE = re.compile(r"(?:中共)?(.+(?:村|社区))(党总支|党支部|党委|总支部委员会|支部委员会)")
"""The party branch of a village, whose posts are the village's: 甲村|党总支."""
_GROUP = re.compile(r"(?:中共)?(.+[省市县区州盟旗])(?:人民)?政府(党组)")
"""The party group of a government, whose posts are the government's: 甲县政府|党组."""
_BRANCH = {"总支部委员会": "党总支", "支部委员会": "党支部"}
_SEATS = ("委", "政府")
_SHORT = re.compile(r".[县区市]")
"""A place of two characters, whose committee names the level twice: 涉县 in 中共涉县县委."""


def _committee(place: str) -> tuple[str, ...]:
    """Return the names of the party committee of a place, the usual one first.

    >>> _committee("禾川市"), _committee("涉县")
    (('中共禾川市委',), ('中共涉县县委', '中共涉县委'))
    """
    plain = f"中共{place}委"
    return (f"中共{place}{place[-1]}委", plain) if _SHORT.fullmatch(place) else (plain,)


def _last_unit(name: str) -> str:
    """Return the narrowest area of a name: 甲市乙区 → 乙区.

    >>> _last_unit("景阳市昌河区"), _last_unit("平城市"), _last_unit("林市区")
    ('昌河区', '平城市', '林市区')
    """
    at = name.find("市")
    return name[at + 1 :] if 0 < at < len(name) - 2 else name


class Bodies:
    """Finds a body among the entities of a page by any of its forms, or makes it."""

    def __init__(self, page: str, entities: Iterable[LocalEntity], city: str | None, known: Titles) -> None:
        self.page = page
        self._known = known
        self.city = _last_unit(city) if city else None
        self._forms: dict[tuple[str, str], LocalKey] = {}
        self._made: dict[LocalKey, LocalEntity] = {}
        for entity in entities:
            for form in (entity.key.name, *entity.aliases):
                self._forms.setdefault((entity.key.kind, form), entity.key)

    def made(self) -> tuple[LocalEntity, ...]:
        """Return the entities that were made, in the order of their keys."""
        return tuple(self._made[k] for k in sorted(self._made))

    def find(self, kind: str, names: Iterable[str]) -> LocalKey | None:
        """Return the entity that has one of these names."""
        return next((self._forms[kind, n] for n in names if (kind, n) in self._forms), None)

    def _get(self, kind: str, name: str, aliases: tuple[str, ...]) -> LocalKey:
        known = self.find(kind, (name, *aliases))
        if known is not None:
            return known
        key = LocalKey(self.page, kind, name)
        self._made[key] = LocalEntity(key, tuple(sorted(set(aliases) - {name})), ())
        for form in (name, *aliases):
            self._forms.setdefault((kind, form), key)
        return key

    def place(self, name: str) -> LocalKey:
        """Return the place of that name."""
        return self._get("Place", name, ())

    def government(self, place: str) -> LocalKey:
        """Return the government of a place: 甲市 → 甲市人民政府."""
        return self._get("Organization", f"{place}人民政府", (f"{place}政府",))

    def seat_of_government(self, place: str) -> LocalKey:
        """Return whose a 市长 or 镇长 is: the government, or the place where nothing speaks of a government.

        A town, and a place that seems to lie abroad (乌苏里斯克市), stands for its government.
        """
        known = self.find("Organization", (f"{place}人民政府", f"{place}政府"))
        if known is not None:
            return known
        area = self.find("Place", (place,))
        abroad = not gazetteer().find(place) and (len(place) > _NATIVE or place.endswith(("省", "州")))
        if area is not None and place != self.city and (place.endswith(self._known.towns) or abroad):
            return area
        return self.government(place)

    def department(self, body: str, word: str) -> LocalKey:
        """Return a department of a body: 中共甲市委, 办公室 → 中共甲市委办公室."""
        return self._get("Organization", f"{body}{word}", (f"{body.removeprefix('中共')}{word}",))

    def party(self, place: str) -> LocalKey:
        """Return the party committee of a place: 甲市 → 中共甲市委; 乙镇 → 乙镇党委.

        A village or community stands for its own.
        """
        if place.endswith(("社区", "村")):
            return self.place(place)
        if place.endswith(self._known.towns):
            return self._get("Organization", f"{place}党委", (f"中共{place}委员会", f"中共{place}委"))
        if place.endswith(self._known.zones):
            return self._get("Organization", f"{place}党工委", (f"中共{place}工作委员会",))
        name, *others = _committee(place)
        return self._get("Organization", name, (*others, f"{place}委", f"中共{place}委员会"))

    @staticmethod
    def seat(key: LocalKey) -> str | None:
        """Return the place whose party committee a body is: 中共甲市委 → 甲市, else None."""
        name = key.name
        if not (name.startswith("中共") and name.endswith("委") and len(name) > 4):
            return None
        place = name[2:-1]
        return place[:-1] if _SHORT.match(place) and place[-1] == place[-2] else place

    def organ(self, place: str, word: str, of: str) -> LocalKey:
        """Return a department: 甲市, 组织部, party → 中共甲市委组织部; 甲市, 纪委, city → 甲市纪委."""
        if of == "party":
            name, *others = (f"{committee}{word}" for committee in _committee(place))
            return self._get("Organization", name, (*others, f"{place}委{word}", word))
        return self._get("Organization", f"{place}{word}", (f"中共{place}{word}",))

    def whole(self, key: LocalKey) -> tuple[LocalKey, str]:
        """Return the body that a section belongs to and the section's name, or the body itself and nothing.

        甲县中医院针灸科 → (甲县中医院, 针灸科) when 甲县中医院 is known; 中共甲县政府党组 → (甲县人民政府,
        党组).
        """
        name = key.name
        group = _GROUP.fullmatch(name)
        if group:
            return self.government(group[1]), group[2]
        branch = _VILLAGE.fullmatch(name)
        village = self.find("Place", (branch[1],)) if branch else None
        if branch and village:
            return village, _BRANCH.get(branch[2], branch[2])
        if name.endswith(self._known.inner):
            for at in range(len(name) - 2, 3, -1):
                known = self._forms.get((key.kind, name[:at]))
                if known is not None and known != key:
                    if name[at:] in self._known.departments and known.name.endswith(_SEATS):
                        break  # 中共甲市委|办公室 is a body of its own
                    return known, name[at:]
        return key, ""

    def own(self, level: str) -> str | None:
        """Return the city when its name ends with the level (自治县 is a 县), else None."""
        return self.city if self.city and (self.city.endswith(level) or level == "-") else None

    def forms(self) -> Iterator[tuple[str, str]]:
        """Yield kind and form of everything known."""
        yield from self._forms
