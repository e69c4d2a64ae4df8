"""The shared nouns: spans in code points, the way back to the page, names that do not change."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Evidence, Segment, SourceMap, Span, When
from kg.model.digest import digest

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: Span(min(pair), max(pair)))


@given(st.text(st.characters(), min_size=0, max_size=60), spans, st.integers(0, 9))
def test_a_span_counts_code_points_and_moves_with_the_text(text: str, span: Span, by: int) -> None:
    assert span.of(text) == text[span.start : span.end]
    assert span.shift(by).of("x" * by + text) == span.of(text)
    assert len(span.shift(by)) == len(span)


@given(spans, spans)
def test_spans_overlap_when_they_share_a_code_point(a: Span, b: Span) -> None:
    ours, theirs = set(range(a.start, a.end)), set(range(b.start, b.end))
    if ours and theirs:
        assert a.overlaps(b) == b.overlaps(a) == bool(ours & theirs)
        assert a.covers(b) == (theirs <= ours)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_what_is_no_stretch_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start, end)


def test_an_interval_does_not_end_before_it_starts() -> None:
    assert When(date(2024, 5, 1), date(2024, 5, 1), "5月1日").start == date(2024, 5, 1)
    with pytest.raises(ValueError, match="no interval"):
        When(date(2024, 5, 2), date(2024, 5, 1), "")


@given(
    st.lists(st.tuples(st.text("甲乙丙丁", min_size=1, max_size=6), st.text("xy", max_size=3)), max_size=5),
    st.data(),
)
def test_the_source_map_leads_every_character_back_to_its_place(parts, data) -> None:  # type: ignore[no-untyped-def]
    page, article, segments = "", "", []
    for words, noise in parts:
        page += noise
        article += "\n" if article else ""
        segments.append(Segment(len(article), len(page), len(words)))
        page += words
        article += words
    back = SourceMap(tuple(segments))
    start = data.draw(st.integers(0, len(article)))
    span = Span(start, data.draw(st.integers(start, len(article))))
    found = "".join(stretch.of(page) for stretch in back.to_page(span))
    assert found == span.of(article).replace("\n", "")


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_a_digest_is_stable_and_keeps_its_parts_apart(parts: list[str]) -> None:
    found = digest(*parts)
    assert len(found) == 16
    assert found == digest(*parts)
    assert set(found) <= set("0123456789abcdef")
    assert digest(*parts, "") != found


def test_a_digest_never_changes_between_releases() -> None:
    assert digest("平湖市", "Place") == "4af905c1d7612d51"


def test_values_are_frozen_and_cross_processes() -> None:
    evidence = Evidence("a-1", Span(0, 2), "frame", 0.9)
    with pytest.raises((FrozenInstanceError, AttributeError)):
        evidence.confidence = 1.0  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(evidence)) == evidence
