"""Sentences and clauses: spans that cover the text and cross no line."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from naming import article_of

from kg.extract.sentences import PIECE, split

TEXT = st.text(alphabet="市长说：“好。！？；，、 \n\u3000a1（）”", max_size=80)


@given(TEXT, TEXT)
def test_sentences_cover_all_but_white_space_and_cross_no_line(headline: str, body: str) -> None:
    article = article_of(body, headline.replace("\n", ""))
    sentences = split(article)
    covered = "".join(s.span.of(article.text) for s in sentences)
    assert "".join(covered.split()) == "".join(article.text.split())
    assert all("\n" not in s.span.of(article.text) for s in sentences)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))


@given(TEXT)
def test_clauses_lie_in_their_sentence_in_order(body: str) -> None:
    for sentence in split(article_of(body)):
        assert all(sentence.span.covers(clause) for clause in sentence.clauses)
        starts = [clause.start for clause in sentence.clauses]
        assert starts == sorted(set(starts))


def test_a_closing_quotation_mark_belongs_to_its_sentence() -> None:
    article = article_of("他说：“好。”大家笑了。")
    assert [s.span.of(article.text) for s in split(article)] == ["他说：“好。”", "大家笑了。"]


def test_a_deck_is_a_sentence_and_a_space_in_it_parts_clauses() -> None:
    article = article_of("本报讯 昨天开会。", "总投资36亿元 项目落户经开区")
    first, second = split(article)
    assert first.headline
    assert not second.headline
    assert [c.of(article.text).strip() for c in first.clauses] == ["总投资36亿元", "项目落户经开区"]


def test_what_goes_on_without_a_full_stop_is_broken_into_pieces_that_cover_it() -> None:
    endless = "很好，" * 1000 + "。"
    text = (article := article_of(f"{endless}\n好。", "题")).text
    deck, *pieces, last = split(article)
    assert [deck.broken, last.broken] == [False, False]
    assert all(piece.broken and len(piece.span) <= PIECE for piece in pieces)
    assert "".join(piece.span.of(text) for piece in pieces) == endless
