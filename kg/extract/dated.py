"""What the dates that facts state mean: counted from the day of the issue and what the text named before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.errors import LexiconError
from kg.hanzi.calendar import Calendar
from kg.hanzi.dates import Date, dates
from kg.hanzi.reckon import reckon
from kg.lexicon import Lexicon
from kg.model import Article, Claim, Literal, Period, Span

_KIND = "date"
KEPT = 64
"""Articles whose dates are kept, as posts and renamings ask for them after the facts."""
LONGEST = 20_000
"""Code points of an article whose dates are kept."""
Placed = tuple[Date, Period | None]
"""A date of a text, and the days that it means, where they can be counted."""


def calendar(lexicon: Lexicon) -> Calendar:
    """Prepare the tables of times.

    Raises:
        LexiconError: a row cannot be read.
    """
    rows = (lexicon.table(name).rows for name in ("date_words", "festivals", "lunar_years"))
    try:
        return Calendar.of(*rows)
    except ValueError as error:
        raise LexiconError("date_words.tsv, festivals.tsv or lunar_years.tsv", str(error)) from error


def place_dates(claims: Iterable[Claim], articles: Sequence[Article], known: Calendar) -> tuple[Claim, ...]:
    """Return the claims, each date among their objects with the days it means, where they can be counted."""
    by_id = {article.id: article for article in articles}
    placed: dict[str, tuple[Placed, ...]] = {}
    out = []
    for claim in claims:
        article = by_id.get(claim.evidence.article)
        if article is not None and isinstance(claim.object, Literal) and claim.object.kind == _KIND:
            if article.id not in placed:
                placed[article.id] = in_order(article, known)
            when = _nearest(claim.object.text, claim.evidence.span, placed[article.id])
            if when is None:
                issue = None if article.date is None else article.date.period
                when = reckon(claim.object.text, issue, known)
            claim = replace(claim, object=replace(claim.object, when=when))
        out.append(claim)
    return tuple(out)


def in_order(article: Article, known: Calendar) -> tuple[Placed, ...]:
    """Return the dates of an article from left to right, each counted from the issue or the one before."""
    issue = None if article.date is None else article.date.period
    if len(article.text) > LONGEST:
        return _in_order(article.text, issue, known)
    return _kept(article.text, issue, known)


@lru_cache(maxsize=KEPT)
def _kept(text: str, issue: Period | None, known: Calendar) -> tuple[Placed, ...]:
    return _in_order(text, issue, known)


def _in_order(text: str, issue: Period | None, known: Calendar) -> tuple[Placed, ...]:
    before: Period | None = None
    found = []
    for date in dates(text):
        when = reckon(date.text, issue, known, before)
        found.append((date, when))
        before = when or before
    return tuple(found)


def _nearest(text: str, said: Span, found: Sequence[Placed]) -> Period | None:
    """Return what the date of this wording means that stands in a stretch, or else near it."""
    same = [(abs(date.start - said.start), date.start, when) for date, when in found if date.text == text]
    inside = [one for one in same if said.start <= one[1] < said.end]
    return min(inside or same, default=(0, 0, None), key=lambda one: one[:2])[2]
