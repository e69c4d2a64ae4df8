"""Articles as one input of the network: end to end, with empty tokens between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.scorer.pairs import SAID_BLOCKS, Pairs
from kg.extract.scorer.scene import STATUS, Ints, Scene
from kg.extract.scorer.schema import Mask

GAP = 16
"""Empty tokens between two articles, so that no layer sees from one into the other."""
LONGEST = 128
"""So many tokens of a clause, a sentence or what lies between are looked at."""
INPUTS = (
    "tokens",
    "starts",
    "stops",
    "here",
    "of",
    "others",
    "mentions",
    "left",
    "right",
    "between",
    "article",
    "sightings",
    "told",
    "which",
)
NAMED = 8
"""So many mentions of an end are looked at together, from the first."""
_TURN = (1, 0, 3, 2, 5, 4, 7, 6)
"""The blocks of what frames said, seen from a pair's other end."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles.

    Attributes:
        inputs: what the network takes, by name (`INPUTS`).
        pair: the pair that each sighting sees; `turned` when its second end stands first.
    """

    inputs: Mapping[str, NDArray[np.generic]]
    pair: Ints
    turned: Mask


def join(given: Sequence[tuple[Ints, Scene, Pairs]]) -> Batch:
    """Return articles, each with the rows of its tokens, as one batch.

    `starts` and `stops` are stretches of tokens: the clauses of all mentions, then their sentences,
    the headlines, and what lies between the mentions of each sighting; see `stretches`. `others` are the
    first mentions of each end. `told` has a row for
    each pair of which the frames said anything, after one of zeros; `which` is the row of each sighting.
    """
    parts: dict[str, list[NDArray[np.generic]]] = {}
    tokens = mentions = ends = pairs = told = 0
    empty = np.zeros(GAP, np.int64)
    for number, (ids, seen, found) in enumerate(given):
        rows, which = _told(found)
        row = {
            "tokens": ids,
            "gap": empty,
            "clauses": seen.clauses + tokens,
            "sentences": seen.sentences + tokens,
            "headline": np.array([[tokens, tokens + seen.headline]]),
            "here": seen.spans[:, 0] + tokens,
            "of": seen.of + ends,
            "others": _mentions(seen) + mentions,
            "mentions": found.mentions,
            "left": found.left + mentions,
            "right": found.right + mentions,
            "between": found.between + tokens,
            "article": np.full(len(found.left), number),
            "sightings": found.sightings,
            "told": rows,
            "which": np.where(which > 0, which + told, 0),
            "pair": found.pair + pairs,
            "turned": found.turned,
        }
        for name, value in row.items():
            parts.setdefault("tokens" if name == "gap" else name, []).append(value)
        tokens += len(ids) + GAP
        mentions, ends = mentions + len(seen.of), ends + len(seen.ends)
        pairs, told = pairs + len(found.first), told + len(rows)
    every = {name: np.concatenate(value) for name, value in parts.items()}
    spans = [every.pop(name) for name in ("clauses", "sentences", "headline", "between")]
    starts, stops = stretches(np.concatenate(spans), tokens)
    every["told"] = np.concatenate([np.zeros((1, every["told"].shape[1]), np.float32), every["told"]])
    every |= {"starts": starts, "stops": stops, "between": spans[3]}
    pair, turned = every.pop("pair"), every.pop("turned")
    return Batch({name: every[name] for name in INPUTS}, pair, turned)


def stretches(spans: Ints, count: int) -> tuple[Ints, Ints]:
    """Return where to read the maxima of stretches of tokens off those of all of length 1, then 2, 4, ….

    The maximum of a stretch is the higher of two that cover it, of the longest such length; of an empty one
    both are the last of all `count` tokens, which is an empty one.
    """
    start, stop = spans[:, 0], np.minimum(spans[:, 1], spans[:, 0] + LONGEST)
    nothing = stop <= start
    length = np.where(nothing, 1, stop - start)
    rung = np.floor(np.log2(length + 1e-4)).astype(np.int64)
    rows = np.maximum(count + 1 - 2 ** np.arange(rung.max() + 1), 0)
    before = np.cumsum(rows) - rows
    return (
        before[rung] + np.where(nothing, count - 1, start),
        before[rung] + np.where(nothing, count - 1, stop - 2**rung),
    )


def _mentions(seen: Scene) -> Ints:
    """Return the first mentions of each end, (ends, `NAMED`), the first again where there are fewer."""
    order = np.argsort(seen.of, kind="stable")
    starts = np.searchsorted(seen.of[order], np.arange(len(seen.ends) + 1))
    at = starts[:-1, None] + np.arange(NAMED)
    return order[np.where(at < starts[1:, None], at, starts[:-1, None])]


def _told(found: Pairs) -> tuple[NDArray[np.float32], Ints]:
    """Return what frames said, from the end that stands first, and the row of each sighting, from 1, or 0."""
    spoken = np.asarray(found.how.any(axis=1) | found.said.any(axis=1))
    seen = np.flatnonzero(spoken[found.pair])
    kinds, kind = np.unique(found.pair[seen] * 2 + found.turned[seen], return_inverse=True)
    pair, turned = kinds // 2, kinds % 2 == 1
    said, how = found.said[pair], found.how[pair]
    blocks = said[turned].reshape(turned.sum(), SAID_BLOCKS, said.shape[1] // SAID_BLOCKS)
    said[turned] = blocks[:, _TURN].reshape(turned.sum(), said.shape[1])
    width = (how.shape[1] - len(STATUS)) // 2
    how[turned, : 2 * width] = np.roll(how[turned, : 2 * width], width, axis=1)
    which = np.zeros(len(found.pair), dtype=np.int64)
    which[seen] = kind + 1
    return np.concatenate([said, how], axis=1), which
