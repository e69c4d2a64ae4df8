"""Which articles are prints of one story: reprints, and the same article in two editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from kg.model import Article
from kg.resolve.tables import plain

SHINGLE = 6
"""Characters of a shingle."""
SHORTEST = 60
"""Shorter articles are told in like words without being one story."""
BANDS, ROWS = 12, 3
"""Articles are compared when one of so many bands of so many least hashes is the same."""
ALIKE = 0.6
"""Articles are prints of one story when of the shingles of both so many are common."""
_ODD = 0x9E3779B97F4A7C15
_Hashes = npt.NDArray[np.uint64]


def find_reprints(articles: Iterable[Article]) -> Mapping[str, str]:
    """Return, for every article that is printed more than once, the smallest id of its prints.

    The outcome depends on the set of articles alone. Memory: the least hashes of each article, and the
    shingles of those that are compared.
    """
    texts = {article.id: plain(article.body.of(article.text)) for article in articles}
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for id_ in sorted(texts):
        if len(texts[id_]) >= SHORTEST:
            for band, least in enumerate(_least(_shingles(texts[id_]))):
                buckets[band, least].append(id_)
    parent: dict[str, str] = {}

    def root(id_: str) -> str:
        while parent.get(id_, id_) != id_:
            id_ = parent[id_]
        return id_

    for bucket in buckets.values():
        for id_ in bucket[1:]:
            low, high = sorted((root(bucket[0]), root(id_)))
            if low != high and _alike(texts[bucket[0]], texts[id_]):
                parent[high] = low
    found = {id_: root(id_) for id_ in parent}
    return {**{first: first for first in found.values()}, **found}


def bands(article: Article) -> frozenset[str]:
    """Return what an article must share with another one, over a chain of others if need be, to be a print of
    its story: `find_reprints` of a set that is closed under these gives what it gives for the whole."""
    text = plain(article.body.of(article.text))
    if len(text) < SHORTEST:
        return frozenset()
    return frozenset(f"{band}|{least.hex()}" for band, least in enumerate(_least(_shingles(text))))


def _shingles(text: str) -> _Hashes:
    """Return a hash of every stretch of `SHINGLE` characters, each once, sorted."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    hashes = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for at in range(SHINGLE):
        hashes = _mix(hashes + codes[at : at + len(hashes)])
    return np.unique(hashes)


def _mix(values: _Hashes) -> _Hashes:
    """Scramble 64-bit numbers (the finalizer of SplitMix64), so that they order at random."""
    values = (values + np.uint64(_ODD)).astype(np.uint64)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(values ^ (values >> np.uint64(31)), dtype=np.uint64)


def _least(hashes: _Hashes) -> list[bytes]:
    """Return the bands of the least hashes under as many orders."""
    least = [
        _mix(hashes ^ np.uint64(order * 0x5851F42D4C957F2D % 2**64)).min() for order in range(BANDS * ROWS)
    ]
    return [np.array(least[band * ROWS : (band + 1) * ROWS]).tobytes() for band in range(BANDS)]


def _alike(a: str, b: str) -> bool:
    one, other = _shingles(a), _shingles(b)
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= ALIKE * (len(one) + len(other) - common)
