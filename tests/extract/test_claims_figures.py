"""Figures: whose they are, which word says what they measure, and how they are meant."""

from __future__ import annotations

import pytest
from marked import claims_of, stated

from kg.extract.tools import Tools
from kg.model import Status


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[禾苗农机合作社|Organization]如今托管土地4.8万亩。", {("禾苗农机合作社", "area", "4.8万亩")}),
        ("[云顶酒庄|Organization]自有葡萄园3800亩。", {("云顶酒庄", "area", "3800亩")}),
        ("这是一座50亩的[示范农场|Project]。", {("示范农场", "area", "50亩")}),
        ("[北坡项目|Project]占地60亩，每亩补助300元。", {("北坡项目", "area", "60亩")}),
        ("[禾苗合作社|Organization]亩均产量增长3亩。", set()),
        ("[石桥维修工程|Project]合同价1260万元。", {("石桥维修工程", "totalInvestment", "1260万元")}),
        ("[石桥维修工程|Project]每公里造价80万元。", set()),
        ("此次开工的22个项目，总投资131.5亿元。[石桥工程|Project]在列。", set()),
        ("[青山医院|Organization]设床位80张。", {("青山医院", "capacity", "80张")}),
        ("[青山医院|Organization]捐赠书籍80张。", set()),
        ("[青禾工厂|Organization]的32名工人忙着装车。", {("青禾工厂", "headcount", "32名")}),
        ("[青禾工厂|Organization]现有专利63项。", set()),
        ("[青禾工厂|Organization]昨天来了3名客人。", set()),
        ("[青禾工厂|Organization]去年线上销售额2100万元。", {("青禾工厂", "outputValue", "2100万元")}),
        ("[青禾工厂|Organization]人均收入3.6万元。", set()),
    ],
)
def test_a_figure_is_read_by_its_word_and_only_then(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    assert stated(marked, claim_tools) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[甲园|Project]、[乙园|Project]分别占地80亩、95亩。",
            {("甲园", "area", "80亩"), ("乙园", "area", "95亩")},
        ),
        (
            "[甲食品厂|Organization]员工由620人增至1500人。",
            {("甲食品厂", "headcount", "620人"), ("甲食品厂", "headcount", "1500人")},
        ),
        (
            "[甲园项目|Project]由[乙建工集团|Organization]承建，占地80亩。",
            {("甲园项目", "area", "80亩"), ("乙建工集团", "undertakes", "甲园项目")},
        ),
    ],
)
def test_figures_go_to_their_bearers(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    assert stated(marked, claim_tools) == expected


@pytest.mark.parametrize(
    ("marked", "status"),
    [
        ("[甲项目|Project]建成后，年产罐头5万吨。", Status.PLANNED),
        ("按照计划，[甲项目|Project]总投资5亿元。", Status.PLANNED),
        ("[乙集团|Organization]拟在城南建厂，[甲项目|Project]占地80亩。", Status.PLANNED),
        ("[甲项目|Project]去年投产后，年产罐头5万吨。", Status.ASSERTED),
        ("[甲项目|Project]规划用地80亩。", Status.ASSERTED),
        ("[甲项目|Project]由乙集团投资建设，总投资5亿元。", Status.ASSERTED),
        ("[甲项目|Project]没有投产，占地80亩。", Status.ASSERTED),
    ],
)
def test_what_is_to_come_is_planned_and_what_is_stays(
    marked: str, status: Status, claim_tools: Tools
) -> None:
    (claim,) = [c for c in claims_of(marked, claim_tools) if not isinstance(c.object, tuple)]
    assert claim.status is status


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[甲公司|Organization]成立了。[何清|Person]任总经理。", {("何清", "甲公司", "总经理")}),
        ("[甲医院|Organization]启用了。院长由[何清|Person]兼任。", {("何清", "甲医院", "院长")}),
        ("[甲公司|Organization]投产了。厂长是[何清|Person]。", {("何清", "甲公司", "厂长")}),
        ("[何清|Person]（[甲公司|Organization]董事长）到会。", {("何清", "甲公司", "董事长")}),
        ("[何清|Person] [甲医院|Organization]主任医师", {("何清", "甲医院", "主任医师")}),
        (
            "任命[何清|Person]为[甲局|Organization]局长、[吴远|Person]为[乙局|Organization]副局长。",
            {("何清", "甲局", "局长"), ("吴远", "乙局", "副局长")},
        ),
        (
            "[甲镇|Place]副镇长兼[乙公司|Organization]总经理[何清|Person]到会。",
            {("何清", "甲镇", "副镇长"), ("何清", "乙公司", "总经理")},
        ),
        ("[何清|Person]信任[甲公司|Organization]。", set()),
        ("[甲公司|Organization]投产了。这项任务很重，[何清|Person]说。", set()),
        ("[法国|Place]商人[何清|Person]来了。", set()),
    ],
)
def test_posts_that_are_given_or_stand_behind_a_name(
    marked: str, expected: set[tuple[str, str, str]], claim_tools: Tools
) -> None:
    found = {
        (c.subject.name, c.object.name, dict(c.qualifiers)["title"])
        for c in claims_of(marked, claim_tools)
        if c.predicate == "holdsPosition"
    }
    assert found == expected


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("[甲厂|Organization]产值超3亿元，同比增长17%。", {"bound": "超", "change": "同比增长17%"}),
        ("[甲厂|Organization]现有员工1200余人。", {"bound": "余"}),
        ("[甲厂|Organization]占地近80亩。", {"bound": "近"}),
        ("[甲厂|Organization]占地80亩左右。", {"bound": "左右"}),
        ("[甲厂|Organization]占地80亩，同比去年更大。", {}),
        ("[甲厂|Organization]产值3亿元。", {}),
    ],
)
def test_words_at_a_figure_say_that_it_is_a_bound_or_compared(
    marked: str, said: dict[str, str], claim_tools: Tools
) -> None:
    (claim,) = claims_of(marked, claim_tools)
    found = dict(claim.qualifiers)
    assert {k: v for k, v in found.items() if k in {"bound", "change"}} == said
