"""The Chinese calendar: lunar days and solar terms as days, from the table `lunar_years`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_NAMES = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
)
TERMS = tuple(_NAMES.split())
"""The 24 solar terms in the order of the calendar year, two a month."""


@dataclass(frozen=True, slots=True)
class LunarYear:
    """A row of the table: see its head."""

    first: date
    leap: int
    months: tuple[int, ...]
    terms: tuple[int, ...]

    @classmethod
    def of(cls, row: Mapping[str, str]) -> LunarYear:
        """Read a row.

        Raises:
            ValueError: it holds no numbers, or too many or too few of them.
        """
        leap = int(row["leap"])
        months, terms = tuple(map(int, row["months"].split())), tuple(map(int, row["terms"].split()))
        if len(months) != 12 + (leap > 0) or len(terms) != len(TERMS):
            raise ValueError(f"the year {row['year']} has too many or too few months or terms")
        return cls(date.fromisoformat(f"{row['year']}-{row['new_year']}"), leap, months, terms)

    def day(self, month: int, day: int, leap: bool = False) -> date | None:
        """Return a day of a lunar month; day 30 is its last. None when there is no such month or day."""
        if not (1 <= month <= 12 and 1 <= day <= 30) or (leap and month != self.leap):
            return None
        index = month - 1 + (0 < self.leap < month or leap)
        day = min(day, self.months[index])
        return self.first + timedelta(days=sum(self.months[:index]) + day - 1)

    def term(self, name: str) -> date:
        """Return the day of a solar term in the calendar year."""
        index = TERMS.index(name)
        return date(self.first.year, index // 2 + 1, self.terms[index])


def lunar_years(rows: Iterable[Mapping[str, str]]) -> dict[int, LunarYear]:
    """Return the rows of the table by year.

    Raises:
        ValueError: a row cannot be read.
    """
    return {int(row["year"]): LunarYear.of(row) for row in rows}
