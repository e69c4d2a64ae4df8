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
_NOTHING = "\0"  # stands where a line has no character

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

    def evidence(self, tails: Keys, heads: Keys) -> tuple[Numbers, Numbers, Numbers]:
        """Return three logarithms of how much likelier heads become behind tails.

        Both have a row for each line: the numbers of its last two or first two characters. The results
        have a row for each tail and a column for each head: of the first character of the head behind the
        last one of the tail; the same when the last two are known; of the second one behind both.
        """
        (second, last), (first, following) = tails.T, heads.T
        often, kinds = self._met(last, first)
        rest = self.kinds[last][:, None] + 1.0
        pair = (often + rest * self.one(first)) / (self.after[last][:, None] + rest)
        before, kinds_before = seen(self.pairs, (second << BITS) | last, self.pair_counts, self.pair_kinds)
        inside, _ = seen(self.pairs, (first << BITS) | following, self.pair_counts, self.pair_kinds)
        rest = self.kinds[first] + 1.0
        behind = (inside + rest * self.one(following)) / (self.after[first] + rest)
        # what stands in three was counted in two
        above, below = np.nonzero(often)
        keys = (last[above] << BITS) | first[below]
        third, fourth = np.zeros(often.shape), np.zeros(often.shape)
        (third[above, below],) = seen(self.triples, second[above] << 2 * BITS | keys, self.triple_counts)
        (fourth[above, below],) = seen(self.triples, keys << BITS | following[below], self.triple_counts)
        rest = kinds_before[:, None] + _UNSEEN
        ahead = (third + rest * pair) / (before[:, None] + rest)
        rest = kinds + _UNSEEN
        return (
            np.log(pair / self.one(first)),
            np.log(ahead / pair),
            np.log((fourth + rest * behind) / (often + rest) / behind),
        )

    def _met(self, last: Keys, first: Keys) -> tuple[Numbers, Numbers]:
        """Return how often each first character stands behind each last one, and before how many others."""
        rows, columns = last.argsort(kind="stable"), first.argsort(kind="stable")
        # keys in order are found sooner
        keys = (last[rows][:, None] << BITS) | first[columns]
        found = seen(self.pairs, keys, self.pair_counts, self.pair_kinds)
        back = np.ix_(rows.argsort(), columns.argsort())
        often, kinds = (values[back] for values in found)
        return often, kinds


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
    bare = ["".join(text.split()) for text in texts]
    tails = model.numbered(plain("".join([text[-2:].rjust(2, _NOTHING) for text in bare])))
    heads = model.numbered(plain("".join([text[:2].ljust(2, _NOTHING) for text in bare])))
    cut, repeated = Joints(texts).matrices(texts)
    return np.stack([*model.evidence(tails.reshape(-1, 2), heads.reshape(-1, 2)), cut, repeated])


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
