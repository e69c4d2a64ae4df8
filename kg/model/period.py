"""A day or a stretch of days, and how exactly a text gives it: what a printed date means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
VAGUE = 1_100
"""Days beyond which a stretch says too little of a day in it to count from it or to order by it."""
OPEN = date.max
"""The last day of a stretch whose end nothing bounds."""
SINCE_EVER = date.min
"""The first day of a stretch whose beginning nothing bounds."""
_MONTHS = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_SEASONS = {3: 21, 6: 22, 9: 23, 12: 24}
_THIRDS = {1: 10, 11: 20}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included; `end` is `OPEN` where nothing bounds it.

    A stretch is where the day lies that a text does not give, or what it speaks of as a whole.

    >>> Period(date(2024, 7, 1), date(2024, 9, 30)).precision
    'quarter'
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"no stretch of days: {self.start}..{self.end}")

    @property
    def open(self) -> bool:
        """Whether nothing bounds its end."""
        return self.end == OPEN

    @property
    def vague(self) -> bool:
        """Whether it says too little of a day in it to count from it."""
        return self.length > VAGUE

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def precision(self) -> str:
        """day, third (of a month), month, quarter, season, half, year, decade or interval."""
        start, end = self.start, self.end
        if start == end:
            return "day"
        one_month = (start.year, start.month) == (end.year, end.month)
        if one_month and (end.day == _THIRDS.get(start.day) or (start.day == 21 and _last(end))):
            return "third"
        if start.day != 1 or self.open or not _last(end):
            return "interval"
        months = 12 * (end.year - start.year) + end.month - start.month + 1
        if months == 120 and start.month == 1 and start.year % 10 == 0:
            return "decade"
        if months == 3 and start.month in _SEASONS:
            return "season"
        return _MONTHS[months] if months in _MONTHS and start.month % months == 1 % months else "interval"

    @property
    def edtf(self) -> str:
        """The stretch in the Extended Date/Time Format (ISO 8601-2).

        >>> first = date(2024, 7, 1)
        >>> [Period(first, last).edtf for last in (first, date(2024, 7, 31), date(2024, 12, 31), OPEN)]
        ['2024-07-01', '2024-07', '2024-41', '2024-07-01/..']
        """
        start = self.start
        match self.precision:
            case "day":
                return start.isoformat()
            case "month":
                return f"{start:%Y-%m}"
            case "quarter":
                return f"{start:%Y}-{33 + start.month // 3}"
            case "season":
                return f"{start:%Y}-{_SEASONS[start.month]}"
            case "half":
                return f"{start:%Y}-{40 + start.month // 6}"
            case "year":
                return f"{start:%Y}"
            case "decade":
                return f"{start.year // 10}X"
            case _:
                return self._bounds()

    @property
    def shown(self) -> str:
        """The stretch for people: a day, month or year as such, everything else by its bounds.

        >>> [Period(date(2024, 6, 1), date(2024, last, 30)).shown for last in (6, 9)]
        ['2024-06', '2024-06-01/2024-09-30']
        """
        return self.edtf if self.precision in {"day", "month", "year", "decade"} else self._bounds()

    def _bounds(self) -> str:
        start = ".." if self.start == SINCE_EVER else f"{self.start}"
        return f"{start}/{'..' if self.open else self.end}"


def _last(day: date) -> bool:
    """Say whether a day is the last of its month."""
    return day == OPEN or (day + _DAY).month != day.month
