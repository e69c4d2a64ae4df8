"""The order in which the lines of two or three columns read on that a scan gave run into each other.

What a page gives of a body is a stream for each of its columns, one after the other; a stream may begin
wherever the page leaves a blank line. A row of the print is one line of each stream; or neighbouring lines
of the row stand in one of the streams, read across from left to right. Where the streams begin and how each
row was read is searched for over the rows from top to bottom, by how likely the lines of each column read
on. Of all beginnings that read the same number of lines the best are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_MOST = 3  # columns
_TALL = 20  # lines that a body in three columns has at least
_KEPT = 100  # beginnings that are kept for each way to cut the page into streams

_HEIGHTS = (0.12, 0.6)  # share of the lines that one of three streams has

_GAIN = 4.0  # an order is left only for a better one by so much
_THREE = 3.0  # and three columns are taken instead of two only for so much more
_NOT_FIRST = 30.0  # cost of another first line than the body begins with
_OPEN_END = 2.0
_TORN = 2.0  # cost of a row whose lines a blank line parts
_ALONE = 3.5  # cost of a line missing in a row, but at the top and the bottom of its column
_FIRST = 2.0  # cost of a row that is read across, where the row above is not read so
_FURTHER = 0.4  # and where it is

_ABSENT = -1


@dataclass(frozen=True, slots=True)
class Lines:
    """A body to be put in order: how likely each line reads on in each other; gaps; which are closed."""

    odds: Numbers
    gaps: tuple[bool, ...]
    closed: tuple[bool, ...]
    first: int = 0  # the line with which the body begins


def woven(lines: Lines) -> tuple[int, ...]:
    """Return the numbers of the lines in the order in which they read on."""
    count = len(lines.gaps)
    usual = -float(np.trace(lines.odds, offset=1)) + (0.0 if lines.closed[-1] else _OPEN_END)
    best = (usual - _GAIN + (_NOT_FIRST if lines.first else 0.0), tuple(range(count)))
    for columns in range(2, _MOST + 1):
        starts = list(_starts(lines, columns))
        if starts:
            cost, order = _Search(lines, starts, columns).best()
            best = min(best, (cost + _THREE * (columns - 2), order))
    return best[1]


def _starts(lines: Lines, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield where the streams can begin; a stream may be empty."""
    count = len(lines.gaps)
    gaps = [n for n in range(2, count) if lines.gaps[n]]
    if columns > 2 and count < _TALL:
        return
    if columns == 2:
        yield from ((0, start) for start in [*gaps, count])
        return
    low, high = (share * count for share in _HEIGHTS)
    for second in gaps:
        for third in gaps:
            if all(low <= height <= high for height in (second, third - second, count - third)):
                yield 0, second, third
    yield 0, count, count


def _rows(columns: int) -> list[tuple[int, ...]]:
    """Return the ways to print a row: for each column, in which stream its line stands, or `_ABSENT`.

    >>> _rows(2)
    [(-1, 1), (0, -1), (0, 0), (0, 1), (1, 1)]
    """
    found = []
    for row in product(range(_ABSENT, columns), repeat=columns):
        streams = [stream for stream in row if stream != _ABSENT]
        fits = all(
            stream == column or (stream != _ABSENT and stream == row[column + (1 if stream > column else -1)])
            for column, stream in enumerate(row)
            if stream != _ABSENT
        )
        own = all(row[stream] == stream for stream in streams)
        if streams and fits and own:
            found.append(row)
    return found


class _Search:
    """Beginnings of the columns, by the number of lines read; each is a row of numbers.

    Of a beginning with k columns: the way the page is cut, then for each stream the line it has come to, for
    each column its last line and its first one (`none` for none), and how its last row was read.
    """

    def __init__(self, lines: Lines, starts: Sequence[tuple[int, ...]], columns: int) -> None:
        self.lines, self.columns = lines, columns
        self.none = count = len(lines.gaps)
        self.odds = np.zeros((count + 1, count + 1))
        self.odds[:count, :count] = lines.odds
        self.gaps = np.array([*lines.gaps, True])
        self.rows = _rows(columns)
        taken = np.array([[row.count(stream) for stream in range(columns)] for row in self.rows])
        self.taken, self.read = taken, taken.sum(axis=1)
        self.across = taken.max(axis=1) > 1
        self.begins = np.array(starts)
        self.ends = np.hstack([self.begins[:, 1:], np.full((len(starts), 1), count)])
        none = np.full((len(starts), columns), count)
        last_row = np.full((len(starts), 1), -1)
        first = np.hstack([np.arange(len(starts))[:, None], self.begins, none, none, last_row])
        self.states: list[Indices] = [first]
        self.costs: list[Numbers] = [np.zeros(len(starts))]
        self.before: list[Indices] = [np.zeros((len(starts), 2), dtype=np.int64)]
        self.waiting: list[list[tuple[Indices, Numbers, Indices]]] = [[] for _ in range(count + 1)]
        sizes = np.array([1, len(starts) + 1, *[count + 2] * (2 * columns - 1)], dtype=np.int64)
        self.digits = np.cumprod(sizes)
        for read in range(count):
            self._go_on(read)
            self._keep(read + 1)

    def _go_on(self, read: int) -> None:
        """Add every row to the beginnings that have read so many lines."""
        states, costs = self.states[read], self.costs[read]
        k = self.columns
        at, last = states[:, 1 : k + 1], states[:, k + 1 : 2 * k + 1]
        ends = self.ends[states[:, 0]]
        done = at == ends
        above = states[:, -1]
        for number, row in enumerate(self.rows):
            fits = (at + self.taken[number] <= ends).all(axis=1)
            if not fits.any():
                continue
            now, was = at[fits], last[fits]
            cells = np.full_like(now, self.none)
            cost = costs[fits].copy()
            used = [0] * k
            torn = np.zeros(len(now))
            for column, stream in enumerate(row):
                if stream == _ABSENT:
                    cost += np.where((was[:, column] == self.none) | done[fits, column], 0.0, _ALONE)
                    continue
                cells[:, column] = now[:, stream] + used[stream]
                if used[stream]:
                    torn += self.gaps[cells[:, column]]
                used[stream] += 1
                cost -= self.odds[was[:, column], cells[:, column]]
            if self.across[number]:
                cost += _TORN * torn + np.where(above[fits] == number, _FURTHER, _FIRST)
            present = cells != self.none
            begun = states[fits, 2 * k + 1 : 3 * k + 1]
            grown = states[fits].copy()
            grown[:, 1 : k + 1] += self.taken[number]
            grown[:, k + 1 : 2 * k + 1] = np.where(present, cells, was)
            grown[:, 2 * k + 1 : 3 * k + 1] = np.where(begun == self.none, cells, begun)
            grown[:, -1] = number
            source = np.stack([np.full(len(now), read), np.flatnonzero(fits)], axis=1)
            self.waiting[read + int(self.read[number])].append((grown, cost, source))

    def _keep(self, read: int) -> None:
        """Keep the best of the beginnings that have read so many lines, and of equal ones one."""
        states, costs, before = (np.concatenate(part) for part in zip(*self.waiting[read], strict=True))
        self.waiting[read] = []
        near = np.argsort(costs, kind="stable")
        k = self.columns
        parts = states[near][:, [0, *range(1, k), *range(k + 1, 2 * k + 1), 3 * k + 1]] + 1
        _, single = np.unique(parts @ self.digits, return_index=True)
        near = near[np.sort(single)]
        states, costs, before = states[near], costs[near], before[near]
        order = np.lexsort((costs, states[:, 0]))
        ranks = np.arange(len(order)) - np.searchsorted(states[order, 0], states[order, 0])
        order = order[ranks < _KEPT]
        self.states.append(states[order])
        self.costs.append(costs[order])
        self.before.append(before[order])

    def best(self) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest order and its cost."""
        best: tuple[float, tuple[int, ...]] = (float("inf"), ())
        k = self.columns
        states, costs = self.states[-1], self.costs[-1].copy()
        last, first = states[:, k + 1 : 2 * k + 1], states[:, 2 * k + 1 : 3 * k + 1]
        for column in range(1, k):
            costs -= self.odds[last[:, column - 1], first[:, column]]
        for n in np.argsort(costs)[:_KEPT].tolist():
            order = self._order(n)
            cost = float(costs[n]) + (0.0 if self.lines.closed[order[-1]] else _OPEN_END)
            cost += 0.0 if order[0] == self.lines.first else _NOT_FIRST
            best = min(best, (cost, order))
        return best

    def _order(self, number: int) -> tuple[int, ...]:
        """Return the lines of all columns."""
        columns: list[list[int]] = [[] for _ in range(self.columns)]
        read = self.none
        k = self.columns
        while read:
            state = self.states[read][number]
            source, number = self.before[read][number].tolist()
            for column, stream in enumerate(self.rows[state[-1]]):
                if stream != _ABSENT:
                    columns[column].append(int(state[k + 1 + column]))
            read = source
        return tuple(line for column in columns for line in reversed(column))
