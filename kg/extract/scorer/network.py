"""The model that scores pairs, run by numpy: two convolutions over the masked text, two layers per sighting.

Its file is one `.npz`: weights as 16-bit floats, and `about`, a JSON text with the names of predicates,
shapes and slots, the characters it knows, and for each predicate the two numbers that make its scores
probabilities and the probability from which a fact stands.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import ConfigError
from kg.extract.scorer.pairs import SAID_BLOCKS, Pairs
from kg.extract.scorer.scene import STATUS, Floats, Ints, Scene
from kg.extract.scorer.schema import Schema
from kg.ontology import Ontology

LONGEST = 128
"""So many tokens of a clause, a sentence or what lies between are looked at."""
UNKNOWN = 1

FARTHEST = 30.0
"""Logarithms of odds beyond this say no more than this."""
FORMAT = 1
_TURN = (1, 0, 3, 2, 5, 4, 7, 6)
"""The blocks of what frames said, seen from a pair's other end."""


@dataclass(frozen=True, slots=True)
class Model:
    """A trained scorer.

    Attributes:
        predicates, shapes, slots: the names it was trained with.
        codes: the tokens it knows, sorted; the n-th has row n + 2 of the embedding.
        slope, offset: of each predicate, what makes its scores probabilities.
        threshold: of each predicate, the probability from which a fact stands.
        weights: matrices by name, 32-bit.
    """

    predicates: tuple[str, ...]
    shapes: tuple[str, ...]
    slots: tuple[str, ...]
    codes: Ints
    slope: Floats
    offset: Floats
    threshold: Floats
    weights: Mapping[str, Floats]

    def schema(self, ontology: Ontology) -> Schema:
        """Return what the model knows of an ontology."""
        return Schema.of(ontology, self.predicates, self.shapes, self.slots)

    def ids(self, tokens: Ints) -> Ints:
        """Return the rows of the embedding of tokens."""
        at = np.minimum(np.searchsorted(self.codes, tokens), len(self.codes) - 1)
        return np.where(self.codes[at] == tokens, at + 2, UNKNOWN)

    def probabilities(self, scores: Floats) -> Floats:
        """Return how likely facts of given scores (…, predicates) are."""
        odds = np.clip(scores * self.slope + self.offset, -FARTHEST, FARTHEST)
        sure: Floats = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return sure


@lru_cache(maxsize=4)
def load(path: Path) -> Model:
    """Read a model.

    Raises:
        ConfigError: the file is no model of this version.
    """
    try:
        with np.load(path, allow_pickle=False) as data:
            weights = {name: data[name].astype(np.float32) for name in data.files if name != "about"}
            about = json.loads(str(data["about"]))
        if about["format"] != FORMAT:
            raise ValueError(f"format {about['format']}")
        weights["embedding"][0] = 0
        weights["windows"] = weights["embedding"] @ weights["first"]
        return Model(
            tuple(about["predicates"]),
            tuple(about["shapes"]),
            tuple(about["slots"]),
            np.array(about["codes"], dtype=np.int64),
            np.array(about["slope"], dtype=np.float32),
            np.array(about["offset"], dtype=np.float32),
            np.array(about["threshold"], dtype=np.float32),
            weights,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            str(path), f"no model of the scorer ({error})", remedy="train it anew, see training/README.md"
        ) from error


def score(model: Model, scene: Scene, found: Pairs) -> tuple[Floats, Floats]:
    """Return scores of the pairs of an article, and how likely what holds is planned or former.

    Shapes: (pairs, 2, predicates), forward and backward, as logits; (pairs, 3): asserted, planned, former.
    """
    w = model.weights
    states = _states(w, model.ids(scene.tokens))
    ladder = _ladder(states)
    here = states[scene.spans[:, 0]]
    clause, sentence = _highest(ladder, scene.clauses), _highest(ladder, scene.sentences)
    mentions = np.concatenate([here, clause, sentence, found.mentions], axis=1)
    whole = np.zeros((len(scene.ends), states.shape[1]), dtype=np.float32)
    np.maximum.at(whole, scene.of, here)
    ends = (whole @ w["ends"])[scene.of]
    headline = _highest(ladder, np.array([[0, scene.headline]])) @ w["headline"]
    between = _highest(ladder, found.between)
    total = np.concatenate([np.zeros((1, states.shape[1]), np.float32), np.cumsum(states, axis=0)])
    length = np.maximum(found.between[:, 1] - found.between[:, 0], 1)
    mean = (total[found.between[:, 1]] - total[found.between[:, 0]]) / np.sqrt(length, dtype=np.float32)[
        :, None
    ]
    columns = np.concatenate([between, mean, found.sightings], axis=1)
    said, how = _seen(found)
    spoken = np.flatnonzero(said.any(axis=1) | how.any(axis=1))
    width = columns.shape[1]
    first = columns @ w["columns"][:width]
    first += (mentions @ w["left"] + (w["left_bias"] + headline) + ends)[found.left]
    first += (mentions @ w["right"] + ends)[found.right]
    first[spoken] += np.concatenate([said[spoken], how[spoken]], axis=1) @ w["columns"][width:]
    np.maximum(first, 0, out=first)
    second = np.maximum(first @ w["deep"] + w["deep_bias"], 0) + first
    out = second @ w["out"] + w["out_bias"]
    out[spoken] += said[spoken] @ w["direct"]
    half = out.shape[1] // 2
    out = np.where(found.turned[:, None], np.concatenate([out[:, half:], out[:, :half]], axis=1), out)
    starts = np.flatnonzero(np.r_[True, found.pair[1:] != found.pair[:-1]])
    scores = np.maximum.reduceat(out, starts)
    status = np.zeros((len(found.first), 3), dtype=np.float32)
    status[:, 1:] = np.add.reduceat(second @ w["status"] + w["status_bias"], starts)
    status /= np.bincount(found.pair)[:, None]
    status = np.exp(status - status.max(axis=1, keepdims=True))
    return scores.reshape(-1, 2, half), status / status.sum(axis=1, keepdims=True)


def _states(w: Mapping[str, Floats], ids: Ints) -> Floats:
    """Return the states of tokens, (tokens, channels)."""
    windows = w["windows"]
    reach = len(windows) // 2
    padded = np.pad(ids, reach)
    first = sum(table[padded[i : i + len(ids)]] for i, table in enumerate(windows))
    first = np.maximum(first + w["first_bias"], 0)
    states: Floats = first + np.maximum(_convolved(first, w["second"], 2) + w["second_bias"], 0)
    return states


def _convolved(rows: Floats, kernel: Floats, step: int) -> Floats:
    """Return rows (length, channels) convolved with a kernel (width, channels, out), `step` apart."""
    width = len(kernel)
    reach = step * (width // 2)
    padded = np.pad(rows, ((reach, reach), (0, 0)))
    wide = np.concatenate([padded[i * step : i * step + len(rows)] for i in range(width)], axis=1)
    return np.asarray(wide @ kernel.reshape(-1, kernel.shape[2]), dtype=np.float32)


def _ladder(states: Floats) -> Sequence[Floats]:
    """Return the maxima of all stretches of 1, 2, 4, … tokens by their start."""
    rungs, width = [states], 1
    while 2 * width <= LONGEST:
        below = rungs[-1]
        rungs.append(np.concatenate([np.maximum(below[:-width], below[width:]), below[-width:]]))
        width *= 2
    return rungs


def _highest(ladder: Sequence[Floats], spans: Ints) -> Floats:
    """Return the maxima of stretches of tokens, zeros for an empty one."""
    start, stop = spans[:, 0], np.minimum(spans[:, 1], spans[:, 0] + LONGEST)
    length = stop - start
    rung = np.floor(np.log2(np.maximum(length, 1) + 1e-4)).astype(np.int64)
    stack = np.stack(ladder)
    out = np.maximum(
        stack[rung, np.minimum(start, stack.shape[1] - 1)], stack[rung, np.maximum(stop - 2**rung, 0)]
    )
    return np.where((length > 0)[:, None], out, np.float32(0))


def _seen(found: Pairs) -> tuple[Floats, Floats]:
    """Return what frames said of each sighting's pair, from the end that stands first."""
    turned = found.turned[:, None]
    said: NDArray[np.float32] = found.said.reshape(len(found.said), SAID_BLOCKS, -1)
    other = said[:, _TURN].reshape(found.said.shape)
    width = (found.how.shape[1] - len(STATUS)) // 2
    how = found.how
    swapped = np.concatenate([how[:, width : 2 * width], how[:, :width], how[:, 2 * width :]], axis=1)
    return (
        np.where(turned, other[found.pair], found.said[found.pair]),
        np.where(turned, swapped[found.pair], how[found.pair]),
    )
