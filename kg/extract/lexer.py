"""The encoder: words with their tags, and a state for every character, in one pass of a learned model.

The model was trained on from the lexer LAC (see the model card beside it). It reads windows of whole
sentences; windows of a call are padded to one length, which changes nothing: the model is told the lengths.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.config import packed
from kg.model import Span

LONGEST = 200
"""Code points in one window; a longer text is cut, at a pause where there is one."""
BATCH = 48
"""Windows in one call."""
CALL = 1.0
"""What one place of a call costs, whatever the number of its windows, in places of one window."""
TOGETHER = 256
"""Windows whose best paths are looked for at once."""
LIKELY = 5
"""Word tags of a character that are looked at; the others are too improbable to be on the best path."""
_PAUSES = "，、；：,;: 　"

Array = NDArray[np.float32]
Whole = NDArray[np.int64]


class Token(NamedTuple):
    """A word with its tag (PER, LOC, ORG, TIME, n, nz, nw, v, vn, m, q, w, …) and its span."""

    word: str
    tag: str
    span: Span


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """What the encoder makes of one window of `n` code points.

    Attributes:
        words: start, end and tag of the words, which tile the window.
        states: the encoder's states, (n, 256).
        tags: logarithms of the probabilities of the word tags, (n, 59).
    """

    words: tuple[tuple[int, int, str], ...]
    states: Array
    tags: Array


def session(model: Path | bytes) -> Any:
    """Return a session of an ONNX model, a file or its bytes, on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(
        model if isinstance(model, bytes) else str(model), options, providers=["CPUExecutionProvider"]
    )


class Lexer:
    """The model in memory: words, tags and states of many windows at once."""

    def __init__(self, folder: Path) -> None:
        card = json.loads((folder / "finder.json").read_text("utf-8"))
        ids = {char: number for number, char in enumerate(card["characters"], 1)}
        ids |= {char: ids[other] for char, other in card["folded"].items()}
        self._ids = np.zeros(max(map(ord, ids)) + 2, np.int64)  # the last for what lies behind all
        self._ids[[ord(char) for char in ids]] = list(ids.values())
        self._labels = [name.rsplit("-", 1)[0] for name in card["lexer_tags"]]
        self._begins = np.array([not name.endswith("-I") for name in card["lexer_tags"]])
        self._moves = np.array(card["lexer_moves"], np.float32)
        self._session = session(folder / "encoder.onnx")

    def tokens(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the words of each text, spans relative to it; a text of any length and any characters."""
        pieces = [(number, span) for number, text in enumerate(texts) for span in cut(text)]
        encoded = self.encode([span.of(texts[number]) for number, span in pieces])
        out: list[list[Token]] = [[] for _ in texts]
        for (number, whole), one in zip(pieces, encoded, strict=True):
            for start, end, tag in one.words:
                span = Span(whole.start + start, whole.start + end)
                out[number].append(Token(span.of(texts[number]), tag, span))
        return [tuple(tokens) for tokens in out]

    def numbers(self, text: str) -> Whole:
        """Return the number of each character in the model's table; 0 for one it does not know."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        found: Whole = self._ids[np.minimum(codes, len(self._ids) - 1)]
        return found

    def encode(self, windows: Sequence[str]) -> list[Encoded]:
        """Return what the encoder makes of each window; none may be empty."""
        order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
        seen = [one for some in batches([len(windows[i]) for i in order])
                for one in self._run([windows[i] for i in order[some]])]  # fmt: skip
        words = [one for start in range(0, len(seen), TOGETHER)
                 for one in self._words([tags for _, tags in seen[start : start + TOGETHER]])]  # fmt: skip
        found = {
            i: Encoded(tuple(some), states, tags)
            for i, (states, tags), some in zip(order, seen, words, strict=True)
        }
        return [found[i] for i in range(len(windows))]

    def _run(self, texts: Sequence[str]) -> Iterator[tuple[Array, Array]]:
        """Yield states and tags of each of some windows, which run in one call."""
        lengths = np.array([len(text) for text in texts], np.int32)
        ids = np.zeros((len(texts), lengths.max()), np.int64)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = self.numbers(text)
        states, tags = self._session.run(None, {"ids": ids, "lengths": lengths})
        return ((states[row, :n], tags[row, :n]) for row, n in enumerate(lengths.tolist()))

    def _words(self, tags: Sequence[Array]) -> Iterator[list[tuple[int, int, str]]]:
        for best in best_tags(tags, self._moves):
            begins = self._begins[best]
            begins[0] = True
            starts = np.flatnonzero(begins)
            labels = [self._labels[tag] for tag in best[starts].tolist()]
            bounds = [*starts.tolist(), len(best)]
            yield list(zip(bounds, bounds[1:], labels, strict=False))


def best_tags(tags: Sequence[Array], moves: Array) -> list[Whole]:
    """Return the best path of word tags of each window, looking at the `LIKELY` best tags of a character.

    Args:
        tags: logarithms of probabilities, (places, tags) of each window, the shortest window first.
        moves: scores of (from, to).
    """
    flat = np.concatenate(tags)
    lengths = np.array([len(some) for some in tags])
    rows, places, every = len(tags), int(lengths[-1]), np.arange(len(flat))
    best, high = np.empty((LIKELY, len(flat)), np.int64), np.empty((LIKELY, len(flat)), np.float32)
    for rank in range(LIKELY):
        best[rank] = flat.argmax(axis=1)
        high[rank] = flat[every, best[rank]]
        flat[every, best[rank]] = -np.inf
    stops, row = np.cumsum(lengths), np.repeat(np.arange(rows), lengths)
    late = every + np.repeat(places - stops, lengths)  # all windows end together
    likely, top = np.zeros((places, LIKELY, rows), np.int64), np.zeros((places, LIKELY, rows), np.float32)
    likely[late, :, row], top[late, :, row] = best.T, high.T
    steps = moves[likely[:-1, :, None], likely[1:, None]]  # (places, from, to, rows)
    begun = np.searchsorted(lengths, places - np.arange(places), side="right").tolist()
    for place in range(1, places):
        some = slice(begun[place], None)  # windows that stand at the place before, too
        step = steps[place - 1, :, :, some] + top[place - 1, :, None, some]
        top[place, :, some] += np.maximum.reduce(step, 0)
    state, column = top[-1].argmax(axis=0), np.arange(rows)
    path = np.empty((places, rows), np.int64)
    path[-1] = state
    for place in range(places - 1, 0, -1):
        some = slice(begun[place], None)
        came = top[place - 1, :, some] + steps[place - 1, :, state[some], column[some]].T
        state[some] = came.argmax(axis=0)
        path[place - 1] = state
    return np.split(best[path[late, row], every], stops[:-1])


def batches(lengths: Sequence[int]) -> Iterator[slice]:
    """Yield the windows, sorted by length, in groups for one call each.

    All windows of a call are as long as its longest, so that few calls waste much, and many cost much
    themselves; of all ways to group windows the cheapest is taken.

    >>> [(some.start, some.stop) for some in batches([9, 10, 50, 51, 52])]
    [(0, 2), (2, 5)]
    """
    least, first = [0.0], [0]
    for stop, length in enumerate(lengths, 1):
        costs = [
            (least[start] + length * (CALL + stop - start), start)
            for start in range(max(0, stop - BATCH), stop)
        ]
        cost, start = min(costs)
        least.append(cost)
        first.append(start)
    stop = len(lengths)
    found: list[slice] = []
    while stop:
        found.append(slice(first[stop], stop))
        stop = first[stop]
    return iter(found[::-1])


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
