"""The sentence around a piece of evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.publish.passages import passage


@pytest.mark.parametrize(
    ("text", "said", "sentence"),
    [
        ("天晴。他走访了企业！真好。", "走访", "他走访了企业！"),
        ("他说：“好。”大家走了。", "好", "他说：“好。”"),
        ("他说：“好。”大家走了。", "走", "大家走了。"),
        ("标题\n　　本报讯 他来了", "来", "本报讯 他来了"),
        ("他来了。她走了。天晴。", "来了。她", "他来了。她走了。"),
        ("第一段\n第二段", "一段\n第二", "第一段\n第二段"),
        ("没有句号", "没有句号", "没有句号"),
        ("等等……他来了。", "他", "他来了。"),
    ],
)
def test_the_sentence_around_what_is_said(text: str, said: str, sentence: str) -> None:
    start = text.index(said)
    found = passage(text, Span(start, start + len(said)))
    assert found.sentence.of(text) == sentence
    assert found.said.of(text) == said


@given(st.text("甲。！\n”…　 ", min_size=1, max_size=30), st.data())
def test_what_is_said_lies_in_its_sentence_and_that_in_its_paragraph(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    found = passage(text, Span(start, end))
    assert found.sentence.covers(found.said)
    assert found.paragraph.covers(found.sentence)
    assert found.paragraph.start == 0 or text[found.paragraph.start - 1] == "\n"
    assert found.paragraph.end == len(text) or text[found.paragraph.end] == "\n"
