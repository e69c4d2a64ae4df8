"""Cities with their bodies and places: party, government, bureaus, schools, towns, zones, buildings."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from composed_world import tables
from composed_world.things import BEGINNING, City, Forms, Staff, Thing, thing


def found(rng: Random, number: int, unit: str, core: str, province: Thing) -> City:
    """Make a city with its party, government and paper."""
    id_, whole = f"city{number}", core + unit
    place = Forms(whole, home=((whole, ""), (f"我{unit}", whole)), later=(core,))
    party = Forms(f"中共{whole}委", home=((f"{unit}委", f"中共{whole}委"),), away=(f"{whole}委",))
    government = Forms(
        f"{whole}人民政府",
        home=((f"{unit}政府", f"{whole}人民政府"), (f"{unit}人民政府", f"{whole}人民政府")),
        away=(f"{whole}政府",),
    )
    return City(
        id=id_,
        core=core,
        unit=unit,
        place=thing(f"{id_}-place", "Place", id_, place),
        province=province,
        newspaper=f"{core}日报" if unit == "市" else f"今日{core}",
        party=thing(f"{id_}-party", "Organization", id_, party),
        government=thing(f"{id_}-government", "Organization", id_, government),
    )


def furnish(city: City, rng: Random, renamings: list[tuple[Thing, date]]) -> list[tuple[Thing, str]]:
    """Fill a city with bodies and places; return which posts its people may hold."""
    whole = city.core + city.unit
    chairs = [
        (city.party, "书记"),
        (city.government, f"{city.unit}长"),
        (city.government, f"副{city.unit}长"),
    ]
    for number, (name, head) in enumerate(tables.PARTY_BODIES):
        forms = Forms(
            f"中共{whole}委{name}", ((f"{city.unit}委{name}", f"中共{whole}委{name}"),), (f"{whole}委{name}",)
        )
        city.sections.append(thing(f"{city.id}-section-{number}", "Organization", city.id, forms))
        chairs.append((city.sections[-1], head))
    for number, (name, short, head, deputy) in enumerate(rng.sample(tables.BUREAUS, 13)):
        body = _body(city, f"bureau-{number}", name, short, rng, renamings)
        city.bureaus.append(body)
        chairs += [(body, head), (body, deputy)]
    for number, (name, short, head, _) in enumerate(rng.sample(tables.HOUSES, 6)):
        city.houses.append(_body(city, f"house-{number}", name, short, rng, renamings))
        chairs.append((city.houses[-1], head))
    _towns(city, rng, chairs)
    _zones(city, rng, chairs)
    _buildings(city, rng)
    return chairs


def titles(city: City, house: Thing) -> tuple[str, ...]:
    """Return what people at a school or hospital of the city are."""
    full = house.forms(date.max).name.removeprefix(city.core + city.unit)
    return next(titles for name, _, _, titles in tables.HOUSES if name == full)


def employ(city: City, person: Thing, body: Thing, title: str) -> None:
    """Let somebody work at a body."""
    city.staff.append(Staff(person, body, title))


def _body(
    city: City, key: str, name: str, short: str, rng: Random, renamings: list[tuple[Thing, date]]
) -> Thing:
    id_, forms = f"{city.id}-{key}", _forms(city, name, short)
    former = tables.FORMER_BODIES.get(name)
    if former is None or rng.random() < 0.5:
        return thing(id_, "Organization", city.id, forms)
    day = date(2022, 1, 1) + timedelta(rng.randrange(900))
    made = Thing(id_, "Organization", city.id, ((BEGINNING, _forms(city, former, "")), (day, forms)))
    renamings.append((made, day))
    return made


def _forms(city: City, name: str, short: str) -> Forms:
    unit, whole = city.unit, city.core + city.unit
    home = [(f"{unit}{name}", f"{whole}{name}"), (short or name, "")]
    if short:
        home.insert(0, (f"{unit}{short}", f"{whole}{short}"))
    return Forms(f"{whole}{name}", tuple(home), (f"{whole}{short}",) if short else (), (short or name,))


def _towns(city: City, rng: Random, chairs: list[tuple[Thing, str]]) -> None:
    names = rng.sample(tables.COMMON_TOWNS, 2)
    while len(names) < 6:
        name = (
            rng.choice(tables.TOWN_FIRST)
            + rng.choice(tables.TOWN_LAST)
            + rng.choice(("镇", "镇", "街道", "乡"))
        )
        if name[:2] not in [other[:2] for other in names]:
            names.append(name)
    for number, name in enumerate(names):
        town = thing(f"{city.id}-town-{number}", "Place", city.id, name)
        city.towns.append(town)
        committee = Forms(f"{name}党{'工' if name.endswith('街道') else ''}委")
        chairs.append((thing(f"{town.id}-committee", "Organization", city.id, committee), "书记"))
        for other in range(2):
            village = rng.choice(tables.SURNAMES) + rng.choice(tables.VILLAGE_LAST)
            if rng.random() < 0.4:
                village = rng.choice(tables.COMMON_VILLAGES)
            made = thing(f"{town.id}-village-{other}", "Place", city.id, village)
            city.villages.append((made, town))
            chairs.append((made, "党总支书记"))


def _zones(city: City, rng: Random, chairs: list[tuple[Thing, str]]) -> None:
    core = city.core
    for number, (name, short) in enumerate(rng.sample(tables.ZONES, 2)):
        zone = Forms(core + name, ((short, ""), (core + name, "")), (core + short,), (short,))
        board = Forms(
            f"{core}{name}管委会",
            ((f"{short}管委会", ""), (f"{core}{short}管委会", "")),
            (f"{core}{short}管委会",),
        )
        city.zones.append(thing(f"{city.id}-zone-{number}", "Place", city.id, zone))
        city.boards.append(thing(f"{city.id}-board-{number}", "Organization", city.id, board))
        chairs.append((city.boards[-1], "主任"))


def _buildings(city: City, rng: Random) -> None:
    whole = city.core + city.unit
    for number, (name, form) in enumerate(rng.sample(tables.BUILDINGS, 5)):
        forms = (
            Forms(whole + name, ((city.unit + name, whole + name),))
            if form
            else Forms(city.core + name, ((name, ""),))
        )
        city.buildings.append(thing(f"{city.id}-building-{number}", "Place", city.id, forms))
    for number, name in enumerate(rng.sample(tables.ROADS, 3)):
        city.buildings.append(thing(f"{city.id}-road-{number}", "Place", city.id, name))
