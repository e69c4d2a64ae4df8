"""The parts of the layout: overprint, bylines, assignment, columns, traced text, tables."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import LexiconError
from kg.layout.bylines import inline, parse, split_credit
from kg.layout.genre import Genre
from kg.layout.matching import assign, assign_surely
from kg.layout.overprint import collapse
from kg.layout.traced import Traced, joined, source_map
from kg.lexicon import Lexicon
from kg.table import Table

LINE = "镜湖两岸的灯光昨夜亮起，市民携家带口前来观赏。"
unlike = st.text("镜湖两岸灯光昨夜亮起市民携家带口前来观赏天地玄黄", min_size=4, max_size=12).filter(
    lambda text: len(set(text)) == len(text)
)


def once(text: str) -> str:
    return collapse(Traced.at(text, 0)).text


@given(unlike, st.integers(2, 40))
def test_a_line_printed_any_number_of_times_is_one(text: str, times: int) -> None:
    assert once(text * times) == text


@given(st.lists(unlike, min_size=2, max_size=4, unique=True), st.integers(4, 31))
def test_a_line_printed_piece_by_piece_is_one(pieces: list[str], times: int) -> None:
    assert once("".join(piece * times for piece in pieces)) == "".join(pieces)


@given(st.text("一二三四，。“”  ab1", max_size=30))
def test_collapsing_takes_away_and_never_adds_and_is_done_after_once(text: str) -> None:
    result = collapse(Traced.at(text, 5))
    assert list(result.offsets) == sorted(set(result.offsets))
    assert all(text[offset - 5] == char for offset, char in zip(result.offsets, result.text, strict=True))
    assert collapse(result).text == result.text


@given(st.lists(st.tuples(unlike, st.integers(1, 5), st.sampled_from(["", " ", "\n"])), max_size=4))
def test_characters_that_the_layout_put_in_change_nothing(parts: list[tuple[str, int, str]]) -> None:
    printed = joined(Traced.at(text * times + gap, 100 * n) for n, (text, times, gap) in enumerate(parts))
    plain = collapse(Traced.at(printed.text, 0))
    woven = joined((printed, Traced.at("结尾", 5), Traced.inserted("添的 添的")))
    assert collapse(printed).text == plain.text
    assert collapse(printed).offsets == tuple(printed.offsets[place] for place in plain.offsets)
    assert collapse(woven).text == collapse(Traced.at(woven.text, 0)).text


@pytest.mark.parametrize("text", ["一步一步走", "高高兴兴", "研究研究再说", "常来常往", "2000", "————", LINE])
def test_language_that_repeats_is_left_alone(text: str) -> None:
    assert once(text) == text


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("■记者 乔一鸣", "记者乔一鸣"),
        ("■记 者 乔 一", "记者乔一"),
        ("■记者 乔一 白 露 通 讯 员 程子昂", "记者乔一 记者白露 通讯员程子昂"),
        ("■言之", "作者言之"),
        ("□ 本报评论员 石磊", "评论员石磊"),
        ("本报记者 石磊 见习记者 高阳", "记者石磊 见习记者高阳"),
        ("记者/石磊 通讯员/高阳", "记者石磊 通讯员高阳"),
        ("（记者 石磊 文/图）", "记者石磊"),
        ("石磊 高阳 摄", "摄影石磊 摄影高阳"),
        ("■记者 石磊 摄影 高阳", "记者石磊 摄影高阳"),
        ("■青桐融媒记者 石磊 发自江城", "青桐融媒记者石磊"),
        ("■记者 帕提古丽·艾山 摄影报道", "记者帕提古丽·艾山"),
        ("记者：这些年最难的是什么？", ""),
        ("记者走进车间", ""),
        ("记者乔一鸣", "记者乔一鸣"),
        ("本报记者王强", "记者王强"),
        ("见习记者欧阳知远", "见习记者欧阳知远"),
        ("通讯员于洪波", "通讯员于洪波"),
        ("实习生周舟 记者石磊", "实习生周舟 记者石磊"),
        ("（记者热合曼）", "记者热合曼"),
        ("记者了解到", ""),
        ("记者了解到 昨天上午", ""),
        ("记者从市统计局获悉", ""),
        ("记者从市统", ""),
        ("记者从市局 获悉", ""),
        ("记者于近日", ""),
        ("记者连线", ""),
        ("记者连日来", ""),
        ("记者查阅到", ""),
        ("记者任务书", ""),
        ("记者手记", ""),
        ("记者走基层", ""),
        ("记者石磊报道说", ""),
        ("记者石磊", ""),
        ("作者简介", ""),
        ("图片王国", ""),
        ("整理方案", ""),
        ("记者节", ""),
        ("记者", ""),
        ("记者石磊坦言，起初", ""),
        ("本报讯 昨天上午", ""),
        ("本报讯（记者 石磊 通讯员", ""),
        ("青桐图书馆", ""),
        ("", ""),
    ],
)
def test_bylines_are_read_word_by_word_or_not_at_all(genre: Genre, text: str, people: str) -> None:
    assert " ".join(b.role + b.name for b in parse(text, genre)) == people


def test_a_credit_at_the_end_of_a_line_is_cut_off(genre: Genre) -> None:
    body, credit = split_credit(Traced.at("昨天，向日葵开了。 ■摄影 王 禾", 0), genre)
    assert (body.text, credit and credit.text) == ("昨天，向日葵开了。", "■摄影 王 禾")
    body, credit = split_credit(Traced.at("去年（闰年）开了。", 0), genre)
    assert (body.text, credit) == ("去年（闰年）开了。", None)


def test_people_behind_the_opening_words_stay_where_a_narrow_column_ends(genre: Genre) -> None:
    for text in ("本报讯（记者 石磊 通讯员 高阳）", "本报平湖7月5日讯（记者 石磊）"):
        assert split_credit(Traced.at(text, 0), genre) == (Traced.at(text, 0), None)
        assert inline(text + "昨天", genre)[0].name == "石磊"


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("本报讯 昨天", True),
        ("本报珠海讯 记者", True),
        ("本报平湖7月5日电 昨", True),
        ("本报记者从市统计局获讯", False),
        ("本报通讯员走进车间", False),
        ("昨天上午", False),
    ],
)
def test_a_place_and_a_day_may_stand_in_the_words_that_open_a_body(
    genre: Genre, text: str, opens: bool
) -> None:
    assert genre.opens_story(text) is opens


def test_people_in_brackets_behind_the_opening_words(genre: Genre) -> None:
    assert [b.name for b in inline("本报讯（记者 石磊 通讯员 高阳）昨天", genre)] == ["石磊", "高阳"]
    assert inline("昨天（记者 石磊）", genre) == ()


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=1, max_size=n)
    )
)
def test_the_assignment_is_the_cheapest_of_all(costs: list[list[int]]) -> None:
    columns = assign(costs)
    assert len(set(columns)) == len(costs)
    cheapest = min(
        sum(row[column] for row, column in zip(costs, order, strict=False))
        for order in itertools.permutations(range(len(costs[0])), len(costs))
    )
    assert sum(row[column] for row, column in zip(costs, columns, strict=True)) == cheapest


@given(
    st.integers(2, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(-9, 9), min_size=n, max_size=n), min_size=1, max_size=n - 1)
    ),
    st.sampled_from([3, 99]),
)
def test_how_sure_an_assignment_is_tells_what_the_next_best_one_costs(
    costs: list[list[int]], enough: int
) -> None:
    columns, losses = assign_surely(costs, enough)
    assert columns == assign(costs)
    orders = list(itertools.permutations(range(len(costs[0])), len(costs)))
    paid = [sum(row[column] for row, column in zip(costs, order, strict=False)) for order in orders]
    for n, (column, loss) in enumerate(zip(columns, losses, strict=True)):
        other = min(cost for cost, order in zip(paid, orders, strict=True) if order[n] != column)
        assert loss == min(enough, other - min(paid))


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 8)), max_size=8))
def test_a_source_map_leads_every_character_back(parts: list[tuple[int, int]]) -> None:
    page = "".join(chr(0x4E00 + i) for i in range(60))
    text = joined([Traced.at(page[start : start + size], start) for start, size in parts], "\n")
    back = source_map(text)
    rebuilt = ["\n"] * len(text)
    for part in back.segments:
        rebuilt[part.article : part.article + part.length] = page[part.page : part.page + part.length]
    assert "".join(rebuilt) == text.text


def test_a_table_of_patterns_proves_itself_by_its_examples(words: Lexicon) -> None:
    broken = Table(
        "layout_patterns",
        ("kind", "pattern", "example"),
        ({"kind": "label", "pattern": "甲", "example": "乙"},),
    )
    with pytest.raises(LexiconError, match="example"):
        Genre.of(Lexicon({**words.tables, "layout_patterns": broken}))
