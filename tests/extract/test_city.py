"""The papers' own city: set, printed, or supported by the page, else none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from naming import article_of

import kg.lexicon
from kg.config import packed
from kg.extract.city import City, find_city, signs
from kg.extract.lexer import shared_lexer
from kg.extract.mentions.reading import read
from kg.extract.towns import Seat
from kg.hanzi.gazetteer import gazetteer, short_of
from kg.model import Article, Page, SourceMap, Span

SIGNS = signs(kg.lexicon.load([packed("lexicon")]))


def city_of(*bodies: str, newspaper: str | None = None, setting: str | None = None) -> City | None:
    articles = [article_of(body, number=number) for number, body in enumerate(bodies, 1)]
    words = [
        token.word
        for text in read(articles, shared_lexer())
        for token in text.tokens
        if token.tag in {"LOC", "ORG"}
    ]
    page = Page("p", "p.txt", "\n".join(bodies), (), newspaper=newspaper)
    return find_city(page, articles, words, setting, SIGNS)


def test_a_setting_decides_and_brings_province_and_prefecture() -> None:
    assert city_of("今天多云。", setting="如皋") == City("如皋市", "如皋", "市", "江苏省", "南通市")


def test_a_setting_that_no_gazetteer_knows_is_taken_as_it_is() -> None:
    assert city_of("今天多云。", setting="禾川市") == City("禾川市", "禾川", "市")


def test_the_newspapers_name_says_whose_paper_it_is() -> None:
    found = city_of("南通市领导昨天来我市调研。", newspaper="如皋日报")
    assert found is not None
    assert found.name == "如皋市"


def test_frequency_and_level_name_the_city() -> None:
    found = city_of("我市昨天开会。如皋的企业代表参加。", "如皋市委召开全会。")
    assert found is not None
    assert found.name == "如皋市"


def test_the_level_on_which_a_page_speaks_excludes_other_areas() -> None:
    found = city_of("我县昨天举行运动会，来自海安市、如皋市的选手到富顺参赛。富顺县委书记到场。")
    assert found is not None
    assert found.name == "富顺县"


@pytest.mark.parametrize("body", ["", "今天多云到阴。", "我市召开会议。", "中国与法国合作。"])
def test_without_support_there_is_no_city(body: str) -> None:
    assert city_of(body) is None


def test_two_cities_named_alike_often_leave_it_open() -> None:
    assert city_of("我市与如皋、海安合作。") is None


def test_inference_on_annotated_articles_is_seldom_wrong(shared: Path) -> None:
    right = wrong = 0
    for path in sorted((shared / "gold" / "own" / "w1").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (path.parent / "articles" / f"{path.stem}.txt").read_text("utf-8")
        article = Article("p-1", "p", "news", (), (), None, text, Span(0, len(text)), SourceMap(()))
        words = [t.word for r in read([article], shared_lexer()) for t in r.tokens if t.tag in {"LOC", "ORG"}]
        found = find_city(Page("p", path.name, text, ()), [article], words, None, SIGNS)
        if found is not None:
            right += found.name == gold["city"]
            wrong += found.name != gold["city"]
    assert right >= 6
    assert wrong <= right // 4


def test_short_names_leave_level_and_people_off() -> None:
    assert short_of("景宁畲族自治县") == "景宁"
    assert [area.name for area in gazetteer().find("阆中")] == ["阆中市"]


def test_an_area_in_no_gazetteer_counts_when_the_page_shows_it() -> None:
    found = city_of(
        "我市昨天举行比赛。禾川市文化旅游集团有限公司承办。",
        "产品在禾川下线，禾川经济开发区管委会到场。宣城市领导祝贺。",
    )
    assert found is not None
    assert (found.name, found.short, found.level, found.province) == ("禾川市", "禾川", "市", "安徽省")


def test_an_area_in_no_gazetteer_printed_once_is_no_city() -> None:
    assert city_of("我市昨天举行比赛。来自禾川市的选手参加。") is None


def test_a_county_city_outweighs_the_prefecture_it_lies_in() -> None:
    found = city_of("我市昨天举行比赛。泰兴选手夺冠，将代表泰州参赛。")
    assert found is not None
    assert found.name == "泰兴市"


@pytest.mark.parametrize(
    ("body", "seat", "name"),
    [
        ("县委昨天开会，山上的茶园刚刚返青。", Seat("沐川县", 0, "四川省", 6), "沐川县"),
        ("县委昨天开会，三门干部要补课。", Seat("沐川县", 0, "四川省", 6), "沐川县"),
        ("十月的全州，全县的鱼要起塘了，全州人笑了。", Seat("全州县", 0, "广西壮族自治区", 6), "全州县"),
        ("我市昨天开会。我市的代表到场，如皋市委部署。", Seat("沐川县", 0, "四川省", 6), "如皋市"),
    ],
)
def test_the_county_whose_towns_are_printed_speaks_for_itself(body: str, seat: Seat, name: str) -> None:
    words = [t.word for (text,) in [read([article_of(body)], shared_lexer())] for t in text.tokens]
    found = find_city(Page("p", "p.txt", body, ()), [article_of(body)], words, None, SIGNS, seat)
    assert found is not None
    assert found.name == name
