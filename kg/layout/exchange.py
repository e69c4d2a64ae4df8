"""An order of lines mended: neighbouring stretches of it trade places where the whole reads on better.

What the rows of two columns cannot explain is left to this: blocks given out of order, a third column, a line
that stands anywhere else. A step from a line to another costs the more, the less usual it is on such pages.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_GAIN = 5.0  # stretches trade places only for so much
# What it costs to go on with another line of the page than the next one: how rare it is on simulated pages
# (in natural logarithms, against the next line), weighed by `_WEIGHT` since lines speak for themselves.
_WEIGHT = 0.7
_OVER_ONE = 0.9  # the one after it
_OVER_ONE_AND_GAP = 1.5  # or after it and a blank line
_OVER_TWO = 3.8
_BACK = 7.0  # the one before
_FAR = 4.4  # any other
_FAR_FROM_END = 3.8  # from the end of a block
_FAR_FROM_END_TO_GAP = 2.6  # to the beginning of one behind
_OPEN_END = 6.0  # the last line is no end of a sentence
_OTHER_END = 1.0  # it is another one than the page gives last
_NEVER = 99.0


def steps(gaps: Sequence[bool]) -> Numbers:
    """Return what it costs to go from each line of the page (row) to each other one (column)."""
    count = len(gaps)
    begins = np.array(gaps)
    ends = np.append(begins[1:], True)
    step = np.arange(count)[None, :] - np.arange(count)[:, None]
    block = np.cumsum(begins)
    same = block[:, None] == block[None, :]
    far = np.where(
        ends[:, None] & (step > 0), np.where(begins[None, :], _FAR_FROM_END_TO_GAP, _FAR_FROM_END), _FAR
    )
    result: Numbers = np.select(
        [step == 1, (step == 2) & same, step == 2, step == 3, step == -1],
        [0.0, _OVER_ONE, _OVER_ONE_AND_GAP, _OVER_TWO, _BACK],
        far,
    )
    return _WEIGHT * result


def exchanged(
    odds: Numbers, gaps: Sequence[bool], closed: Sequence[bool], order: Sequence[int]
) -> tuple[int, ...]:
    """Return a better order of the lines with the same first line.

    `odds` tells how likely each line (row) reads on in each other one (column), in natural logarithms.
    """
    count = len(order)
    costs = np.full((count + 1, count + 1), _NEVER)
    costs[:count, :count] = steps(gaps) - odds
    costs[:count, count] = np.where(np.array(closed), 0.0, _OPEN_END) + _OTHER_END
    costs[count - 1, count] -= _OTHER_END
    costs[count, order[0]] = 0.0
    lines = np.array([count, *order, count])
    while (cuts := _best_exchange(costs[np.ix_(lines[:-1], lines[1:])])) is not None:
        i, j, k = cuts
        lines = np.concatenate([lines[: i + 1], lines[j + 1 : k + 1], lines[i + 1 : j + 1], lines[k + 1 :]])
    return tuple(lines[1:-1].tolist())


def _best_exchange(joins: Numbers) -> tuple[int, int, int] | None:
    """Return between which three borders two stretches should trade places, or None when none should.

    `joins` tells what it costs that what stands before a border (row) goes on with what stands behind one.
    """
    count = len(joins)
    gained = joins - joins.diagonal()[None, :]
    right = np.arange(count)[:, None] < np.arange(count)[None, :]
    ahead, back = np.where(right, gained, np.inf), np.where(right, np.inf, gained)
    np.fill_diagonal(back, np.inf)
    # no first border gains more than its best way out, its best way in and the best join between the others
    between = np.minimum.accumulate(ahead.min(axis=1)[::-1])[::-1]
    bound = ahead.min(axis=1) + back.min(axis=0) + np.append(between[1:], np.inf)
    least, best = -_GAIN, None
    for i in np.flatnonzero(bound[:-2] < least).tolist():
        if bound[i] >= least:
            continue
        total = gained[i, i + 1 :, None] + gained[i + 1 :, i][None, :] + ahead[i + 1 :, i + 1 :]
        place = int(total.argmin())
        if total.flat[place] < least:
            j, k = divmod(place, count - i - 1)
            least, best = float(total.flat[place]), (i, i + 1 + j, i + 1 + k)
    return best
