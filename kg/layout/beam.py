"""The search for how the rows of a print were read: all that begins well, by the number of lines read.

A beginning is a column of whole numbers: the way in which the page is cut into streams, how its last row was
read, for each stream the line it has come to, for each printed column its last and its first line (the number
of lines where it has none yet), and that number once more, which stands for a line that is missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

MOST = 3  # columns
ABSENT = -1

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

    `costs` tells what each way costs before its lines are looked at. It is asked by how many lines each
    stream has left (so many as there are columns count like more), which columns have begun, and how the row
    above was read; what does not fit costs infinitely much.
    """

    def __init__(self, columns: int) -> None:
        ways = np.array(rows(columns)).T
        streams = np.arange(columns)[:, None]
        self.taken = np.array([(ways == stream).sum(axis=0) for stream in range(columns)])
        absent = ways == ABSENT
        self.source = np.where(absent, _AT + 3 * columns, _AT + ways)
        further = np.array([(ways[:n] == ways[n]).sum(axis=0) for n in range(columns)])
        self.further = np.where(absent, 0, further)
        self.absent = absent
        self.read = (~absent).sum(axis=0)
        self.matrix = np.where(self.further > 0, 2, np.minimum(streams, 1))
        count, across = ways.shape[1], (self.further > 0).any(axis=0)
        self.places = (columns + 1) ** np.arange(columns)[::-1]
        self.bits = 1 << np.arange(columns)[::-1]
        left = np.array(list(product(range(columns + 1), repeat=columns)))
        begun = np.array(list(product((False, True), repeat=columns)))
        fits = np.asarray((left[:, :, None] >= self.taken).all(axis=1))
        alone = absent & begun[None, :, :, None] & (left > 0)[:, None, :, None]
        above = np.eye(count + 1, count, dtype=bool)
        changed = np.where(across, np.where(above, _FURTHER, _FIRST), 0.0)
        costs = _ALONE * alone.sum(axis=2)[:, :, None, :] + changed
        self.costs = np.where(fits[:, None, None, :], costs, np.inf)


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
        begins = np.array(starts).T
        self.ends = np.vstack([begins[1:], np.full((1, len(starts)), self.none)])
        nowhere = np.full((2 * columns + 1, len(starts)), self.none)
        count = self.ways.costs.shape[-1]
        state = np.vstack(
            [np.arange(len(starts))[None, :], np.full((1, len(starts)), count), begins, nowhere]
        )
        zeros = np.zeros(len(starts), dtype=np.int64)
        waiting: list[list[tuple[Indices, Numbers, Indices]]] = [[] for _ in range(self.none + columns + 1)]
        waiting[0].append((state, np.zeros(len(starts)), zeros))
        self.kept: list[tuple[Indices, Numbers, Indices]] = []
        for read in range(self.none + 1):
            self.kept.append(self._best(waiting[read]))
            waiting[read] = []
            if read < self.none and self.kept[read][1].size:
                for step, grown in self._grown(read):
                    waiting[read + step].append(grown)

    def _grown(self, read: int) -> list[tuple[int, tuple[Indices, Numbers, Indices]]]:
        """Return what becomes of the beginnings that have read so many lines by one row more.

        In front stands by how many lines they have grown; behind, from which beginning.
        """
        ways, k = self.ways, self.columns
        state, cost, _ = self.kept[read]
        left = np.minimum(self.ends[:, state[_CUT]] - state[_AT : _AT + k], k)
        begun = state[_AT + k : _AT + 2 * k] != self.none
        asked = ways.costs[ways.places @ left, ways.bits @ begun, state[_WAY]] + cost[:, None]
        number, way = np.nonzero(asked < self.most)
        grown = state[:, number]
        cells = grown[ways.source[:, way], np.arange(len(number))] + ways.further[:, way]
        last = grown[_AT + k : _AT + 2 * k]
        places = (ways.matrix[:, way] * self.size + last) * self.size + cells
        paid = asked[number, way] + self.joins[places].sum(axis=0)
        good = np.flatnonzero(paid < self.most)
        number, way, cells, grown, paid = number[good], way[good], cells[:, good], grown[:, good], paid[good]
        absent, last, first = ways.absent[:, way], grown[_AT + k : _AT + 2 * k], grown[_AT + 2 * k : -1]
        grown[_WAY] = way
        grown[_AT : _AT + k] += ways.taken[:, way]
        first[...] = np.where(first == self.none, cells, first)
        last[...] = np.where(absent, last, cells)
        steps = ways.read[way]
        found = []
        for step in range(1, k + 1):
            chosen = np.flatnonzero(steps == step)
            if len(chosen):
                found.append((step, (grown[:, chosen], paid[chosen], read << 32 | number[chosen])))
        return found

    def _best(self, parts: Sequence[tuple[Indices, Numbers, Indices]]) -> tuple[Indices, Numbers, Indices]:
        """Return the best of beginnings that have read the same number of lines, of equal ones one."""
        if not parts:
            return np.zeros((0, 0), np.int64), np.zeros(0), np.zeros(0, np.int64)
        if len(parts) == 1:
            state, cost, source = parts[0]
        else:
            state = np.concatenate([part[0] for part in parts], axis=1)
            cost, source = (np.concatenate([part[n] for part in parts]) for n in (1, 2))
        order = np.argsort(cost, kind="stable")
        order = order[: np.searchsorted(cost[order], cost[order[0]] + _BEHIND, side="right")]
        told = _MIXED[: len(state) - 1] @ state[:-1, order]
        _, single = np.unique(told, return_index=True)
        single.sort()
        order = order[single]
        if len(order) > _KEPT:
            cuts = state[_CUT, order]
            by_cut = np.argsort(cuts, kind="stable")
            ordered = cuts[by_cut]
            ranks = np.arange(len(order)) - np.searchsorted(ordered, ordered)
            order = order[by_cut[ranks < _KEPT]]
        return state[:, order], cost[order], source[order]

    def best(
        self, closed: Sequence[bool], open_end: float, other_end: float
    ) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest order and its cost; no order where none costs little enough.

        A last line that ends no sentence costs `open_end`, another one than the page gives last `other_end`.
        """
        state, cost, _ = self.kept[-1]
        if not cost.size:
            return self.most, ()
        last, first = state[_AT + self.columns : -1].reshape(2, self.columns, -1)
        total, end = cost.copy(), last[0]
        for column in range(1, self.columns):
            total += self.lost[end, first[column]]
            end = np.where(first[column] == self.none, end, last[column])
        total += np.where(np.array(closed)[end], 0.0, open_end) + np.where(
            end == self.none - 1, 0.0, other_end
        )
        number = int(total.argmin())
        if total[number] >= self.most:
            return self.most, ()
        return float(total[number]), self._order(number)

    def _order(self, number: int) -> tuple[int, ...]:
        """Return the lines of all columns, of the one of the last beginnings that has a number."""
        columns: list[list[int]] = [[] for _ in range(self.columns)]
        read = self.none
        while read:
            state, _, source = self.kept[read]
            told = state[:, number].tolist()
            for column, absent in enumerate(self.ways.absent[:, told[_WAY]].tolist()):
                if not absent:
                    columns[column].append(told[_AT + self.columns + column])
            read, number = divmod(int(source[number]), 1 << 32)
        return tuple(line for column in columns for line in reversed(column))
