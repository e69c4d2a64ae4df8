"""What a headline and a body have in common: pairs of characters, rare ones counting more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

from kg.layout.genre import flat


def overlaps(heads: Sequence[str], bodies: Sequence[str]) -> list[list[float]]:
    """Return for each headline and body the share of the headline that the body repeats, from 0 to 1.

    A pair of characters counts by how few bodies of the page hold it.
    """
    grams = [_pairs(flat(body)) for body in bodies]
    spread = Counter(pair for gram in grams for pair in gram)
    result: list[list[float]] = []
    for head in heads:
        weights = {pair: log(1 + (len(bodies) + 1) / (1 + spread[pair])) for pair in _pairs(flat(head))}
        total = sum(weights.values()) or 1.0
        result.append([sum(w for pair, w in weights.items() if pair in gram) / total for gram in grams])
    return result


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i].isalnum() and text[i + 1].isalnum()}
