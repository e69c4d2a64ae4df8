"""Posts that stand behind, around or apart from a name, and those that only seem to."""

from __future__ import annotations

import pytest
from marked import claims_of

from kg.extract.tools import Tools
from kg.model import LocalKey

FIRM, OTHER = "[甲食品有限公司|Organization]", "[乙包装集团|Organization]"
HE, SHE = "[何清|Person]", "[金山|Person]"
SCHOOL = "[青禾中学|Organization]"
NAMES = {"甲": "甲食品有限公司", "乙": "乙包装集团", "校": "青禾中学", "村": "柳溪村"}


def held(marked: str, tools: Tools) -> set[tuple[str, str, str]]:
    """Return person, body and title, if there is one."""
    return {
        (c.subject.name, c.object.name, dict(c.qualifiers).get("title", ""))
        for c in claims_of(marked, tools)
        if c.predicate == "holdsPosition" and isinstance(c.object, LocalKey)
    }


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{FIRM}由{OTHER}控股，[丙银行|Organization]参股，总经理{HE}说。", {("何清", "甲", "总经理")}),
        (f"{FIRM}去年盈利，产品卖给{OTHER}。总经理{HE}说。", {("何清", "甲", "总经理")}),
        (f"{FIRM}落户，对面就是{OTHER}，总经理{HE}说。", {("何清", "乙", "总经理")}),
        (f"最后发言的是{FIRM}总经理、“老把式”{HE}。", {("何清", "甲", "总经理")}),
        (f"最后发言的是{FIRM}总经理、44岁的{HE}。", {("何清", "甲", "总经理")}),
        (
            f"{SCHOOL}副校长、特级教师{HE}到会。",
            {("何清", "校", "副校长、教师")},
        ),
        (f"{SCHOOL}校长、[青禾劳动奖章|Award]获得者{HE}到会。", {("何清", "校", "校长")}),
        (f"担任{SCHOOL}校长的{HE}到会。", {("何清", "校", "校长")}),
        (f"{HE}，男，44岁，{FIRM}焊工。", {("何清", "甲", "焊工")}),
        (f"{HE}，{SCHOOL}的一名语文教师，住在镇上。", {("何清", "校", "语文教师")}),
        (f"{HE}在{SCHOOL}当了十三年校长。", {("何清", "校", "校长")}),
        (f"由{HE}任团长的[甲县代表团|Organization]来访。", {("何清", "甲县代表团", "团长")}),
        (f"{FIRM}昨天成立，{HE}当选首任董事长。", {("何清", "甲", "首任董事长")}),
        (f"{FIRM}昨天成立。董事长叫{HE}。", {("何清", "甲", "董事长")}),
        (f"一等奖由{FIRM}的{HE}摘得。", {("何清", "甲", "")}),
        (
            f"[柳溪村|Place]不大。[柳溪村党总支|Organization]书记{HE}说。",
            {("何清", "村", "党总支书记")},
        ),
        (
            f"县第一总河长{HE}巡河，[禾县|Place]各镇参加。",
            {("何清", "禾县", "第一总河长")},
        ),
    ],
)
def test_posts_apart_from_the_name_are_read(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    tools = claim_tools.of_city("禾县") if "总河长" in marked else claim_tools
    assert held(marked, tools) == {(p, NAMES.get(body, body), title) for p, body, title in expected}


@pytest.mark.parametrize(
    "marked",
    [
        f"{HE}、{SHE}，{FIRM}总经理[吴远|Person]出席。",
        f"{HE}，{FIRM}昨天投产。",
        f"老人叫{HE}，住在{FIRM}对面。",
        f"{FIRM}门口，邻居、44岁的{HE}正在扫地。",
        f"在{FIRM}的门口，{HE}停下了。",
    ],
)
def test_no_post_is_read_where_none_is_stated(marked: str, claim_tools: Tools) -> None:
    assert {(p, title) for p, _, title in held(marked, claim_tools) if p in {"何清", "金山"}} == set()


@pytest.mark.parametrize(
    ("city", "committee", "office"),
    [("涉县", "中共涉县县委", "涉县人民政府"), ("禾川县", "中共禾川县委", "禾川县人民政府")],
)
def test_the_committee_of_a_short_county_names_its_level_twice(
    city: str, committee: str, office: str, claim_tools: Tools
) -> None:
    found = held(f"县委副书记、县长{HE}到会。", claim_tools.of_city(city))
    assert found == {("何清", committee, "副书记"), ("何清", office, "县长")}
    again = held(f"[县委|Organization={committee}]副书记、县长{HE}到会。", claim_tools.of_city(city))
    assert again == found


def test_an_office_of_a_committee_is_a_body_of_its_own(claim_tools: Tools) -> None:
    seat, office = "[市委|Organization=中共禾川市委]", "[市委办公室|Organization=中共禾川市委办公室]"
    found = held(f"{seat}常委、{office}主任{HE}到会。", claim_tools)
    assert found == {("何清", "中共禾川市委", "常委"), ("何清", "中共禾川市委办公室", "主任")}


def test_a_list_of_stops_goes_on_behind_a_site(claim_tools: Tools) -> None:
    text = f"{HE}先后走进{FIRM}工地、{SCHOOL}施工现场和[柳溪村|Place]。"
    stops = {c.object for c in claims_of(text, claim_tools) if c.predicate == "inspected"}
    assert {stop.name for stop in stops if isinstance(stop, LocalKey)} == {
        "甲食品有限公司",
        "青禾中学",
        "柳溪村",
    }
