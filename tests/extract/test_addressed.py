"""Forms of address lead to who is named in full, short names of firms and bodies to the long ones."""

from __future__ import annotations

import pytest
from naming import article_of, entities_of

from kg.extract.mentions.link import links
from kg.extract.mentions.tables import prepare
from kg.extract.tools import Tools


def forms(tools: Tools, body: str) -> dict[str, set[str]]:
    """Return name → its other forms, of what a text names."""
    return {e.key.name: set(e.aliases) for e in entities_of(tools, article_of(body))}


@pytest.mark.parametrize(
    ("body", "person", "form"),
    [
        ("市委书记郎有才昨天到会。郎书记说，要抓紧。", "郎有才", "郎书记"),
        ("校长牟凤仙九岁学艺。牟校长十一岁登台。", "牟凤仙", "牟校长"),
        ("工程师戈长林讲了半小时。戈总工后来又去了一趟。", "戈长林", "戈总工"),
    ],
)
def test_a_surname_with_a_title_is_who_was_named_with_it(
    mention_tools: Tools, body: str, person: str, form: str
) -> None:
    assert form in forms(mention_tools, body)[person]


def test_the_last_one_named_of_the_surname_is_meant(mention_tools: Tools) -> None:
    body = "市长郎有才出席会议。\n厂长郎守义作了介绍。郎厂长说，今年要增产。"
    assert "郎厂长" in forms(mention_tools, body)["郎守义"]
    assert "郎厂长" not in forms(mention_tools, body)["郎有才"]


def test_nobody_is_meant_who_is_named_only_behind_or_not_at_all(mention_tools: Tools) -> None:
    assert all(
        "秦书记" not in other for other in forms(mention_tools, "秦书记到会。市长郎有才主持。").values()
    )


@pytest.mark.parametrize(
    ("body", "organization", "form"),
    [
        ("江西锐科达电路今年扩产。锐科达的总工程师何清说，订单很满。", "江西锐科达电路", "锐科达"),
        ("“柳姐帮”志愿服务队昨天成立。如今，“柳姐帮”有三十人。", "“柳姐帮”志愿服务队", "柳姐帮"),
        (
            "佛山市南海凯陶机电有限公司董事长何清介绍了情况。凯陶机电的车间占地百亩。",
            "佛山市南海凯陶机电有限公司",
            "凯陶机电",
        ),
        ("日本栗野精工株式会社昨天签约。栗野精工的社长讲了话。", "日本栗野精工株式会社", "栗野精工"),
        (
            "江苏康锐电梯有限公司昨天开业，它以前叫芦墟康锐电梯配件厂。",
            "江苏康锐电梯有限公司",
            "芦墟康锐电梯配件厂",
        ),
        ("如皋市文峰中学举行典礼，文峰中学校长何清致辞。", "如皋市文峰中学", "文峰中学"),
    ],
)
def test_a_short_name_goes_with_the_long_one(
    mention_tools: Tools, body: str, organization: str, form: str
) -> None:
    found = forms(mention_tools, body)
    assert form in found.get(organization, set()), found


def test_a_bare_organ_of_a_town_is_of_the_town_named_last(mention_tools: Tools) -> None:
    body = "如皋市石庄镇的路修好了。镇党委书记何清说，明年再修一条。"
    assert "镇党委" in forms(mention_tools, body)["石庄镇党委"]


def test_a_word_of_bureaus_is_no_area(mention_tools: Tools) -> None:
    found = forms(mention_tools, "会议由市公安消防大队承办，公安消防大队队长何清主持。")
    assert not any(name.startswith("公安县") for name in found)


@pytest.mark.parametrize(
    ("body", "first", "second"),
    [
        ("何清是乙泽中学的校长。乙泽中学代表队夺冠。", "乙泽中学", "乙泽中学代表队"),
        ("甲岭集团今年扩产，甲岭集团党委书记何清说，订单很满。", "甲岭集团", "甲岭集团党委"),
        ("乙泽小学昨天开学。乙泽小学教育集团有三个校区。", "乙泽小学", "乙泽小学教育集团"),
    ],
)
def test_what_a_longer_name_of_another_body_opens_with_stays_apart(
    mention_tools: Tools, body: str, first: str, second: str
) -> None:
    joined = links("Organization", [first, second], mention_tools.prepared(prepare))
    assert joined == {}
    assert first not in forms(mention_tools, body).get(second, set())


def test_a_project_stays_apart_from_its_phase(mention_tools: Tools) -> None:
    whole, phase = "“青禾绿能”光伏电站", "“青禾绿能”光伏电站二期"
    assert links("Project", [whole, phase], mention_tools.prepared(prepare)) == {}


def test_an_event_of_a_series_is_called_as_the_series_too(mention_tools: Tools) -> None:
    found = forms(mention_tools, "第十二届青禾山歌文化节昨天在如皋市开幕。")
    assert "青禾山歌文化节" in found["第十二届青禾山歌文化节"]
