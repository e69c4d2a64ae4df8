"""What is carried from clause to clause: subjects, parties, sides, bearers and days, and where it ends."""

from __future__ import annotations

import pytest
from marked import stated

from kg.extract.tools import Tools

Pairs = set[tuple[str, str]]
Row = tuple[str, str, Pairs]


def every(*subjects: str, of: str) -> Pairs:
    """Return the same object for several subjects."""
    return {(subject, of) for subject in subjects}


HELD = [
    (
        "[丙镇|Place][青禾公园|Place]包含一座茶亭，总占地面积80亩。",
        "area",
        {("青禾公园", "80亩")},
    ),
    (
        "[丙镇|Place]的[甲食品厂|Organization]不大，却入选[青禾名单|Award]。",
        "receivedAward",
        {("甲食品厂", "青禾名单")},
    ),
    (
        "[乙省|Place][丙镇|Place][丁村|Place]不大，却入选[青禾名单|Award]。",
        "receivedAward",
        {("丁村", "青禾名单")},
    ),
    (
        "[何清|Person]喜欢[丙镇|Place][青禾公园|Place]，获得[青禾奖|Award]。",
        "receivedAward",
        {("何清", "青禾奖")},
    ),
    ("为了[丙镇|Place][青禾公园|Place]，占地80亩的老厂搬走了。", "area", set()),
    (
        "[丙镇|Place]没有大厂，[甲食品厂|Organization]入选[青禾名单|Award]。",
        "receivedAward",
        {("甲食品厂", "青禾名单")},
    ),
]

TAKEN_UP = [
    (
        "[甲研究院|Organization]成立三年。研究院与[乙大学|Organization]签订合作协议。",
        "cooperatesWith",
        {("甲研究院", "乙大学")},
    ),
    (
        "[首届青禾音乐节|Event]不收门票。音乐节在[乙公园|Place]举行。",
        "heldAt",
        {("首届青禾音乐节", "乙公园")},
    ),
    (
        "[甲生产线|Project]不长。生产线总投资2亿元。",
        "totalInvestment",
        {("甲生产线", "2亿元")},
    ),
    ("[何清|Person]看了三家，其中两家获得[青禾奖|Award]。", "receivedAward", set()),
    ("[何清|Person]来了，其他人获得[青禾奖|Award]。", "receivedAward", set()),
    ("[何清|Person]教书，他们获得[青禾奖|Award]。", "receivedAward", set()),
]

SIDES = [
    (
        "[甲大赛|Event]、[乙大赛|Event]昨天开赛。前者由[丙局|Organization]主办，后者由[丁局|Organization]主办。",
        "organizedBy",
        {("甲大赛", "丙局"), ("乙大赛", "丁局")},
    ),
    (
        "[甲公司|Organization]、[乙大学|Organization]、[丙医院|Organization]三方签订合作协议。",
        "cooperatesWith",
        {("甲公司", "乙大学"), ("甲公司", "丙医院"), ("乙大学", "丙医院")},
    ),
    (
        "[甲镇|Place]、[乙镇|Place]、[丙镇|Place]三镇携手治水。",
        "cooperatesWith",
        {("甲镇", "乙镇"), ("甲镇", "丙镇"), ("乙镇", "丙镇")},
    ),
    (
        "[甲公司|Organization]、[乙大学|Organization]、[丙医院|Organization]联合研发新药。",
        "cooperatesWith",
        {("甲公司", "乙大学"), ("甲公司", "丙医院")},
    ),
    (
        "[甲公司|Organization]、[乙大学|Organization]、[丙医院|Organization]三家都不远。",
        "cooperatesWith",
        set(),
    ),
    ("[甲大赛|Event]昨天开赛。[丁局|Organization]三家都不远。", "cooperatesWith", set()),
]

PARTY = [
    (  # who took part at one stop is not said to have gone on to the next
        "[何清|Person]走访[甲公司|Organization]。[吴远|Person]参加。[何清|Person]来到[乙厂|Organization]，察看车间。",
        "inspected",
        {*every("何清", "吴远", of="甲公司"), ("何清", "乙厂")},
    ),
    (
        "[何清|Person]考察[甲公司|Organization]，[吴远|Person]、[金山|Person]参加。随后还考察了[乙厂|Organization]。",
        "inspected",
        {*every("何清", "吴远", "金山", of="甲公司"), *every("何清", "吴远", "金山", of="乙厂")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]，[吴远|Person]参加。在[乙厂|Organization]，一行人听了介绍。",
        "inspected",
        {*every("何清", "吴远", of="甲公司"), *every("何清", "吴远", of="乙厂")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]。[吴远|Person]参加。[金山|Person]走访[乙厂|Organization]。",
        "inspected",
        {*every("何清", "吴远", of="甲公司"), ("金山", "乙厂")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]。[吴远|Person]陪同考察。",
        "inspected",
        {("何清", "甲公司")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]。[吴远|Person]参加有关活动。",
        "inspected",
        {("何清", "甲公司")},
    ),
]

SAME_DAY = [
    (
        "6月1日，[首届青禾节|Event]、[青禾大赛|Event]同日在[乙馆|Place]开幕。",
        "startDate",
        every("首届青禾节", "青禾大赛", of="6月1日"),
    ),
    ("昨天上午，园里很热闹。[首届青禾节|Event]当天开幕。", "startDate", {("首届青禾节", "昨天")}),
    ("他在2006年回乡。当年，[甲食品厂|Organization]成立。", "startDate", {("甲食品厂", "2006年")}),
    ("[首届青禾节|Event]当天开幕。", "startDate", {("首届青禾节", "当天")}),
    ("去年春天，园里很热闹。[首届青禾节|Event]当天开幕。", "startDate", {("首届青禾节", "当天")}),
    ("6月1日他回乡，[首届青禾节|Event]6月8日开幕。", "startDate", {("首届青禾节", "6月8日")}),
]

INVESTED = [
    (
        "[青禾项目一期|Project]去年动工、投资18亿元，[青禾项目二期|Project]要等到明年。",
        "totalInvestment",
        {("青禾项目一期", "18亿元")},
    ),
    ("[甲公司|Organization]投资5亿元建设[青禾项目|Project]。", "totalInvestment", {("青禾项目", "5亿元")}),
    ("[青禾景区|Place]总投资30亿元。", "totalInvestment", {("青禾景区", "30亿元")}),
    ("[甲公司|Organization]追加投资5亿元。", "totalInvestment", set()),
    ("[何清|Person]投资眼光不错，[青禾项目|Project]开工。", "totalInvestment", set()),
    ("[甲公司|Organization]研发投入5亿元，[青禾项目|Project]开工。", "totalInvestment", set()),
]

UNITS = [
    ("[甲食品厂|Organization]现有员工320人。", "headcount", {("甲食品厂", "320人")}),
    ("[甲合作社|Organization]有会员26名。", "headcount", {("甲合作社", "26名")}),
    ("[甲食品厂|Organization]现有职工约1200人。", "headcount", {("甲食品厂", "约1200人")}),
    ("[甲食品厂|Organization]里工人把一只箱子搬走。", "headcount", set()),
    ("[甲食品厂|Organization]一天卖出三百块肥皂。", "capacity", set()),
    ("[甲食品厂|Organization]就在[乙镇|Place]政府对面。", "locatedIn", set()),
]

YEARS = [
    (
        "[甲食品厂|Organization]去年产值3.1亿元，今年将冲刺4亿元。",
        "outputValue",
        {("甲食品厂", "3.1亿元"), ("甲食品厂", "4亿元")},
    ),
    (
        "[甲食品厂|Organization]去年产值7.4亿元，今年前十个月完成6.9亿元。",
        "outputValue",
        {("甲食品厂", "7.4亿元"), ("甲食品厂", "6.9亿元")},
    ),
    (
        "[甲食品厂|Organization]前年销售收入2亿元；去年突破3亿元。",
        "outputValue",
        {("甲食品厂", "2亿元"), ("甲食品厂", "3亿元")},
    ),
    ("[甲食品厂|Organization]去年产值3.1亿元，今年拿出4亿元还债。", "outputValue", {("甲食品厂", "3.1亿元")}),
    ("[甲食品厂|Organization]去年产值3.1亿元，成本突破2亿元。", "outputValue", {("甲食品厂", "3.1亿元")}),
    ("[青禾项目|Project]总投资5亿元，今年完成2亿元。", "totalInvestment", {("青禾项目", "5亿元")}),
]

HELD_BY = [
    (
        "[青禾巡展|Event]是[甲博物馆|Organization]和[乙大学|Organization]合办的。",
        "organizedBy",
        {("青禾巡展", "甲博物馆"), ("青禾巡展", "乙大学")},
    ),
    ("[青禾大赛|Event]不大，是[甲局|Organization]主办的。", "organizedBy", {("青禾大赛", "甲局")}),
    (
        "[青禾大赛|Event]不大。大赛是[甲局|Organization]承办的，不收门票。",
        "organizedBy",
        {("青禾大赛", "甲局")},
    ),
    ("[甲局|Organization]是[乙大学|Organization]合办的。", "organizedBy", set()),
    ("[青禾大赛|Event]里有[甲局|Organization]，厂是他们合办的。", "organizedBy", set()),
    ("[青禾大赛|Event]没有办成。", "organizedBy", set()),
]

ALL: list[Row] = [*YEARS, *HELD_BY, *HELD, *TAKEN_UP, *SIDES, *PARTY, *SAME_DAY, *INVESTED, *UNITS]


@pytest.mark.parametrize(("marked", "predicate", "expected"), ALL)
def test_a_sentence_states_of_a_predicate_what_the_table_says(
    marked: str, predicate: str, expected: Pairs, claim_tools: Tools
) -> None:
    assert {(s, o) for s, p, o in stated(marked, claim_tools) if p == predicate} == expected
