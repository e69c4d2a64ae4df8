"""For how long a text says that a post is held: 2021年3月起任, 2019年至2021年任, 去年卸任."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.extract.dated import Placed, in_order
from kg.hanzi.calendar import Calendar
from kg.hanzi.dates import Date
from kg.lexicon import Lexicon, alternation
from kg.model import OPEN, SINCE_EVER, Article, Claim, Period, When

_PAUSE = re.compile(r"[。；！？!?;\n]")
"""What ends the stretch of a text in which a date can belong to a post: 某某2021年3月起任局长。"""
_NEAR = 2
"""Code points between a date and the word that makes it a beginning or an end: 2021年|正式|上任."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """Words behind a date, the longest first: of a beginning, of an end, and between two dates."""

    begins: re.Pattern[str]
    ends: re.Pattern[str]
    joins: re.Pattern[str]


def tenure(lexicon: Lexicon) -> Tenure:
    """Prepare the table of words.

    Raises:
        LexiconError: there is no such table, or it lacks a column.
    """
    table = lexicon.table("tenure")

    def either(use: str) -> re.Pattern[str]:
        return re.compile(alternation(row["word"] for row in table.where(says=use)))

    return Tenure(either("from"), either("until"), either("to"))


def place_tenures(
    claims: Iterable[Claim],
    articles: Sequence[Article],
    posts: frozenset[str],
    known: Calendar,
    words: Tenure,
) -> tuple[Claim, ...]:
    """Return the claims, those about posts with the time for which their sentence says that they are held.

    Args:
        posts: the predicates whose facts are posts.
    """
    by_id = {article.id: article for article in articles}
    placed: dict[str, Sequence[Placed]] = {}
    out = []
    for claim in claims:
        article = by_id.get(claim.evidence.article)
        if article is not None and claim.predicate in posts and claim.valid is None:
            if article.id not in placed:
                placed[article.id] = in_order(article, known)
            claim = replace(claim, valid=_held(claim, article.text, placed[article.id], words))
        out.append(claim)
    return tuple(out)


def _held(claim: Claim, text: str, found: Sequence[Placed], words: Tenure) -> When | None:
    """Return the time that the last date before a post gives, where words behind the date say so."""
    span = claim.evidence.span
    title = dict(claim.qualifiers).get("title", "")
    at = text.rfind(title, span.start, span.end) if title else -1
    post = at if at >= 0 else span.end
    start = max((m.end() for m in _PAUSE.finditer(text, 0, span.start)), default=0)
    near = [(date, when) for date, when in found if start <= date.start and date.end <= post]
    for number in range(len(near) - 1, -1, -1):
        date, when = near[number]
        if when is None or "，" in text[date.end : span.start]:
            continue
        before = near[number - 1] if number else None
        first = before[1] if before and words.joins.fullmatch(text[before[0].end : date.start]) else None
        stated = _stated(text, date, when, first, before[0] if before else date, words)
        if stated is not None:
            return stated
    return None


def _stated(
    text: str, date: Date, when: Period, first: Period | None, opening: Date, words: Tenure
) -> When | None:
    behind = text[date.end : date.end + _NEAR + 8]
    ends, begins = (_soon(pattern, behind) for pattern in (words.ends, words.begins))
    if first is not None and first.start <= when.end and (ends or begins or behind[:1] in "）)，,"):
        return When(first.start, when.end, text[opening.start : date.end])
    if ends and (not begins or ends.start() <= begins.start()):
        return When(SINCE_EVER, when.end, text[date.start : date.end + ends.end()])
    return When(when.start, OPEN, text[date.start : date.end + begins.end()]) if begins else None


def _soon(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = pattern.search(text)
    return found if found is not None and found.start() <= _NEAR else None
