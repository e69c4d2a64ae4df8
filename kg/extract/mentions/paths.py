"""The readings of a chain: the best of all paths through the tags of a window, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.extract.lexer import Array, Whole

NEVER = -1e4
FAINT = -60.0
"""A tag with a score so far below the best one of its place is as improbable as one with this."""
SCALED = 4
"""After so many places sums over paths are scaled, lest they leave what a number can hold."""


def allowed(moves: Array, tags: Sequence[str]) -> tuple[Array, Array]:
    """Return the scores of moves (from, to) and of first tags; what no reading has is `NEVER`."""
    moves = moves.copy()
    first = np.zeros(len(tags), np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            first[j] = NEVER
            for i, before in enumerate(tags):
                if before[2:] != tag[2:]:
                    moves[i, j] = NEVER
    return moves, first


def best(
    scores: Sequence[Array], moves: Array, first: Array
) -> tuple[list[Whole], list[NDArray[np.float64]]]:
    """Return the best path of each row, and how probable its tag is at each place over all paths.

    Args:
        scores: (places, tags) of each row, the shortest row first.
        moves: scores of (from, to).
        first: scores of the first tag.
    """
    flat = np.concatenate(scores)
    lengths = np.array([len(some) for some in scores])
    row = np.repeat(np.arange(len(lengths)), lengths)
    stops = np.cumsum(lengths)
    place = np.arange(len(flat)) - np.repeat(stops - lengths, lengths)
    late = place + np.repeat(lengths[-1] - lengths, lengths)  # all rows end together
    path = _path(flat, row, late, lengths, moves, first)
    sure = _sure(flat, row, place, late, moves, first, path)
    return np.split(path, stops[:-1]), np.split(sure, stops[:-1])


def _path(flat: Array, row: Whole, late: Whole, lengths: Whole, moves: Array, first: Array) -> Whole:
    """Return the best paths, row after row."""
    rows, places = len(lengths), int(lengths[-1])
    top = np.zeros((places, len(first), rows), np.float32)
    top[late, :, row] = flat
    top[places - lengths, :, np.arange(rows)] += first
    begun = np.searchsorted(lengths, places - np.arange(places), side="right").tolist()
    steps = moves[:, :, None]
    for here in range(1, places):
        some = slice(begun[here], None)  # rows that stand at the place before, too
        top[here, :, some] += np.maximum.reduce(top[here - 1, :, None, some] + steps, 0)
    path = np.empty((places, rows), np.int64)
    path[-1] = state = top[-1].argmax(axis=0)
    for here in range(places - 1, 0, -1):
        some = slice(begun[here], None)
        state[some] = (top[here - 1, :, some] + moves[:, state[some]]).argmax(axis=0)
        path[here - 1] = state
    return path[late, row]


def _sure(
    flat: Array, row: Whole, place: Whole, late: Whole, moves: Array, first: Array, path: Whole
) -> NDArray[np.float64]:
    """Return how probable each tag of the paths is: sums over all paths, from both ends in one go."""
    chance = np.exp(np.maximum(flat - flat.max(axis=1, keepdims=True), FAINT)).astype(np.float64)
    gain = np.exp(moves).astype(np.float64)
    both = np.stack([gain, gain.T])
    places, rows = int(late[-1]) + 1, int(row[-1]) + 1
    back = places - 1 - late
    given = np.ones((places, 2, rows, len(first)))
    given[place, 0, row] = given[back, 1, row] = chance
    led = np.ones_like(given)
    led[0, 0] = np.exp(first)
    for here in range(places - 1):
        here_too = led[here] * given[here]
        if here % SCALED == 0:
            here_too /= np.maximum.reduce(here_too, axis=-1, keepdims=True)
        np.matmul(here_too, both, out=led[here + 1])
    total = led[place, 0, row] * led[back, 1, row] * chance
    sure: NDArray[np.float64] = total[np.arange(len(path)), path] / total.sum(axis=1)
    return sure
