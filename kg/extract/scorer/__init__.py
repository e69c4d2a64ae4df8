"""The claim scorer: a small learned model that decides which facts stand, and how surely.

Frames say what a text states; the model has seen which of it holds, and what holds that no frame states.
It knows classes, words between and around, and what the frames said, never a name.
"""

from __future__ import annotations

from pathlib import Path

from kg.config import model_files
from kg.extract.scorer.judge import judge
from kg.extract.scorer.network import Model, load

__all__ = ["Model", "judge", "load", "shared_scorer"]


def shared_scorer(folder: Path | None = None) -> Model | None:
    """Return the model of a folder in this process, by default and where it has none the shipped one.

    None where that was left out.

    Raises:
        ConfigError: the file is no model of this version.
    """
    *_, path = model_files(folder)
    return load(path) if path.exists() else None
