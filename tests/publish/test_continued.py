"""An article that goes on on another page of its issue is one, whatever the order of the pages."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.config import packed
from kg.layout import date_page, segment
from kg.model import Article, Graph, Page
from kg.publish import continued, first_parts
from kg.read import page_of

Read = tuple[Page, tuple[Article, ...]]
WORDS = lexicon.load([packed("lexicon")])
HEAD = "青桐日报\n2024年7月{day}日 星期一 第210期\n第0{number}版\n\n"
TEA = (
    "青桐茶园扩种两千亩\n\n■记者 麦田\n\n本报讯 昨天上午，青桐市茶叶研究所的茶园里一片繁忙，"
    "茶农们抢抓晴好天气移栽茶苗。今年以来，全市已新增茶园两千亩，并与三家合作社签订收购协议，茶农的收入有了",
    "保障，采茶、制茶、卖茶都有人教。茶园负责人说，茶苗三年后进入丰产期，亩产值预计超过八千元，"
    "茶叶研究所将继续为茶农提供技术服务。",
)
ROAD = (
    "环城公路提前通车\n\n■记者 柳青\n\n本报讯 昨天下午，青桐市环城公路东段通车仪式举行，"
    "公路全长十二公里，双向六车道。建设指挥部负责人介绍，通车后从城东到高铁站的车程将由四十分钟缩短为十五分钟，",
    "沿线六个乡镇的居民出行更加方便。公路两侧还同步建设了绿道和路灯，过往司机说晚上开车也很安心，"
    "建设指挥部将继续推进公路西段的施工。",
)


def page(name: str, number: int, parts: list[str], day: int = 1) -> Read:
    text = HEAD.format(day=day, number=number) + "\n\n".join(parts)
    read = date_page(page_of(text, name), WORDS)
    return read, segment(read, WORDS)


def graph(*pages: Read) -> Graph:
    found = sorted(pages, key=lambda pair: pair[0].id)
    return Graph(tuple(p for p, _ in found), tuple(a for _, articles in found for a in articles), (), ())


def named(pages: Graph, pairs: dict[str, str]) -> set[tuple[str, str]]:
    first = {a.id: a.text[:4] for a in pages.articles}
    body = {a.id: a.body.of(a.text)[:2] for a in pages.articles}
    return {(first[a], body[b]) for a, b in pairs.items()}


FRONT = page("a.txt", 1, [TEA[0] + "（下转2版）", ROAD[0] + "（下转2版）"])
INSIDE = page(
    "b.txt", 2, ["环城公路通车\n\n（上接1版）\n\n" + ROAD[1], "青桐茶园扩种\n\n（上接1版）\n\n" + TEA[1]]
)


def test_an_article_says_on_which_page_it_goes_on_and_from_which_it_comes() -> None:
    assert [(a.onward, a.back) for a in FRONT[1]] == [("2", None), ("2", None)]
    assert [(a.onward, a.back) for a in INSIDE[1]] == [(None, "1"), (None, "1")]
    assert [p.number for p in (FRONT[0], INSIDE[0])] == ["1", "2"]
    for read, articles in (FRONT, INSIDE):
        for a in articles:
            for s in a.source_map.segments:
                there = read.text[s.page : s.page + s.length]
                assert a.text[s.article : s.article + s.length] == there
    assert not any("下转" in a.text or "上接" in a.text for a in (*FRONT[1], *INSIDE[1]))


@pytest.mark.parametrize("order", [(FRONT, INSIDE), (INSIDE, FRONT)])
def test_of_several_parts_those_go_together_that_fit(
    order: tuple[Read, ...],
) -> None:
    whole = graph(*order)
    assert named(whole, dict(continued(whole))) == {("青桐茶园", "保障"), ("环城公路", "沿线")}
    firsts = first_parts(whole)
    assert {a.id for a in INSIDE[1]} == set(firsts)
    assert {a.id for a in FRONT[1]} == set(firsts.values())


def test_pages_of_another_day_or_number_do_not_go_together() -> None:
    for other in (
        page("c.txt", 2, ["（上接1版）\n" + TEA[1]], day=2),
        page("d.txt", 3, ["（上接1版）\n" + TEA[1]]),
    ):
        assert not continued(graph(FRONT, other))


def test_without_a_day_pages_go_together_by_the_names_of_their_files() -> None:
    def plain(name: str, text: str) -> Read:
        read = date_page(page_of(text, name), WORDS)
        return read, segment(read, WORDS)

    first = plain("july/issue-01.txt", TEA[0] + "（下转第2版）")
    second = plain("july/issue-02.txt", "（上接第一版）\n" + TEA[1])
    other = plain("june/issue-02.txt", "（上接第一版）\n" + TEA[1] + "六月")
    assert len(continued(graph(first, second, other))) == 1
    assert not continued(graph(first, other))


def test_one_page_alone_is_as_it_was() -> None:
    assert not continued(graph(FRONT))
    assert not first_parts(graph(INSIDE))
