"""What a text says about the day it was printed on, from the tables `issue_clues` and `dated_background`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from kg.errors import LexiconError
from kg.hanzi.calendar import Calendar
from kg.hanzi.fold import fold
from kg.hanzi.numbers import number
from kg.lexicon import Lexicon
from kg.model import Period

_QUOTES = str.maketrans("", "", "\"'")
_FEAST = "#"
_WEEKDAYS = "一二三四五六日"
_STATED = re.compile(r"(?<![\d.])(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?")
"""2024年, 2024年7月, 2024年7月18日."""
_JOINED = re.compile(r"[-至到~、](?:(?:19|20)\d\d)?\Z")
_JOINS = re.compile(r"[-至到~](?:19|20)?\d")
_STOP = re.compile(r"[。!?;]")
_PAUSE = re.compile(r"[。!?;,]")
_NUMBER = r"(?P<many>\d{1,3}|[一二三四五六七八九十百]{1,5})周年"
_NEAR = 24
_AROUND = 8

Days = tuple[int, int]
"""The ordinals of a first and a last day."""


def bare(text: str) -> str:
    """Return a text as the tables are compared with it: folded, without white space and quotation marks.

    Traditional characters stay, since the simplified ones tell of a time.

    >>> bare("庆祝 “五一” 劳动节（７月）")
    '庆祝五一劳动节(7月)'
    """
    return "".join(fold(text).split()).translate(_QUOTES)


@dataclass(frozen=True, slots=True)
class Clue:
    """What one stretch of a text says of the day: `fits` are the days that fit, in order and apart."""

    kind: str
    fits: tuple[Days, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A date with its year: what it means, whether it is past (None when that is not said), and its words."""

    days: Period
    past: bool | None
    says: str


@dataclass(frozen=True, slots=True)
class Clues:
    """The tables, ready to be asked."""

    patterns: Mapping[str, tuple[tuple[re.Pattern[str], int], ...]]
    background: tuple[tuple[str, str, str, str], ...]
    calendar: Calendar

    @classmethod
    def of(cls, lexicon: Lexicon) -> Clues:
        """Return the tables prepared; those of the last lexicon are prepared only once.

        Raises:
            LexiconError: a row cannot be read, or a pattern does not find its own example.
        """
        for known, ready in _ready:
            if known is lexicon:
                return ready
        ready = cls._prepared(lexicon)
        _ready[:] = [(lexicon, ready)]
        return ready

    @classmethod
    def _prepared(cls, lexicon: Lexicon) -> Clues:
        try:
            calendar = Calendar.of(
                *(lexicon.table(name).rows for name in ("date_words", "festivals", "lunar_years"))
            )
        except ValueError as error:
            raise LexiconError("date_words.tsv, festivals.tsv or lunar_years.tsv", str(error)) from error
        names = "|".join(sorted(map(re.escape, calendar.festivals), key=lambda name: (-len(name), name)))
        patterns: dict[str, list[tuple[re.Pattern[str], int]]] = {}
        for row in lexicon.table("issue_clues").rows:
            pattern = re.compile(row["pattern"].replace(_FEAST, names))
            if not pattern.search(bare(row["example"])):
                raise LexiconError("issue_clues.tsv", f"{row['pattern']!r} does not find its example")
            days = 0 if row["days"] == "-" else int(row["days"])
            patterns.setdefault(row["kind"], []).append((pattern, days))
        background = tuple(
            (bare(row["word"]), row["kind"], row["from"], row["until"])
            for row in lexicon.table("dated_background").rows
        )
        return cls(MappingProxyType({k: tuple(v) for k, v in patterns.items()}), background, calendar)

    def stated(self, text: str) -> Iterator[Stated]:
        """Yield the dates with a year of a bare text."""
        for found in _STATED.finditer(text):
            days = _days(found)
            if days is None:
                continue
            clause = _around(text, found.start(), found.end(), _PAUSE)
            sentence = _around(text, found.start(), found.end(), _STOP)
            joined = _JOINED.search(text[: found.start()]) or _JOINS.match(text[found.end() :])
            past = None if joined else True
            if self._has("future", clause):
                past = None if joined or self._has("done", clause.partition(found.group())[0]) else False
            elif self._has("future", sentence) and not self._has("done", clause):
                past = None
            yield Stated(days, past, found.group())

    def since(self, text: str) -> Iterator[tuple[date, date | None, str]]:
        """Yield from when on, and until when, a page speaks of what this one names."""
        for word, kind, start, until in self.background:
            if kind == "script" and not set(word).isdisjoint(text):
                yield date.fromisoformat(start), None, "simplified characters"
            elif kind == "since" and word in text:
                yield date.fromisoformat(start), None if until == "-" else date.fromisoformat(until), word

    def years(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield years that the text says are the present one."""
        for kind, by in (("thisyear", 0), ("lastyear", 1), ("nextyear", -1)):
            for pattern, _ in self.patterns.get(kind, ()):
                yield from ((int(m["year"]) + by, m.group()) for m in pattern.finditer(text))
        for word, kind, start, until in self.background:
            if word not in text:
                continue
            if kind == "anniversary":
                for found in re.finditer(re.escape(word) + "[^。,;]{0,4}?" + _NUMBER, text):
                    many = number(found["many"])
                    near = text[max(0, found.start() - _AROUND) : found.end() + 2]
                    if many is not None and self._has("present", near):
                        yield int(start) + int(many), found.group()
            elif kind == "plan":
                for at in (m.start() for m in re.finditer(re.escape(word), text)):
                    near = text[max(0, at - _AROUND) : at + _NEAR]
                    if self._has("present", near):
                        for which, year in (("first", start), ("final", until)):
                            if self._has(which, text[at : at + _NEAR]):
                                yield int(year), near

    def days(self, text: str, first: date, last: date) -> Iterator[Clue]:
        """Yield what narrows the day of issue between two days, the surest first."""
        years = range(max(first.year - 1, 1), min(last.year + 1, date.max.year - 1) + 1)
        for kind, spans in _SPANS.items():
            for pattern, days in self.patterns.get(kind, ()):
                for found in pattern.finditer(text):
                    told = [span for year in years for span in spans(found, days, year, self.calendar)]
                    yield Clue(kind, _apart(told), found.group()[-20:])

    def _has(self, kind: str, text: str) -> bool:
        return any(pattern.search(text) for pattern, _ in self.patterns.get(kind, ()))


_ready: list[tuple[Lexicon, Clues]] = []


def _apart(spans: Iterable[Days]) -> tuple[Days, ...]:
    """Return stretches of days in order, those that touch joined."""
    found: list[Days] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return tuple(found)


def _around(text: str, start: int, end: int, stop: re.Pattern[str]) -> str:
    before = max((m.end() for m in stop.finditer(text, max(0, start - 120), start)), default=start - 120)
    after = stop.search(text, end)
    return text[max(0, before) : after.start() if after else len(text)]


def _days(found: re.Match[str]) -> Period | None:
    year, month, day = int(found["year"]), found["month"], found["day"]
    try:
        if day:
            return Period(*[date(year, int(month), int(day))] * 2)
        if month:
            start = date(year, int(month), 1)
            return Period(start, (start + timedelta(31)).replace(day=1) - timedelta(1))
    except ValueError:
        return None
    return Period(date(year, 1, 1), date(year, 12, 31))


def _dated(year: int, month: int, day: int) -> list[date]:
    """Return the day of a year, or nothing where the year has none: 29 February."""
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _span(start: int, end: int, year: int, until: int) -> list[Days]:
    """Return the days between two ordinals, so far as they are of some years."""
    low, high = max(start, date(year, 1, 1).toordinal()), min(end, date(until, 12, 31).toordinal())
    return [(low, high)] if low <= high else []


def _within(found: re.Match[str], days: int, year: int, calendar: Calendar) -> list[Days]:
    there = _dated(year, int(found["month"]), int(found["day"]))
    return [span for d in there for span in _span(d.toordinal(), d.toordinal() + days, year, year + 1)]


def _weekday(found: re.Match[str], days: int, year: int, calendar: Calendar) -> list[Days]:
    wanted = _WEEKDAYS.index(found["weekday"].replace("天", "日"))
    # half a year before or after: an announcement names a day to come
    return [
        (day.toordinal() - 183, day.toordinal() + 183)
        for day in _dated(year, int(found["month"]), int(found["day"]))
        if day.weekday() == wanted
    ]


def _since(found: re.Match[str], days: int, year: int, calendar: Calendar) -> list[Days]:
    month, day = int(found["month"]), found.groupdict().get("day")
    if not 1 <= month <= 12:
        return [(date.min.toordinal(), date.max.toordinal())]
    first = next(iter(_dated(year, month, int(day or 25))), date(year, 1, 1))
    return [(first.toordinal(), date(year, 12, 31).toordinal())]


def _feast(found: re.Match[str], days: int, year: int, calendar: Calendar) -> list[Days]:
    feast = calendar.festival(found["feast"], year)
    if feast is None:
        return []
    # a feast is written of longer before it than after
    start = feast.start.toordinal()
    return _span(start - days, start + days // 5 + feast.length, year - 1, year + 1)


_SPANS: Mapping[str, Callable[[re.Match[str], int, int, Calendar], list[Days]]] = MappingProxyType(
    {
        "issued": _within,
        "today": _feast,
        "weekday": _weekday,
        "since": _since,
        "lead": _within,
        "feast": _feast,
    }
)
