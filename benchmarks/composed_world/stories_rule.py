"""Stories of the city's rule: visits, talks, appointments, renamings, delegations, congresses."""

from __future__ import annotations

from datetime import date

from composed_world import tables
from composed_world.desk import Desk, Name, Phrase, Story, fact, listed, say
from composed_world.things import City, Forms, Post, Thing, thing
from composed_world.world import World

BODY_RENAMED = (
    ("{old}更名为{new}", "，办公电话照旧"),
    ("{new}（原{old}）", "挂牌亮相"),
    ("原{old}，现更名为{new}", "，办公地点不变"),
)
FIRM_RENAMED = (
    ("{old}正式更名为{new}", "，原有业务不变"),
    ("{new}（原{old}）", "举行揭牌仪式"),
    ("{new}的前身为{old}", "，至今已走过多个年头"),
)
"""How a change of name is told, and how the sentence ends; for bodies and for companies."""


def today(day: date) -> str:
    """Return a day as a story names it."""
    return f"{day.month}月{day.day}日"


def leaders(desk: Desk) -> list[Post]:
    """Return who leads the city on the day."""
    city = desk.city
    bodies = (city.party, city.government, *city.sections)
    return [post for post in city.posts if post.body in bodies and post.since <= desk.day < post.until]


def remark(desk: Desk) -> str:
    """Return one or two sentences that name nobody."""
    return "".join(desk.rng.sample(tables.REMARKS, desk.rng.choice((1, 2))))


def visit(desk: Desk, world: World) -> Story | None:
    """A leader looks at companies and projects."""
    city, rng = desk.city, desk.rng
    post = rng.choice(leaders(desk))
    firms = rng.sample(city.firms, rng.choice((1, 2, 2)))
    under_way = [w for w in city.works if w.begun <= desk.day <= w.done]
    head = say(
        "{who}到{firm}调研",
        fact(post.holder, "inspected", firms[0].org),
        who=_plain(post.holder),
        firm=desk.head(firms[0].org),
    )
    first = say(
        "本报讯 " + today(desk.day) + "，{lead}。",
        lead=say(
            "{who}先后来到{firms}，实地察看生产经营情况",
            *(fact(post.holder, "inspected", firm.org) for firm in firms),
            who=desk.who(post),
            firms=listed([desk.name(firm.org) for firm in firms]),
        ),
    )
    more: list[str | Name | Phrase] = [remark(desk)]
    boss = city.holding(firms[0].org, desk.day)
    if boss is not None and rng.random() < 0.7:
        told = "{boss}介绍了企业情况，{he}边听边问。"
        more.append(say(told, boss=desk.who(boss), he=_plain(post.holder)))
    if under_way and rng.random() < 0.6:
        works = rng.choice(under_way)
        seen = say(
            "在{works}现场，{he}察看了施工进度",
            fact(post.holder, "inspected", works.project),
            works=desk.name(works.project),
            he=_plain(post.holder),
        )
        more.append(say("{seen}。", seen=seen))
    return Story(head, (first, say("{a}", a=listed(more, ""))))


def talk(desk: Desk, world: World) -> Story | None:
    """A leader meets the head of a company, of this city or another."""
    rng = desk.rng
    host = rng.choice(leaders(desk))
    home = desk.city if rng.random() < 0.5 else rng.choice(world.cities)
    firms = {firm.org for firm in home.firms}
    guest = rng.choice([p for p in home.posts if p.body in firms and p.since <= desk.day < p.until])
    meets = fact(host.holder, "met", guest.holder)
    head = say("{a}会见{b}一行", meets, a=_plain(host.holder), b=_plain(guest.holder))
    lead = say("{a}会见了{b}一行", meets, a=desk.who(host), b=desk.who(guest))
    body = say(
        today(desk.day) + "，{lead}。" + remark(desk) + "{b}表示，{firm}将扩大在{city}的投资。",
        lead=lead,
        b=_plain(guest.holder),
        firm=desk.name(guest.body),
        city=desk.name(desk.city.place),
    )
    return Story(head, (body,))


def appointments(desk: Desk, changes: list[tuple[Post, Post | None]]) -> Story:
    """The notice of who comes and who goes."""
    lines: list[Phrase] = []
    for new, old in changes:
        lines.append(
            say(
                "{who}任{body}" + new.title,
                fact(new.holder, "holdsPosition", new.body, title=new.title),
                who=_plain(new.holder),
                body=desk.full(new.body),
            )
        )
        if old is not None:
            lines.append(
                say(
                    "免去{who}的{body}{title}职务",
                    fact(old.holder, "holdsPosition", old.body, "former", title=old.title),
                    who=_plain(old.holder),
                    body=desk.full(old.body),
                    title=old.title,
                )
            )
    return Story(say("干部任免公告"), (say("经研究决定："), *(say("{line}；", line=line) for line in lines)))


def renaming(desk: Desk, one: Thing, way: int) -> Story:
    """A body or company tells its new name, in one of the usual ways."""
    past = one.renamed(desk.day)
    assert past is not None
    old, new = Name(one, past.name, old=True), desk.full(one)
    public = one.id.split("-")[1] in ("bureau", "house")
    text, end = (BODY_RENAMED if public else FIRM_RENAMED)[way % 3]
    told = say(text, old=old, new=new)
    head = say("启用新名称 开启新征程") if way % 2 else say("{new}挂牌", new=desk.head(one))
    again = say(
        "在{city}，{again}为大家所熟悉。" + remark(desk),
        city=desk.name(desk.city.place),
        again=desk.name(one),
    )
    return Story(head, (say("本报讯 近日，{told}" + end + "。", told=told), again))


def delegation(desk: Desk, world: World) -> Story | None:
    """People of another city come to see things here."""
    rng, city = desk.rng, desk.city
    other = rng.choice([c for c in world.cities if c is not city])
    guest, host = (
        other.holding(rng.choice([other.party, other.government]), desk.day),
        rng.choice(leaders(desk)),
    )
    if guest is None:
        return None
    zone = rng.choice(city.zones)
    head = say("{place}党政考察团来{here}学习考察", place=desk.name(other.place), here=desk.head(city.place))
    contained = say(
        "{province}{place}",
        fact(other.place, "locatedIn", other.province),
        province=desk.full(other.province),
        place=desk.full(other.place),
    )
    lead = say(
        "{from_}党政考察团来访，{guest}一行到{zone}考察",
        fact(guest.holder, "inspected", zone),
        from_=contained,
        guest=desk.who(guest),
        zone=desk.name(zone),
    )
    joined = say(
        "{host}参加座谈，与{guest}交换意见",
        fact(host.holder, "met", guest.holder),
        host=desk.who(host),
        guest=_plain(guest.holder),
    )
    this = Name(other.place, f"该{other.unit}", other.place.forms(desk.day).name)
    last = say("{this}近年来产业发展迅速，两地往来日益密切。", this=this)
    if rng.random() < 0.5:
        pair = fact(city.place, "cooperatesWith", other.place)
        last = say("{a}与{b}签订合作协议", pair, a=desk.full(city.place), b=desk.full(other.place))
        last = say("{last}，{this}还将派干部来此跟班学习。", last=last, this=this)
    return Story(
        head, (say("本报讯 " + today(desk.day) + "，{lead}。{joined}。", lead=lead, joined=joined), last)
    )


def congress(desk: Desk, world: World) -> Story | None:
    """A session of the people's congress or of a committee, with its number."""
    city = desk.city
    mayor = city.holding(city.government, desk.day, f"{city.unit}长")
    chief = city.holding(city.party, desk.day)
    if mayor is None or chief is None:
        return None
    event, short = session(city, desk.day.year)
    head = say("{event}隆重开幕", event=Name(event, short))
    lead = say(
        "{event}在{hall}开幕",
        fact(event, "heldAt", city.buildings[0]),
        event=desk.full(event),
        hall=desk.name(city.buildings[0]),
    )
    opened = say(
        "{lead}，{who}主持会议", fact(chief.holder, "presided", event), lead=lead, who=desk.who(chief)
    )
    spoke = say(
        "在{event}上，{who}代表{government}作政府工作报告",
        fact(mayor.holder, "attended", event),
        fact(mayor.holder, "holdsPosition", city.government, title=mayor.title),
        event=Name(event, short),
        who=desk.who(mayor),
        government=desk.name(city.government),
    )
    news = say("本报讯 " + today(desk.day) + "，{opened}。", opened=opened)
    return Story(head, (news, say("{spoke}。", spoke=spoke), say(remark(desk))))


def session(city: City, year: int) -> tuple[Thing, str]:
    """Return the session of a year, and what it is called for short."""
    number = tables.CHINESE_NUMBERS[year - 2020]
    name = f"{city.core}{city.unit}第十六届人民代表大会第{number}次会议"
    short = f"{city.unit}十六届人大{number}次会议"
    return thing(f"{city.id}-session-{year}", "Event", city.id, Forms(name, (), (short,), (short,))), short


def _plain(person: Thing) -> Name:
    return Name(person, person.forms(date.max).name)
