"""What a headline and a body have in common: pairs of characters, rare ones counting more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log
from operator import add

from kg.layout.genre import flat

_WORDS = re.compile(r"[^\W_]+")  # 全市32所学校


def overlaps(heads: Sequence[str], bodies: Sequence[str]) -> list[list[float]]:
    """Return for each headline and body the share of the headline that the body repeats, from 0 to 1.

    A pair of characters counts by how few bodies of the page hold it.
    """
    grams = [_pairs(body) for body in bodies]
    asked = [sorted(_pairs(head)) for head in heads]
    every = frozenset(pair for pairs in asked for pair in pairs)
    spread = Counter(pair for gram in grams for pair in every & gram)
    worth = {pair: log(1 + (len(bodies) + 1) / (1 + spread[pair])) for pair in every}
    result: list[list[float]] = []
    for pairs in asked:
        total = sum(map(worth.__getitem__, pairs)) or 1.0
        result.append([sum([worth[pair] for pair in pairs if pair in gram]) / total for gram in grams])
    return result


@lru_cache(maxsize=128)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(pair for run in _WORDS.findall(flat(text)) for pair in map(add, run, run[1:]))
