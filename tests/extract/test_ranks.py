"""Ranks, honours, phases and occasions: what a few words stand for beside what is named in full."""

from __future__ import annotations

import pytest
from naming import article_of, entities_of

from kg.extract.mentions.honours import find_awards
from kg.extract.mentions.link import links
from kg.extract.mentions.phases import find_phases
from kg.extract.mentions.quotes import of_their_names
from kg.extract.mentions.ranks import find_ranks, ranked, ranks
from kg.extract.mentions.reading import read
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import Candidate
from kg.extract.tools import Tools


def called(tools: Tools, body: str, contest: str = "") -> dict[str, str]:
    """Return printed form → name of the ranks of a text in which at most one event, `contest`, is found."""
    (text,) = read([article_of(body)], tools.lexer)
    start = body.find(contest)
    event = Candidate(start, start + len(contest), "Event", ("learned",), 0.9)
    found = [event] if contest else []
    known = tools.prepared(ranks)
    found = sorted([*found, *find_ranks(text, found, known)], key=lambda c: c.start)
    names = ranked([text], [found], known)
    return {
        body[c.start : c.end]: names.get(("p-1", c.start), body[c.start : c.end])
        for c in found
        if c.kind == "Award"
    }


CONTEST = "第二届甲岭县板凳龙大赛"


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("何清得的是优秀奖。", {"优秀奖": f"{CONTEST}优秀奖"}),
        ("奖杯给了甲岭队，亚军归乙川队。", {"亚军": f"{CONTEST}亚军"}),
        ("何清夺得女子组冠军。", {"女子组冠军": f"{CONTEST}女子组冠军"}),
        ("甲岭队位列团体第二名。", {"团体第二名": f"{CONTEST}团体第二名"}),
        (
            "甲岭队、乙川队分列团体第二、三名。",
            {"团体第二": f"{CONTEST}团体第二名", "三名": f"{CONTEST}团体第三名"},
        ),
        (
            "三人分获一、二、三等奖。",
            {"一": f"{CONTEST}一等奖", "二": f"{CONTEST}二等奖", "三等奖": f"{CONTEST}三等奖"},
        ),
        ("今年一等奖空缺。", {}),
        ("三个组的第一名授予技术能手称号。", {}),
        ("下一届的冠军，也许就在他们中间。", {}),
        ("乙川队力压卫冕冠军甲岭队。", {}),
        ("各赛项第一名可以申报技术能手。", {}),
        ("冠军奖金六千元。", {}),
        ("公司是单项冠军企业。", {}),
        ("会议听取了一、二、三组的汇报。", {}),
    ],
)
def test_a_bare_rank_is_of_the_contest_named_before(
    mention_tools: Tools, body: str, names: dict[str, str]
) -> None:
    assert called(mention_tools, f"{CONTEST}昨天收官。{body}", CONTEST) == names


@pytest.mark.parametrize(
    ("contest", "name"),
    [
        ("甲岭县板凳龙大赛决赛", "甲岭县板凳龙大赛亚军"),
        ("甲岭县板凳龙大赛颁奖典礼", "甲岭县板凳龙大赛亚军"),
        ("“甲岭杯”篮球赛暨乡村文化周", "甲岭杯篮球赛亚军"),
        ("甲岭县第三次代表大会", "亚军"),
        ("大赛", "亚军"),
    ],
)
def test_only_what_has_ranks_names_them(mention_tools: Tools, contest: str, name: str) -> None:
    assert called(mention_tools, f"{contest}昨天举行，亚军是何清。", contest) == {"亚军": name}


def test_a_contest_named_only_behind_counts_where_none_is_before(mention_tools: Tools) -> None:
    assert called(mention_tools, f"捧着亚军的奖杯，何清走出{CONTEST}的赛场。", CONTEST) == {
        "亚军": f"{CONTEST}亚军"
    }


def test_a_bare_rank_is_the_one_with_a_group(mention_tools: Tools) -> None:
    body = f"{CONTEST}昨天收官，何清夺得女子组冠军。这位冠军今年八岁。"
    assert called(mention_tools, body, CONTEST)["冠军"] == f"{CONTEST}女子组冠军"


def test_a_rank_in_several_parts_has_no_part_as_its_form(mention_tools: Tools) -> None:
    body = "何清、吴静、郎有才在甲岭县板凳龙大赛中分获一、二、三等奖。"
    found = [e for e in entities_of(mention_tools, article_of(body)) if e.key.kind == "Award"]
    assert {e.key.name[-3:] for e in found} == {"一等奖", "二等奖", "三等奖"}
    assert not {form for e in found for form in e.aliases} & {"一", "二", "三"}


@pytest.mark.parametrize(
    ("body", "honours"),
    [
        ("何清获此称号。", []),
        ("何清被授予该称号。", []),
        ("村里累计拿到三块“匠心村”牌子。", ["“匠心村”"]),
        ("何清曾获甲岭市公安局“破案先锋”。", ["“破案先锋”"]),
        ("何清被评为甲岭市“破案先锋”。", ["甲岭市“破案先锋”"]),
        (
            "甲岭镇被列为某省移风易俗示范区（第二批）和乙川市文明示范镇。",
            ["某省移风易俗示范区（第二批）", "乙川市文明示范镇"],
        ),
        ("站里的党支部被授予某省先进基层党组织。", ["某省先进基层党组织"]),
        ("甲岭队捧走女子组冠军奖杯。", ["女子组冠军"]),
        ("何清被评为先进个人。", ["先进个人"]),
        ("甲岭镇被评为移风易俗先进单位。", ["移风易俗先进单位"]),
    ],
)
def test_an_honour_ends_where_its_name_does(mention_tools: Tools, body: str, honours: list[str]) -> None:
    (text,) = read([article_of(body)], mention_tools.lexer)
    found = find_awards(text, mention_tools.prepared(prepare))
    assert [body[v.start : v.end] for v in found] == honours


@pytest.mark.parametrize(
    ("long", "kind", "quote"),
    [
        ("“柳姐帮”志愿服务队", "Organization", "Organization"),
        ("“匠心青禾”年度人物", "Award", "Award"),
        ("“匠心青禾”启动仪式", "Event", "Project"),
        ("柳姐帮志愿服务队", "Organization", "Project"),
    ],
)
def test_a_quotation_alone_is_what_the_name_with_it_is(
    mention_tools: Tools, long: str, kind: str, quote: str
) -> None:
    name = long[1:-1].partition("”")[0][:4] if "“" in long else "柳姐帮"
    body = f"{long}成立了。如今，“{name}”有三十人。"
    (text,) = read([article_of(body)], mention_tools.lexer)
    at = body.index(name, len(long))
    found = [
        Candidate(0, len(long), kind, ("learned",), 0.9),
        Candidate(at, at + len(name), "Project", ("repeated",), 0.55),
    ]
    ((_, alone),) = of_their_names([text], [found])
    assert alone.kind == quote


@pytest.mark.parametrize(
    ("body", "phases"),
    [
        ("甲岭光伏玻璃深加工项目已开工，二期视市场情况再定。", ["二期"]),
        ("甲岭光伏玻璃深加工项目分两步走。一期主打灌装，二期主打体验。", ["一期", "二期"]),
        ("甲岭光伏玻璃深加工项目的二期投资3亿元。", ["二期"]),
        ("甲岭光伏玻璃深加工项目的二期不大。", []),
        ("甲岭光伏玻璃深加工项目的简报每周三期，已印200份。", []),
        ("甲岭光伏玻璃深加工项目旁，最近一期招了40人。", []),
        ("学堂办得好，二期要看人数。", []),
    ],
)
def test_a_phase_stands_by_its_number_behind_what_has_phases(
    mention_tools: Tools, body: str, phases: list[str]
) -> None:
    (text,) = read([article_of(body)], mention_tools.lexer)
    project = "甲岭光伏玻璃深加工项目"
    whole = Candidate(0, len(project), "Project", ("learned",), 0.9)
    found = find_phases(text, [whole] if body.startswith(project) else [], mention_tools.prepared(prepare))
    assert [body[c.start : c.end] for c in found] == phases


@pytest.mark.parametrize(
    ("short", "long", "one"),
    [
        ("第二届甲岭渔火节", "第二届甲岭渔火节暨乙川美食周", True),
        ("甲岭镇第三届人民代表大会", "甲岭镇第三届人民代表大会第五次会议", True),
        ("甲岭县重大项目集中开工", "甲岭县重大项目集中开工活动", True),
        ("第二届甲岭渔火节", "第二届甲岭渔火节开幕式", False),
        ("甲岭杯板凳龙大赛", "甲岭杯板凳龙大赛总决赛", False),
        ("渔火节", "渔火节暨美食周", False),
    ],
)
def test_an_event_in_the_name_of_the_whole_is_the_whole(
    mention_tools: Tools, short: str, long: str, one: bool
) -> None:
    joined = links("Event", [short, long], mention_tools.prepared(prepare))
    assert joined == ({short: long} if one else {})
