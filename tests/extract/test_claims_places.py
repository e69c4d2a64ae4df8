"""What holds what, and where: containers, lists behind a place, stops of a visit, names within names."""

from __future__ import annotations

import pytest
from marked import stated

from kg.extract.tools import Tools

Triples = set[tuple[str, str, str]]


def within(place: str, *names: str) -> Triples:
    """Return the same place for several names."""
    return {(name, "locatedIn", place) for name in names}


PLACE_FIRST = [
    (
        "[乙镇|Place][甲公司|Organization]获得[青禾奖|Award]。",
        {*within("乙镇", "甲公司"), ("甲公司", "receivedAward", "青禾奖")},
    ),
    (
        "[乙镇|Place]企业[甲公司|Organization]获得[青禾奖|Award]。",
        {*within("乙镇", "甲公司"), ("甲公司", "receivedAward", "青禾奖")},
    ),
    (
        "[乙镇|Place][青禾村|Place]获评[青禾示范村|Award]。",
        {*within("乙镇", "青禾村"), ("青禾村", "receivedAward", "青禾示范村")},
    ),
    ("[乙镇|Place]获评[青禾示范镇|Award]。", {("乙镇", "receivedAward", "青禾示范镇")}),
    (
        "[乙镇|Place]和[甲公司|Organization]获得[青禾奖|Award]。",
        {(name, "receivedAward", "青禾奖") for name in ("乙镇", "甲公司")},
    ),
    ("[乙镇|Place]邀请[甲公司|Organization]，喜获[青禾奖|Award]。", {("乙镇", "receivedAward", "青禾奖")}),
]

LISTED = [
    (
        "记者来到[乙镇|Place]的[甲公司|Organization]、[丙公司|Organization]。",
        within("乙镇", "甲公司", "丙公司"),
    ),
    ("[乙镇|Place][徐庄村|Place]、[湖畔村|Place]的人来了。", within("乙镇", "徐庄村", "湖畔村")),
    (
        "[乙集团|Organization]旗下的[甲公司|Organization]和[丙公司|Organization]扩产。",
        {(name, "partOf", "乙集团") for name in ("甲公司", "丙公司")},
    ),
    (
        "记者来到[乙镇|Place]的[甲公司|Organization]，[丙公司|Organization]不远。",
        within("乙镇", "甲公司"),
    ),
    (
        "[乙镇|Place]的[甲公司|Organization]、[丁镇|Place]的[丙公司|Organization]来了。",
        {*within("乙镇", "甲公司"), *within("丁镇", "丙公司")},
    ),
    ("[乙镇|Place][徐庄村|Place]、[丁镇|Place]的人来了。", within("乙镇", "徐庄村")),
]

CONTAINERS = [
    (
        "[乙镇|Place]旅游资源丰富，古[甲长廊|Place]、[丙画馆|Place]等都好。",
        within("乙镇", "甲长廊", "丙画馆"),
    ),
    ("[乙公园|Place]包含[北山塘|Place]在内，人很多。", within("乙公园", "北山塘")),
    ("[乙镇|Place]内有[甲公司|Organization]、[丙村|Place]。", within("乙镇", "甲公司", "丙村")),
    (
        "[青禾大道工程|Project]横跨[乙镇|Place]、[丙镇|Place]。",
        {("青禾大道工程", "locatedIn", name) for name in ("乙镇", "丙镇")},
    ),
    ("[乙镇|Place]经验丰富，[甲公司|Organization]的人说。", set()),
    ("[何清|Person]经验丰富，[甲长廊|Place]、[丙画馆|Place]都去过。", set()),
    ("[乙镇|Place]的活动内容包含参观[甲公司|Organization]。[何清|Person]说，涉及[丙镇|Place]。", set()),
]

STOPS = [
    (
        "[何清|Person]调研[乙镇|Place]。在[丁镇|Place]，大家走进[甲公司|Organization]的食堂。",
        {("何清", "inspected", "乙镇"), ("何清", "inspected", "甲公司"), *within("丁镇", "甲公司")},
    ),
    (
        "[何清|Person]调研[乙镇|Place]。在[甲公司|Organization]的车间里，他拿起样品。",
        {("何清", "inspected", "乙镇"), ("何清", "inspected", "甲公司")},
    ),
    (
        "[何清|Person]调研[乙镇|Place]。随后，来到[丙村|Place]，大家看得仔细。",
        {("何清", "inspected", "乙镇"), ("何清", "inspected", "丙村")},
    ),
    (
        "[何清|Person]调研[乙镇|Place]。在[甲公司|Organization]，他拿起样品。[吴远|Person]随行。",
        {(who, "inspected", what) for who in ("何清", "吴远") for what in ("乙镇", "甲公司")},
    ),
    (
        "[何清|Person]调研[乙镇|Place]。[青禾会|Event]开幕。在[甲公司|Organization]，人很多。",
        {("何清", "inspected", "乙镇")},
    ),
    ("[何清|Person]生于[乙镇|Place]。在[甲公司|Organization]，他当工人。", set()),
    (
        "[何清|Person]调研[乙镇|Place]。[吴远|Person]说，在[甲公司|Organization]干活好。",
        {("何清", "inspected", "乙镇")},
    ),
]

WITHIN_NAMES = [
    (
        "[甲商会|Organization]很忙。[甲商会第五次全体会议|Event]召开。",
        {("甲商会第五次全体会议", "organizedBy", "甲商会")},
    ),
    ("[甲商会|Organization]很忙。[甲商会签约仪式|Event]举行。", set()),
    ("[乙商会|Organization]很忙。[甲商会第五次全体会议|Event]召开。", set()),
    (
        "在[甲公司|Organization]的生产车间内，[乙市|Place]举行了[青禾大会|Event]。",
        {("青禾大会", "heldAt", "甲公司"), ("青禾大会", "organizedBy", "乙市")},
    ),
    (
        "在[甲公司|Organization]的支持和众人的努力下，[乙市|Place]举行了[青禾大会|Event]。",
        {("青禾大会", "organizedBy", "乙市")},
    ),
    (
        "[乙集团|Organization]由[甲公司|Organization]、[丙公司|Organization]合并组成。",
        {(name, "partOf", "乙集团") for name in ("甲公司", "丙公司")},
    ),
]

COINED = [
    (
        "[乙镇党委|Organization]积极探索，形成了“[红立方|Project]”“[红小二|Project]”两项机制。",
        {("乙镇党委", "undertakes", name) for name in ("红立方", "红小二")},
    ),
    ("[乙镇|Place]擦亮“[林距离|Project]”品牌。", {("乙镇", "undertakes", "林距离")}),
    ("[青禾工程|Project]顺利，总包方[甲公司|Organization]说。", {("甲公司", "undertakes", "青禾工程")}),
    ("[乙镇|Place]形成了好风气，“[林距离|Project]”的人说。", set()),
    ("[何清|Person]擦亮玻璃，[青禾工程|Project]开工。", set()),
    ("[青禾工程|Project]顺利，[甲公司|Organization]的监理说。", set()),
]

COUNTED = [
    ("[青禾奖|Award]三名，颁给了[甲公司|Organization]。", {("甲公司", "receivedAward", "青禾奖")}),
    (
        "[乙镇|Place]两家企业入选[青禾奖|Award]，[何清|Person]获此殊荣。",
        {("何清", "receivedAward", "青禾奖")},
    ),
    (
        "[甲公司|Organization]、[乙公司|Organization]两家企业获得[青禾奖|Award]。",
        {(name, "receivedAward", "青禾奖") for name in ("甲公司", "乙公司")},
    ),
    ("[青禾奖|Award]揭晓，[何清|Person]获此殊荣。", {("何清", "receivedAward", "青禾奖")}),
    ("[青禾奖|Award]揭晓，[何清|Person]没有获此殊荣。", set()),
    ("“[护河爸爸|Organization]”“[护水队|Organization]”都来了。", set()),
    ("[乙社区|Place]很忙。社区党委书记[何清|Person]来了。", {("何清", "holdsPosition", "乙社区")}),
    ("[何清|Person]是[乙社区|Place]党委书记。", {("何清", "holdsPosition", "乙社区")}),
    ("[乙村|Place]很忙。村会计[何清|Person]来了。", {("何清", "holdsPosition", "乙村")}),
    ("[甲公司|Organization]新增会员320人。", set()),
    ("[甲公司|Organization]现有员工320人。", {("甲公司", "headcount", "320人")}),
]

LEVELS = [
    (
        "[乙镇|Place][丁村卫生室|Organization]很忙。[丁村|Place]大。",
        within("乙镇", "丁村"),
    ),
    ("[乙镇|Place][卫生室|Organization]很忙。[丁村|Place]大。", within("乙镇", "卫生室")),
    ("[甲省|Place][丙县代表团|Organization]来了。[丙县|Place]大。", within("甲省", "丙县")),
    ("[丙县|Place]位于[甲省|Place]。", within("甲省", "丙县")),
    ("[丙县|Place]有个平台，地点在[丁村|Place]。", set()),
    ("[乙镇|Place]有三家工厂，都落户[丁村|Place]。", set()),
]

TABLES = {
    "levels": LEVELS,
    "counted": COUNTED,
    "place-first": PLACE_FIRST,
    "listed": LISTED,
    "containers": CONTAINERS,
    "stops": STOPS,
    "within-names": WITHIN_NAMES,
    "coined": COINED,
}
CASES = [
    pytest.param(m, e, id=f"{name}-{i}") for name, rows in TABLES.items() for i, (m, e) in enumerate(rows)
]


@pytest.mark.parametrize(("marked", "expected"), CASES)
def test_a_text_says_exactly_this_of_what_it_names(
    marked: str, expected: Triples, claim_tools: Tools
) -> None:
    assert stated(marked, claim_tools) == expected
