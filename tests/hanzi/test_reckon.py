"""Printed dates as days: an oracle written out, the calendar's own laws, and the law of intervals."""

from __future__ import annotations

import calendar as gregorian
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg import lexicon
from kg.config import packed
from kg.hanzi.calendar import Calendar
from kg.hanzi.lunar import TERMS
from kg.hanzi.reckon import reckon
from kg.model import OPEN, Period

WORDS = lexicon.load([packed("lexicon")])
CALENDAR = Calendar.of(*(WORDS.table(name).rows for name in ("date_words", "festivals", "lunar_years")))
DAYS = st.dates(date(1995, 1, 1), date(2040, 12, 31))
FRIDAY = date(2024, 7, 19)


def on(day: date) -> Period:
    return Period(day, day)


ORACLE = {
    "昨天上午": ("2024-07-18", "day"),
    "昨晚": ("2024-07-18", "day"),
    "前天": ("2024-07-17", "day"),
    "今年5月": ("2024-05", "month"),
    "去年底": ("2023-11-01/2023-12-31", "interval"),
    "去年10月18日": ("2023-10-18", "day"),
    "本月22日": ("2024-07-22", "day"),
    "上月初": ("2024-06-01/2024-06-10", "third"),
    "近日": ("2024-07-05/2024-07-19", "interval"),
    "上周五": ("2024-07-12", "day"),
    "本周五": ("2024-07-19", "day"),
    "下周一": ("2024-07-22", "day"),
    "周三": ("2024-07-17", "day"),
    "3月下旬": ("2024-03-21/2024-03-31", "third"),
    "上半年": ("2024-40", "half"),
    "一季度": ("2024-33", "quarter"),
    "明年三季度": ("2025-35", "quarter"),
    "去年冬天": ("2023-24", "season"),
    "五年来": ("2019-01-01/2024-07-19", "interval"),
    "今年以来": ("2024-01-01/2024-07-19", "interval"),
    "今年1-6月": ("2024-40", "half"),
    "5月20日至22日": ("2024-05-20/2024-05-22", "interval"),
    "2021年至2023年": ("2021-01-01/2023-12-31", "interval"),
    "二〇二一年八月": ("2021-08", "month"),
    "20世纪90年代": ("199X", "decade"),
    "9月底前": ("2024-07-19/2024-09-30", "interval"),
    "“五一”期间": ("2024-05-01", "day"),
    "今年春节": ("2024-02-10", "day"),
    "去年中秋节": ("2023-09-29", "day"),
    "农历六月初六": ("2024-07-11", "day"),
    "今年正月十五": ("2024-02-24", "day"),
    "7月18日（星期四）": ("2024-07-18", "day"),
    "30日": ("2024-06-30", "day"),
    "22日晚8点半": ("2024-07-22", "day"),
    "2日": ("2024-07-02", "day"),
    "12月28日": ("2024-12-28", "day"),
    "10年前": ("2014", "year"),
    "截至6月底": ("2024-06-21/2024-06-30", "third"),
}


@pytest.mark.parametrize("text", ORACLE)
def test_a_printed_date_means_days_with_a_precision(text: str) -> None:
    days = reckon(text, on(FRIDAY), CALENDAR)
    assert days is not None
    assert (days.edtf, days.precision) == ORACLE[text]


@pytest.mark.parametrize(
    ("issue", "text", "day"),
    [("2024-01-05", "12月28日", "2023-12-28"), ("2024-12-20", "1月10日", "2025-01-10")],
)
def test_a_month_without_a_year_is_of_the_year_that_lies_near(issue: str, text: str, day: str) -> None:
    assert reckon(text, on(date.fromisoformat(issue)), CALENDAR) == on(date.fromisoformat(day))


@pytest.mark.parametrize("text", ["甲", "", "2月30日", "13月1日", "底", "十五", "“”", "1月年"])
def test_what_names_no_day_is_none(text: str) -> None:
    assert reckon(text, on(FRIDAY), CALENDAR) is None


def test_that_year_and_the_next_day_count_from_what_was_named_before() -> None:
    before = on(date(2021, 12, 31))
    assert reckon("当年10月", on(FRIDAY), CALENDAR, before) == Period(date(2021, 10, 1), date(2021, 10, 31))
    assert reckon("次日", on(FRIDAY), CALENDAR, before) == on(date(2022, 1, 1))
    assert reckon("次日", on(FRIDAY), CALENDAR) is None


def test_without_a_bounded_issue_date_only_a_date_with_its_own_year_means_days() -> None:
    for issue in (None, Period(date(2020, 1, 1), OPEN)):
        assert reckon("昨天", issue, CALENDAR) is None
        assert reckon("5月1日", issue, CALENDAR) is None
        assert reckon("2021年5月1日", issue, CALENDAR) == on(date(2021, 5, 1))


RELATIVE = [
    *ORACLE,
    "本月",
    "去年",
    "明天",
    "端午节",
    "周末",
    "月底",
    "春节",
    "上旬",
    "3个月后",
    "日前",
    "近三年来",
]


@example(date(2000, 1, 1), 21, 0, "9月底前")
@given(DAYS, st.integers(0, 500), st.integers(0, 500), st.sampled_from(RELATIVE))
def test_counted_from_an_interval_a_date_holds_what_it_means_on_each_day_of_it(
    start: date, length: int, at: int, text: str
) -> None:
    issue = Period(start, start + timedelta(length))
    true = start + timedelta(min(at, length))
    found, exact = reckon(text, issue, CALENDAR), reckon(text, on(true), CALENDAR)
    if found is not None and exact is not None:
        assert found.start <= exact.start
        assert exact.end <= found.end


@given(DAYS)
def test_a_full_date_means_its_day_whatever_the_issue(day: date) -> None:
    assert reckon(f"{day.year}年{day.month}月{day.day}日", None, CALENDAR) == on(day)


@given(DAYS, st.integers(0, 120))
def test_a_day_of_the_last_months_is_found_by_month_and_day_alone(issue: date, ago: int) -> None:
    day = issue - timedelta(ago)
    if (day.month, day.day) != (2, 29):
        assert reckon(f"{day.month}月{day.day}日", on(issue), CALENDAR) == on(day)


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_the_last_one_and_last_weeks_is_one_of_the_week_before(issue: date, number: int) -> None:
    name = "一二三四五六日"[number]
    plain, last = reckon(f"周{name}", on(issue), CALENDAR), reckon(f"上星期{name}", on(issue), CALENDAR)
    assert plain is not None
    assert last is not None
    assert 0 <= (issue - plain.start).days < 7
    assert plain.start.weekday() == last.start.weekday() == number
    monday = issue - timedelta(issue.weekday())
    assert 0 < (monday - last.start).days <= 7


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_a_month_is_as_long_as_the_calendar_says(year: int, month: int) -> None:
    days = reckon(f"{year}年{month}月", None, CALENDAR)
    assert days == Period(date(year, month, 1), date(year, month, gregorian.monthrange(year, month)[1]))
    assert days.precision == "month"


@given(
    st.text("今去明年本上下个月日号周一二三四五十0123456789底初旬前来春节至到-农历正腊廿", max_size=12), DAYS
)
def test_any_text_is_a_stretch_of_days_or_none(text: str, issue: date) -> None:
    found = reckon(text, on(issue), CALENDAR)
    assert found is None or found.start <= found.end


def test_the_chinese_calendar_fits_together() -> None:
    for year, row in CALENDAR.years.items():
        after = CALENDAR.years.get(year + 1)
        if after is not None:
            assert row.first + timedelta(sum(row.months)) == after.first, year
        terms = [row.term(name) for name in TERMS]
        assert all(14 <= (b - a).days <= 17 for a, b in pairwise(terms)), year
        winter = row.term("冬至")
        moon = max(d for m in range(1, 13) if (d := CALENDAR.lunar(year, m, 1)) is not None and d <= winter)
        assert moon == CALENDAR.lunar(year, 11, 1), f"the solstice of {year} lies in its eleventh month"


def test_known_festivals() -> None:
    known = {"春节": "2021-02-12", "端午节": "2023-06-22", "中秋节": "2022-09-10", "清明节": "2020-04-04"}
    for name, day in known.items():
        festival = CALENDAR.festival(name, int(day[:4]))
        assert festival == on(date.fromisoformat(day))
    assert CALENDAR.festival("国庆长假", 2024) == Period(date(2024, 10, 1), date(2024, 10, 7))
    assert CALENDAR.festival("母亲节", 2024) == on(date(2024, 5, 12))
