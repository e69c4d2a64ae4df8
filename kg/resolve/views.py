"""Profiles with their names taken apart, and what candidates for one entity meet in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.model import LocalKey
from kg.resolve.names import GROUP, UNKNOWN, Name, nested, provincial, read_name
from kg.resolve.profiles import Marks, Profile, leads, mark, surroundings, zone_of
from kg.resolve.tables import Tables

LEAD, LENGTHY = "lead", "lengthy"
SHORTEST = 5
"""Names of fewer characters differ by one character too often without any slip."""
BRAND = 4
"""So do firms whose names have fewer characters besides their area and their form of law."""
SHORT = 10
"""Short forms of more characters look for their long forms among names of more characters only."""


def unmarked(article: str) -> Iterable[str]:
    """Return nothing: profiles say by themselves what stands around."""
    return ()


@dataclass(frozen=True)
class View:
    """A profile as it is compared.

    Attributes:
        others: profiles that say the same on other pages; their keys are larger.
        marks: what stands in articles, where profiles do not say it.
        names: the canonical name first.
        bodies: of a person, what it holds posts of: identities, and `lead|area|town` for who leads an area.
        areas: of a person, the areas of these bodies, but for firms, whose names tell where they are entered.
        held: of a person, the names of these bodies.
    """

    profile: Profile
    names: tuple[Name, ...]
    bodies: frozenset[str]
    areas: frozenset[str]
    held: frozenset[Name]
    others: tuple[Profile, ...] = ()
    marks: Marks = unmarked

    @property
    def key(self) -> LocalKey:
        """Which page-local entity it is."""
        return self.profile.key

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What stands around it, and its bodies."""
        found = set(map(mark, self.bodies))
        for one in self.said:
            found |= surroundings(one, self.marks)
        return frozenset(found)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The ids of the pages that print it."""
        return frozenset([one.key.page for one in self.said])

    @property
    def said(self) -> tuple[Profile, ...]:
        """The profile and those that say the same."""
        return (self.profile, *self.others)


class Viewer:
    """Makes views of profiles."""

    def __init__(self, known: Tables, marks: Marks = unmarked) -> None:
        self._known = known
        self._marks = marks

    def name(self, kind: str, text: str, home: str) -> Name:
        """Return a name as a paper of an area means it."""
        return read_name(kind, text, home, self._known)

    def view(self, profile: Profile, *more: Profile) -> View:
        """Return a profile as it is compared, with others that say the same on other pages."""
        kind = profile.key.kind
        home = self._seat(profile)
        first = self.name(kind, profile.key.name, home)
        others = {self.name(kind, alias, home) for alias in profile.aliases} - {first}
        held = frozenset(self.name(of, body, profile.home) for _, of, body in profile.posts)
        leading = {self._lead(body) for body in held if leads(body, self._known)}
        leading |= {f"{LEAD}|{body.area}|{zone}" for body in held if (zone := zone_of(body, self._known))}
        return View(
            profile=profile,
            names=(first, *sorted(others, key=lambda name: name.text)),
            bodies=frozenset(body.identity for body in held) | leading,
            areas=frozenset(body.area for body in held if body.area and not body.legal),
            held=held,
            others=more,
            marks=self._marks,
        )

    def _seat(self, profile: Profile) -> str:
        """Return what the names of an entity are local to: the paper's area, or what one of them begins with.

        In a paper of another city 瑞澜精密 is that of 栖川 when the page calls it 栖川瑞澜, too.
        """
        kind, home = profile.key.kind, profile.home
        if kind != "Organization" or not profile.aliases or not home:
            return home
        names = (self.name(kind, text, home) for text in (profile.key.name, *profile.aliases))
        areas = {name.area for name in names if name.printed and not provincial(name.area)}
        return areas.pop() if len(areas) == 1 and not any(nested(area, home) for area in areas) else home

    @staticmethod
    def _lead(body: Name) -> str:
        return f"{LEAD}|{body.area}|{body.rest if body.kind == 'Place' else body.town}"


def blocks(view: View) -> tuple[frozenset[str], frozenset[str]]:
    """Return what an entity asks for and what it offers to be found by.

    Whether two are one, and whether a third stands in the way, depends on those alone to which a chain
    leads in which each two neighbours ask for one thing, or one asks for what the other offers.
    """
    asks: set[str] = set()
    offers: set[str] = set()
    if view.key.kind == "Person":
        return frozenset(f"Person|{name.text}" for name in view.names), frozenset()
    home = view.profile.home
    for at, name in enumerate(view.names):
        kind = name.kind
        asks.add(f"{kind}|is|{name.area}|{name.town}|{name.rest}")
        alone = name.area == UNKNOWN or name.entered or name.ranks
        (asks if alone else offers).add(f"{kind}|text|{name.text}")
        if name.zone:
            asks.add(f"{kind}|zone|{name.area}|{name.zone}")
        if at or not name.rest:
            continue
        (asks if name.area == UNKNOWN else offers).add(f"{kind}|rest|{name.rest}")
        (offers if name.town or name.printed else asks).add(f"{kind}|more|{name.area or home}|{name.rest}")
        if name.printed and home:
            offers.add(f"{kind}|more|{home}|{name.rest}")
        asks.update(f"{kind}|slip|{name.area}|{name.town}|{shape}" for shape in shapes(name))
    for name in view.names:
        if name.kind in ("Organization", "Place") and len(name.rest) > 1 and name.area != UNKNOWN:
            rest = name.rest.removeprefix("第")
            for city in {name.area, home} - {""}:
                if name == view.names[0] and (name.area or name.legal == GROUP):
                    sort = LENGTHY if len(rest) > SHORT else "short"
                    asks.add(f"{name.kind}|{sort}|{city}|{name.rest[:2]}")
                for sort in ("short", LENGTHY) if len(rest) > SHORT else ("short",):
                    offers.update(f"{name.kind}|{sort}|{city}|{rest[0]}{char}" for char in rest[1:])
    return frozenset(asks), frozenset(offers)


def shapes(name: Name) -> tuple[str, ...]:
    """Return the name with each of its characters left open; nothing when it is short.

    The area is not among them, and a name on a page of which nobody knows whose paper it is has none.
    """
    if len(name.text) < SHORTEST or len(name.rest) < 3 or name.area == UNKNOWN:
        return ()
    if name.legal and len(name.core) < BRAND:
        return ()
    return tuple(f"{name.rest[:at]}\x00{name.rest[at + 1 :]}" for at in range(len(name.rest)))


def near(a: Iterable[str], b: Iterable[str]) -> bool:
    """Say whether an area of the one lies in an area of the other or is it; unknown ones are near.

    >>> near({"平湖市"}, {"嘉兴市"}), near({"平湖市"}, {"如皋市"})
    (True, False)
    """
    others = tuple(b)
    return any(nested(x, y) for x in a for y in others)
