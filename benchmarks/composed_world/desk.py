"""Writing: sentences with names in them, of which every name and every fact keeps its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from composed_world.things import City, Forms, Post, Thing

SLOT = re.compile(r"\{(\w+)\}")
"""A slot of a sentence: {who}."""
FIRST_IN_FULL = 0.62
"""How often a story of a paper prints a company in full where it names it first."""
AT_HOME = 0.85
"""How often a paper prints a body of its own city as its own readers call it."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be printed; `says` is what it tells a careful reader, `old` that it was given up."""

    thing: Thing
    surface: str
    says: str = ""
    old: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to be stated; see `identities.Stated`."""

    subject: Thing
    predicate: str
    object: Thing | str
    qualifiers: tuple[tuple[str, str], ...] = ()
    status: str = "asserted"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Text with names in it, which as a whole states some facts."""

    parts: tuple[str | Name | Phrase, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """What one article tells."""

    headline: Phrase
    paragraphs: tuple[Phrase, ...]


Slot = str | Name | Phrase


def say(template: str, *facts: Fact, **slots: Slot) -> Phrase:
    """Fill a template's slots; the facts are stated by the whole of it."""
    parts: list[Slot] = []
    for number, piece in enumerate(SLOT.split(template)):
        parts.append(slots[piece] if number % 2 else piece)
    return Phrase(tuple(parts), facts)


def fact(
    subject: Thing, predicate: str, thing: Thing | str, status: str = "asserted", **qualifiers: str
) -> Fact:
    """Return a fact, its qualifiers sorted."""
    return Fact(subject, predicate, thing, tuple(sorted(qualifiers.items())), status)


def listed(items: Sequence[Slot], sign: str = "、") -> Phrase:
    """Return things in a row, with a sign between them."""
    parts: list[Slot] = []
    for item in items:
        parts += [sign, item] if parts else [item]
    return Phrase(tuple(parts))


@dataclass(slots=True)
class Desk:
    """Where a story is written: it chooses the forms of names by what it has printed before."""

    rng: Random
    city: City
    day: date
    printed: set[str] = field(default_factory=set)

    def name(self, thing: Thing) -> Name:
        """Return the name in the form that is usual where the story now stands."""
        forms = thing.forms(self.day)
        again = thing.id in self.printed
        self.printed.add(thing.id)
        if again and forms.later and self.rng.random() < 0.7:
            return Name(thing, self.rng.choice(forms.later))
        if thing.city == self.city.id and forms.home and self.rng.random() < AT_HOME:
            weights = (7, 3, 1, 1)[: len(forms.home)]
            surface, says = self.rng.choices(forms.home, weights=weights)[0]
            return Name(thing, surface, says)
        if forms.away and (again or self.rng.random() > FIRST_IN_FULL):
            return Name(thing, self.rng.choice(forms.away))
        return Name(thing, forms.name)

    def full(self, thing: Thing) -> Name:
        """Return the name in full."""
        self.printed.add(thing.id)
        return Name(thing, thing.forms(self.day).name)

    def head(self, thing: Thing) -> Name:
        """Return the name as a headline prints it, which counts for nothing further down."""
        forms: Forms = thing.forms(self.day)
        if thing.city == self.city.id and forms.home:
            return Name(thing, *forms.home[-1])
        return Name(thing, forms.away[-1] if forms.away else forms.name)

    def who(self, post: Post) -> Phrase:
        """Return somebody with body and post: 市教育局局长某某."""
        self.printed.add(post.holder.id)
        person = Name(post.holder, post.holder.forms(self.day).name)
        unit = self.city.unit if post.body.city == self.city.id else ""
        if post.title.endswith("长") and post.body.id.endswith("-government"):
            return self._governing(post, person, unit)
        return say(
            "{body}{title}{person}",
            fact(post.holder, "holdsPosition", post.body, title=post.title),
            body=self.name(post.body),
            title=post.title,
            person=person,
        )

    def _governing(self, post: Post, person: Name, unit: str) -> Phrase:
        """Return a mayor, whose government is named with a deputy only: 副市长某某, 市政府副市长某某."""
        if post.title.startswith("副") and unit and self.rng.random() < 0.5:
            return say("{title}{person}", title=post.title, person=person)
        if post.title.startswith("副") or not unit:
            return say(
                "{body}{title}{person}",
                fact(post.holder, "holdsPosition", post.body, title=post.title),
                body=self.name(post.body),
                title=post.title,
                person=person,
            )
        return say(
            "{party}副书记、{title}{person}",
            fact(post.holder, "holdsPosition", self.city.party, title="副书记"),
            party=self.name(self.city.party),
            title=post.title,
            person=person,
        )
