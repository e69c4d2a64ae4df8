"""What a headline and a body have in common: pairs of characters, rare ones counting more."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import NDArray

from kg.layout.genre import flat

Numbers = NDArray[np.float64]

_WORDS = re.compile(r"[^\W_]+")  # 全市32所学校


class Topics:
    """The pairs of characters in some headlines, to be found again in bodies."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        asked = [_pairs(head) for head in heads]
        self.pairs = sorted(frozenset().union(*asked))
        self.asked = np.array([[float(pair in pairs) for pair in self.pairs] for pairs in asked])
        self._held: dict[str, Numbers] = {}

    def held(self, text: str) -> Numbers:
        """Return for each pair 1.0 where a text has it, else 0.0."""
        found = self._held.get(text)
        if found is None:
            told = flat(text)
            found = self._held[text] = np.array([float(pair in told) for pair in self.pairs])
        return found

    def overlaps(self, held: Numbers) -> Numbers:
        """Return for each headline and body the share of the headline that the body repeats, from 0 to 1.

        `held` has pages, their bodies, and for each pair whether the body has it; the result pages,
        headlines, bodies. A pair of characters counts by how few bodies of the page hold it.
        """
        worth = np.log(1.0 + (held.shape[1] + 1) / (1.0 + held.sum(axis=1)))[:, None, :] * self.asked
        total = worth.sum(axis=2)[:, :, None]
        result: Numbers = worth @ held.transpose(0, 2, 1) / np.where(total > 0, total, 1.0)
        return result


@lru_cache(maxsize=4)
def topics(heads: tuple[str, ...]) -> Topics:
    """Return the pairs of some headlines; those of the last pages are kept."""
    return Topics(heads)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for run in _WORDS.findall(flat(text)) for pair in map(add, run, run[1:]))
