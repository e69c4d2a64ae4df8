"""The order in which the lines of two or three columns read on that a scan gave run into each other.

What a page gives of a body is a stream for each of its columns, one after the other; a stream may begin
wherever the page leaves a blank line. A row of the print is one line of each stream; or neighbouring lines
of the row stand in one of the streams, read across from left to right. Where the streams begin and how each
row was read is searched for over the rows from top to bottom, by how much less likely each line reads on
from the one above it than from the line that fits best. Of all beginnings that read the same number of lines
the best are kept, as long as they can still become better than the page as it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_MOST = 3  # columns
_TALL = 20  # lines that a body in three columns has at least
_KEPT = 100  # beginnings that are kept for each way to cut the page into streams
_PER_LINE = 2  # and for each line of the body, where it has few
_BEHIND = 15.0  # and are so much worse at most than the best one

_HEIGHTS = (0.12, 0.6)  # share of the lines that one of three streams has

_GAIN = 4.0  # an order is left only for a better one by so much
_THREE = 3.0  # and three columns are taken instead of two only for so much more
_NOT_FIRST = 30.0  # cost of another first line than the body begins with
_OPEN_END = 6.0  # of a last line that ends no sentence
_OTHER_END = 1.0  # and of another one than the page gives last
_TORN = 2.0  # cost of a row whose lines a blank line parts
_ALONE = 3.5  # cost of a line missing in a row, but at the top and the bottom of its column
_FIRST = 2.0  # cost of a row that is read across, where the row above is not read so
_FURTHER = 0.4  # and where it is

_ABSENT = -1
_MIXED = np.array([(0x9E3779B97F4A7C15 * n**3 % (1 << 62)) | 1 for n in range(1, 3 * _MOST + 3)])
"""Numbers that tell sums of small multiples of them apart."""


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
    best_above = lines.odds - 1e9 * np.eye(count)
    lost = np.zeros((count + 1, count + 1))
    lost[:count, :count] = np.maximum(best_above.max(axis=0), 0.0)[None, :] - lines.odds
    usual = float(np.trace(lost[:count, :count], offset=1)) + (0.0 if lines.closed[-1] else _OPEN_END)
    best = usual - _GAIN + (_NOT_FIRST if lines.first else 0.0)
    order = tuple(range(count))
    for columns in range(2, _MOST + 1):
        starts = list(_starts(lines, columns))
        if starts and best > _THREE * (columns - 2):
            cost, found = _Search(lines, lost, starts, columns, best - _THREE * (columns - 2)).best()
            if found:
                best, order = cost + _THREE * (columns - 2), found
    return order


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


@lru_cache(maxsize=_MOST)
def _rows(columns: int) -> tuple[tuple[int, ...], ...]:
    """Return the ways to print a row: for each column, in which stream its line stands, or `_ABSENT`.

    >>> _rows(2)
    ((-1, 1), (0, -1), (0, 0), (0, 1), (1, 1))
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
    return tuple(found)


class _Ways:
    """The ways to print a row as tables: a row for each of them, a column for each printed column."""

    def __init__(self, columns: int) -> None:
        rows = _rows(columns)
        self.taken = np.array([[row.count(stream) for stream in range(columns)] for row in rows])
        self.absent = np.array(rows) == _ABSENT
        self.stream = np.maximum(np.array(rows), 0)
        self.further = np.array([[row[:n].count(row[n]) for n in range(columns)] for row in rows])
        self.further[self.absent] = 0
        self.read = self.taken.sum(axis=1)
        self.across = self.taken.max(axis=1) > 1


_ways = lru_cache(maxsize=_MOST)(_Ways)


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """Beginnings of the columns that have read the same number of lines; each is a row of numbers.

    Attributes:
        cut: the way the page is cut into streams.
        at: for each stream the line it has come to.
        last: for each column its last line, or the number of lines for none.
        first: for each column its first one.
        way: how its last row was read.
        cost: what has been lost so far.
        cells: the lines of its last row.
        source: the beginning without that row: how many lines it has read, and its number among those.
    """

    cut: Indices
    at: Indices
    last: Indices
    first: Indices
    way: Indices
    cost: Numbers
    cells: Indices
    source: Indices

    def some(self, chosen: Indices) -> _Beginnings:
        """Return the beginnings of some numbers."""
        return _Beginnings(
            self.cut[chosen],
            self.at[chosen],
            self.last[chosen],
            self.first[chosen],
            self.way[chosen],
            self.cost[chosen],
            self.cells[chosen],
            self.source[chosen],
        )


class _Search:
    """All that begins well, by the number of lines read."""

    def __init__(
        self, lines: Lines, lost: Numbers, starts: Sequence[tuple[int, ...]], columns: int, most: float
    ) -> None:
        self.lines, self.lost, self.columns, self.most = lines, lost, columns, most
        self.none = count = len(lines.gaps)
        self.gaps = np.array([*lines.gaps, True], dtype=np.float64)
        self.ways = _ways(columns)
        begins = np.array(starts)
        self.ends = np.hstack([begins[:, 1:], np.full((len(starts), 1), count)])
        nowhere = np.full((len(starts), columns), count)
        alone = np.full(len(starts), -1)
        self.kept = [
            _Beginnings(
                np.arange(len(starts)),
                begins,
                nowhere,
                nowhere,
                alone,
                np.zeros(len(starts)),
                nowhere,
                nowhere,
            )
        ]
        self.waiting: list[list[_Beginnings]] = [[] for _ in range(count + columns + 1)]
        for read in range(count):
            self._go_on(read)
            self.kept.append(self._best(self.waiting[read + 1]))
            self.waiting[read + 1] = []

    def _go_on(self, read: int) -> None:
        """Add every row to the beginnings that have read so many lines."""
        old, ways, k = self.kept[read], self.ways, self.columns
        if not len(old.cut):
            return
        ends = self.ends[old.cut]
        fits = (old.at[:, None, :] + ways.taken <= ends[:, None, :]).all(axis=2)
        number, way = np.nonzero(fits)
        at, last = old.at[number], old.last[number]
        absent, further = ways.absent[way], ways.further[way]
        cells = np.take_along_axis(at, ways.stream[way], axis=1) + further
        cells[absent] = self.none
        cost = old.cost[number] + self.lost[last, cells].sum(axis=1)
        missing = absent & (last != self.none) & (at != ends[number])
        cost += _ALONE * missing.sum(axis=1)
        torn = (self.gaps[cells] * (further > 0)).sum(axis=1)
        again = old.way[number] == way
        cost += np.where(ways.across[way], _TORN * torn + np.where(again, _FURTHER, _FIRST), 0.0)
        first = old.first[number]
        first = np.where(first == self.none, cells, first)
        cost += np.where(
            (cells[:, 0] == first[:, 0]) & (first[:, 0] != self.lines.first) & ~absent[:, 0], _NOT_FIRST, 0.0
        )
        good = np.flatnonzero(cost < self.most)
        grown = _Beginnings(
            old.cut[number],
            at + ways.taken[way],
            np.where(absent, last, cells),
            first,
            way,
            cost,
            cells,
            np.stack([np.full(len(number), read), number], axis=1),
        )
        steps = ways.read[way[good]]
        for step in range(1, k + 1):
            chosen = good[steps == step]
            if len(chosen):
                self.waiting[read + step].append(grown.some(chosen))

    def _best(self, parts: Sequence[_Beginnings]) -> _Beginnings:
        """Return the best of beginnings that have read the same number of lines, of equal ones one."""
        if not parts:
            return self.kept[0].some(np.zeros(0, dtype=np.int64))
        every = _Beginnings(
            *(np.concatenate([getattr(part, name) for part in parts]) for name in _Beginnings.__slots__)
        )
        near = np.flatnonzero(every.cost <= every.cost.min() + _BEHIND)
        near = near[np.argsort(every.cost[near], kind="stable")]
        told = np.hstack([every.cut[:, None], every.at, every.last, every.first, every.way[:, None]])[near]
        _, single = np.unique(told @ _MIXED[: told.shape[1]], return_index=True)
        near = near[np.sort(single)]
        order = np.lexsort((np.arange(len(near)), every.cut[near]))
        cuts = every.cut[near[order]]
        ranks = np.arange(len(order)) - np.searchsorted(cuts, cuts)
        return every.some(near[order[ranks < min(_KEPT, _PER_LINE * self.none)]])

    def best(self) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest order and its cost; no order where none costs little enough."""
        found = self.kept[-1]
        if not len(found.cut):
            return self.most, ()
        cost, end = found.cost.copy(), found.last[:, 0]
        for column in range(1, self.columns):
            begun = found.first[:, column] != self.none
            cost += self.lost[end, found.first[:, column]]
            end = np.where(begun, found.last[:, column], end)
        cost += np.where(np.array(self.lines.closed)[end], 0.0, _OPEN_END)
        cost += np.where(end == self.none - 1, 0.0, _OTHER_END)
        number = int(cost.argmin())
        return (float(cost[number]), self._order(number)) if cost[number] < self.most else (self.most, ())

    def _order(self, number: int) -> tuple[int, ...]:
        """Return the lines of all columns."""
        columns: list[list[int]] = [[] for _ in range(self.columns)]
        read = self.none
        while read:
            found = self.kept[read]
            for column, line in zip(columns, found.cells[number].tolist(), strict=True):
                if line != self.none:
                    column.append(line)
            read, number = found.source[number].tolist()
        return tuple(line for column in columns for line in reversed(column))
