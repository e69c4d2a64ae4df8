"""Stories of companies and projects: profiles, signings, phases, branches."""

from __future__ import annotations

from datetime import timedelta

from composed_world.desk import Desk, Name, Phrase, Story, fact, say
from composed_world.stories_rule import leaders, remark, today
from composed_world.things import Forms, Works, thing
from composed_world.world import World


def profile(desk: Desk, world: World) -> Story | None:
    """What a company makes, where it is, and whose daughter it is."""
    rng, city = desk.rng, desk.city
    firm = rng.choice(city.firms)
    head = say("{firm}：从小车间到生产线", firm=desk.head(firm.org))
    firm_name = desk.name(firm.org)
    place = say(
        "位于{site}的{firm}",
        fact(firm.org, "locatedIn", firm.site),
        site=desk.name(firm.site),
        firm=firm_name,
    )
    people = f"{rng.randrange(8, 190) * 10}人"
    lines = [
        say("走进{place}，机器声不绝于耳。", place=place),
        say(
            "{staffed}。" + remark(desk),
            staffed=say(
                "{firm}现有员工" + people, fact(firm.org, "headcount", people), firm=desk.name(firm.org)
            ),
        ),
    ]
    boss = city.holding(firm.org, desk.day)
    if boss is not None:
        lines.append(say("“质量是企业的命根子。”{boss}说。", boss=desk.who(boss)))
    if firm.parent is not None:
        parent = say(
            "{firm}是{parent}的子公司",
            fact(firm.org, "partOf", firm.parent),
            firm=desk.name(firm.org),
            parent=desk.name(firm.parent),
        )
        lines.append(say("{parent}。", parent=parent))
    past = firm.org.renamed(desk.day)
    if past is not None and rng.random() < 0.3:
        lines.append(
            say(
                "资料显示，{new}前身为{old}。",
                new=desk.full(firm.org),
                old=Name(firm.org, past.name, old=True),
            )
        )
    return Story(head, tuple(lines))


def signing(desk: Desk, world: World) -> Story | None:
    """A project is signed: who builds, where, for how much."""
    firms = {firm.org for firm in desk.city.firms}
    ahead = [w for w in desk.city.works if w.builder in firms and 0 <= (desk.day - w.signed).days < 200]
    if not ahead:
        return None
    works = desk.rng.choice(ahead)
    head = say("{project}签约落户", project=desk.head(works.project))
    lead = say(
        "由{builder}投资的{project}签约落户{site}",
        fact(works.builder, "undertakes", works.project),
        fact(works.project, "locatedIn", works.site),
        builder=desk.full(works.builder),
        project=desk.full(works.project),
        site=desk.name(works.site),
    )
    money = say(
        "{project}总投资" + works.investment,
        fact(works.project, "totalInvestment", works.investment),
        project=desk.name(works.project),
    )
    guest = desk.rng.choice(leaders(desk))
    return Story(
        head,
        (
            say("本报讯 " + today(desk.day) + "，{lead}。{money}。", lead=lead, money=money),
            say("{guest}见证签约。" + remark(desk), guest=desk.who(guest)),
        ),
    )


def progress(desk: Desk, world: World) -> Story | None:
    """A project is begun, goes on, or is done; its phases each for themselves."""
    rng = desk.rng
    going = [w for w in desk.city.works if w.begun <= desk.day and (desk.day - w.done).days < 250]
    if not going:
        return None
    works = rng.choice(going)
    subject, ready = works.project, works.done
    lines: list[Phrase] = []
    head = say("{project}建设忙", project=desk.head(works.project))
    built = say(
        "{builder}承建的{project}",
        fact(works.builder, "undertakes", works.project),
        builder=desk.name(works.builder),
        project=desk.name(works.project),
    )
    lines.append(
        say("在{site}，{built}现场一派繁忙。" + remark(desk), site=desk.name(works.site), built=built)
    )
    if works.phases:
        second = desk.day >= works.done or rng.random() < 0.35
        subject = works.phases[second]
        ready += timedelta(400 * second)
        part = say(
            "{phase}是{project}的重要组成部分",
            fact(subject, "partOf", works.project),
            phase=desk.name(subject),
            project=desk.name(works.project),
        )
        lines.append(say("{part}。", part=part))
    done = f"{ready.year}年{ready.month}月"
    if desk.day >= ready:
        end = say(
            "{it}已于" + done + "投入使用", fact(subject, "completionDate", done), it=desk.name(subject)
        )
    else:
        end = say(
            "{it}计划" + done + "竣工",
            fact(subject, "completionDate", done, "planned"),
            it=desk.name(subject),
        )
    lines.append(say("据了解，{end}。", end=end))
    return Story(head, tuple(lines))


def branch(desk: Desk, world: World) -> Story | None:
    """A branch of the bank helps a company."""
    rng, city = desk.rng, desk.city
    branch_, bank = rng.choice(city.banks)
    firm = rng.choice(city.firms)
    boss = city.holding(branch_, desk.day)
    if boss is None:
        return None
    head = say("金融活水润实体")
    lead = say(
        "{bank}下辖的{branch}", fact(branch_, "partOf", bank), bank=desk.name(bank), branch=desk.full(branch_)
    )
    return Story(
        head,
        (
            say("{lead}近日为{firm}发放贷款。" + remark(desk), lead=lead, firm=desk.name(firm.org)),
            say("“服务实体是本分。”{boss}说。", boss=desk.who(boss)),
        ),
    )


def union(desk: Desk, world: World) -> Story | None:
    """Two companies, perhaps of two cities, work together."""
    rng = desk.rng
    one = rng.choice(desk.city.firms)
    other = rng.choice(rng.choice((desk.city, *world.cities)).firms)
    if one.org is other.org:
        return None
    lead = say(
        "{a}与{b}签订战略合作协议",
        fact(one.org, "cooperatesWith", other.org),
        a=desk.name(one.org),
        b=desk.name(other.org),
    )
    zone = rng.choice(desk.city.zones)
    return Story(
        say("{a}与{b}携手", a=desk.head(one.org), b=desk.head(other.org)),
        (
            say("本报讯 " + today(desk.day) + "，{lead}。" + remark(desk), lead=lead),
            say("双方将在{zone}设立联合实验室。", zone=desk.name(zone)),
        ),
    )


def opening(desk: Desk, world: World) -> Story | None:
    """The ceremony of a project's beginning, which is an event with the project's name in its own."""
    fresh: list[Works] = [w for w in desk.city.works if 0 <= (desk.day - w.begun).days < 200]
    if not fresh:
        return None
    works = desk.rng.choice(fresh)
    name = works.project.forms(desk.day).name
    event = thing(f"{works.project.id}-opening", "Event", desk.city.id, Forms(f"{name}开工仪式"))
    who = desk.rng.choice(leaders(desk))
    lead = say(
        "{event}在{site}举行",
        fact(event, "heldAt", works.site),
        event=desk.full(event),
        site=desk.name(works.site),
    )
    came = say(
        "{who}出席{event}", fact(who.holder, "attended", event), who=desk.who(who), event=desk.full(event)
    )
    return Story(
        say("又一个项目开工"),
        (say("本报讯 " + today(desk.day) + "，{lead}。{came}。", lead=lead, came=came), say(remark(desk))),
    )
