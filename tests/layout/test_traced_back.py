"""Whatever damage a page has, its articles lead back to the page as printed, and each has a date."""

from __future__ import annotations

import random
from datetime import date

import pytest
from compose import Sheet, sheet_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from written import PIECES

from kg.layout import segment
from kg.lexicon import Lexicon
from kg.model import Article, Page, Span
from kg.read import page_of

KINDS = ("wrapped", "overprinted", "bodies-first", "interleaved", "clean")
FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
pages = pytest.mark.parametrize("kind", KINDS)


def composed(kind: str, seed: int) -> Sheet:
    """Return a page of four articles with the damage of a kind."""
    rng = random.Random(seed)
    return sheet_of(kind, rng.sample(PIECES, 4), rng)


def leads_back(article: Article, page: Page, span: Span) -> bool:
    """Say whether the page has a span's characters where the map says; only breaks and spaces were put in."""
    printed = "".join(part.of(page.text) for part in article.source_map.to_page(span))
    letters = [char for char in span.of(article.text) if not char.isspace()]
    return [char for char in printed if not char.isspace()] == letters


@pages
@FEW
@given(seed=st.integers(0, 2**31))
def test_every_span_of_an_article_leads_back_to_the_page(words: Lexicon, kind: str, seed: int) -> None:
    sheet, rng = composed(kind, seed), random.Random(seed)
    page = page_of(sheet.text, sheet.name)
    articles = segment(page, words)
    assert len(articles) >= 3
    for article in articles:
        size = len(article.text)
        cuts = [sorted(rng.choices(range(size + 1), k=2)) for _ in range(12)]
        for start, end in [(0, size), *((n, n + 1) for n in range(size)), *cuts]:
            assert leads_back(article, page, Span(start, end))


@pages
@FEW
@given(seed=st.integers(0, 2**31))
def test_no_character_of_the_page_stands_in_two_places(words: Lexicon, kind: str, seed: int) -> None:
    sheet = composed(kind, seed)
    taken = [
        place
        for article in segment(page_of(sheet.text, sheet.name), words)
        for part in article.source_map.segments
        for place in range(part.page, part.page + part.length)
    ]
    assert len(taken) == len(set(taken))


@pages
@FEW
@given(seed=st.integers(0, 2**31), day=st.dates(date(2010, 1, 1), date(2030, 12, 31)))
def test_every_article_has_the_day_that_is_printed_or_an_interval_that_holds_it(
    words: Lexicon, kind: str, seed: int, day: date
) -> None:
    sheet = composed(kind, seed)
    weekday = "一二三四五六日"[day.weekday()]
    head = f"青桐日报\n{day.year}年{day.month}月{day.day}日 星期{weekday}\n\n"
    body = sheet.text if kind != "interleaved" else sheet.text.partition("**QINGTONG**")[2]
    for article in segment(page_of(head + body, "a.txt"), words):
        assert article.date is not None
        assert article.date.start == article.date.end == day
    for article in segment(page_of(body, "a.txt"), words):
        assert article.date is not None
        assert article.date.evidence
        assert article.date.start < article.date.end
