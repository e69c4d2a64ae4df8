"""Words for times and named days, prepared from their tables: `date_words`, `festivals`, `lunar_years`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType

from kg.hanzi.lunar import TERMS, LunarYear, lunar_years
from kg.hanzi.timegrammar import grammar
from kg.model import Period

Row = Mapping[str, str]
_RULE = re.compile(r"(?P<kind>solar|lunar) (?P<a>\d\d)-(?P<b>\d\d)|nth (?P<c>\d\d)-(?P<d>[1-5])-(?P<e>[1-7])")
"""solar 05-01, lunar 08-15, nth 05-2-7."""


@dataclass(frozen=True, slots=True)
class Word:
    """A row of `date_words`."""

    word: str
    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Festival:
    """A row of `festivals`."""

    word: str
    rule: str
    days: int
    since: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The three tables: words by kind, festivals by name, lunar years by year."""

    words: Mapping[str, tuple[Word, ...]]
    festivals: Mapping[str, Festival]
    years: Mapping[int, LunarYear]
    grammar: re.Pattern[str] = re.compile("")

    @classmethod
    def of(cls, words: Iterable[Row], festivals: Iterable[Row], years: Iterable[Row]) -> Calendar:
        """Read the rows.

        Raises:
            ValueError: one of them cannot be read.
        """
        by_kind: dict[str, list[Word]] = {}
        for row in words:
            word = Word(row["word"], row["kind"], int(row["from"]), int(row["to"]))
            by_kind.setdefault(word.kind, []).append(word)
        for of_kind in by_kind.values():
            of_kind.sort(key=lambda word: (-len(word.word), word.word))
        named = {}
        for row in festivals:
            since = None if row["since"] == "-" else int(row["since"])
            named[row["word"]] = Festival(row["word"], row["rule"], int(row["days"]), since)
            if not _RULE.fullmatch(row["rule"]) and row["rule"].removeprefix("term ") not in TERMS:
                raise ValueError(f"no rule for a day: {row['rule']!r}")
        made = cls(
            MappingProxyType({kind: tuple(found) for kind, found in by_kind.items()}),
            MappingProxyType(named),
            MappingProxyType(lunar_years(years)),
        )
        return replace(
            made, grammar=grammar({kind: [w.word for w in found] for kind, found in by_kind.items()}, named)
        )

    def festival(self, word: str, year: int) -> Period | None:
        """Return the days of a festival in a year, or None where it has none or the table ends before it."""
        named = self.festivals[word]
        first = self._first(named.rule, year)
        return None if first is None else Period(first, first + timedelta(days=named.days - 1))

    def lunar(self, year: int, month: int, day: int, leap: bool = False) -> date | None:
        """Return a lunar day of the lunar year that begins in a year, or None where there is none."""
        return self.years[year].day(month, day, leap) if year in self.years else None

    def _first(self, rule: str, year: int) -> date | None:
        if rule.startswith("term "):
            return self.years[year].term(rule[5:]) if year in self.years else None
        found = _RULE.fullmatch(rule)
        if found is None:
            return None
        if found["kind"] == "solar":
            return date(year, int(found["a"]), int(found["b"]))
        if found["kind"] == "lunar":
            return self.lunar(year, int(found["a"]), int(found["b"]))
        start = date(year, int(found["c"]), 1)
        return start + timedelta(days=(int(found["e"]) - start.isoweekday()) % 7 + 7 * (int(found["d"]) - 1))
