"""Stories of the town: campaigns, festivals, honours, people at work and at home, and quiet pages."""

from __future__ import annotations

from composed_world import tables
from composed_world.desk import Desk, Name, Phrase, Story, fact, listed, say
from composed_world.stories_rule import remark, today
from composed_world.things import Staff, Thing, thing
from composed_world.world import World


def campaign(desk: Desk, world: World) -> Story | None:
    """Bureaus do something together in a school or a village."""
    rng, city = desk.rng, desk.city
    bodies = rng.sample(city.bureaus, rng.choice((2, 2, 3)))
    programme, host = rng.choice(city.programmes)
    head = say("{body}：把服务送到家门口", body=desk.head(bodies[0]))
    together = say(
        "{first}联合{rest}", *(fact(bodies[0], "cooperatesWith", body) for body in bodies[1:]),
        first=desk.name(bodies[0]), rest=listed([desk.name(body) for body in bodies[1:]]),
    )  # fmt: skip
    house, (village, town) = rng.choice(city.houses), rng.choice(city.villages)
    where: Phrase | Name = desk.name(house)
    if rng.random() < 0.5:
        where = say(
            "{town}{village}",
            fact(village, "locatedIn", town),
            town=desk.name(town),
            village=desk.name(village),
        )
    lines = [
        say(
            "本报讯 " + today(desk.day) + "，{who}走进{where}开展服务。" + remark(desk),
            who=together,
            where=where,
        )
    ]
    post = city.holding(bodies[0], desk.day)
    if post is not None:
        lines.append(say("{who}说，要让群众少跑腿。", who=desk.who(post)))
    if rng.random() < 0.4:
        runs = say(
            "{host}牵头实施的{programme}",
            fact(host, "undertakes", programme),
            host=desk.name(host),
            programme=desk.name(programme),
        )
        lines.append(say("{runs}也在同步推进。", runs=runs))
    return Story(head, tuple(lines))


def festival(desk: Desk, world: World) -> Story | None:
    """This year's edition of an event, before it or after it."""
    rng, city = desk.rng, desk.city
    near = [o for o in city.occasions if abs((o.day - desk.day).days) < 90]
    if not near:
        return None
    one = rng.choice(near)
    head = say("{event}精彩纷呈", event=Name(one.event, one.event.forms(desk.day).later[0]))
    day = today(one.day)
    late = one.day <= desk.day
    lead = say(
        "{event}" + (f"{day}在" if late else f"将于{day}在") + "{venue}举行",
        fact(one.event, "heldAt", one.venue, "asserted" if late else "planned"),
        fact(one.event, "startDate", day, "asserted" if late else "planned"),
        event=desk.full(one.event), venue=desk.name(one.venue),
    )  # fmt: skip
    hosts = say(
        "{lead}，由{hosts}主办", *(fact(one.event, "organizedBy", host) for host in one.hosts),
        lead=lead, hosts=listed([desk.name(host) for host in one.hosts]),
    )  # fmt: skip
    lines = [say("本报讯 {hosts}。" + remark(desk), hosts=hosts)]
    if late:
        runner = rng.choice(city.neighbours + [s.person for s in city.staff])
        ran = say(
            "{who}参加了{event}",
            fact(runner, "attended", one.event),
            who=person(desk, runner),
            event=desk.name(one.event),
        )
        lines.append(say("{ran}。“明年还来！”", ran=ran))
    return Story(head, tuple(lines))


def honours(desk: Desk, world: World) -> Story | None:
    """Companies, people or villages get an award."""
    rng, city = desk.rng, desk.city
    of = rng.choice(("firm", "firm", "person", "person", "village"))
    given = [award for day, award in city.awards[of] if day.year == desk.day.year]
    award = rng.choice(given)
    if of == "firm":
        winners: list[Thing] = [firm.org for firm in rng.sample(city.firms, rng.choice((1, 2, 3)))]
    elif of == "person":
        winners = [staff.person for staff in rng.sample(city.staff, rng.choice((1, 2)))]
    else:
        winners = [rng.choice(city.villages)[0]]
    head = say("再添一块“金字招牌”")
    staff = {s.person.id: s for s in city.staff}
    shown = [
        _worker(desk, staff[w.id]) if w.id in staff and rng.random() < 0.5 else desk.name(w) for w in winners
    ]
    won = say(
        "{who}获评{award}",
        *(fact(w, "receivedAward", award) for w in winners),
        who=listed(shown),
        award=desk.name(award),
    )
    return Story(head, (say("本报讯 近日，记者获悉，{won}。" + remark(desk), won=won),))


def worker(desk: Desk, world: World) -> Story | None:
    """Somebody at work, and a colleague."""
    rng, city = desk.rng, desk.city
    one = rng.choice(city.staff)
    mates = [s for s in city.staff if s.body is one.body and s is not one]
    head = say("{who}的一天", who=person(desk, one.person))
    lines = [say("清晨六点，{who}已经到岗。" + remark(desk), who=_worker(desk, one))]
    if mates:
        lines.append(
            say(
                "同事{mate}说，{who}从不迟到。",
                mate=person(desk, rng.choice(mates).person),
                who=person(desk, one.person),
            )
        )
    else:
        lines.append(
            say(
                "邻居{mate}说，{who}待人热心。",
                mate=person(desk, rng.choice(city.neighbours)),
                who=person(desk, one.person),
            )
        )
    return Story(head, tuple(lines))


def colleagues(desk: Desk, world: World) -> Story | None:
    """People named with each other and nothing else."""
    rng, city = desk.rng, desk.city
    some = rng.sample(city.neighbours + [s.person for s in city.staff], 3)
    one, two, three = (person(desk, who) for who in some)
    text = "{a}、{b}和{c}在河边散步时，发现有人落水，三人手拉手将其救起。" + remark(desk)
    return Story(
        say("三人携手救起落水者"),
        (say(text, a=one, b=two, c=three), say("“谁看见都会这么做。”{a}说。", a=one)),
    )


def village(desk: Desk, world: World) -> Story | None:
    """Life in a village, with somebody who lives there and perhaps the one who leads it."""
    rng, city = desk.rng, desk.city
    place, town = rng.choice(city.villages)
    lead = say(
        "在{town}{village}", fact(place, "locatedIn", town), town=desk.name(town), village=desk.name(place)
    )
    neighbour = rng.choice(city.neighbours)
    lines = [say("{lead}，村民{who}正忙着采收。" + remark(desk), lead=lead, who=person(desk, neighbour))]
    post = city.holding(place, desk.day)
    if post is not None and rng.random() < 0.7:
        lines.append(say("{who}介绍，村集体收入连年增长。", who=desk.who(post)))
    return Story(say("{village}：小产业富了一村人", village=desk.head(place)), tuple(lines))


def square(desk: Desk, world: World) -> Story | None:
    """A place that every town has one of: which is meant, the town says."""
    rng, city = desk.rng, desk.city
    number, town = rng.choice(list(enumerate(city.towns)))
    name = tables.COMMON_BUILDINGS[
        (number + len(city.core + city.newspaper) + desk.day.year) % len(tables.COMMON_BUILDINGS)
    ]
    place = thing(f"{town.id}-{name}", "Place", city.id, name)
    lead = say("{town}{place}", fact(place, "locatedIn", town), town=desk.name(town), place=desk.name(place))
    text = "夜幕降临，{lead}热闹起来。" + remark(desk)
    return Story(say("{place}的夜晚", place=desk.head(place)), (say(text, lead=lead),))


def bureau(desk: Desk, world: World) -> Story | None:
    """One bureau and its people."""
    rng, city = desk.rng, desk.city
    body = rng.choice(city.bureaus)
    deputy = [
        p for p in city.posts if p.body is body and p.title.startswith("副") and p.since <= desk.day < p.until
    ]
    building = rng.choice(city.buildings)
    lines = [
        say(
            "本报讯 " + today(desk.day) + "，{body}在{place}举办政策宣讲活动。" + remark(desk),
            body=desk.name(body),
            place=desk.name(building),
        )
    ]
    if deputy:
        lines.append(say("{who}到场解答。", who=desk.who(deputy[0])))
    return Story(say("{body}开展政策宣讲", body=desk.head(body)), tuple(lines))


def quiet(desk: Desk, world: World) -> Story | None:
    """A story that names nothing, or one town."""
    head, text = desk.rng.choice(tables.QUIET)
    if desk.rng.random() < 0.5:
        return Story(
            say(head),
            (
                say(text),
                say("在{town}，人们已经行动起来。", town=desk.name(desk.rng.choice(desk.city.towns))),
            ),
        )
    return Story(say(head), (say(text + remark(desk)),))


def person(desk: Desk, who: Thing) -> Name:
    """Return a person's bare name."""
    desk.printed.add(who.id)
    return Name(who, who.forms(desk.day).name)


def _worker(desk: Desk, staff: Staff) -> Phrase:
    post = fact(staff.person, "holdsPosition", staff.body, title=staff.title)
    return say(
        "{body}{title}{who}",
        post,
        body=desk.name(staff.body),
        title=staff.title,
        who=person(desk, staff.person),
    )
