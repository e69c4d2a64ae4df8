"""Headlines given out to bodies: the best of all ways to cut a page's headlines and to give each one a body.

A way is followed from the first fragment of a headline to the last by which bodies have one already. On
pages with few bodies every set of them is followed; on others the best ones are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_FEW = 10  # bodies of which every set is followed
_KEPT = 256  # ways that are followed at a time where there are more


@dataclass(frozen=True, slots=True)
class Offers:
    """What headlines are worth, by their first fragment and the number of further ones.

    Attributes:
        first: what each is worth as the first headline of each body; -inf where no headline can be.
        rest: what each is worth otherwise.
        again: and to which body it is given then: its number from 1 on, or 0 for none.
    """

    first: Numbers
    rest: Numbers
    again: Indices


Given = tuple[int, int, int]
"""The first fragment of a headline, the one behind its last, the body from 1 on or 0 for none."""


def given_out(offers: Offers) -> tuple[float, tuple[Given, ...]]:
    """Return what the best way is worth, and its headlines, the last first; of equal ways the first one."""
    few = offers.first.shape[2] <= _FEW
    total, given = _all_sets(offers) if few else _best_sets(offers)
    return total, tuple(given)


def worths_of(many: Sequence[Offers]) -> list[float]:
    """Return what the best way is worth of each of some offers alike in numbers."""
    heads, sizes, count = many[0].first.shape
    if count > _FEW:
        return [given_out(offers)[0] for offers in many]
    before = _without(count)
    rest, first = np.array([offers.rest for offers in many]), np.array([offers.first for offers in many])
    values = np.concatenate([rest[..., None], first[..., ::-1]], axis=3)[..., None]
    worths = np.full((len(many), heads + 1, (1 << count) + 1), -np.inf)
    worths[:, 0, 0] = 0.0
    ways = np.empty((len(many), heads, count + 1, 1 << count))
    for end in range(1, heads + 1):
        ways[:, end - 1] = worths[:, end - 1][:, before]
        starts = np.arange(max(0, end - sizes), end)
        found = ways[:, starts] + values[:, starts, end - 1 - starts]
        worths[:, end, :-1] = found.max(axis=(1, 2))
    best: list[float] = worths[:, heads, :-1].max(axis=1).tolist()
    return best


@lru_cache(maxsize=_FEW + 1)
def _without(count: int) -> Indices:
    """Return for each set of bodies the set itself, then the sets that lack one of it, the last body first.

    Where the body is not in the set, the number is that of no set.
    """
    sets = np.arange(1 << count, dtype=np.int64)
    bits = np.left_shift(np.int64(1), np.arange(count - 1, -1, -1, dtype=np.int64))[:, None]
    return np.vstack([sets[None, :], np.where(sets & bits, sets ^ bits, 1 << count)])


def _all_sets(offers: Offers) -> tuple[float, Iterator[Given]]:
    heads, sizes, count = offers.first.shape
    before = _without(count)
    values = np.concatenate([offers.rest[:, :, None], offers.first[:, :, ::-1]], axis=2)[:, :, :, None]
    worths = np.full((heads + 1, (1 << count) + 1), -np.inf)
    worths[0, 0] = 0.0
    ways = np.empty((heads, count + 1, 1 << count))
    picked: list[Indices] = []
    for end in range(1, heads + 1):
        ways[end - 1] = worths[end - 1][before]
        low = max(0, end - sizes)
        starts = np.arange(low, end)
        found = (ways[low:end] + values[starts, end - 1 - starts]).reshape(-1, 1 << count)
        picked.append(found.argmax(axis=0))
        worths[end, :-1] = found.max(axis=0)
    best = int(worths[heads, :-1].argmax())

    def told() -> Iterator[Given]:
        end, bodies = heads, best
        while end:
            start, way = divmod(int(picked[end - 1][bodies]), count + 1)
            start += max(0, end - sizes)
            yield start, end, count + 1 - way if way else int(offers.again[start, end - 1 - start])
            bodies, end = int(before[way, bodies]), start

    return float(worths[heads, best]), told()


def _best_sets(offers: Offers) -> tuple[float, Iterator[Given]]:
    heads, sizes, count = offers.first.shape
    bits = np.left_shift(np.int64(1), np.arange(count, dtype=np.int64))
    # of each number of fragments given out: bodies that have one, worth, and where that comes from as one
    # number: fragments given out before, which of the ways kept, body (0 for none)
    waiting: list[list[tuple[Indices, Numbers, Indices]]] = [[] for _ in range(heads + 1)]
    waiting[0].append((np.zeros(1, np.int64), np.zeros(1), np.zeros(1, np.int64)))
    kept: list[tuple[Numbers, Indices]] = []
    for n, parts in enumerate(waiting):
        masks, worths, back = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.lexsort((-worths, masks))
        ordered = masks[order]
        single = order[np.append(True, ordered[1:] != ordered[:-1])]
        if len(single) > _KEPT:
            single = single[np.argsort(-worths[single], kind="stable")[:_KEPT]]
        masks, worths, back = masks[single], worths[single], back[single]
        kept.append((worths, back))
        if n == heads:
            break
        source = (n * _KEPT + np.arange(len(masks))) * (count + 1)
        free, body = np.nonzero((masks[:, None] & bits) == 0)
        given, before, came = masks[free] | bits[body], worths[free], source[free] + body + 1
        for size in range(sizes):
            if offers.rest[n, size] > -np.inf:
                end = n + size + 1
                waiting[end].append((masks, worths + offers.rest[n, size], source + offers.again[n, size]))
                waiting[end].append((given, before + offers.first[n, size][body], came))
    state = int(kept[-1][0].argmax())

    def told() -> Iterator[Given]:
        end, way = heads, state
        while end:
            source, body = divmod(int(kept[end][1][way]), count + 1)
            start, way = divmod(source, _KEPT)
            yield start, end, body
            end = start

    return float(kept[-1][0][state]), told()
