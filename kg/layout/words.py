"""How well two pieces of text go together: words that their border cuts, strings found elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.hanzi.words import LONGEST as _LONGEST
from kg.hanzi.words import word_weights

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
        self._strings: set[str] = set()
        for piece in pieces:
            for size in _STRINGS:
                strings = (piece[i : i + size] for i in range(len(piece) - size + 1))
                self._strings.update(string for string in strings if string.isalnum())

    def score(self, tail: str, head: str) -> float:
        """Return how much likelier the border is inside one text than between two.

        >>> joints = Joints(["恒达电集团", "产业的发展"])
        >>> joints.score("乡亲们来到这座城", "市中心的公园") > joints.score("乡亲们来到这座城", "的公园") + 2
        True
        """
        return self._cut_words(tail[-_EDGE:], head[:_EDGE]) + self._repeated(tail, head)

    def matrices(self, texts: Sequence[str]) -> tuple[list[list[float]], list[list[float]]]:
        """Return for each pair of lines what words say that their border cuts, and what strings say."""
        tails = [(text[-_EDGE:], self._ahead(text[-_EDGE:])) for text in texts]
        heads = [(text[:_EDGE], self._behind(text[:_EDGE])) for text in texts]
        cut = [[self._across(*tail, *head) for head in heads] for tail in tails]
        repeated = [[self._repeated(tail, head) for head, _ in heads] for tail, _ in tails]
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
        best = [0.0]
        for end in range(1, len(text) + 1):
            best.append(
                max(
                    best[start] + self._weight(text[start:end])
                    for start in range(max(0, end - _LONGEST), end)
                )
            )
        return best

    def _behind(self, text: str) -> list[float]:
        """Return the weight of the best cut of each ending of a text into words."""
        best = [0.0] * (len(text) + 1)
        for start in range(len(text) - 1, -1, -1):
            best[start] = max(
                self._weight(text[start:end]) + best[end]
                for end in range(start + 1, min(len(text), start + _LONGEST) + 1)
            )
        return best

    def _weight(self, word: str) -> float:
        return self._words.get(word, _UNKNOWN * len(word))

    def _repeated(self, tail: str, head: str) -> float:
        if tail[-1:] + head[:1] not in self._strings:
            return 0.0
        for size in _LONG_FIRST:
            for left in range(1, size):
                right = size - left
                if left <= len(tail) and right <= len(head) and tail[-left:] + head[:right] in self._strings:
                    return _STRINGS[size]
        return 0.0
