"""Which predicates a model knows, and between which kinds of ends each may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract.claims.figures import fits
from kg.extract.scorer.scene import FIGURES, KINDS, NUMBER
from kg.ontology import Ontology

Mask = NDArray[np.bool_]
_TITLE = "title"


@dataclass(frozen=True, slots=True)
class Schema:
    """What a model knows, as an ontology declares it.

    Attributes:
        predicates, shapes, slots: names, in the order of the model's columns.
        allowed: between which kinds of ends each predicate may hold, (kinds, kinds, predicates).
        symmetric: which predicates say the same turned round.
        read: which predicates need what only a frame can read off the text: the title of a post.
    """

    predicates: tuple[str, ...]
    shapes: tuple[str, ...]
    slots: tuple[str, ...]
    allowed: Mask
    symmetric: Mask
    read: Mask

    @property
    def width(self) -> int:
        """How many columns say by which frames one direction of a pair was read."""
        return len(self.shapes) + 2 * len(self.slots)

    @staticmethod
    def of(
        ontology: Ontology, predicates: Sequence[str], shapes: Sequence[str], slots: Sequence[str]
    ) -> Schema:
        """Read domains and ranges off an ontology; a predicate that it lacks holds between nothing."""
        allowed = np.zeros((len(KINDS), len(KINDS), len(predicates)), dtype=bool)
        symmetric = np.zeros(len(predicates), dtype=bool)
        for number, name in enumerate(predicates):
            declared = ontology.predicates.get(name)
            if declared is None:
                continue
            ranged = [k for k in declared.range if k in NUMBER]
            if declared.literal:
                ranged = [kind for kind in FIGURES if fits(kind, declared.literal)]
            for subject in declared.domain & NUMBER.keys():
                for target in ranged:
                    allowed[NUMBER[subject], NUMBER[target], number] = True
            symmetric[number] = declared.symmetric
        read = np.array(
            [
                any(_TITLE in f["read"].split() for f in ontology.frames if f["predicate"] == name)
                for name in predicates
            ]
        )
        return Schema(tuple(predicates), tuple(shapes), tuple(slots), allowed, symmetric, read)
