"""A printed date taken apart: 去年10月18日下午 is year -1, month 10, day 18; nothing is counted here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from kg.hanzi.calendar import Calendar, Word
from kg.hanzi.fold import fold
from kg.hanzi.numbers import number
from kg.hanzi.timegrammar import N

_QUOTES = str.maketrans("", "", "\"'()<>《》〈〉 \t\n")
_RANGE = re.compile(
    r"(?<=[\d年月日号旬天底初末中])(?:至|到|-+|~)(?=[\d今明后次翌年一二三四五六七八九十下中月])"
)
"""5月20日至22日, 2021年到2023年, 1-6月."""
_UNIT = re.compile(rf"{N}(个?月|[年日号])")
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a printed date names; None where it names nothing of a kind.

    Attributes:
        year, month, day: as printed; `lunar` says that month and day are of the Chinese calendar.
        ten: the first year of a decade (20世纪90年代 is 1990).
        rel_year, rel_month, rel_day, week, months, days, weekday, around: rows of the table.
        festival: a name of the table.
        back: so many years, months or days before now, and whether until now: (5, "年", "来").
        mark: what a trailing word makes of it: 前 or 以来.
    """

    year: int | None = None
    ten: int | None = None
    month: int | None = None
    day: int | None = None
    lunar: bool = False
    rel_year: Word | None = None
    rel_month: Word | None = None
    rel_day: Word | None = None
    week: Word | None = None
    weekday: Word | None = None
    months: Word | None = None
    days: Word | None = None
    around: Word | None = None
    festival: str | None = None
    back: tuple[int, str, str] | None = None
    mark: str = ""

    @property
    def named(self) -> bool:
        """Whether it names anything."""
        blank = Spoken(lunar=self.lunar, mark=self.mark)
        return self != blank


def spoken(text: str, calendar: Calendar) -> tuple[Spoken, ...]:
    """Return what a printed date names: nothing, one time, or the first and the last of a stretch."""
    flat = fold(text).translate(_QUOTES)
    first, *rest = _RANGE.split(flat, maxsplit=1)
    if not rest:
        alone = _taken(first, calendar)
        return (alone,) if alone is not None else ()
    unit = _UNIT.search(rest[0])
    if unit and first[-1:].isdigit():
        first += unit[1]
    elif unit is None and rest[0].isdigit():
        rest[0] += first[-1]
    start, end = _taken(first, calendar), _taken(rest[0], calendar)
    if start is None or end is None:
        return ()
    return start, _inherited(end, start)


def _taken(flat: str, calendar: Calendar) -> Spoken | None:
    found = calendar.grammar.fullmatch(flat)
    if found is None:
        return None
    parts = found.groupdict()
    made = Spoken(
        year=_int(parts["year"]),
        ten=_decade(parts),
        month=_LUNAR_MONTHS.get(parts["moon"] or "") or _int(parts["month"]),
        day=_int(parts["day"]) or _moonday(parts["moonday"]),
        lunar=bool(parts["lunar"] or parts["moon"] or (parts["moonday"] or "")[:1] in {"初", "廿"}),
        rel_year=_word(calendar, parts["rel_year"], "year", "that-year"),
        rel_month=_word(calendar, parts["rel_month"], "month", "that-month"),
        rel_day=_word(calendar, parts["rel_day"], "day", "that-day"),
        week=_word(calendar, parts["week"] or parts["alone"], "week"),
        weekday=_word(calendar, parts["weekday"], "weekday"),
        months=_word(calendar, parts["months"], "months"),
        days=_word(calendar, parts["days"], "days"),
        around=_word(calendar, parts["around"], "around"),
        festival=parts["festival"] or None,
        back=_back(parts),
        mark=parts["mark"] or "",
    )
    if parts["moonday"] and not made.lunar:
        return None  # 十五 is a number
    bare = made.months is not None and len(made.months.word) == 1
    if bare and made == Spoken(months=made.months, mark=made.mark):
        return None  # 底 needs a year or a month before it
    if made.festival and made.month:
        made = replace(made, festival=None)  # 正月十五元宵节
    if parts["first"]:
        made = replace(made, months=Word(parts["first"], "months", 1, _int(parts["first"]) or 0))
    elif made.months is not None and (made.month or made.rel_month):
        if made.days is not None or (end := _word(calendar, made.months.word, "days")) is None:
            return None  # a month has no halves and quarters of a year
        made = replace(made, months=None, days=end)
    return made if made.named else None


def _inherited(end: Spoken, start: Spoken) -> Spoken:
    """Return the end of a stretch with what it leaves to be read from the start: 5月20日至22日."""
    coarse = ("year", "rel_year", "month", "rel_month", "lunar")
    if end.back or end.around or end.rel_day or end.festival or end.weekday:
        return end
    if end.year is not None or end.rel_year is not None:
        return end
    take = coarse[:2] if end.month or end.rel_month or end.months else coarse
    return replace(end, **{f.name: getattr(start, f.name) for f in fields(end) if f.name in take})


def _word(calendar: Calendar, text: str | None, *kinds: str) -> Word | None:
    if not text:
        return None
    return next((w for kind in kinds for w in calendar.words.get(kind, ()) if w.word == text), None)


def _int(text: str | None) -> int | None:
    value = None if not text else number(text.lstrip("初"))
    return None if value is None else int(value)


def _moonday(text: str | None) -> int | None:
    if not text:
        return None
    return 20 + (_int(text[1:]) or 0) if text[0] == "廿" else _int(text)


def _decade(parts: Mapping[str, str | None]) -> int | None:
    if not parts["ten"]:
        return None
    tens = _int(parts["ten"]) or 0
    if parts["hundred"]:
        return int(parts["hundred"]) * 100 + tens
    century = parts["century"]
    return (1900 if century in {None, "上"} else 100 * (int(str(century)) - 1)) + tens


def _back(parts: Mapping[str, str | None]) -> tuple[int, str, str] | None:
    many, unit, until = _int(parts["many"]), parts["unit"], parts["until"]
    return None if many is None or unit is None or until is None else (many, unit, until)
