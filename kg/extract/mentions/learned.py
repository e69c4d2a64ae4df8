"""The learned finder: from what the encoder sees and the rules vote for to mentions with a probability.

A small recurrent layer over the encoder's states and the votes scores, for every character, whether a
mention of a kind begins or goes on there; a chain over these scores gives the best reading and how
probable each of its mentions is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.config import packed
from kg.extract.lexer import TOGETHER, Array, batches, session
from kg.extract.mentions.features import features, votes_of
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.votes import Candidate

NEVER = -1e4


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window of an article: whose it is, and where it starts and ends there."""

    text: int
    window: int
    start: int
    end: int


class Finder:
    """The model in memory; what it is given must come from the encoder of the same folder."""

    def __init__(self, folder: Path) -> None:
        card = json.loads((folder / "finder.json").read_text("utf-8"))
        self._columns = {(finder, kind): number for number, (finder, kind) in enumerate(card["votes"])}
        self._tags: list[str] = card["tags"]
        self._session = session(folder / "finder.onnx")
        self._moves, self._first = allowed(np.array(card["moves"], np.float32), self._tags)

    def find(
        self, texts: Sequence[Text], votes: Sequence[Sequence[Vote | Candidate]]
    ) -> list[list[Candidate]]:
        """Return the mentions of each article in order, none overlapping another.

        `finders` of a mention are those that voted for just this stretch and kind, with `learned`.
        """
        told = [
            features(text.text, votes_of(some), self._columns)
            for text, some in zip(texts, votes, strict=True)
        ]
        pieces = [
            _Piece(number, place, window.start, window.end)
            for number, text in enumerate(texts)
            for place, window in enumerate(text.windows)
        ]
        pieces.sort(key=lambda p: p.end - p.start)
        found: list[list[Candidate]] = [[] for _ in texts]
        scores = [one for some in batches([p.end - p.start for p in pieces])
                  for one in self._scores(pieces[some], texts, told)]  # fmt: skip
        for start in range(0, len(pieces), TOGETHER):
            some = slice(start, start + TOGETHER)
            for piece, mentions in zip(pieces[some], self._decide(pieces[some], scores[some]), strict=True):
                found[piece.text] += mentions
        agreed = [_agreed(some) for some in votes]
        return [
            sorted(
                (
                    Candidate(
                        c.start,
                        c.end,
                        c.kind,
                        (*by.get((c.start, c.end, c.kind), ()), "learned"),
                        c.confidence,
                    )
                    for c in some
                ),
                key=lambda c: c.start,
            )
            for some, by in zip(found, agreed, strict=True)
        ]

    def _scores(
        self, pieces: Sequence[_Piece], texts: Sequence[Text], told: Sequence[np.ndarray]
    ) -> Iterator[Array]:
        """Yield the scores of tags in each of some pieces, which run in one call."""
        lengths = np.array([p.end - p.start for p in pieces], np.int32)
        encoded = [texts[p.text].encoded[p.window] for p in pieces]
        shape = (len(pieces), int(lengths.max()))
        states = np.zeros((*shape, encoded[0].states.shape[1]), np.float32)
        tags = np.zeros((*shape, encoded[0].tags.shape[1]), np.float32)
        marks = np.zeros((*shape, told[0].shape[1]), np.uint8)
        for row, (piece, one) in enumerate(zip(pieces, encoded, strict=True)):
            n = piece.end - piece.start
            states[row, :n], tags[row, :n] = one.states, one.tags
            marks[row, :n] = told[piece.text][piece.start : piece.end]
        (scores,) = self._session.run(
            None, {"states": states, "tags": tags, "features": marks, "lengths": lengths}
        )
        return (scores[row, :n] for row, n in enumerate(lengths.tolist()))

    def _decide(self, pieces: Sequence[_Piece], scores: Sequence[Array]) -> Iterator[list[Candidate]]:
        lengths = np.array([len(some) for some in scores])
        filled = np.zeros((len(pieces), int(lengths[-1]), len(self._tags)), np.float32)
        filled[np.arange(filled.shape[1]) < lengths[:, None]] = np.concatenate(scores)
        paths, sure = best(filled, lengths, self._moves, self._first)
        for row, piece in enumerate(pieces):
            yield [
                Candidate(piece.start + a, piece.start + b, kind, (), round(float(sure[row, a:b].min()), 4))
                for a, b, kind in spans(paths[row, : lengths[row]], self._tags)
            ]


def _agreed(votes: Sequence[Vote | Candidate]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    by: dict[tuple[int, int, str], set[str]] = {}
    for vote in votes:
        if isinstance(vote, Vote):
            by.setdefault((vote.start, vote.end, vote.kind), set()).add(vote.finder)
    return {key: tuple(sorted(some)) for key, some in by.items()}


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


def best(scores: Array, lengths: np.ndarray, moves: Array, first: Array) -> tuple[np.ndarray, Array]:
    """Return the best path of each row, and how probable its tag is at each place over all paths.

    Args:
        scores: (rows, places, tags); what lies behind a row's length is not read.
        lengths: places of each row, the shortest row first.
        moves: scores of (from, to).
        first: scores of the first tag.
    """
    rows, places, _ = scores.shape
    ahead = np.ascontiguousarray(scores.swapaxes(0, 1))
    going = np.searchsorted(lengths, np.arange(places), side="right").tolist()
    forward = np.zeros_like(ahead)
    forward[0] = ahead[0] + first
    top = np.array(ahead.transpose(0, 2, 1), order="C")  # (places, tags, rows), no view of `ahead`
    top[0] += first[:, None]
    gain, steps = np.exp(moves), moves[:, :, None]
    for place in range(1, places):
        left = going[place]  # shorter rows have ended
        top[place, :, :left] = top[place - 1, :, :left]
        top[place, :, left:] += np.maximum.reduce(top[place - 1, :, None, left:] + steps, 0)
        forward[place, left:] = (_summed(forward[place - 1], gain) + ahead[place])[left:]
    backward = np.zeros_like(ahead)
    every = np.arange(rows)
    paths = np.empty((places, rows), np.int64)
    state = top[-1].argmax(axis=0)
    for place in range(places - 1, -1, -1):
        paths[place] = state
        if place:
            left = going[place]
            state[left:] = (top[place - 1, :, left:] + moves[:, state[left:]]).argmax(axis=0)
            backward[place - 1, left:] = _summed(ahead[place] + backward[place], gain.T)[left:]
    last = forward[lengths - 1, every]
    peak = last.max(axis=1, keepdims=True)
    whole = np.log(np.exp(last - peak).sum(axis=1)) + peak[:, 0]
    chosen = paths[:, :, None]
    total = np.take_along_axis(forward, chosen, 2) + np.take_along_axis(backward, chosen, 2)
    sure = np.exp(np.minimum(total[:, :, 0] - whole, 0.0))
    return paths.T, sure.T


def _summed(scores: Array, gain: Array) -> Array:
    """Return the logarithms of what scores (rows, from) add up to by gains (from, to)."""
    peak = np.maximum.reduce(scores, 1, keepdims=True)
    summed = np.exp(scores - peak) @ gain
    summed += 1e-30
    np.log(summed, out=summed)
    summed += peak
    return summed


def spans(path: np.ndarray, tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each mention of a path as (start, end, kind).

    >>> list(spans(np.array([1, 2, 0, 1]), ["O", "B-Person", "I-Person"]))
    [(0, 2, 'Person'), (3, 4, 'Person')]
    """
    start: int | None = None
    for place, number in enumerate([*path.tolist(), 0]):
        tag = tags[number]
        if start is not None and not tag.startswith("I-"):
            yield start, place, tags[path[start]][2:]
            start = None
        if tag.startswith("B-"):
            start = place


@lru_cache(maxsize=2)
def shared_finder(folder: Path | None = None) -> Finder:
    """Return the model of a folder in this process, by default the shipped one."""
    return Finder(folder or packed("models"))
