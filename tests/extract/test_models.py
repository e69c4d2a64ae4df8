"""A folder of learned models is run as it is, or refused for one clear reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.config import packed
from kg.errors import ConfigError
from kg.extract import Tools, check_models
from kg.extract.scorer import shared_scorer

Card = dict[str, Any]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """Return a copy of the shipped models."""
    return shutil.copytree(packed("models"), tmp_path / "model")


def recarded(model: Path, change: Callable[[Card], object]) -> None:
    card = json.loads((model / "finder.json").read_text("utf-8"))
    change(card)
    (model / "finder.json").write_text(json.dumps(card), "utf-8")


def test_a_copy_of_the_shipped_models_can_be_run_also_without_a_scorer(
    model: Path, mention_tools: Tools
) -> None:
    check_models(model, mention_tools.lexicon, mention_tools.ontology)
    assert shared_scorer(model) is not shared_scorer()
    (model / "scorer.npz").unlink()
    check_models(model, mention_tools.lexicon, mention_tools.ontology)
    assert shared_scorer(model) is shared_scorer()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: shutil.rmtree(m), "no such folder of models"),
        (lambda m: (m / "encoder.onnx").unlink(), r"no model: encoder\.onnx missing"),
        (lambda m: (m / "finder.json").write_text("[]", "utf-8"), "no card of a model"),
        (lambda m: (m / "finder.json").write_text("{", "utf-8"), "no card of a model"),
        (lambda m: (m / "finder.json").write_bytes(b"\xff"), "no card of a model"),
        (lambda m: (m / "finder.onnx").write_bytes(b"other"), r"not the file that finder\.json speaks of"),
        (lambda m: (m / "scorer.npz").write_bytes(b"other"), "no model of the scorer"),
        (lambda m: recarded(m, lambda c: c.pop("votes")), r"no card of a model \('votes'\)"),
        (lambda m: recarded(m, lambda c: c["moves"].pop()), "moves is not 13 by 13"),
        (lambda m: recarded(m, lambda c: c["lexer_moves"].pop()), "lexer_moves is not 59 by 59"),
        (lambda m: recarded(m, lambda c: c.update(folded=[])), "folded is no dict"),
        (lambda m: recarded(m, lambda c: c["votes"].append(["seer", "Person"])), "the finder 'seer'"),
        (lambda m: recarded(m, lambda c: c["votes"].append(["known", "Ship"])), "the class 'Ship'"),
        (lambda m: recarded(m, lambda c: c["votes"].append(["known"])), "no card of a model"),
        (lambda m: recarded(m, lambda c: c["votes"].append([1, 2])), "no card of a model"),
        (lambda m: recarded(m, lambda c: c["tags"].__setitem__(3, "E-Place")), "the mark 'E-'"),
        (lambda m: recarded(m, lambda c: c["tags"].__setitem__(3, "B-Ship")), "the class 'Ship'"),
    ],
)
def test_a_folder_that_is_no_model_of_this_version_is_refused(
    model: Path, mention_tools: Tools, change: Callable[[Path], object], said: str
) -> None:
    change(model)
    with pytest.raises(ConfigError, match=said):
        check_models(model, mention_tools.lexicon, mention_tools.ontology)
