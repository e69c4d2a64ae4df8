"""What a printed date means on the day the paper came out: 去年底, 本月22日, 上周五, 3月下旬 as days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from kg.hanzi.calendar import Calendar
from kg.hanzi.timewords import Spoken, spoken
from kg.model import Period

FAR = 243
"""Days from the issue beyond which a month without a year is of the year before or after."""
AHEAD = 7
"""Days after the issue up to which a day without a month is to come; later ones were last month."""


def reckon(
    text: str, issue: Period | None, calendar: Calendar, before: Period | None = None
) -> Period | None:
    """Return the days that a printed date means, or None when it is none or cannot be placed.

    It names days by itself (2021年8月) or counts from the issue. Where that is an interval, the result holds
    what the date means for each of its days.

    Args:
        text: the date as printed; a time of the day makes no difference.
        issue: when the paper came out.
        calendar: the words and the days with a name.
        before: what the text named last; 当年, 同月 and 次日 count from it.
    """
    said = spoken(text, calendar)
    if not said:
        return None
    try:
        found = [_placed(one, issue, calendar, before) for one in said]
    except (ValueError, OverflowError):
        return None  # 2月30日, or a year beyond what is counted
    first, last = found[0], found[-1]
    if first is None or last is None or last.end < first.start:
        return None
    return Period(first.start, last.end)


def _placed(said: Spoken, issue: Period | None, calendar: Calendar, before: Period | None) -> Period | None:
    if issue is not None and issue.vague:
        issue = None
    if issue is None and _counts(said):
        return None
    anchors = [date(2000, 1, 1)] if issue is None else [issue.start, issue.end]
    found = [
        days if issue is None else _until(said, days, day)
        for day in anchors
        if (days := _days(said, day, calendar, before)) is not None
    ]
    if len(found) < len(anchors):
        return None
    return Period(min(days.start for days in found), max(days.end for days in found))


def _until(said: Spoken, days: Period, issue: date) -> Period:
    """Return days from the issue on where a date says 前, and up to it where it says 以来."""
    if said.mark.endswith("前") and issue <= days.end:
        return Period(issue, days.end)
    if said.mark in {"以来", "来", "起"} and days.start <= issue:
        return Period(days.start, issue)
    return days


def _counts(said: Spoken) -> bool:
    """Say whether a date counts from the issue, or from what was named before."""
    return said.year is None and said.ten is None and not _after(said)


def _after(said: Spoken) -> bool:
    words = (said.rel_year, said.rel_month, said.rel_day)
    return any(word is not None and word.kind.startswith("that-") for word in words)


def _days(said: Spoken, day: date, calendar: Calendar, before: Period | None) -> Period | None:
    """Return what a date means when the paper came out on a day."""
    if _after(said) and before is None:
        return None
    if said.back is not None:
        return _back(*said.back, day)
    if said.around is not None:
        return Period(day + timedelta(said.around.first), day + timedelta(said.around.last))
    if said.rel_day is not None and said.month is None and said.festival is None:
        base = before.end if before is not None and said.rel_day.kind == "that-day" else day
        return _one(base + timedelta(said.rel_day.first))
    if said.ten is not None:
        return Period(date(said.ten, 1, 1), date(said.ten + 9, 12, 31))
    if said.weekday is not None and said.month is None and said.day is None:
        return _week(said, day)
    if said.week is not None:
        monday = day - timedelta(day.weekday() - 7 * said.week.first)
        return Period(monday, monday + timedelta(6))
    year = _year(said, day, before)
    if said.festival is not None:
        return _nearest(lambda y: calendar.festival(str(said.festival), y), year, day)
    if said.lunar:
        return _nearest(lambda y: _moon(said, y, calendar), year, day)
    if said.rel_month is not None:
        base = before.start if before is not None and said.rel_month.kind == "that-month" else day
        return _in_month(*_moved(base, said.rel_month.first), said)
    if said.month is not None:
        month = said.month
        return _nearest(lambda y: _in_month(y, month, said), year, day)
    if said.months is not None:
        first, last = said.months.first, said.months.last
        whole = year or day.year
        return Period(date(whole, first, 1), _month(whole + (last > 12), (last - 1) % 12 + 1).end)
    if said.day is not None or said.days is not None:
        return None if year else _this_month(said, day)
    return None if year is None else Period(date(year, 1, 1), date(year, 12, 31))


def _year(said: Spoken, day: date, before: Period | None) -> int | None:
    if said.year is not None:
        return said.year
    if said.rel_year is None:
        return None
    base = before.start if before is not None and said.rel_year.kind == "that-year" else day
    return base.year + said.rel_year.first


def _nearest(in_year: Callable[[int], Period | None], year: int | None, day: date) -> Period | None:
    """Return what stands in a year, or without one in the year of the issue, unless that is far from it."""
    if year is not None:
        return in_year(year)
    there = [found for y in (day.year, day.year - 1, day.year + 1) if (found := _maybe(in_year, y))]
    near = [found for found in there if abs((found.start - day).days) <= FAR]
    return near[0] if near else None


def _maybe(in_year: Callable[[int], Period | None], year: int) -> Period | None:
    try:
        return in_year(year)
    except ValueError:
        return None  # 29 February


def _in_month(year: int, month: int, said: Spoken) -> Period:
    whole = _month(year, month)
    if said.day is not None:
        return _one(whole.start.replace(day=said.day))
    if said.days is not None:
        last = whole.end if said.days.last > 28 else whole.start.replace(day=said.days.last)
        return Period(whole.start.replace(day=said.days.first), last)
    return whole


def _this_month(said: Spoken, day: date) -> Period | None:
    """Return a day or a part of a month that is not named: the last one that is not far ahead."""
    if said.days is not None:
        return _in_month(day.year, day.month, said)
    return next((p for p in _months_back(said, day) if p.start <= day + timedelta(AHEAD)), None)


def _months_back(said: Spoken, day: date) -> Iterator[Period]:
    for by in (1, 0, -1, -2):
        year, month = _moved(day, by)
        if said.day is not None and 1 <= said.day <= _month(year, month).end.day:
            yield _in_month(year, month, said)


def _moon(said: Spoken, year: int, calendar: Calendar) -> Period | None:
    if said.month is None or said.day is None:
        return None
    day = calendar.lunar(year, said.month, said.day)
    return None if day is None else _one(day)


def _week(said: Spoken, day: date) -> Period | None:
    if said.weekday is None:
        return None
    length = timedelta(said.weekday.last - said.weekday.first)
    if said.week is None:
        start = day - timedelta((day.isoweekday() - said.weekday.first) % 7)
    else:
        start = day - timedelta(day.weekday() - 7 * said.week.first - said.weekday.first + 1)
    return Period(start, start + length)


def _back(many: int, unit: str, until: str, day: date) -> Period:
    sign = 1 if until == "后" else -1
    if unit == "年":
        year = day.year + sign * many
        there = Period(date(year, 1, 1), date(year, 12, 31))
    elif unit == "个月":
        there = _month(*_moved(day, sign * many))
    else:
        there = _one(day + timedelta(sign * many * (7 if unit == "周" else 1)))
    return Period(there.start, day) if until == "来" else there


def _moved(day: date, by: int) -> tuple[int, int]:
    """Return year and month so many months after those of a day."""
    months = 12 * day.year + day.month - 1 + by
    return months // 12, months % 12 + 1


def _month(year: int, month: int) -> Period:
    start = date(year, month, 1)
    return Period(start, date(*_moved(start, 1), 1) - timedelta(1))


def _one(day: date) -> Period:
    return Period(day, day)
