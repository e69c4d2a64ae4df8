"""The encoder: words with their tags, and a state for every character, in one pass of a learned model.

The model was trained on from the lexer LAC (see the model card beside it). It reads windows of whole
sentences; windows of a call are padded to one length, which changes nothing: the model is told the lengths.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.config import packed
from kg.model import Span

LONGEST = 200
"""Code points in one window; a longer text is cut, at a pause where there is one."""
BATCH = 48
"""Windows in one call."""
LIKELY = 5
"""Word tags of a character that are looked at; the others are too improbable to be on the best path."""
_PAUSES = "，、；：,;: 　"

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its tag (PER, LOC, ORG, TIME, n, nz, nw, v, vn, m, q, w, …) and its span."""

    word: str
    tag: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What the encoder makes of one window of `n` code points.

    Attributes:
        tokens: the words, which tile the window; spans relative to it.
        states: the encoder's states, (n, 256).
        tags: logarithms of the probabilities of the word tags, (n, 59).
    """

    tokens: tuple[Token, ...]
    states: Array
    tags: Array


def session(path: Path) -> Any:
    """Return a session of an ONNX model on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Lexer:
    """The model in memory: words, tags and states of many windows at once."""

    def __init__(self, folder: Path) -> None:
        card = json.loads((folder / "finder.json").read_text("utf-8"))
        ids = {char: number for number, char in enumerate(card["characters"], 1)}
        self._ids = ids | {char: ids[other] for char, other in card["folded"].items()}
        self._labels = [name.rsplit("-", 1)[0] for name in card["lexer_tags"]]
        self._begins = np.array([not name.endswith("-I") for name in card["lexer_tags"]])
        self._moves = np.array(card["lexer_moves"], np.float32)
        self._session = session(folder / "encoder.onnx")

    def tokens(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the words of each text, spans relative to it; a text of any length and any characters."""
        pieces = [(number, span) for number, text in enumerate(texts) for span in cut(text)]
        encoded = self.encode([span.of(texts[number]) for number, span in pieces])
        out: list[list[Token]] = [[] for _ in texts]
        for (number, span), one in zip(pieces, encoded, strict=True):
            out[number] += (Token(t.word, t.tag, t.span.shift(span.start)) for t in one.tokens)
        return [tuple(tokens) for tokens in out]

    def encode(self, windows: Sequence[str]) -> list[Encoded]:
        """Return what the encoder makes of each window; none may be empty."""
        order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
        found: list[Encoded | None] = [None] * len(windows)
        for batch in batches(order):
            ids, lengths = self._padded([windows[i] for i in batch])
            states, tags = self._session.run(None, {"ids": ids, "lengths": lengths})
            best = best_tags(tags, lengths, self._moves)
            for row, i in enumerate(batch):
                n = len(windows[i])
                tokens = tuple(self._words(windows[i], best[row, :n]))
                found[i] = Encoded(tokens, states[row, :n], tags[row, :n])
        return [one for one in found if one is not None]

    def _padded(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        lengths = np.array([len(text) for text in texts], np.int32)
        ids = np.zeros((len(texts), lengths.max()), np.int64)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = [self._ids.get(char, 0) for char in text]
        return ids, lengths

    def _words(self, text: str, best: NDArray[np.int64]) -> Iterator[Token]:
        begins = self._begins[best]
        begins[0] = True
        starts = np.flatnonzero(begins).tolist()
        for a, b in pairwise([*starts, len(text)]):
            yield Token(text[a:b], self._labels[best[a]], Span(a, b))


def best_tags(tags: Array, lengths: NDArray[np.int32], moves: Array) -> NDArray[np.int64]:
    """Return the best path of word tags of each row, looking at the `LIKELY` best tags of a character.

    Args:
        tags: logarithms of probabilities, (rows, places, tags); what lies behind a row's length counts not.
        lengths: places of each row.
        moves: scores of (from, to).
    """
    rows, places, _ = tags.shape
    likely = np.argpartition(tags, -LIKELY, axis=2)[:, :, -LIKELY:]
    scores = np.take_along_axis(tags, likely, axis=2)
    back = np.zeros((places, rows, LIKELY), np.int64)
    top = scores[:, 0]
    for place in range(1, places):
        step = top[:, :, None] + moves[likely[:, place - 1, :, None], likely[:, place, None, :]]
        back[place] = step.argmax(axis=1)
        going = step.max(axis=1) + scores[:, place]
        top = np.where((place < lengths)[:, None], going, top)
    every = np.arange(rows)
    state = top.argmax(axis=1)
    path = np.zeros((rows, places), np.int64)
    for place in range(places - 1, -1, -1):
        path[:, place] = likely[every, place, state]
        if place:
            # behind its end a row stays in the state in which it ended
            state = np.where(place < lengths, back[place, every, state], state)
    return path


def batches(order: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield windows in groups for one call each, those of like length together."""
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def cut(text: str, longest: int = LONGEST) -> list[Span]:
    """Cut a text into stretches of at most `longest`, after a pause of its second half where there is one.

    >>> cut("") == [] and cut("如皋") == [Span(0, 2)]
    True
    """
    spans, start = [], 0
    while len(text) - start > longest:
        half, end = start + longest // 2, start + longest
        pause = max(text.rfind(mark, half, end) for mark in _PAUSES)
        end = end if pause < 0 else pause + 1
        spans.append(Span(start, end))
        start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


@lru_cache(maxsize=2)
def shared_lexer(folder: Path | None = None) -> Lexer:
    """Return the model of a folder in this process, by default the shipped one; loaded at the first call."""
    return Lexer(folder or packed("models"))
