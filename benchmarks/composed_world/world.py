"""The whole invented world: cities with everything in them, from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from composed_world import bodies, business, people, tables
from composed_world.things import City, Thing, thing

UNITS = ("市", "市", "市", "县", "市", "区")
STAFF, NEIGHBOURS = 16, 12


@dataclass(frozen=True, slots=True)
class World:
    """Its cities, and which things were renamed when."""

    cities: tuple[City, ...]
    renamings: tuple[tuple[Thing, date], ...]


def make(rng: Random) -> World:
    """Make a world."""
    registry, renamings = people.Registry(rng), list[tuple[Thing, date]]()
    provinces = [
        thing(f"province-{name}", "Place", "", name) for name in sorted(rng.sample(tables.PROVINCES, 3))
    ]
    honours: dict[str, Thing] = {}
    brands: list[str] = []
    groups: list[business.Firm] = []
    cities: list[City] = []
    for number, (unit, core) in enumerate(zip(UNITS, _cores(rng), strict=True)):
        city = bodies.found(rng, number, unit, core, provinces[number % len(provinces)])
        chairs = bodies.furnish(city, rng, renamings)
        business.trade(city, rng, brands, groups, renamings)
        for firm in city.firms:
            chairs.append((firm.org, rng.choice(("董事长", "总经理", "负责人"))))
        chairs += [(branch, "行长") for branch, _ in city.banks]
        people.seat(city, chairs, registry)
        business.build(city, rng)
        business.celebrate(city, rng, honours)
        for _ in range(STAFF):
            body, title = _work(city, rng)
            bodies.employ(city, registry.person(city), body, title)
        city.neighbours.extend(registry.person(city) for _ in range(NEIGHBOURS))
        cities.append(city)
    return World(tuple(cities), tuple(renamings))


def _cores(rng: Random) -> list[str]:
    firsts = rng.sample(tables.CITY_FIRST, len(UNITS))
    cores: list[str] = []
    for first in firsts:
        while (core := first + rng.choice(tables.CITY_LAST)) in tables.NO_CITIES:
            pass
        cores.append(core)
    return cores


def _work(city: City, rng: Random) -> tuple[Thing, str]:
    draw = rng.random()
    if draw < 0.4:
        house = rng.choice(city.houses)
        return house, rng.choice(bodies.titles(city, house))
    if draw < 0.6:
        return rng.choice(city.bureaus), rng.choice(tables.SECTIONS)
    return rng.choice(city.firms).org, rng.choice(("车间主任", "技术员", "质检员", "销售经理", "工程师"))
