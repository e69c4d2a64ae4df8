"""Whom a definite short word takes up, and which name is meant behind one that only describes it."""

from __future__ import annotations

import pytest
from marked import stated

from kg.extract.tools import Tools

Row = tuple[str, str, set[tuple[str, str]]]

SHORT_WORDS: list[Row] = [
    (
        "[青禾志愿服务队|Organization]有30人。服务队与[乙中学|Organization]签订协议。",
        "cooperatesWith",
        {("青禾志愿服务队", "乙中学")},
    ),
    (
        "[甲县消防大队|Organization]不大。去年，大队荣获[青禾奖|Award]。",
        "receivedAward",
        {("甲县消防大队", "青禾奖")},
    ),
    ("[青禾街道|Place]不大。街道入选[青禾名单|Award]。", "receivedAward", {("青禾街道", "青禾名单")}),
    ("[甲县消防大队|Organization]不大。大队长荣获[青禾奖|Award]。", "receivedAward", set()),
    ("[青禾街道|Place]不大。街道办荣获[青禾奖|Award]。", "receivedAward", set()),
]

QUIET = "天气很好。" * 10
FAR_BACK: list[Row] = [
    (
        f"[甲合作社|Organization]成立三年。{QUIET}合作社荣获[青禾奖|Award]。",
        "receivedAward",
        {("甲合作社", "青禾奖")},
    ),
    (
        f"[甲合作社|Organization]、[乙合作社|Organization]都不远。{QUIET}合作社荣获[青禾奖|Award]。",
        "receivedAward",
        set(),
    ),
    (f"[甲合作社|Organization]成立三年。{QUIET}{QUIET}合作社荣获[青禾奖|Award]。", "receivedAward", set()),
]

DESCRIBED: list[Row] = [
    (
        "[何清|Person]走访了买下[甲县|Place]茶园的[乙食品集团|Organization]。",
        "inspected",
        {("何清", "乙食品集团")},
    ),
    (
        "[何清|Person]察看[青禾项目二期|Project]备选的[丙地块|Place]、[丁地块|Place]。",
        "inspected",
        {("何清", "丙地块"), ("何清", "丁地块")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]和在建的[乙厂|Organization]。",
        "inspected",
        {("何清", "甲公司"), ("何清", "乙厂")},
    ),
    (
        "[何清|Person]走访[甲公司|Organization]，问起邻近的[乙厂|Organization]。",
        "inspected",
        {("何清", "甲公司")},
    ),
]

QUOTED: list[Row] = [
    (
        "[甲镇|Place]、[乙镇|Place]分别获评[“青禾名镇”|Award][“稻香名镇”|Award]。",
        "receivedAward",
        {("甲镇", "“青禾名镇”"), ("乙镇", "“稻香名镇”")},
    ),
    (
        "[何清|Person]荣获[“青禾奖”|Award][“稻香奖”|Award]。",
        "receivedAward",
        {("何清", "“青禾奖”"), ("何清", "“稻香奖”")},
    ),
    ("[何清|Person]荣获[青禾奖|Award]时[稻香奖|Award]还没有。", "receivedAward", {("何清", "青禾奖")}),
]


STOPS: list[Row] = [
    (
        "[何清|Person]督查[乙镇|Place]。第一站是[甲食品厂|Organization]。",
        "inspected",
        {("何清", "乙镇"), ("何清", "甲食品厂")},
    ),
    (
        "[何清|Person]督查[乙镇|Place]。第二站，[甲食品厂|Organization]的车间里，机器正响。",
        "inspected",
        {("何清", "乙镇"), ("何清", "甲食品厂")},
    ),
    ("[何清|Person]出了门。第一站是[甲食品厂|Organization]。", "inspected", set()),
    (
        "[何清|Person]督查[乙镇|Place]。老人说的第一站是[甲食品厂|Organization]。",
        "inspected",
        {("何清", "乙镇")},
    ),
]

TOGETHER: list[Row] = [
    (
        "[何清|Person]则与[吴远|Person]、[金山|Person]赶赴[乙镇|Place]，察看[青禾工程|Project]。",
        "inspected",
        {(who, what) for who in ("何清", "吴远", "金山") for what in ("乙镇", "青禾工程")},
    ),
    (
        "[何清|Person]带着[吴远|Person]、[金山|Person]察看[青禾工程|Project]。",
        "inspected",
        {(who, "青禾工程") for who in ("何清", "吴远", "金山")},
    ),
    (
        "[甲公司|Organization]的代表们先后来到[乙地块|Place]，察看土质。",
        "inspected",
        {("甲公司", "乙地块")},
    ),
    ("[甲公司|Organization]的产品来到[乙镇|Place]，游客察看花色。", "inspected", set()),
    ("[何清|Person]在[吴远|Person]陪同下察看[青禾工程|Project]。", "inspected", {("何清", "青禾工程")}),
    ("[何清|Person]会见了[吴远|Person]，察看[青禾工程|Project]。", "inspected", {("何清", "青禾工程")}),
]

WHOSE: list[Row] = [
    (
        "[何清|Person]不说话，他带出来的徒弟[吴远|Person]荣获[青禾奖|Award]。",
        "receivedAward",
        {("吴远", "青禾奖")},
    ),
    ("[何清|Person]在市里的大会上荣获[青禾奖|Award]。", "receivedAward", {("何清", "青禾奖")}),
    (
        "[甲队|Organization]的队长[何清|Person]率队加练，该队去年荣获[青禾奖|Award]。",
        "receivedAward",
        {("甲队", "青禾奖")},
    ),
    (
        "[甲省司法厅|Organization]已将[乙县|Place]列为[青禾观察点|Award]。",
        "receivedAward",
        {("乙县", "青禾观察点")},
    ),
    ("[乙县|Place]不大，正在冲刺[青禾示范县|Award]。", "receivedAward", {("乙县", "青禾示范县")}),
    ("[冠军|Award]给了[甲队|Organization]。", "receivedAward", {("甲队", "冠军")}),
]

PRESENT: list[Row] = [
    (
        "[首届青禾节|Event]昨天开幕。[甲局|Organization]、[乙局|Organization]等单位200余人参加。",
        "attended",
        {("甲局", "首届青禾节"), ("乙局", "首届青禾节")},
    ),
    ("[首届青禾节|Event]昨天开幕。[甲局|Organization]的200余人参加。", "attended", set()),
    ("[首届青禾节|Event]昨天开幕。[何清|Person]说，很高兴。", "attended", set()),
]


@pytest.mark.parametrize(
    ("marked", "predicate", "expected"),
    [*SHORT_WORDS, *FAR_BACK, *DESCRIBED, *QUOTED, *STOPS, *TOGETHER, *WHOSE, *PRESENT],
)
def test_a_short_word_or_a_description_leads_to_the_name_that_is_meant(
    marked: str, predicate: str, expected: set[tuple[str, str]], claim_tools: Tools
) -> None:
    assert {(s, o) for s, p, o in stated(marked, claim_tools) if p == predicate} == expected
