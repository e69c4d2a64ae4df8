"""How likely a printed line reads on in another: by characters that follow each other, words, shapes.

What follows what is counted in our own articles (`training/joins.py`); the counts are shipped as
`joins.npz` beside the tables of the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.config import packed
from kg.hanzi.fold import fold
from kg.layout.words import Joints

Numbers = NDArray[np.float64]
Keys = NDArray[np.int64]

FILE = "joins.npz"
BITS = 13  # a character's number has so many bits
_DIGIT = re.compile(r"[0-9]")  # 7
_LATIN = re.compile(r"[a-z]")  # k
_UNSEEN = 0.5  # counts that stand for what was never seen
_KINDS = 8000
_CODES = 0x110000

_SHORT = 1.5  # a line so much narrower than the column is short
_INDENT = (1.0, 3.2)  # the first line of a paragraph is narrower by so much
SHAPES = 12


def plain(text: str) -> str:
    """Return a text as it is counted: folded, no white space, all figures alike, all Latin letters alike.

    >>> plain("共 25 家ＡＩ企业")
    '共00家aa企业'
    """
    return _LATIN.sub("a", _DIGIT.sub("0", fold("".join(text.split()))))


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted: characters, pairs and triples, and how the evidence is weighed."""

    numbers: dict[str, int]  # of characters; 0 is any other
    codes: NDArray[np.int16]  # the same by code point
    single: Numbers
    after: Numbers  # how often something follows a character
    kinds: Numbers  # how many different ones
    pairs: Keys
    pair_counts: Numbers
    pair_kinds: Numbers
    triples: Keys
    triple_counts: Numbers
    weights: Numbers
    shapes: Numbers

    def numbered(self, told: str) -> Keys:
        """Return the numbers of the characters of a plain text."""
        codes = np.frombuffer(told.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        result: Keys = self.codes[codes].astype(np.int64)
        return result

    def one(self, b: Keys) -> Numbers:
        """Return how likely a character is."""
        result: Numbers = (self.single[b] + _UNSEEN) / (self.single.sum() + _UNSEEN * _KINDS)
        return result

    def two(self, a: Keys, b: Keys) -> Numbers:
        """Return how likely a character is behind another."""
        counts, _ = seen(self.pairs, (a << BITS) | b, self.pair_counts, self.pair_kinds)
        rest = self.kinds[a] + 1.0
        result: Numbers = (counts + rest * self.one(b)) / (self.after[a] + rest)
        return result

    def three(self, a: Keys, b: Keys, c: Keys, two: Numbers) -> Numbers:
        """Return how likely a character is behind two others, where `two` is how likely behind the second."""
        often, kinds = seen(self.pairs, (a << BITS) | b, self.pair_counts, self.pair_kinds)
        (counts,) = seen(self.triples, (((a << BITS) | b) << BITS) | c, self.triple_counts)
        rest = kinds + _UNSEEN
        result: Numbers = (counts + rest * two) / (often + rest)
        return result

    def evidence(self, tails: Keys, heads: Keys) -> tuple[Numbers, Numbers, Numbers]:
        """Return three logarithms of how much likelier heads become behind tails.

        Both have a row for each line: the numbers of its last two or first two characters. The results
        have a row for each tail and a column for each head.
        """
        second, last = tails[:, 0, None], tails[:, 1, None]
        first, next_ = heads[None, :, 0], heads[None, :, 1]
        pair, behind = self.two(last, first), self.two(first, next_)
        return (
            np.log(pair / self.one(first)),
            np.log(self.three(second, last, first, pair) / pair),
            np.log(self.three(last, first, next_, behind) / behind),
        )


def seen(keys: Keys, wanted: Keys, *values: Numbers) -> tuple[Numbers, ...]:
    """Return the values of wanted keys, sought in ordered ones; 0 for those that are not there."""
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = keys[places] == wanted
    return tuple(np.where(hit, value[places], 0.0) for value in values)


@lru_cache(maxsize=1)
def counts() -> Counts:
    """Return the counts as shipped."""
    with np.load(packed("lexicon") / FILE, allow_pickle=False) as data:
        pairs = np.cumsum(data["pairs"].astype(np.int64))
        after = np.zeros(1 << BITS)
        np.add.at(after, pairs >> BITS, data["pair_counts"].astype(np.float64))
        kinds = np.bincount(pairs >> BITS, minlength=1 << BITS).astype(np.float64)
        codes = np.zeros(_CODES, dtype=np.int16)
        codes[data["characters"]] = np.arange(1, len(data["characters"]) + 1)
        single = np.zeros(1 << BITS)
        single[1 : len(data["single"]) + 1] = data["single"]
        return Counts(
            numbers={chr(code): n for n, code in enumerate(data["characters"].tolist(), 1)},
            codes=codes,
            single=single,
            after=after,
            kinds=kinds,
            pairs=pairs,
            pair_counts=data["pair_counts"].astype(np.float64),
            pair_kinds=data["pair_kinds"].astype(np.float64),
            triples=np.cumsum(data["triples"].astype(np.int64)),
            triple_counts=data["triple_counts"].astype(np.float64),
            weights=data["weights"].astype(np.float64),
            shapes=data["shapes"].astype(np.float64),
        )


def features(texts: Sequence[str], model: Counts) -> Numbers:
    """Return the evidence for each pair of lines: a matrix for each kind of it."""
    known = [[model.numbers.get(char, 0) for char in plain(text)] or [0] for text in texts]
    tails = np.array([[0, *line][-2:] for line in known], dtype=np.int64)
    heads = np.array([[*line, 0][:2] for line in known], dtype=np.int64)
    cut, repeated = Joints(texts).matrices(texts)
    return np.stack([*model.evidence(tails, heads), cut, repeated])


def shapes(widths: Sequence[float], closed: Sequence[bool], width: float) -> NDArray[np.int64]:
    """Return for each pair of lines which of twelve cases they are: open, short; full, indented or short."""
    missing = width - np.array(widths)
    above = 2 * np.array(closed, dtype=np.int64) + (missing >= _SHORT)
    below = np.where(missing < _INDENT[0], 0, np.where(missing <= _INDENT[1], 1, 2))
    result: NDArray[np.int64] = 3 * above[:, None] + below[None, :]
    return result


def odds(texts: Sequence[str], widths: Sequence[float], closed: Sequence[bool], width: float) -> Numbers:
    """Return for each pair of lines how much likelier than chance the second reads on from the first.

    In natural logarithms; the row is the first line, the column the second.
    """
    model = counts()
    told: Numbers = np.tensordot(model.weights, features(texts, model), axes=1)
    result: Numbers = told + model.shapes[shapes(widths, closed, width)]
    return result
