"""The order in which the lines of two or three columns read on that a scan gave run into each other.

What a page gives of a body is a stream for each of its columns, one after the other; a stream may begin
wherever the page leaves a blank line. A row of the print is one line of each stream; or neighbouring lines
of the row stand in one of the streams, read across from left to right. Where the streams begin and how each
row was read is searched for over the rows from top to bottom, by how much less likely each line reads on
from the one above it than from the line that fits best. Of all beginnings that read the same number of lines
the best are kept, as long as they can still become better than the page as it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kg.layout.beam import MOST, NOT_FIRST, Numbers, Search

_TALL = 20  # lines that a body in three columns has at least
_HEIGHTS = (0.12, 0.6)  # share of the lines that one of three streams has

_GAIN = 4.0  # an order is left only for a better one by so much
_THREE = 3.0  # and three columns are taken instead of two only for so much more
_OPEN_END = 6.0  # of a last line that ends no sentence
_OTHER_END = 1.0  # and of another one than the page gives last


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
    best = usual - _GAIN + (NOT_FIRST if lines.first else 0.0)
    order = tuple(range(count))
    for columns in range(2, MOST + 1):
        starts = list(_starts(lines, columns))
        if starts and best > _THREE * (columns - 2):
            search = Search(lost, lines.gaps, lines.first, starts, columns, best - _THREE * (columns - 2))
            cost, found = search.best(lines.closed, _OPEN_END, _OTHER_END)
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
