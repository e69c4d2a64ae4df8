"""How well two pieces of text go together: words that their border cuts, strings found elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import NDArray

from kg.hanzi.words import LONGEST as _LONGEST
from kg.hanzi.words import word_weights

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_NO_WORD = -1e9  # weight of a string that is no word
_EDGE = 8  # characters of each piece that matter
_NOTHING = "\0"  # stands where a line has no character
_FACTOR = 1_000_003  # of the number of a string, for each further character
_MASK = (1 << 22) - 1


_UNKNOWN = -18.0  # weight of a character that is no word of the dictionary
_STRINGS = {
    2: 0.7,
    3: 2.0,
    4: 4.0,
    5: 5.0,
    6: 6.0,
}  # worth of a string across the border that stands elsewhere
_LONG_FIRST = sorted(_STRINGS, reverse=True)


@lru_cache(maxsize=1)
def _known() -> NDArray[np.bool_]:
    """Return by the number of a string whether it can be a word of two characters or more."""
    known = np.zeros(_MASK + 1, dtype=np.bool_)
    words: dict[int, list[str]] = {}
    for word in word_weights():
        words.setdefault(len(word), []).append(word)
    for size in range(2, _LONGEST + 1):
        known[_strings(words.get(size, [" " * size]))[size][:, 0] & _MASK] = True
    return known


def _strings(texts: Sequence[str]) -> list[Indices]:
    """Return numbers for the strings of texts that are equally long, by the length of the strings.

    Like strings have like numbers. A row is a text, a column is where a string begins.
    """
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    single = codes.reshape(len(texts), -1).astype(np.int64)
    told: list[Indices] = [np.zeros_like(single), single]
    while len(told) <= min(_LONGEST, single.shape[1]):
        told.append(told[-1][:, :-1] * _FACTOR + single[:, len(told) - 1 :])
    return told


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
        tails = [text[-_EDGE:].rjust(_EDGE, _NOTHING) for text in texts]
        heads = [text[:_EDGE].ljust(_EDGE, _NOTHING) for text in texts]
        told = _strings(tails + heads)
        before, behind = self._best_cuts(tails, heads, told)
        apart = before[-1][:, None] + behind[0][None, :]
        best, weight, known = apart.copy(), self._words.get, _known()
        for left in range(1, _LONGEST):
            ends, start = told[left][: len(tails), -1], before[-1 - left]
            for right in range(1, _LONGEST - left + 1):
                crossing = ends[:, None] * _FACTOR**right + told[right][len(tails) :, 0]
                above, below = np.nonzero(known.take(crossing & _MASK))
                words = zip(above.tolist(), below.tolist(), strict=True)
                worth = [weight(tails[i][-left:] + heads[j][:right], _NO_WORD) for i, j in words]
                joined = start[above] + np.array(worth) + behind[right][below]
                best[above, below] = np.maximum(best[above, below], joined)
        word_end = np.array([tail[-1].isalnum() for tail in tails])[:, None]
        word_begin = np.array([head[0].isalnum() for head in heads])[None, :]
        cut: Numbers = np.where(word_end & word_begin, best - apart, 0.0)
        repeated = np.zeros(cut.shape)
        ends_, firsts, pairs = [text[-1:] for text in texts], [text[:1] for text in texts], self._pairs
        for above_, last in enumerate(ends_):
            for below_, first in enumerate(firsts):
                if last + first in pairs:
                    repeated[above_, below_] = self._repeated(texts[above_], texts[below_])
        return cut, repeated

    def _best_cuts(
        self, tails: Sequence[str], heads: Sequence[str], told: Sequence[Indices]
    ) -> tuple[Numbers, Numbers]:
        """Return the weights of the best cuts of beginnings of tails, and of endings of heads, into words.

        The rows are the places of cuts, from left to right; the columns are the lines.
        """
        get, known, lines = self._words.get, _known(), [*tails, *heads]
        single = [get(char, _UNKNOWN) if char != _NOTHING else 0.0 for char in "".join(lines)]
        weights: list[Numbers] = [np.array(single).reshape(-1, _EDGE)]
        for size in range(2, _LONGEST + 1):
            worth = np.full(told[size].shape, _NO_WORD)
            where = np.nonzero(known.take(told[size] & _MASK))
            words = zip(*(places.tolist() for places in where), strict=True)
            worth[where] = [get(lines[i][start : start + size], _NO_WORD) for i, start in words]
            weights.append(worth)
        count = len(tails)
        mirrored = [np.concatenate([w[:count], w[count:, ::-1]]).T for w in weights]
        best = np.zeros((_EDGE + 1, len(lines)))
        for end in range(1, _EDGE + 1):
            most = best[end - 1] + mirrored[0][end - 1]
            for size in range(2, min(_LONGEST, end) + 1):
                np.maximum(most, best[end - size] + mirrored[size - 1][end - size], out=most)
            best[end] = most
        return best[:, :count], best[::-1, count:]

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
