"""What was known to hold on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.model import Fact, Status


def at(facts: Iterable[Fact], day: date) -> tuple[Fact, ...]:
    """Return the facts that hold on a day, as far as the pages of that day and before tell.

    Where a text states the time, that counts; else a fact holds from its first report on, until a page
    reports it as former: that somebody else holds the post by then ends nothing. Undated facts are kept.
    """
    every = tuple(facts)
    ended = {
        (fact.subject, fact.predicate, fact.object, dict(fact.qualifiers).get("title")): fact.reported.start
        for fact in sorted(every, key=lambda f: f.iri)
        if fact.status is Status.FORMER and fact.reported is not None and fact.reported.start <= day
    }

    def holds(fact: Fact) -> bool:
        if fact.valid is not None:
            return fact.valid.start <= day <= fact.valid.end
        if fact.reported is None:
            return True
        if fact.reported.start > day:
            return False
        end = ended.get((fact.subject, fact.predicate, fact.object, dict(fact.qualifiers).get("title")))
        return fact.status is not Status.ASSERTED or end is None or end < fact.reported.start

    return tuple(fact for fact in every if holds(fact))
