"""What is left to people, gathered while clusters grow and settled when they have grown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp

from kg.model import LocalKey
from kg.model.doubt import Doubt
from kg.resolve.forest import Forest

LEAST = 0.1
"""Less likely pairs are not shown."""


class Doubtful:
    """Pairs of clusters that may be one, each with the most that speaks for it."""

    def __init__(self) -> None:
        self._noted: dict[tuple[LocalKey, LocalKey], tuple[float, tuple[str, ...]]] = {}

    def note(self, a: LocalKey, b: LocalKey, weight: float, reasons: Iterable[str]) -> None:
        """Keep a pair with how much speaks for it; nothing is settled yet."""
        pair = (a, b) if a < b else (b, a)
        found = (weight, tuple(sorted(reasons)))
        if a != b and found > self._noted.get(pair, (float("-inf"), ())):
            self._noted[pair] = found

    def settle(self, forest: Forest, iris: Mapping[LocalKey, str]) -> tuple[Doubt, ...]:
        """Return the doubts about clusters that are still two and may be joined, likeliest first."""
        best: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}
        for (a, b), found in self._noted.items():
            if forest.root(a) == forest.root(b) or forest.forbidden(a, b):
                continue
            low, high = sorted((iris[a], iris[b]))
            best[low, high] = max(found, best.get((low, high), found))
        doubts = [
            Doubt(*pair, round(1 / (1 + exp(-weight)), 2), reasons)
            for pair, (weight, reasons) in best.items()
        ]
        return tuple(sorted((d for d in doubts if d.score >= LEAST), key=lambda d: (-d.score, d.a, d.b)))
