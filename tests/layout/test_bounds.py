"""Layout ends soon whatever a line holds, and lines broken in odd places are put together."""

from __future__ import annotations

from time import process_time

import pytest
from compose import HALF, wrap
from written import PIECES

from kg.layout import segment
from kg.layout.genre import Genre
from kg.layout.lines import clean
from kg.layout.overprint import LONGEST, collapse
from kg.layout.traced import Traced
from kg.layout.unfold import unfold_columns
from kg.lexicon import Lexicon
from kg.read import page_of


@pytest.mark.parametrize("unit", ["春", "春耕", "春耕备耕现场推进", "一二三四五六七八九十"])
@pytest.mark.parametrize("tail", ["", "完"])
def test_a_line_as_long_as_overprint_may_be_is_read_at_once(unit: str, tail: str) -> None:
    text = (unit * LONGEST)[: LONGEST - len(tail)] + tail
    started = process_time()
    collapse(Traced.at(text, 0))
    assert process_time() - started < 1.5


def test_a_page_of_one_very_long_line_takes_time_in_proportion(words: Lexicon) -> None:
    started = process_time()
    articles = segment(page_of("春耕备耕。" * 50_000, "a.txt"), words)
    assert process_time() - started < 8.0
    assert sum(len(article.text) for article in articles) >= 200_000


def test_forty_copies_of_a_caption_become_one() -> None:
    caption = "昨天上午，镜湖小学的学生在校园里种下向日葵。"
    assert collapse(Traced.at(caption * 40, 0)).text == caption


def test_a_name_broken_by_the_line_stays_with_what_is_said(words: Lexicon) -> None:
    lines = ["本报讯 昨天，青桐图书馆开放夜场，两位读", "者各说了一句。许", "宁：这里夜里也很安静。"]
    page = page_of("图书馆开放夜场\n\n■记者 夏清和\n\n" + "\n".join(lines), "a.txt")
    (article,) = segment(page, words)
    assert "许宁：这里夜里也很安静。" in article.text


@pytest.mark.parametrize("width", [13, 16])
def test_printed_lines_are_found_where_the_page_has_them_on_one_line(genre: Genre, width: int) -> None:
    column = wrap([paragraph.translate(HALF) for paragraph in PIECES[0].paragraphs], width)
    page = page_of(" ".join(column), "a.md")
    assert [line.text for line in unfold_columns(clean(page, genre), genre)] == column
