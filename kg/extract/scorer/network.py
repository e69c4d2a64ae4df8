"""The model that scores pairs: convolutions over the masked text, two layers for every sighting.

Its file is one `.npz`: `network`, the ONNX graph, run on one thread, and `about`, a JSON text with the names
of predicates, shapes and slots, the characters it knows, for each predicate the numbers that make its scores
probabilities, and from which probability a fact stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kg.errors import ConfigError
from kg.extract.lexer import session
from kg.extract.scorer.batch import Batch, join
from kg.extract.scorer.pairs import Pairs
from kg.extract.scorer.scene import Floats, Ints, Scene
from kg.extract.scorer.schema import Schema
from kg.ontology import Ontology

UNKNOWN = 1

FARTHEST = 30.0
"""Logarithms of odds beyond this say no more than this."""
FORMAT = 2
MOST = 12_000
"""Tokens of articles that are scored in one call, but for a single longer one."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A trained scorer.

    Attributes:
        predicates, shapes, slots: the names it was trained with.
        codes: the tokens it knows, sorted; the n-th has row n + 2 of the embedding.
        slope, offset: of each predicate, what makes its scores probabilities.
        stated, unstated: the probabilities from which a fact stands that a frame states, and another.
        network: the session of its graph.
    """

    predicates: tuple[str, ...]
    shapes: tuple[str, ...]
    slots: tuple[str, ...]
    codes: Ints
    slope: Floats
    offset: Floats
    stated: float
    unstated: float
    network: Any

    def schema(self, ontology: Ontology) -> Schema:
        """Return what the model knows of an ontology."""
        return Schema.of(ontology, self.predicates, self.shapes, self.slots)

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
            about = json.loads(str(data["about"]))
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}")
            graph = data["network"].tobytes()
            if about["sha256"] != hashlib.sha256(graph).hexdigest():
                raise ValueError("damaged")
        return Model(
            tuple(about["predicates"]),
            tuple(about["shapes"]),
            tuple(about["slots"]),
            np.array(about["codes"], dtype=np.int64),
            np.array(about["slope"], dtype=np.float32),
            np.array(about["offset"], dtype=np.float32),
            float(about["stated"]),
            float(about["unstated"]),
            session(graph),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            str(path), f"no model of the scorer ({error})", remedy="train it anew, see training/README.md"
        ) from error


def rows(codes: Ints, tokens: Ints) -> Ints:
    """Return the rows of the embedding of tokens."""
    at = np.minimum(np.searchsorted(codes, tokens), len(codes) - 1)
    return np.where(codes[at] == tokens, at + 2, UNKNOWN)


def score(model: Model, given: Sequence[tuple[Scene, Pairs]]) -> list[tuple[Floats, Floats]]:
    """Return for each article scores of its pairs, and how likely what holds is planned or former.

    Shapes: (pairs, 2, predicates), forward and backward, as logits; (pairs, 3): asserted, planned, former.
    """
    out: list[tuple[Floats, Floats]] = []
    chosen: list[tuple[Scene, Pairs]] = []
    size = 0
    for seen, found in given:
        if chosen and size + len(seen.tokens) > MOST:
            out += _scored(model, chosen)
            chosen, size = [], 0
        chosen.append((seen, found))
        size += len(seen.tokens)
    return out + (_scored(model, chosen) if chosen else [])


def _scored(model: Model, given: Sequence[tuple[Scene, Pairs]]) -> list[tuple[Floats, Floats]]:
    batch = join([(rows(model.codes, seen.tokens), seen, found) for seen, found in given])
    every, status = combine(batch, *model.network.run(None, batch.inputs))
    stops = np.cumsum([len(found.first) for _, found in given])[:-1]
    return list(zip(np.split(every, stops), np.split(status, stops), strict=True))


def combine(batch: Batch, out: Floats, told: Floats) -> tuple[Floats, Floats]:
    """Return scores (pairs, 2, predicates) and chances of status (pairs, 3) from what sightings say."""
    half = out.shape[1] // 2
    turned = batch.turned[:, None]
    out = np.where(turned, np.concatenate([out[:, half:], out[:, :half]], axis=1), out)
    starts = np.flatnonzero(np.r_[True, batch.pair[1:] != batch.pair[:-1]])
    scores = np.maximum.reduceat(out, starts)
    status = np.zeros((len(starts), 3), dtype=np.float32)
    status[:, 1:] = np.add.reduceat(told, starts) / np.bincount(batch.pair)[:, None]
    status = np.exp(status - status.max(axis=1, keepdims=True))
    return scores.reshape(-1, 2, half), status / status.sum(axis=1, keepdims=True)
