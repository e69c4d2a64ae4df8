"""Facts between names, a table a notion: sentences that state them, and sentences that only look so."""

from __future__ import annotations

import pytest
from marked import claims_of

from kg.extract.tools import Tools
from kg.model import LocalKey, Status

Triples = set[tuple[str, str, str]]


def people(predicate: str, target: str, *names: str) -> Triples:
    """Return the same fact for several people."""
    return {(name, predicate, target) for name in names}


DESCRIBED = [
    (
        "[丙县|Place]果农[何清|Person]、[甲中学|Organization]学生[吴远|Person]获得[青禾奖|Award]。",
        people("receivedAward", "青禾奖", "何清", "吴远"),
    ),
    (
        "[首届青禾节|Event]昨天开幕。[何清|Person]、扬江市市长[吴远|Person]、[金山|Person]出席。",
        people("attended", "首届青禾节", "何清", "吴远", "金山"),
    ),
    (
        "来自[甲大学|Organization]的[何清|Person]、[乙镇|Place]的[吴远|Person]获得[青禾奖|Award]。",
        people("receivedAward", "青禾奖", "何清", "吴远"),
    ),
    ("[甲食品厂|Organization]的产品和[何清|Person]无关。", set()),
    ("[乙镇|Place]今天宴请[何清|Person]。", set()),
    ("[甲食品厂|Organization]，今年获得[青禾奖|Award]。", {("甲食品厂", "receivedAward", "青禾奖")}),
]

PRESENT = [
    (
        "[首届青禾节|Event]昨天开幕。出席仪式的还有：市委书记[何清|Person]，市长[吴远|Person]。",
        people("attended", "首届青禾节", "何清", "吴远"),
    ),
    ("[何清|Person]在[首届青禾节|Event]上说，很高兴。", {("何清", "attended", "首届青禾节")}),
    (
        "[首届青禾节|Event]昨天开幕。[何清|Person]，以及[甲县文化局|Organization]、[乙镇政府|Organization]负责人参加。",
        people("attended", "首届青禾节", "何清", "甲县文化局", "乙镇政府"),
    ),
    ("[何清|Person]关注[首届青禾节|Event]的消息。", set()),
    ("[何清|Person]没有出席[首届青禾节|Event]。", set()),
    ("[首届青禾节|Event]昨天开幕。[甲食品厂|Organization]揭牌。", set()),
]

WINNERS = [
    (
        "[首届青禾技能大赛|Event]昨天结束。[何清|Person]获得[青禾技能大赛一等奖|Award]。",
        {("何清", "receivedAward", "青禾技能大赛一等奖"), ("何清", "attended", "首届青禾技能大赛")},
    ),
    (
        "[首届青禾联赛|Event]落幕。[冠军|Award]归属[甲镇队|Organization]。",
        {("甲镇队", "receivedAward", "冠军"), ("甲镇队", "attended", "首届青禾联赛")},
    ),
    (
        "[首届青禾节|Event]开幕。[何清|Person]荣获[青禾劳动奖章|Award]。",
        {("何清", "receivedAward", "青禾劳动奖章")},
    ),
    (
        "[首届青禾大会|Event]开幕。[何清|Person]夺得[桥牌冠军|Award]。",
        {("何清", "receivedAward", "桥牌冠军")},
    ),
]

LISTS = [
    (
        "[一等奖|Award]（2名）：[何清|Person]、[吴远|Person]；[二等奖|Award]：[金山|Person]",
        {*people("receivedAward", "一等奖", "何清", "吴远"), ("金山", "receivedAward", "二等奖")},
    ),
    (
        "一、[青禾工匠|Award]（2名）\n[甲食品厂|Organization] [何清|Person]\n[吴远|Person]（女）\n"
        "大会号召学习。[金山|Person]来了。",
        people("receivedAward", "青禾工匠", "何清", "吴远"),
    ),
    (
        "[金奖|Award]，[甲镇队|Organization]、[乙镇队|Organization]",
        people("receivedAward", "金奖", "甲镇队", "乙镇队"),
    ),
    ("[何清|Person]获得[金奖|Award]，[吴远|Person]祝贺。", {("何清", "receivedAward", "金奖")}),
    ("[青禾奖|Award]由来已久，[吴远|Person]说。", set()),
]

TOGETHER = [
    (
        "[甲食品厂|Organization]与[乙大学|Organization]共建的[青禾中试平台|Project]很好。",
        {
            ("甲食品厂", "undertakes", "青禾中试平台"),
            ("乙大学", "undertakes", "青禾中试平台"),
            ("甲食品厂", "cooperatesWith", "乙大学"),
        },
    ),
    (
        "[甲小学|Organization]与[乙小学|Organization]、[丙医院|Organization]与[丁医院|Organization]分别签约。",
        {("甲小学", "cooperatesWith", "乙小学"), ("丙医院", "cooperatesWith", "丁医院")},
    ),
    (
        "[甲食品厂|Organization]与[乙大学|Organization]座谈。双方签订协议。",
        {("甲食品厂", "cooperatesWith", "乙大学")},
    ),
    (
        "[青禾项目|Project]由[甲集团|Organization]投资，[乙建工公司|Organization]施工。",
        {("甲集团", "undertakes", "青禾项目"), ("乙建工公司", "undertakes", "青禾项目")},
    ),
    (
        "[甲集团|Organization]与[乙集团|Organization]座谈，后者将建设[青禾项目|Project]。",
        {("乙集团", "undertakes", "青禾项目")},
    ),
    ("[甲食品厂|Organization]与[乙大学|Organization]相距不远。", set()),
    ("[青禾项目|Project]进展顺利，[乙建工公司|Organization]工人说。", set()),
]

OWNED = [
    (
        "[甲食品公司|Organization]由[乙集团|Organization]投资设立。",
        {("甲食品公司", "partOf", "乙集团")},
    ),
    ("[甲小学|Organization]明年并入[乙学校|Organization]。", {("甲小学", "partOf", "乙学校")}),
    ("[青禾冷库项目|Project]是[青禾园项目|Project]的子项目。", {("青禾冷库项目", "partOf", "青禾园项目")}),
    (
        "[乙公安局|Organization]很忙，[乙公安局丙派出所|Organization]也忙。",
        {("乙公安局丙派出所", "partOf", "乙公安局")},
    ),
    ("[甲食品公司|Organization]由[乙集团|Organization]供货。", set()),
    ("[甲小学|Organization]和[乙学校|Organization]相邻。", set()),
    ("[青禾冷库项目|Project]不是[青禾园项目|Project]那样。", set()),
]

PLACED = [
    (
        "在[乙镇|Place]，考察团走进[甲食品公司|Organization]。",
        {("甲食品公司", "locatedIn", "乙镇")},
    ),
    (
        "[甲集团|Organization]将建设[青禾项目|Project]，选址[乙镇|Place]。",
        {("甲集团", "undertakes", "青禾项目"), ("青禾项目", "locatedIn", "乙镇")},
    ),
    ("[丙区|Place]的[丙河路|Place]，人很多。[丙区|Place]大。", {("丙河路", "locatedIn", "丙区")}),
    ("在[乙镇|Place]，人们谈起[甲食品公司|Organization]。", set()),
    ("[甲食品公司|Organization]运来[乙镇|Place]的苹果。", set()),
]

VISITS = [
    (
        "[何清|Person]率[甲县代表团|Organization]考察[乙公司|Organization]。代表团还参观了[丙公司|Organization]。",
        {(who, "inspected", what) for who in ("何清", "甲县代表团") for what in ("乙公司", "丙公司")},
    ),
    ("[何清|Person]一行走进[乙公司|Organization]。", {("何清", "inspected", "乙公司")}),
    ("[何清|Person]走进[乙公司|Organization]上班。", set()),
    ("[何清|Person]率[甲县代表团|Organization]来了。", set()),
]

NOTIONS = {
    "described": DESCRIBED,
    "present": PRESENT,
    "winners": WINNERS,
    "lists": LISTS,
    "together": TOGETHER,
    "owned": OWNED,
    "placed": PLACED,
    "visits": VISITS,
}
KEPT = frozenset(
    {
        "attended",
        "inspected",
        "receivedAward",
        "undertakes",
        "cooperatesWith",
        "partOf",
        "locatedIn",
        "organizedBy",
        "heldAt",
        "presided",
    }
)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(m, e, id=f"{notion}-{i}")
        for notion, rows in NOTIONS.items()
        for i, (m, e) in enumerate(rows)
    ],
)
def test_a_text_states_exactly_these_relations(marked: str, expected: Triples, claim_tools: Tools) -> None:
    said = {
        (c.subject.name, c.predicate, c.object.name)
        for c in claims_of(marked, claim_tools)
        if isinstance(c.object, LocalKey) and c.predicate in KEPT and c.status is not Status.NEGATED
    }
    assert said == expected
