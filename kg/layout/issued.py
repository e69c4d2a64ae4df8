"""The narrowest interval in which a page without a printed date can have come out, with what says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.layout.clues import Clues, Days, Stated, bare
from kg.model import OPEN, When

FARTHEST = date(2099, 12, 31)
_LONGEST = 2_200  # days: with more, no month or weekday narrows anything
_SHOWN = 4
_OFTEN = 2  # a story may be about one old year; a page that names two of late is of then


Since = tuple[date, date | None, str]
"""From when on, and until when, a page speaks of something, and its name."""


@dataclass(frozen=True, slots=True)
class _Bound:
    """A first or last day and the words that say so."""

    day: date
    says: str


def issue_interval(text: str, clues: Clues) -> When | None:
    """Return when a text was printed, so far as it says so, or None where it does not.

    Nothing is printed before the latest past day that it names, nor after what it announces; 今年 with its
    year, anniversaries and plans give the year; weekdays, leads, feasts and 截至6月底 the days in it. A page
    that names its latest years more than once but none to come is taken to be of the year after them at most,
    since a newspaper names its own year or the one before.
    """
    flat = bare(text)
    stated, since = list(clues.stated(flat)), list(clues.since(flat))
    low, named = _low(stated, since)
    high = _high(stated, since, low)
    year = _year(clues, flat, low)
    if year is not None:
        start, end = date(year.day.year, 1, 1), date(year.day.year, 12, 31)
        if low is None or low.day < start:
            low = _Bound(start, year.says)
        if high is None or high.day > end:
            high = _Bound(end, year.says)
    if low is None:
        return None
    silence = date(low.day.year + 1, 12, 31)
    if named and (high is None or high.day > silence):
        high = _Bound(silence, "no later year is named")
    if high is None:
        return When(low.day, OPEN, f"not before {low.day}: {low.says}")
    first, last, says = _narrowed(low.day, high.day, clues, flat)
    told = [f"not before {low.day}: {low.says}", f"not after {high.day}: {high.says}", *says[:_SHOWN]]
    return When(first, last, "; ".join(told))


def _low(stated: Sequence[Stated], since: Sequence[Since]) -> tuple[_Bound | None, bool]:
    """Return the latest day that is past or known to be spoken of, and whether the text itself dates it."""
    past = [_Bound(s.days.start, s.says) for s in stated if s.past and s.days.start <= FARTHEST]
    known = [_Bound(start, word) for start, _, word in since]
    best = max([*past, *known], key=lambda bound: (bound.day, bound.says), default=None)
    latest = max((bound.day.year for bound in past), default=0)
    often = sum(bound.day.year >= latest - 1 for bound in past) >= _OFTEN
    return best, often and best is not None and latest >= best.day.year - 1


def _high(stated: Sequence[Stated], since: Sequence[Since], low: _Bound | None) -> _Bound | None:
    """Return the first day by which what is to come has come, or what was going on was over."""
    ahead = [_Bound(s.days.end, s.says) for s in stated if s.past is False]
    over = [_Bound(until, word) for _, until, word in since if until is not None]
    there = [b for b in (*ahead, *over) if low is None or b.day >= low.day]
    return min(there, key=lambda bound: (bound.day, bound.says), default=None)


def _year(clues: Clues, text: str, low: _Bound | None) -> _Bound | None:
    """Return the year that most of what is said to be now gives, unless two are given equally often."""
    said = [(year, says) for year, says in clues.years(text) if 1949 <= year <= FARTHEST.year]
    good = [(year, says) for year, says in said if low is None or year >= low.day.year]
    counts = Counter(year for year, _ in good).most_common(2)
    if not counts or (len(counts) == 2 and counts[0][1] == counts[1][1]):
        return None
    year = counts[0][0]
    return _Bound(date(year, 1, 1), next(says for y, says in good if y == year))


def _narrowed(first: date, last: date, clues: Clues, text: str) -> tuple[date, date, list[str]]:
    """Return the first and last day that fit all clues, but for clues that no day left would fit."""
    if (last - first).days > _LONGEST:
        return first, last, []
    days: tuple[Days, ...] = ((first.toordinal(), last.toordinal()),)
    says: list[str] = []
    for clue in clues.days(text, first, last):
        fit = _common(days, clue.fits)
        if fit and (fit[0][0], fit[-1][1]) != (days[0][0], days[-1][1]):
            says.append(clue.says)
        days = fit or days
    return date.fromordinal(days[0][0]), date.fromordinal(days[-1][1]), says


def _common(one: Sequence[Days], other: Sequence[Days]) -> tuple[Days, ...]:
    """Return the days that two lists of stretches have in common."""
    both = ((max(a, c), min(b, d)) for a, b in one for c, d in other)
    return tuple((start, end) for start, end in both if start <= end)
