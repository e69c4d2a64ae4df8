"""The search for how the rows of a print were read: all that begins well, by the number of lines read.

A beginning is a column of whole numbers: the way in which the page is cut into streams, how its last row was
read, for each stream the line it has come to, for each printed column its last and its first line (the number
of lines where it has none yet), and that number once more, which stands for a line that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

MOST = 3  # columns
ABSENT = -1

_ROOM = 4096  # for so many beginnings at first
_KEPT = 100  # beginnings that are kept for each way to cut the page into streams
_BEHIND = 15.0  # and are so much worse at most than the best one

NOT_FIRST = 30.0  # cost of another first line than the body begins with
_TORN = 2.0  # cost of a row whose lines a blank line parts
_ALONE = 3.5  # cost of a line missing in a row, but at the top and the bottom of its column
_FIRST = 2.0  # cost of a row that is read across, where the row above is not read so
_FURTHER = 0.4  # and where it is

_CUT, _WAY, _AT = 0, 1, 2  # rows of a beginning
_MIXED = np.array([(0x9E3779B97F4A7C15 * n**3 % (1 << 62)) | 1 for n in range(1, 3 * MOST + 3)])
"""Numbers that tell sums of small multiples of them apart."""


@lru_cache(maxsize=MOST)
def rows(columns: int) -> tuple[tuple[int, ...], ...]:
    """Return the ways to print a row: for each column, in which stream its line stands, or `ABSENT`.

    >>> rows(2)
    ((-1, 1), (0, -1), (0, 0), (0, 1), (1, 1))
    """
    found = []
    for row in product(range(ABSENT, columns), repeat=columns):
        streams = [stream for stream in row if stream != ABSENT]
        fits = all(
            stream == column or (stream != ABSENT and stream == row[column + (1 if stream > column else -1)])
            for column, stream in enumerate(row)
            if stream != ABSENT
        )
        own = all(row[stream] == stream for stream in streams)
        if streams and fits and own:
            found.append(row)
    return tuple(found)


class Ways:
    """The ways to print a row as tables: a column for each of them, a row for each printed column.

    Ways that read fewer lines come first; `steps` tells where those begin that read one line, two and so on.
    `costs` tells what each way (row) costs before its lines are looked at. Its columns stand for how many
    lines each stream has left (so many as there are columns count like more), which columns have begun, and
    how the row above was read: `places`, `bits` and `above` times these. What does not fit costs infinitely
    much.
    """

    def __init__(self, columns: int) -> None:
        ways = np.array(sorted(rows(columns), key=lambda row: sum(stream != ABSENT for stream in row))).T
        streams = np.arange(columns)[:, None]
        self.taken = np.array([(ways == stream).sum(axis=0) for stream in range(columns)])
        absent = ways == ABSENT
        self.source = np.where(absent, _AT + 3 * columns, _AT + ways)
        further = np.array([(ways[:n] == ways[n]).sum(axis=0) for n in range(columns)])
        self.further = np.where(absent, 0, further)
        self.present = ~absent
        self.steps = np.searchsorted(self.present.sum(axis=0), np.arange(1, columns + 2))
        self.matrix = np.where(self.further > 0, 2, np.minimum(streams, 1))
        self.count = count = ways.shape[1]
        across = (self.further > 0).any(axis=0)
        left = np.array(list(product(range(columns + 1), repeat=columns)))
        begun = np.array(list(product((False, True), repeat=columns)))
        fits = np.asarray((left[:, :, None] >= self.taken).all(axis=1))
        alone = absent & begun[None, :, :, None] & (left > 0)[:, None, :, None]
        above = np.eye(count + 1, count, dtype=bool)
        changed = np.where(across, np.where(above, _FURTHER, _FIRST), 0.0)
        costs = _ALONE * alone.sum(axis=2)[:, :, None, :] + changed
        costs = np.where(fits[:, None, None, :], costs, np.inf)
        self.costs = np.ascontiguousarray(costs.reshape(-1, count).T)
        self.bits = (count + 1) * (1 << np.arange(columns)[::-1])
        self.places = (count + 1) * (1 << columns) * (columns + 1) ** np.arange(columns)[::-1]


_ways = lru_cache(maxsize=MOST)(Ways)


class Search:
    """The beginnings that are kept, by the number of lines that they have read.

    `lost` tells how much less likely each line (row) goes on with each other one (column) than the line that
    does so best; its last row and column are for no line. What costs `most` or more is not followed.
    """

    def __init__(
        self,
        lost: Numbers,
        gaps: Sequence[bool],
        first: int,
        starts: Sequence[tuple[int, ...]],
        columns: int,
        most: float,
    ) -> None:
        self.columns, self.most, self.none = columns, most, len(gaps)
        self.ways, self.size = _ways(columns), len(gaps) + 1
        self.lost = lost
        other = lost.copy()
        other[-1, np.arange(self.size) != first] += NOT_FIRST
        other[-1, -1] = 0.0
        torn = lost + _TORN * np.array([*gaps, False])
        self.joins = np.concatenate([other.ravel(), lost.ravel(), torn.ravel()])
        self.tables = self.ways.matrix * self.size**2
        begins = np.array(starts).T
        self.ends = np.vstack([begins[1:], np.full((1, len(starts)), self.none)])
        nowhere = np.full((2 * columns + 1, len(starts)), self.none)
        way = np.full((1, len(starts)), self.ways.count)
        state = np.vstack([np.arange(len(starts))[None, :], way, begins, nowhere])
        # all beginnings that were kept, what each costs, and from which one each has grown
        self.states = np.empty((len(state), max(_ROOM, 2 * len(starts))), dtype=np.int64)
        self.costs = np.empty(self.states.shape[1])
        self.sources = np.empty(self.states.shape[1], dtype=np.int64)
        self.bounds = [0]  # where those begin that have read so many lines
        self._keep(state, np.zeros(len(starts)), np.zeros(len(starts), dtype=np.int64))
        waiting: list[list[tuple[Numbers, Indices]]] = [[] for _ in range(self.none + columns + 1)]
        for read in range(self.none):
            if self.bounds[read] < self.bounds[read + 1]:
                for step, grown in self._grown(read):
                    waiting[read + step].append(grown)
            self._take_on(waiting[read + 1])
            waiting[read + 1] = []

    def _keep(self, state: Indices, cost: Numbers, source: Indices) -> None:
        start, end = self.bounds[-1], self.bounds[-1] + len(cost)
        if end > len(self.costs):
            room = 2 * end - len(self.costs)
            self.states = np.concatenate([self.states, np.empty((len(state), room), np.int64)], axis=1)
            self.costs = np.concatenate([self.costs, np.empty(room)])
            self.sources = np.concatenate([self.sources, np.empty(room, np.int64)])
        self.states[:, start:end], self.costs[start:end], self.sources[start:end] = state, cost, source
        self.bounds.append(end)

    def _cells(self, numbers: Indices, way: Indices) -> Indices:
        """Return which lines the next row of some beginnings holds when it is read in some ways."""
        places = (self.ways.source * len(self.costs)).take(way, axis=1) + numbers
        cells: Indices = self.states.take(places) + self.ways.further.take(way, axis=1)
        return cells

    def _grown(self, read: int) -> Iterator[tuple[int, tuple[Numbers, Indices]]]:
        """Yield what becomes of the beginnings that have read so many lines by one row more.

        In front stands by how many lines they have grown; behind, what they cost, and from which beginning
        and in which way as one number.
        """
        ways, k = self.ways, self.columns
        start, end = self.bounds[read : read + 2]
        state = self.states[:, start:end]
        last = state[_AT + k : _AT + 2 * k]
        left = np.minimum(self.ends.take(state[_CUT], axis=1) - state[_AT : _AT + k], k)
        asked = ways.places @ left + ways.bits @ (last != self.none) + state[_WAY]
        costs = ways.costs.take(asked, axis=1) + self.costs[start:end]
        (chosen,) = (costs < self.most).ravel().nonzero()
        way, number = np.divmod(chosen, end - start)
        cells = self._cells(number + start, way)
        joins = self.tables.take(way, axis=1) + last.take(number, axis=1) * self.size + cells
        paid = costs.take(chosen) + self.joins.take(joins).sum(axis=0)
        code = (number + start) * ways.count + way
        steps = np.searchsorted(way, ways.steps).tolist()
        for step, (low, high) in enumerate(pairwise(steps), 1):
            some = paid[low:high]
            least = float(some.min()) if low < high else self.most
            if least < self.most:
                fits = some <= least + _BEHIND if least + _BEHIND < self.most else some < self.most
                (good,) = fits.nonzero()
                yield step, (some.take(good), code[low:high].take(good))

    def _take_on(self, parts: Sequence[tuple[Numbers, Indices]]) -> None:
        """Keep the best of beginnings that have read the same number of lines, of equal ones one."""
        if not parts:
            self.bounds.append(self.bounds[-1])
            return
        cost, code = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = cost.argsort(kind="stable")
        cost = cost.take(order)
        cost = cost[: cost.searchsorted(cost[0] + _BEHIND, side="right")]
        source, way = np.divmod(code.take(order[: len(cost)]), self.ways.count)
        state = self._states(source, way)
        told = _MIXED[: len(state) - 1] @ state[:-1]
        alike = told.argsort(kind="stable")
        told = told.take(alike)
        other = np.ones(len(told), dtype=np.bool_)
        np.not_equal(told[1:], told[:-1], out=other[1:])
        single = alike[other]
        single.sort()
        if len(single) > _KEPT:
            cuts = state[_CUT].take(single)
            by_cut = cuts.argsort(kind="stable")
            ordered = cuts.take(by_cut)
            ranks = np.arange(len(ordered)) - ordered.searchsorted(ordered)
            single = single[by_cut[ranks < _KEPT]]
        self._keep(state.take(single, axis=1), cost.take(single), source.take(single))

    def _states(self, source: Indices, way: Indices) -> Indices:
        """Return what beginnings become by a row that is read in some way."""
        k = self.columns
        cells, state = self._cells(source, way), self.states.take(source, axis=1)
        state[_WAY] = way
        state[_AT : _AT + k] += self.ways.taken.take(way, axis=1)
        last, first = state[_AT + k : _AT + 2 * k], state[_AT + 2 * k : -1]
        np.copyto(first, cells, where=first == self.none)
        np.copyto(last, cells, where=self.ways.present.take(way, axis=1))
        return state

    def best(
        self, closed: Sequence[bool], open_end: float, other_end: float
    ) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest order and its cost; no order where none costs little enough.

        A last line that ends no sentence costs `open_end`, another one than the page gives last `other_end`.
        """
        start, end = self.bounds[-2:]
        if start == end:
            return self.most, ()
        state, cost = self.states[:, start:end], self.costs[start:end]
        last, first = state[_AT + self.columns : -1].reshape(2, self.columns, -1)
        total, line = cost.copy(), last[0]
        for column in range(1, self.columns):
            total += self.lost[line, first[column]]
            line = np.where(first[column] == self.none, line, last[column])
        total += np.where(np.array(closed)[line], 0.0, open_end)
        total += np.where(line == self.none - 1, 0.0, other_end)
        number = int(total.argmin())
        if total[number] >= self.most:
            return self.most, ()
        return float(total[number]), self._order(start + number)

    def _order(self, number: int) -> tuple[int, ...]:
        """Return the lines of all columns, of the beginning that has a number."""
        columns: list[list[int]] = [[] for _ in range(self.columns)]
        while number >= self.bounds[1]:
            told = self.states[:, number].tolist()
            for column, present in enumerate(self.ways.present[:, told[_WAY]].tolist()):
                if present:
                    columns[column].append(told[_AT + self.columns + column])
            number = int(self.sources[number])
        return tuple(line for column in columns for line in reversed(column))
