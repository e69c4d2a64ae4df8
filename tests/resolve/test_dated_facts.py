"""A date of one wording on two days is two facts; the same day stated twice is one."""

from __future__ import annotations

from datetime import date

from kg.model import Literal, Period, Status
from kg.resolve.iris import statement_iri

BASE = "https://example.org/"


def iri(day: date | None) -> str:
    when = None if day is None else Period(day, day)
    ends = (f"{BASE}entity/1", Literal("昨天", "date", when=when))
    return statement_iri(BASE, ends, "startDate", (), Status.ASSERTED, symmetric=False)


def test_yesterday_in_two_issues_is_two_facts() -> None:
    assert iri(date(2024, 7, 1)) != iri(date(2024, 7, 2))
    assert iri(date(2024, 7, 1)) == iri(date(2024, 7, 1))
    assert iri(None) != iri(date(2024, 7, 1))
