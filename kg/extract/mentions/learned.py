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
from kg.extract.mentions.paths import allowed, best
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.spotted import COLUMNS, spotted, words_of
from kg.extract.mentions.votes import Candidate


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
        self._words = words_of(card["words"].split("\n"))
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
        words = [spotted(text.text, self._words) for text in texts]
        pieces = [
            _Piece(number, place, window.start, window.end)
            for number, text in enumerate(texts)
            for place, window in enumerate(text.windows)
        ]
        pieces.sort(key=lambda p: p.end - p.start)
        found: list[list[Candidate]] = [[] for _ in texts]
        scores = [one for some in batches([p.end - p.start for p in pieces])
                  for one in self._scores(pieces[some], texts, told, words)]  # fmt: skip
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
        self,
        pieces: Sequence[_Piece],
        texts: Sequence[Text],
        told: Sequence[np.ndarray],
        words: Sequence[np.ndarray],
    ) -> Iterator[Array]:
        """Yield the scores of tags in each of some pieces, which run in one call."""
        lengths = np.array([p.end - p.start for p in pieces], np.int32)
        encoded = [texts[p.text].encoded[p.window] for p in pieces]
        shape = (len(pieces), int(lengths.max()))
        states = np.zeros((*shape, encoded[0].states.shape[1]), np.float32)
        tags = np.zeros((*shape, encoded[0].tags.shape[1]), np.float32)
        marks = np.zeros((*shape, told[0].shape[1]), np.uint8)
        known = np.zeros((*shape, COLUMNS), np.int32)
        for row, (piece, one) in enumerate(zip(pieces, encoded, strict=True)):
            n = piece.end - piece.start
            states[row, :n], tags[row, :n] = one.states, one.tags
            known[row, :n] = words[piece.text][piece.start : piece.end]
            marks[row, :n] = told[piece.text][piece.start : piece.end]
        (scores,) = self._session.run(
            None,
            {"states": states, "tags": tags, "features": marks, "spotted": known, "lengths": lengths},
        )
        return (scores[row, :n] for row, n in enumerate(lengths.tolist()))

    def _decide(self, pieces: Sequence[_Piece], scores: Sequence[Array]) -> Iterator[list[Candidate]]:
        for piece, path, sure in zip(pieces, *best(scores, self._moves, self._first), strict=True):
            values, start = sure.tolist(), piece.start
            yield [
                Candidate(start + a, start + b, kind, (), round(min(values[a:b]), 4))
                for a, b, kind in spans(path, self._tags)
            ]


def _agreed(votes: Sequence[Vote | Candidate]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    by: dict[tuple[int, int, str], set[str]] = {}
    for vote in votes:
        if isinstance(vote, Vote):
            by.setdefault((vote.start, vote.end, vote.kind), set()).add(vote.finder)
    return {key: tuple(sorted(some)) for key, some in by.items()}


def spans(path: np.ndarray, tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield each mention of a path as (start, end, kind).

    >>> list(spans(np.array([1, 2, 0, 1]), ["O", "B-Person", "I-Person"]))
    [(0, 2, 'Person'), (3, 4, 'Person')]
    """
    numbers, outside = path.tolist(), tags.index("O")
    start, end = 0, -1
    for place in np.flatnonzero(path != outside).tolist():
        if place == end and tags[numbers[place]].startswith("I-"):
            end += 1
            continue
        if start < end:
            yield start, end, tags[numbers[start]][2:]
        start, end = place, place + 1
    if start < end:
        yield start, end, tags[numbers[start]][2:]


@lru_cache(maxsize=2)
def shared_finder(folder: Path | None = None) -> Finder:
    """Return the model of a folder in this process, by default the shipped one."""
    return Finder(folder or packed("models"))
