"""Setting the components of a picture side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Cells = NDArray[np.int64]

CELL = 30.0
"""Side of a cell of the grid on which components are set."""
_ASPECT = 1.6
_CHUNK = 256


def pack(shapes: Sequence[Cells]) -> list[tuple[float, float]]:
    """Return for each component how far to move it, so that no two share a cell.

    A shape is the cells that a component covers, around (0, 0). Each is set, in the order given, as near to
    the middle as it fits, in a picture wider than high.
    """
    reach = max((int(np.abs(s).max()) for s in shapes), default=0) + 1
    half = 2 * reach + int(np.ceil(np.sqrt(sum(map(len, shapes)))))
    while (moves := _packed(shapes, reach, half)) is None:
        half *= 2
    return moves


def _packed(shapes: Sequence[Cells], reach: int, half: int) -> list[tuple[float, float]] | None:
    """Pack with no shape moved further than `half`, or return None when one finds no place."""
    grid = np.zeros((2 * (half + reach) + 1, 2 * (half + reach) + 1), dtype=bool)
    spots = _spots(half)
    moves: list[tuple[float, float]] = []
    known: dict[bytes, int] = {}
    for shape in shapes:
        key = shape.tobytes()
        at = _first_free(grid, shape + half + reach, spots, known.get(key, 0))
        if at is None:
            return None
        known[key] = at
        covered = shape + half + reach + spots[at]
        grid[covered[:, 0], covered[:, 1]] = True
        moves.append((float(spots[at][0]) * CELL, float(spots[at][1]) * CELL))
    return moves


def cover(points: Points, size: Points, ends: Cells) -> Cells:
    """Return the cells that the boxes of nodes and the lines between them cover, sorted.

    `points` and `size` are n × 2, `ends` holds pairs of places in them.
    """
    low = np.floor((points - size / 2 - CELL / 2) / CELL).astype(int)
    high = np.ceil((points + size / 2 + CELL / 2) / CELL).astype(int)
    found = [
        np.stack(np.meshgrid(np.arange(a, c), np.arange(b, d), indexing="ij"), axis=-1).reshape(-1, 2)
        for (a, b), (c, d) in zip(low, high, strict=True)
    ]
    for a, b in ends:
        steps = int(np.ceil(np.abs(points[a] - points[b]).max() / CELL * 2)) + 1
        line = points[a] + (points[b] - points[a]) * np.linspace(0, 1, steps)[:, None]
        found.append(np.floor(line / CELL).astype(int))
    return np.unique(np.concatenate(found), axis=0)


def _spots(half: int) -> Cells:
    """Return the cells around the middle, nearest first, in an ellipse wider than high."""
    x, y = np.meshgrid(np.arange(-half, half + 1), np.arange(-half, half + 1), indexing="ij")
    cells = np.stack([x, y], axis=-1).reshape(-1, 2)
    away = (cells[:, 0] / _ASPECT) ** 2 + cells[:, 1] ** 2
    return cells[np.argsort(away, kind="stable")]


def _first_free(grid: NDArray[np.bool_], shape: Cells, spots: Cells, first: int) -> int | None:
    for start in range(first, len(spots), _CHUNK):
        places = shape[None, :, :] + spots[start : start + _CHUNK, None, :]
        free = ~grid[places[..., 0], places[..., 1]].any(axis=1)
        if free.any():
            return start + int(free.argmax())
    return None
