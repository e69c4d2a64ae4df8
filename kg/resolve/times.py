"""What was known to hold on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kg.model import Article, Fact, Status


def at(facts: Iterable[Fact], day: date, articles: Mapping[str, Article]) -> tuple[Fact, ...]:
    """Return the facts that hold on a day, as far as the pages of that day and before tell.

    Where a text states the time, that counts. Else a fact holds from its first report on, until a page
    reports it as former: that somebody else holds the post by then ends nothing. A report whose day is not
    known counts from the first day that it may be of.

    Args:
        articles: by id, for the days of the reports.
    """
    every = tuple(facts)
    ended = {
        _post(fact): fact.reported.start
        for fact in sorted(every, key=lambda f: f.iri)
        if fact.status is Status.FORMER and fact.reported is not None and fact.reported.start <= day
    }

    def holds(fact: Fact) -> bool:
        if fact.valid is not None:
            return fact.valid.start <= day <= fact.valid.end
        if _earliest(fact, articles) > day:
            return False
        end = ended.get(_post(fact))
        if fact.status is not Status.ASSERTED or end is None or fact.reported is None:
            return True
        return end < fact.reported.start

    return tuple(fact for fact in every if holds(fact))


def _post(fact: Fact) -> tuple[object, ...]:
    return fact.subject, fact.predicate, fact.object, dict(fact.qualifiers).get("title")


def _earliest(fact: Fact, articles: Mapping[str, Article]) -> date:
    """Return the first day on which a page may have reported a fact."""
    dates = [articles[one.article].date for one in fact.evidence if one.article in articles]
    return min((when.start if when is not None else date.min for when in dates), default=date.min)
