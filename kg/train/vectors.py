"""Vectors of words that come with the finder: what is known of words beyond the corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.train.stored import constants


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Words with what they are like.

    Attributes:
        words: the words; row 0 of the table is no word's.
        table: (1 + words, numbers) in whole numbers from -127 to 127.
        scale: (numbers,) what one of them is worth.
    """

    words: tuple[str, ...]
    table: NDArray[np.int8]
    scale: NDArray[np.float32]

    def values(self) -> NDArray[np.float32]:
        """Return the table as numbers that the network reads."""
        return self.table.astype(np.float32) * self.scale


def read_vectors(models: Path) -> Vectors:
    """Return the vectors of a folder of model files.

    Raises:
        ConfigError: its finder is none that kg wrote.
    """
    card = json.loads((models / "finder.json").read_text("utf-8"))
    stored = constants(models / "finder.onnx")
    return Vectors(tuple(card["words"].split("\n")), stored["table"], stored["scale"])
