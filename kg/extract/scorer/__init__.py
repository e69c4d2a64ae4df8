"""The claim scorer: a small learned model that decides which facts stand, and how surely.

Frames say what a text states; the model has seen which of it holds, and what holds that no frame states.
It knows classes, words between and around, and what the frames said, never a name.
"""

from __future__ import annotations

from kg.config import packed
from kg.extract.scorer.judge import judge
from kg.extract.scorer.network import Model, load

__all__ = ["Model", "judge", "load", "shipped"]


def shipped() -> Model | None:
    """Return the model that comes with the project; None where it was left out.

    Raises:
        ConfigError: the file is no model of this version.
    """
    path = packed("models") / "scorer.npz"
    return load(path) if path.exists() else None
