"""Which articles are prints of one story: reprints, and the same article in two editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence

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
_TOGETHER = 2_000
"""Hashes that are put in all orders at a time: they stay near the processor."""
Hashes = npt.NDArray[np.uint64]
_ORDERS: Hashes = np.array(
    [[order * 0x5851F42D4C957F2D % 2**64] for order in range(BANDS * ROWS)], dtype=np.uint64
)
Pair = tuple[str, str]


def find_reprints(
    articles: Iterable[Article], compared: MutableMapping[Pair, bool] | None = None
) -> Mapping[str, str]:
    """Return, for every article that is printed more than once, the smallest id of its prints.

    The outcome depends on the set of articles alone. Memory: the least hashes of each article, and the
    shingles of those that are compared.

    Args:
        compared: is told which articles were compared, and whether they are alike.
    """
    texts = {article.id: plain(article.body.of(article.text)) for article in articles}
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for id_ in sorted(texts):
        if len(texts[id_]) >= SHORTEST:
            for band, least in enumerate(_least(_shingles(texts[id_]))):
                buckets[band, least].append(id_)
    pairs = [(first, id_) for first, *others in buckets.values() for id_ in others]
    known = {} if compared is None else compared
    return join_prints(pairs, lambda a, b: alike(_shingles(texts[a]), _shingles(texts[b])), known)


def join_prints(
    pairs: Sequence[Pair], compare: Callable[[str, str], bool], compared: MutableMapping[Pair, bool]
) -> Mapping[str, str]:
    """Return, for every article that is printed more than once, the smallest id of its prints.

    Args:
        pairs: of each band that articles share the first by id, with each of the others.
        compare: says whether two articles are alike; it is not asked about those that are prints of one
            story anyway.
        compared: what is known of pairs already; what is found out is added.
    """
    parent: dict[str, str] = {}

    def root(id_: str) -> str:
        while parent.get(id_, id_) != id_:
            id_ = parent[id_]
        return id_

    def join(pair: Pair) -> None:
        low, high = sorted(map(root, pair))
        if low != high:
            parent[high] = low

    for pair in pairs:
        if compared.get(pair, False):
            join(pair)
    for pair in pairs:
        if pair not in compared and root(pair[0]) != root(pair[1]):
            compared[pair] = compare(*pair)
            if compared[pair]:
                join(pair)
    found = {id_: root(id_) for id_ in parent}
    return {**{first: first for first in found.values()}, **found}


def shingles(article: Article) -> Hashes:
    """Return what two articles must have in common to be alike."""
    return _shingles(plain(article.body.of(article.text)))


def bands(article: Article) -> frozenset[str]:
    """Return what an article must share with another one, over a chain of others if need be, to be a print of
    its story: `find_reprints` of a set that is closed under these gives what it gives for the whole."""
    text = plain(article.body.of(article.text))
    if len(text) < SHORTEST:
        return frozenset()
    return frozenset(f"{band}|{least.hex()}" for band, least in enumerate(_least(_shingles(text))))


def _shingles(text: str) -> Hashes:
    """Return a hash of every stretch of `SHINGLE` characters, each once, sorted."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    hashes = np.zeros(len(codes) - SHINGLE + 1, dtype=np.uint64)
    for at in range(SHINGLE):
        hashes = _mix(hashes + codes[at : at + len(hashes)])
    return np.unique(hashes)


def _mix(values: Hashes) -> Hashes:
    """Scramble 64-bit numbers (the finalizer of SplitMix64), so that they order at random."""
    values = values + np.uint64(_ODD)
    values ^= values >> np.uint64(30)
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    values *= np.uint64(0x94D049BB133111EB)
    values ^= values >> np.uint64(31)
    return values


def _least(hashes: Hashes) -> list[bytes]:
    """Return the bands of the least hashes under as many orders."""
    parts = (hashes[at : at + _TOGETHER] ^ _ORDERS for at in range(0, len(hashes), _TOGETHER))
    least = np.min([_mix(part).min(axis=1) for part in parts], axis=0)
    return [least[band * ROWS : (band + 1) * ROWS].tobytes() for band in range(BANDS)]


def alike(one: Hashes, other: Hashes) -> bool:
    """Say whether articles of these shingles are prints of one story."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common >= ALIKE * (len(one) + len(other) - common)
