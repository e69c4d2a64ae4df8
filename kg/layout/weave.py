"""The order in which the lines of two columns read on that a scan gave run into each other.

What a page gives of a body is the stream of its left column, then that of its right one. A row of the print
is one line of each stream; or both halves of the row stand in one of the streams, left before right. Where
one stream ends and which rows are read so is found by dynamic programming over the rows, for every blank
line where the right stream may begin: exactly, by how likely the lines of each column read on.

Three columns are two at first (the second goes on as the third), and then two again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_PASSES = 3
_GAIN = 4.0  # an order is left only for a better one by so much
_OPEN_END = 2.0
_TORN = 2.0  # cost of a row whose halves a blank line parts
_ALONE = 3.5  # cost of a row that only one column has, but at its top and bottom
_FIRST = 2.0  # cost of a row that is read across, where the row above is not
_JOIN = 12.0  # the join of two columns makes up for at most so much
_FURTHER = 0.4  # and where it is

# How the last row was read, which tells where the last lines of both columns stand in the streams: one line
# of each; both halves in the left stream, in the right stream; the same, and then a line of the right
# column alone; both halves in the left stream, then a line of the left column alone; the left column alone
# so far; the right column alone so far.
_EACH, _LEFT, _RIGHT, _LEFT_R, _RIGHT_R, _LEFT_L, _TOP, _TOP_R = range(8)
_STATES = 8
# How many lines of the left and the right stream a row takes.
_MOVES = ((1, 1), (2, 0), (0, 2), (1, 0), (0, 1))


_ROW, _IN_LEFT, _IN_RIGHT, _LONE_LEFT, _LONE_RIGHT = range(5)
_SOURCES: dict[int, tuple[tuple[int, tuple[int, ...]], ...]] = {  # of each state: the moves and states before
    _EACH: (
        (_ROW, tuple(range(_STATES))),
        (_LONE_LEFT, (_EACH, _RIGHT, _LEFT_R, _RIGHT_R)),
        (_LONE_RIGHT, (_EACH, _LEFT_L)),
    ),
    _LEFT: ((_IN_LEFT, tuple(range(_STATES))),),
    _RIGHT: ((_IN_RIGHT, tuple(range(_TOP_R))),),
    _LEFT_R: ((_LONE_RIGHT, (_LEFT, _LEFT_R)),),
    _RIGHT_R: ((_LONE_RIGHT, (_RIGHT,)),),
    _LEFT_L: ((_LONE_LEFT, (_LEFT,)),),
    _TOP: ((_LONE_LEFT, (_TOP,)),),
    _TOP_R: ((_LONE_RIGHT, (_TOP, _TOP_R)),),
}


@dataclass(frozen=True, slots=True)
class Lines:
    """A body to be put in order: how likely each line reads on in each other; gaps; which are closed."""

    odds: Numbers
    gaps: tuple[bool, ...]
    closed: tuple[bool, ...]

    def taken(self, order: Sequence[int]) -> Lines:
        """Return the lines in another order; gaps stay with their lines."""
        pick = np.array(order)
        return replace(
            self,
            odds=self.odds[np.ix_(pick, pick)],
            gaps=tuple(self.gaps[n] for n in order),
            closed=tuple(self.closed[n] for n in order),
        )


def woven(lines: Lines) -> tuple[int, ...]:
    """Return the numbers of the lines in the order in which they read on; the first one stays first."""
    order = tuple(range(len(lines.gaps)))
    for _ in range(_PASSES):
        step = _two_columns(lines)
        if step is None:
            break
        lines, order = lines.taken(step), tuple(order[n] for n in step)
    return order


def _two_columns(lines: Lines) -> tuple[int, ...] | None:
    """Return the best order of the lines as two columns, or None when the one they have is as good."""
    count = len(lines.gaps)
    starts = np.array([n for n in range(2, count) if lines.gaps[n]] + [count])
    usual = -float(np.trace(lines.odds, offset=1)) + (0.0 if lines.closed[-1] else _OPEN_END)
    table = _Table(lines, starts)
    cost, order = table.best()
    return order if cost < usual - _GAIN else None


def _columns() -> dict[int, Indices]:
    return {
        state: np.array([move * _STATES + before for move, states in sources for before in states])
        for state, sources in _SOURCES.items()
    }


_COLUMNS = _columns()


def _taken(move: int, left: Indices, right: Indices) -> tuple[Indices | None, Indices | None]:
    """Return the lines that a row adds to the left and the right column, by what was read after it."""
    match move:
        case 0:
            return left - 1, right - 1
        case 1:
            return left - 2, left - 1
        case 2:
            return right - 2, right - 1
        case 3:
            return left - 1, None
        case _:
            return None, right - 1


def _last(state: int, left: Indices, right: Indices, none: int) -> tuple[Indices, Indices]:
    """Return the last lines of both columns, by what was read; `none` stands for none."""
    match state:
        case 0:
            return left - 1, right - 1
        case 1:
            return left - 2, left - 1
        case 2:
            return right - 2, right - 1
        case 3:
            return left - 2, right - 1
        case 4:
            return right - 3, right - 1
        case 5:
            return left - 1, left - 3
        case 6:
            return np.where(left > 0, left - 1, none), np.full_like(left, none)
        case _:
            return np.full_like(left, none), right - 1


class _Table:
    """What it costs at least to have read so many lines of both streams.

    An array for each number of lines read: by start of the right stream, lines read of the left one, state.
    """

    def __init__(self, lines: Lines, starts: Indices) -> None:
        self.count = count = len(lines.gaps)
        self.lines, self.starts = lines, starts
        self.odds = np.zeros((count + 1, count + 1))
        self.odds[:count, :count] = lines.odds
        self.torn = np.array([*(_TORN * gap for gap in lines.gaps), 0.0])
        self.steps = self._steps()
        shape = (len(starts), count + 1, _STATES)
        self.costs = [np.full(shape, np.inf, dtype=np.float32) for _ in range(count + 1)]
        self.moves = [np.zeros(shape, dtype=np.int8) for _ in range(count + 1)]
        self.costs[0][:, 0, _TOP] = 0.0
        for read in range(1, count + 1):
            self._fill(read)

    def _fill(self, read: int) -> None:
        """Find what it costs at least to have read so many lines."""
        low, high = max(0, read - (self.count - int(self.starts[0]))), min(read, int(self.starts[-1])) + 1
        left = np.arange(low, high)
        starts = self.starts[:, None]
        right = starts + read - left  # where the right stream has come to
        wrong = (left > starts) | (right > self.count)
        total = self.steps[left, np.clip(right, 0, self.count)]
        whole, ends = np.nonzero(left == starts)
        total[whole, ends, _LONE_RIGHT, :_TOP] -= _ALONE  # the left column is at its end
        total[wrong] = np.inf
        for move, (of_left, of_right) in enumerate(_MOVES):
            if of_left + of_right > read:
                total[:, :, move] = np.inf
                continue
            before = self.costs[read - of_left - of_right]
            start = max(low, of_left)
            total[:, start - low :, move] += before[:, start - of_left : high - of_left]
            total[:, : start - low, move] = np.inf
        flat = total.reshape(*total.shape[:2], -1)
        costs, moves = self.costs[read][:, low:high], self.moves[read][:, low:high]
        for state, sources in _COLUMNS.items():
            choice = flat[..., sources]
            if len(sources) > 1:
                best = choice.argmin(axis=-1)
                costs[..., state], moves[..., state] = choice.min(axis=-1), sources[best]
            else:
                costs[..., state], moves[..., state] = choice[..., 0], sources[0]

    def _steps(self) -> Numbers:
        """Return what each move costs in each state, by the lines of both streams read after it."""
        none = self.count
        left, right = np.arange(none + 1)[:, None], np.arange(none + 1)[None, :]
        left, right = np.broadcast_arrays(left, right)
        steps = np.zeros((none + 1, none + 1, len(_MOVES), _STATES))
        for move, (of_left, of_right) in enumerate(_MOVES):
            new_l, new_r = _taken(move, left, right)
            for state in range(_STATES):
                cost = steps[:, :, move, state]
                old_l, old_r = _last(state, left - of_left, right - of_right, none)
                if new_l is not None:
                    cost -= self.odds[old_l.clip(0, none), new_l.clip(0, none)]
                if new_r is not None:
                    cost -= self.odds[old_r.clip(0, none), new_r.clip(0, none)]
        steps[:, :, _IN_LEFT] += (_FIRST + self.torn[(left - 1).clip(0)])[:, :, None]
        steps[:, :, _IN_RIGHT] += (_FIRST + self.torn[(right - 1).clip(0)])[:, :, None]
        steps[:, :, _IN_LEFT, _LEFT] -= _FIRST - _FURTHER
        steps[:, :, _IN_RIGHT, _RIGHT] -= _FIRST - _FURTHER
        steps[:, :none, _LONE_LEFT, :_TOP] += _ALONE
        steps[:, :, _LONE_RIGHT, :_TOP] += _ALONE
        steps[0, :, _IN_RIGHT, _TOP] = np.inf  # the first line of all stays the first one
        steps[1:, :, _LONE_RIGHT, _TOP] = np.inf
        return steps.astype(np.float32)

    def best(self) -> tuple[float, tuple[int, ...]]:
        """Return the cheapest order and its cost; how the columns join is counted for each end."""
        best: tuple[float, tuple[int, ...]] = (float("inf"), ())
        low = min(float(self.costs[-1][n, start].min()) for n, start in enumerate(self.starts.tolist()))
        for n, start in enumerate(self.starts.tolist()):
            for state in range(_TOP_R):
                cost = float(self.costs[-1][n, start, state])
                if cost > low + _JOIN or not np.isfinite(cost) or (state == _TOP and start < self.count):
                    continue
                left, right = self._order(n, state)
                if left and right:
                    cost -= float(self.odds[left[-1], right[0]])
                order = (*left, *right)
                cost += 0.0 if self.lines.closed[order[-1]] else _OPEN_END
                best = min(best, (cost, order))
        return best

    def _order(self, n: int, state: int) -> tuple[list[int], list[int]]:
        """Return the lines of both columns."""
        start = int(self.starts[n])
        left, right = start, self.count
        columns: tuple[list[int], list[int]] = ([], [])
        while left + right > start:
            move, before = divmod(int(self.moves[left + right - start][n, left, state]), _STATES)
            taken = _taken(move, np.array(left), np.array(right))
            for column, new in zip(columns, taken, strict=True):
                if new is not None:
                    column.append(int(new))
            left, right, state = left - _MOVES[move][0], right - _MOVES[move][1], before
        return columns[0][::-1], columns[1][::-1]
