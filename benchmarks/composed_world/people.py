"""Who lives in a city: names, namesakes, posts and how they pass from one to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from composed_world import tables
from composed_world.things import City, Post, Thing, thing

FIRST, LAST = date(2021, 1, 1), date(2026, 1, 1)
NAMESAKES_HERE, NAMESAKES_ELSEWHERE = 0.04, 0.05
"""How often a new person bears the name of somebody of the same city, and of another."""
PASSES = 0.4
"""How often a post passes on within the years told."""
PROMOTED = 0.6
"""How often it passes to somebody who held another post of the city."""


class Registry:
    """Gives out people; nobody has a name a third time."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.named: dict[str, list[str]] = {}

    def person(self, city: City, leading: bool = False) -> Thing:
        """Return a new person of a city; those who lead it have no namesake when they come."""
        name = self._name(city.id, leading)
        self.named.setdefault(name, []).append(city.id)
        born = thing(f"{city.id}-person-{len(city.people)}", "Person", city.id, name)
        city.people.append(born)
        return born

    def _name(self, city: str, leading: bool) -> str:
        draw = self.rng.random()
        here = [n for n, cities in self.named.items() if cities == [city] and len(n) < 4]
        there = [n for n, cities in self.named.items() if len(cities) == 1 and city not in cities]
        if draw < NAMESAKES_HERE and here and not leading:
            return self.rng.choice(here)
        if draw < NAMESAKES_HERE + NAMESAKES_ELSEWHERE and there:
            return self.rng.choice(there)
        while (name := self._fresh()) in self.named:
            pass
        return name

    def _fresh(self) -> str:
        rng = self.rng
        surname = rng.choice(tables.SURNAMES)
        if rng.random() < 0.015:
            surname = rng.choice(tables.COMPOUND_SURNAMES)
        if rng.random() < 0.16:
            return surname + rng.choice(tables.GIVEN_SINGLE)
        if rng.random() < 0.5:
            return surname + rng.choice(tables.GIVEN_MALE_FIRST) + rng.choice(tables.GIVEN_MALE_LAST)
        return surname + rng.choice(tables.GIVEN_FEMALE_FIRST) + rng.choice(tables.GIVEN_FEMALE_LAST)


def seat(city: City, chairs: list[tuple[Thing, str]], registry: Registry) -> None:
    """Fill the posts of a city over the years."""
    rng = registry.rng
    for body, title in chairs:
        city.posts.append(Post(registry.person(city, public(body)), body, title, FIRST, LAST))
    passing = [(FIRST + timedelta(rng.randrange(200, 1600)), body, title) for body, title in chairs]
    for day, body, title in sorted(passing, key=lambda change: change[0]):
        if rng.random() < PASSES:
            succeed(city, body, title, day, registry)


def succeed(city: City, body: Thing, title: str, day: date, registry: Registry) -> None:
    """Let a post pass on, to somebody lower in the city (whose post is then free) or to somebody new."""
    held = city.holding(body, day, title)
    if held is None or day - held.since < timedelta(200):
        return
    lower = [
        post
        for post in city.posts
        if post.since + timedelta(200) < day < post.until - timedelta(100)
        and post.holder is not held.holder
        and (post.title.startswith("副") or post.body.id.endswith("-committee"))
        and public(body)
        and public(post.body)
    ]
    end(city, held, day)
    if lower and not title.startswith("副") and registry.rng.random() < PROMOTED:
        risen = registry.rng.choice(lower)
        end(city, risen, day)
        city.posts.append(Post(risen.holder, body, title, day, held.until))
        city.posts.append(Post(registry.person(city, True), risen.body, risen.title, day, risen.until))
    else:
        city.posts.append(Post(registry.person(city, public(body)), body, title, day, held.until))


def end(city: City, post: Post, day: date) -> None:
    """Let a post end."""
    city.posts[city.posts.index(post)] = replace(post, until=day)


def public(body: Thing) -> bool:
    """Return whether a body is of the city, so that people pass from one to another."""
    return "village" not in body.id and body.id.split("-", 1)[1].startswith(
        ("party", "government", "bureau", "section", "town", "board")
    )
