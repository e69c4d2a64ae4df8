"""Organizations, places, projects and events: what a name says decides whether two are one."""

from __future__ import annotations

from datetime import date

import pytest
from said import one, parted, said


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("Organization", "河口市市场监管局", "河口市市场监督管理局"),
        ("Organization", "市场监管局", "河口市市场监管局"),
        ("Place", "河口经开", "河口经济技术开发区"),
        ("Place", "河口经开区", "河口市经济技术开发区"),
        ("Place", "青禾镇", "河口市青禾镇"),
        ("Place", "许村", "青禾镇许村"),
        ("Organization", "星辰新材料", "星辰新材料有限公司"),
        ("Organization", "星辰公司", "星辰新材料股份有限公司"),
        ("Organization", "浙江星辰材料有限公司", "星辰材料有限公司"),
        ("Project", "“千树”工程", "千树工程"),
        ("Organization", "河口星成新材料有限公司", "河口星戍新材料有限公司"),
        ("Organization", "星辰股份", "河口星辰精密机械制造股份有限公司"),
        ("Organization", "星辰化工集团", "河口市星辰化工集团有限公司"),
        ("Organization", "河口星辰精密机械有限么司", "河口星辰精密机械有限公司"),
        ("Organization", "河口市民政局", "民政局"),
        ("Place", "高新区", "河口高新技术产业开发区"),
        ("Place", "度假区", "河口旅游度假区"),
        ("Award", "河口渔火大赛金奖", "“河口渔火大赛”金奖"),
    ],
)
def test_two_names_of_one_thing_in_one_city_are_one(kind: str, a: str, b: str) -> None:
    assert one(said("p", a, kind), said("q", b, kind))


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        ("Organization", "河口市市场监管局", "东山市市场监管局"),
        ("Organization", "平湖市市场监管局", "嘉兴市市场监管局"),
        ("Organization", "浙江星辰石化有限公司", "浙江星辰能源有限公司"),
        ("Organization", "星辰集团", "星辰有限公司"),
        ("Organization", "星辰银行河口分行", "星辰银行"),
        ("Organization", "星辰（浙江）有限公司", "星辰（上海）有限公司"),
        ("Organization", "河口市第一中学", "河口市第二中学"),
        ("Place", "德国小镇", "德国"),
        ("Place", "东湖", "东湖街道"),
        ("Place", "青禾镇许村", "白沙镇许村"),
        ("Project", "星辰项目一期", "星辰项目二期"),
        ("Place", "旅游度假区", "临港物流园区"),
        ("Organization", "江海有限公司", "江湖有限公司"),
        ("Award", "金奖", "金奖"),
        ("Award", "金奖", "河口渔火大赛金奖"),
    ],
)
def test_two_things_stay_two(kind: str, a: str, b: str) -> None:
    assert not one(said("p", a, kind), said("q", b, kind))


@pytest.mark.parametrize(
    ("kind", "name", "same"),
    [
        ("Organization", "实验小学", False),
        ("Place", "人民路", False),
        ("Organization", "星辰材料有限公司", True),
        ("Place", "平湖市", True),
        ("Place", "鼓楼区", False),
    ],
)
def test_in_two_cities_a_local_name_is_two_things_and_a_wide_one_is_one(
    kind: str, name: str, same: bool
) -> None:
    assert one(said("p", name, kind, home="河口市"), said("q", name, kind, home="东山市")) is same


def test_a_short_form_of_two_things_of_the_city_stays_apart() -> None:
    names = ["星辰公司", "星辰材料有限公司", "星辰能源有限公司"]
    assert len(parted(*(said(page, name) for page, name in zip("pqr", names, strict=True)))) == 3


def test_a_bare_zone_of_a_city_with_two_such_zones_stays_apart() -> None:
    names = ["度假区", "青禾旅游度假区", "白沙旅游度假区"]
    assert len(parted(*(said(page, name, "Place") for page, name in zip("pqr", names, strict=True)))) == 3


def test_a_district_is_one_in_the_papers_of_other_cities() -> None:
    own = said("p", "栖溪区", "Place", home="栖溪区")
    assert one(own, said("q", "栖溪区", "Place", home="河口市"), said("r", "栖溪区", "Place", home="东山市"))


def test_a_firm_of_another_city_is_told_by_the_name_that_says_so() -> None:
    own = said("p", "星辰精密", home="东山市")
    assert one(own, said("q", "星辰精密", aliases=["东山市星辰"]))
    assert not one(own, said("q", "星辰精密"))


def test_a_renamed_firm_is_one_with_both_names() -> None:
    assert one(said("p", "河口新星材料有限公司", aliases=["河口旧星材料厂"]), said("q", "河口旧星材料厂"))


def test_a_character_that_does_not_look_alike_needs_the_context() -> None:
    a, b = "河口泽悦科技有限公司", "河口泽顺科技有限公司"
    assert not one(said("p", a), said("q", b))
    rare = [said(str(page), a, around="子丑") for page in range(3)]
    assert one(*rare, said("q", b, around="子丑"))


def test_a_yearly_event_is_another_one_each_year_and_a_counted_one_is_not() -> None:
    def told(page: str, name: str, year: int) -> list[list[str]]:
        return parted(
            said(page, name, "Event", on=date(2023, 5, 1)), said("q", name, "Event", on=date(year, 5, 20))
        )

    assert len(told("p", "青禾文化节", 2023)) == 1
    assert len(told("p", "青禾文化节", 2024)) == 2
    assert len(told("p", "第三届青禾文化节", 2024)) == 1


def test_a_firm_is_called_by_its_brand_and_the_place_in_its_brackets() -> None:
    assert one(said("p", "瑞澜河口公司"), said("q", "瑞澜（河口）精密机械有限公司"))


def test_a_short_form_does_not_make_two_full_names_one_firm() -> None:
    firms = [said("p", "瑞澜（河口）精密机械有限公司"), said("q", "瑞澜（河口）农业开发有限公司")]
    found = parted(*firms, said("r", "瑞澜河口公司"), said("s", "瑞澜河口公司", home=""))
    assert all(len({name[0] for name in some} & {"p", "q"}) < 2 for some in found)


def test_the_long_form_of_an_organ_is_not_cut_after_what_looks_like_a_town() -> None:
    assert one(said("p", "河口市住建局"), said("q", "河口市住房和城乡建设局"))
