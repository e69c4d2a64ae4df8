"""Companies of a city, their parents, branches, projects, and what comes back every year."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from composed_world import tables
from composed_world.things import BEGINNING, City, Firm, Forms, Occasion, Thing, Works, thing

Renamings = list[tuple[Thing, date]]
FIRMS = 13
YEARS = range(2021, 2026)


def trade(city: City, rng: Random, brands: list[str], groups: list[Firm], renamings: Renamings) -> None:
    """Fill a city with companies; `brands` and `groups` are those of all cities, and grow."""
    for number in range(FIRMS):
        trade_, short, *product = rng.choice(tables.TRADES)
        id_, site = f"{city.id}-firm-{number}", rng.choice([*city.zones, *city.towns])
        draw = rng.random()
        if draw < 0.2 and groups:
            parent = rng.choice(groups)
            forms = _daughter(city, parent.brand, trade_, short)
            if not any(forms.name == firm.org.forms(date.max).name for firm in city.firms):
                org = thing(id_, "Organization", city.id, forms)
                city.firms.append(Firm(org, parent.brand, site, (product[0], product[1]), parent.org))
                continue
        brand = rng.choice(brands) if draw > 0.88 and brands else _brand(rng, brands)
        form = rng.choice(tables.LEGAL_FORMS)
        first = _company(city, brand, trade_, short, form, rng)
        if any(first.name == firm.org.forms(date.max).name for firm in city.firms):
            continue
        org = thing(id_, "Organization", city.id, first)
        if rng.random() < 0.18:
            org = _renamed(org, city, brand, trade_, short, rng, brands, renamings)
        city.firms.append(Firm(org, brand, site, (product[0], product[1])))
        if form.startswith("集团"):
            groups.append(city.firms[-1])
    bank = f"{city.core}农村商业银行股份有限公司"
    whole = Forms(
        bank, ((f"{city.core}农商银行", ""), ("农商银行", "")), (f"{city.core}农商银行",), ("农商行",)
    )
    mother = thing(f"{city.id}-bank", "Organization", city.id, whole)
    for number, town in enumerate(city.towns[:2]):
        stem = town.forms(date.max).name.removesuffix("街道").rstrip("镇乡")
        name = f"{city.core}农商银行{stem}支行"
        branch = Forms(name, ((name, ""), (f"农商银行{stem}支行", "")), (), (f"{stem}支行",))
        city.banks.append((thing(f"{city.id}-branch-{number}", "Organization", city.id, branch), mother))


def _brand(rng: Random, brands: list[str]) -> str:
    while (brand := rng.choice(tables.BRAND_FIRST) + rng.choice(tables.BRAND_LAST)) in brands:
        pass
    brands.append(brand)
    return brand


def _company(city: City, brand: str, trade_: str, short: str, form: str, rng: Random) -> Forms:
    region = city.province.forms(date.max).name.removesuffix("省")
    before = rng.choice((city.core, city.core, region, city.core + city.unit, ""))
    name = f"{before}{brand}{trade_}{form}"
    if form.startswith("集团"):
        return Forms(name, (), (f"{brand}{short}集团", f"{brand}集团"), (f"{brand}集团",))
    if form.startswith("股份"):
        return Forms(name, (), (f"{brand}{short}", f"{brand}股份"), (f"{brand}股份", brand))
    return Forms(name, (), (f"{city.core}{brand}", f"{brand}{short}"), (f"{brand}{short}", brand))


def _daughter(city: City, brand: str, trade_: str, short: str) -> Forms:
    name = f"{brand}（{city.core}）{trade_}有限公司"
    narrow = name.replace("（", "(").replace("）", ")")
    return Forms(
        name, (), (narrow, f"{brand}{city.core}公司", f"{city.core}{brand}{short}"), (f"{city.core}{brand}",)
    )


def _renamed(
    org: Thing,
    city: City,
    brand: str,
    trade_: str,
    short: str,
    rng: Random,
    brands: list[str],
    renamings: Renamings,
) -> Thing:
    """Give a company a new name on some day: another form of law, another trade, or another brand."""
    day = date(2022, 1, 1) + timedelta(rng.randrange(1100))
    way = rng.randrange(3)
    if way == 0:
        new = _company(city, brand, trade_, short, "股份有限公司", rng)
    elif way == 1:
        other, other_short, *_ = rng.choice(tables.TRADES)
        new = _company(city, brand, other, other_short, "有限公司", rng)
    else:
        new = _company(city, _brand(rng, brands), trade_, short, "有限公司", rng)
    if new.name == org.eras[0][1].name:
        return org
    made = Thing(org.id, org.kind, org.city, ((BEGINNING, org.eras[0][1]), (day, new)))
    renamings.append((made, day))
    return made


def build(city: City, rng: Random) -> None:
    """Let companies and the city build; each project has its days, some have phases."""
    for number, firm in enumerate(city.firms):
        if rng.random() < 0.6:
            id_ = f"{city.id}-works-{number}"
            product, unit = firm.product
            stem = f"{firm.brand}{rng.choice(tables.FIRM_WORKS)}"
            forms = Forms(stem, (), (stem.removesuffix("项目"),))
            if rng.random() < 0.4:
                stem = f"年产{rng.randrange(2, 60)}{unit}{product}项目"
                forms = Forms(stem, (), (), (f"{product}项目",))
            city.works.append(_works(id_, city, forms, firm.org, firm.site, rng))
    for number, name in enumerate(rng.sample(tables.CITY_WORKS, 3)):
        forms = Forms(f"{city.core}{city.unit}{name}", ((name, ""),))
        builder, site = rng.choice(city.bureaus), rng.choice(city.towns)
        city.works.append(_works(f"{city.id}-citywork-{number}", city, forms, builder, site, rng))
    for number, name in enumerate(rng.sample(tables.PROGRAMMES, 2)):
        programme = thing(f"{city.id}-programme-{number}", "Project", city.id, name.format(city.core))
        city.programmes.append((programme, rng.choice(city.bureaus)))


def _works(id_: str, city: City, forms: Forms, builder: Thing, site: Thing, rng: Random) -> Works:
    signed = date(2020, 9, 1) + timedelta(rng.randrange(1400))
    begun = signed + timedelta(rng.randrange(60, 300))
    phases: list[Thing] = []
    if rng.random() < 0.5 and not forms.home:
        stem = forms.name.removesuffix("项目")
        for part in ("一期", "二期"):
            phase = Forms(f"{stem}项目{part}", (), (f"{stem}{part}",), (f"{part}项目",))
            phases.append(thing(f"{id_}-{part}", "Project", city.id, phase))
    done = begun + timedelta(rng.randrange(250, 700))
    money = f"{rng.randrange(10, 420) / 10:g}亿元"
    return Works(
        thing(id_, "Project", city.id, forms), builder, site, signed, begun, done, money, tuple(phases)
    )


def celebrate(city: City, rng: Random, honours: dict[str, Thing]) -> None:
    """Give a city its yearly events and its awards; `honours` holds those that cities share."""
    region = city.province.forms(date.max).name
    for number, (name, short) in enumerate(rng.sample(tables.EVENTS, 3)):
        edition, month = rng.randrange(2, 5), rng.randrange(3, 12)
        hosts = tuple(rng.sample([city.government, *city.bureaus], rng.choice((1, 1, 2))))
        venue = rng.choice(city.buildings)
        for since, year in enumerate(YEARS):
            n = tables.CHINESE_NUMBERS[edition + since]
            called = name.format(c=city.core, u=city.unit, n=n, y=year)
            forms = Forms(called, (), (), (short.format(c=city.core, u=city.unit),))
            event = thing(f"{city.id}-event-{number}-{year}", "Event", city.id, forms)
            city.occasions.append(Occasion(event, date(year, month, rng.randrange(1, 28)), hosts, venue))
    for of, names in tables.AWARDS.items():
        city.awards[of] = []
        for name in names:
            for since, year in enumerate(YEARS):
                n = tables.CHINESE_NUMBERS[2 + since]
                called = name.format(p=region, s=region[:2], c=city.core, u=city.unit, n=n, y=year)
                award = honours.setdefault(called, thing(f"award-{len(honours)}", "Award", "", called))
                city.awards[of].append((date(year, 1, 1), award))
