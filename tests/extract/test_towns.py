"""Towns: known everywhere by their full names, and by their short ones where their county is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import article_of, entities_of

from kg.extract.mentions.places import find_towns
from kg.extract.mentions.reading import read
from kg.extract.mentions.tables import prepare
from kg.extract.tools import Tools
from kg.extract.towns import Towns, home, printed_towns, seat
from kg.hanzi.gazetteer import gazetteer


@pytest.fixture(scope="session")
def known(mention_tools: Tools) -> Towns:
    return mention_tools.prepared(prepare).towns


def test_every_county_of_the_table_has_towns_and_most_are_in_the_gazetteer(known: Towns) -> None:
    assert len(known.names) > 30_000
    assert all(some for places in known.counties.values() for some in places)
    listed = known.counties.keys() & gazetteer().by_name.keys()
    assert len(listed) > 0.9 * len(known.counties)


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("这条路由镇里修好，白蒲镇的老人笑了。", "白蒲镇"),
        ("记者走进长江镇四案村。", "长江镇"),
        ("来自如皋市城南街道的代表发言。", "城南街道"),
    ],
)
def test_a_town_is_found_by_its_full_name(known: Towns, text: str, town: str) -> None:
    assert town in [text[start:end] for start, end in printed_towns(text, known)]


@pytest.mark.parametrize("text", ["走进村镇，看看乡愁。", "白蒲镇长何清说", "一个小乡村", "城乡街道整洁"])
def test_no_town_is_found_where_none_is_named(known: Towns, text: str) -> None:
    assert not printed_towns(text, known)


def test_the_county_whose_towns_are_printed_is_at_home(known: Towns) -> None:
    towns = home(("如皋市白蒲镇和搬经镇的稻田里，收割机来回跑。",), known)
    assert towns["白蒲"] == "白蒲镇"
    assert towns["搬经"] == "搬经镇"
    assert towns["长江"] == "长江镇"


def test_the_county_at_home_is_known_with_its_province(known: Towns) -> None:
    at = seat(("如皋市白蒲镇和搬经镇的稻田里，收割机来回跑。",), known)
    assert at is not None
    assert (at.county, at.province) == ("如皋市", "江苏省")
    assert seat(("城关镇的早晨。",), known) is None


def test_little_evidence_makes_no_county_at_home(known: Towns) -> None:
    assert home(("今年的收成不错。",), known) == {}
    assert home(("城关镇的早晨。",), known) == {}


@given(texts=st.lists(st.text("如皋市白蒲镇搬经城关街道的在", max_size=30), max_size=3))
def test_short_names_open_full_names(known: Towns, texts: list[str]) -> None:
    for short, full in home(tuple(texts), known).items():
        assert full.startswith(short)
        assert len(short) > 1


def test_short_names_are_voted_for_where_the_county_is_at_home(mention_tools: Tools, known: Towns) -> None:
    names = mention_tools.prepared(prepare)
    (text,) = read([article_of("如皋市白蒲镇的黄酒、石庄的萝卜一起摆上柜台。")], mention_tools.lexer)
    votes = list(find_towns(text, home((text.text,), known), names))
    assert {(text.text[v.start : v.end], v.finder) for v in votes} >= {("白蒲镇", "home"), ("石庄", "short")}
    assert [text.text[v.start : v.end] for v in votes if v.finder == "town"] == ["白蒲镇"]


def test_a_short_name_goes_by_the_full_one(mention_tools: Tools) -> None:
    body = "如皋市白蒲镇、搬经镇同日开工。位于白蒲的新厂占地百亩。"
    found = {
        e.key.name: {m.surface for m in e.mentions} for e in entities_of(mention_tools, article_of(body))
    }
    assert "白蒲" in found["白蒲镇"]


def test_a_town_printed_in_full_comes_before_a_county_of_its_short_name_far_away(
    mention_tools: Tools,
) -> None:
    body = "惠东县吉隆镇和黄埠镇的鞋厂忙着赶订单。吉隆的女鞋卖到了海外，黄埠也不差。"
    names = {e.key.name for e in entities_of(mention_tools, article_of(body))}
    assert "吉隆镇" in names
    assert "吉隆县" not in names
