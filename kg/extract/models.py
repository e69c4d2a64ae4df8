"""A folder of learned models: what must lie in it, and whether this version can run it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from kg.config import FINDER_FILES
from kg.errors import ConfigError
from kg.extract.mentions.features import CHOSEN
from kg.extract.scorer import shared_scorer
from kg.lexicon import Lexicon
from kg.ontology import Ontology

CARD = FINDER_FILES[-1]
KNOWN = "known"
"""The finder under which names are told that stand elsewhere on the page."""
_REMEDY = "give a folder that kg train wrote"
_TOLD: dict[str, type] = {
    "characters": str,
    "folded": dict,
    "lexer_tags": list,
    "lexer_moves": list,
    "tags": list,
    "votes": list,
    "words": str,
    "moves": list,
    "sha256": dict,
}
"""What the card says, and how."""


def check_models(folder: Path, lexicon: Lexicon, ontology: Ontology) -> None:
    """Make sure that extraction can run the models of a folder.

    Raises:
        ConfigError: it is no such folder, a file of it is missing or not the one that its card speaks of, or
            it was made by a version that knew other finders or classes.
    """
    if not folder.is_dir():
        raise ConfigError(str(folder), "no such folder of models", remedy=_REMEDY)
    missing = [name for name in FINDER_FILES if not (folder / name).is_file()]
    if missing:
        raise ConfigError(str(folder), f"no model: {' and '.join(missing)} missing", remedy=_REMEDY)
    card = _card(folder / CARD)
    for name in FINDER_FILES[:-1]:
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if card["sha256"].get(name) != found:
            raise ConfigError(str(folder / name), f"not the file that {CARD} speaks of", remedy=_REMEDY)
    finders = {row["finder"] for row in lexicon.table("finders").rows} | {KNOWN, CHOSEN}
    _known(folder, "finder", {finder for finder, _ in card["votes"]}, finders)
    _known(folder, "mark", {tag[:2] for tag in card["tags"]}, {"O", "B-", "I-"})
    kinds = {kind for _, kind in card["votes"]} | {tag[2:] for tag in card["tags"] if tag != "O"}
    _known(folder, "class", kinds, ontology.classes)
    shared_scorer(folder)


def _card(path: Path) -> dict[str, Any]:
    """Read the card of a finder as far as its shape can be trusted."""
    try:
        card = json.loads(path.read_text("utf-8"))
        for name, kind in _TOLD.items():
            if not isinstance(card[name], kind):
                raise TypeError(f"{name} is no {kind.__name__}")
        for name, count in (("moves", len(card["tags"])), ("lexer_moves", len(card["lexer_tags"]))):
            if [len(row) for row in card[name]] != [count] * count:
                raise ValueError(f"{name} is not {count} by {count}")
        if not all(isinstance(word, str) for some in ([*card["votes"], card["tags"]]) for word in some):
            raise TypeError("tags and votes are no names")
        if not card["tags"] or any(len(pair) != 2 for pair in card["votes"]):
            raise ValueError("no tags, or votes that are no pairs")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(str(path), f"no card of a model ({error})", remedy=_REMEDY) from error
    return dict(card)


def _known(folder: Path, what: str, used: Collection[str], known: Collection[str]) -> None:
    strange = sorted(set(used) - set(known))
    if strange:
        raise ConfigError(
            str(folder / CARD),
            f"the model was trained with the {what} {strange[0]!r}, which is unknown here",
            remedy="train it anew with this version",
        )
