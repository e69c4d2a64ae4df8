"""What exists in the invented world, and the forms in which papers print its names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

BEGINNING = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Forms:
    """How a thing is called in print, for some years.

    Attributes:
        name: in full, as somebody far away would write it.
        home: in the paper of its own city, the most usual first: (as printed, what that says).
        away: shorter, yet with the city or the brand in it; printed anywhere.
        later: only used where a longer form was printed before.
    """

    name: str
    home: tuple[tuple[str, str], ...] = ()
    away: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    def all(self) -> set[str]:
        """Return every form."""
        return {self.name, *self.away, *self.later, *(form for pair in self.home for form in pair)}


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Somebody or something; `eras` are its forms since a day each, the oldest first."""

    id: str
    kind: str
    city: str
    eras: tuple[tuple[date, Forms], ...]

    def forms(self, day: date) -> Forms:
        """Return how it is called on a day."""
        return [forms for since, forms in self.eras if since <= day or since == self.eras[0][0]][-1]

    def renamed(self, day: date) -> Forms | None:
        """Return how it was called before its present name, if it had another."""
        past = [forms for since, forms in self.eras if since <= day]
        return past[-2] if len(past) > 1 else None

    def all(self) -> set[str]:
        """Return every form of every time."""
        return set().union(*(forms.all() for _, forms in self.eras))


def thing(id_: str, kind: str, city: str, forms: Forms | str) -> Thing:
    """Make a thing that keeps its name."""
    return Thing(id_, kind, city, ((BEGINNING, Forms(forms) if isinstance(forms, str) else forms),))


@dataclass(frozen=True, slots=True)
class Post:
    """That somebody holds a post for a time; `until` is the first day on which it is over."""

    holder: Thing
    body: Thing
    title: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Firm:
    """A company, the place where it is, and what belongs to it."""

    org: Thing
    brand: str
    site: Thing
    product: tuple[str, str]
    parent: Thing | None = None


@dataclass(frozen=True, slots=True)
class Works:
    """A project: who builds it, where, its days, and its phases if it has some."""

    project: Thing
    builder: Thing
    site: Thing
    signed: date
    begun: date
    done: date
    investment: str
    phases: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """An edition of an event, with its day, hosts and venue."""

    event: Thing
    day: date
    hosts: tuple[Thing, ...]
    venue: Thing


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works at a house or a firm without leading it."""

    person: Thing
    body: Thing
    title: str


@dataclass(slots=True)
class City:
    """A city and everything in it, filled while the world is made."""

    id: str
    core: str
    unit: str
    place: Thing
    province: Thing
    newspaper: str
    party: Thing
    government: Thing
    bureaus: list[Thing] = field(default_factory=list)
    sections: list[Thing] = field(default_factory=list)
    houses: list[Thing] = field(default_factory=list)
    towns: list[Thing] = field(default_factory=list)
    villages: list[tuple[Thing, Thing]] = field(default_factory=list)
    buildings: list[Thing] = field(default_factory=list)
    zones: list[Thing] = field(default_factory=list)
    boards: list[Thing] = field(default_factory=list)
    firms: list[Firm] = field(default_factory=list)
    banks: list[tuple[Thing, Thing]] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)
    programmes: list[tuple[Thing, Thing]] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    awards: dict[str, list[tuple[date, Thing]]] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    staff: list[Staff] = field(default_factory=list)
    people: list[Thing] = field(default_factory=list)
    neighbours: list[Thing] = field(default_factory=list)

    def holding(self, body: Thing, day: date, title: str = "") -> Post | None:
        """Return who holds a post in a body on a day."""
        fits = [
            p for p in self.posts if p.body is body and p.since <= day < p.until and title in ("", p.title)
        ]
        return fits[0] if fits else None
