"""How well two pieces of text go together: words that their border cuts, strings found elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import add

import numpy as np
from numpy.typing import NDArray

from kg.hanzi.words import LONGEST as _LONGEST
from kg.hanzi.words import word_weights

Numbers = NDArray[np.float64]

_NO_WORD = -1e9  # weight of a string that is no word
_EDGE = 8  # characters of each piece that matter


_UNKNOWN = -18.0  # weight of a character that is no word of the dictionary
_STRINGS = {
    2: 0.7,
    3: 2.0,
    4: 4.0,
    5: 5.0,
    6: 6.0,
}  # worth of a string across the border that stands elsewhere
_LONG_FIRST = sorted(_STRINGS, reverse=True)


class Joints:
    """Scores borders between pieces of one page, in natural logarithms; 0 when nothing is known."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._words = word_weights()
        texts = list(pieces)
        self._text = "\n".join(texts)
        self._pairs = {pair for text in texts for pair in map(add, text, text[1:]) if pair.isalnum()}

    def score(self, tail: str, head: str) -> float:
        """Return how much likelier the border is inside one text than between two.

        >>> joints = Joints(["恒达电集团", "产业的发展"])
        >>> joints.score("乡亲们来到这座城", "市中心的公园") > joints.score("乡亲们来到这座城", "的公园") + 2
        True
        """
        return self._cut_words(tail[-_EDGE:], head[:_EDGE]) + self._repeated(tail, head)

    def matrices(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Return for each pair of lines what words say that their border cuts, and what strings say."""
        tails, heads = [text[-_EDGE:] for text in texts], [text[:_EDGE] for text in texts]
        before = [self._ahead(tail) for tail in tails]
        behind = [self._behind(head) for head in heads]
        apart = np.array([b[-1] for b in before])[:, None] + np.array([b[0] for b in behind])[None, :]
        best, weight = apart.copy(), self._words.get
        for left in range(1, _LONGEST):
            start = np.array([b[-1 - left] if left < len(b) else _NO_WORD for b in before])
            ends = [tail[-left:] for tail in tails]
            for right in range(1, _LONGEST - left + 1):
                rest = np.array([b[right] if right < len(b) else _NO_WORD for b in behind])
                begins = [head[:right] for head in heads]
                told = [weight(end + begin) for end in ends for begin in begins]
                found = [n for n, known in enumerate(told) if known is not None]
                if found:
                    above, below = np.divmod(np.array(found), len(heads))
                    joined = start[above] + np.array([told[n] for n in found]) + rest[below]
                    best[above, below] = np.maximum(best[above, below], joined)
        word_end = np.array([tail[-1:].isalnum() for tail in tails])[:, None]
        word_begin = np.array([head[:1].isalnum() for head in heads])[None, :]
        cut: Numbers = np.where(word_end & word_begin, best - apart, 0.0)
        repeated = np.zeros(cut.shape)
        for above_, tail in enumerate(tails):
            last = tail[-1:]
            for below_, head in enumerate(heads):
                if last + head[:1] in self._pairs:
                    repeated[above_, below_] = self._repeated(tail, head)
        return cut, repeated

    def _cut_words(self, tail: str, head: str) -> float:
        return self._across(tail, self._ahead(tail), head, self._behind(head))

    def _across(self, tail: str, before: Sequence[float], head: str, behind: Sequence[float]) -> float:
        if not (tail[-1:].isalnum() and head[:1].isalnum()):
            return 0.0
        best = apart = before[-1] + behind[0]
        for left in range(1, min(_LONGEST, len(tail) + 1)):
            for right in range(1, min(_LONGEST - left, len(head)) + 1):
                weight = self._words.get(tail[-left:] + head[:right])
                if weight is not None:
                    best = max(best, before[len(tail) - left] + weight + behind[right])
        return best - apart

    def _ahead(self, text: str) -> list[float]:
        """Return the weight of the best cut of each beginning of a text into words."""
        weight, best = self._words.get, [0.0]
        for end in range(1, len(text) + 1):
            most = best[-1] + weight(text[end - 1 : end], _UNKNOWN)
            for start in range(max(0, end - _LONGEST), end - 1):
                known = weight(text[start:end])
                worth = best[start] + (_UNKNOWN * (end - start) if known is None else known)
                if worth > most:
                    most = worth
            best.append(most)
        return best

    def _behind(self, text: str) -> list[float]:
        """Return the weight of the best cut of each ending of a text into words."""
        weight, size = self._words.get, len(text)
        best = [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            most = best[start + 1] + weight(text[start : start + 1], _UNKNOWN)
            for end in range(start + 2, min(size, start + _LONGEST) + 1):
                known = weight(text[start:end])
                worth = best[end] + (_UNKNOWN * (end - start) if known is None else known)
                if worth > most:
                    most = worth
            best[start] = most
        return best

    def _repeated(self, tail: str, head: str) -> float:
        if tail[-1:] + head[:1] not in self._pairs:
            return 0.0
        # every longer string across the border holds one of three characters
        if not (self._stands(tail, head, 1, 2) or self._stands(tail, head, 2, 1)):
            return _STRINGS[2]
        for size in _LONG_FIRST:
            if any(self._stands(tail, head, left, size - left) for left in range(1, size)):
                return _STRINGS[size]
        return 0.0

    def _stands(self, tail: str, head: str, left: int, right: int) -> bool:
        """Say whether so many characters before and behind the border stand elsewhere as one string."""
        if left > len(tail) or right > len(head):
            return False
        string = tail[-left:] + head[:right]
        return string in self._text and string.isalnum()
