"""Weights that are read back from a model file are those that the file runs with."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.config import packed
from kg.errors import ConfigError
from kg.extract.lexer import session
from kg.extract.mentions.spotted import LONGEST
from kg.train.examples import TAGS
from kg.train.shapes import FLOOR, SCALE, STATE
from kg.train.stored import Weights, constants, read_encoder, read_finder
from kg.train.vectors import read_vectors

MODELS = packed("models")
PLACES = 7


def sigmoid(x: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.exp(-np.logaddexp(0, -x, dtype=np.float32))


def gru(seen: NDArray[np.float32], weights: Weights, name: str) -> NDArray[np.float32]:
    """Run a layer of torch in both directions over (places, numbers), as torch documents it."""
    both = []
    for way in ("", "_reverse"):
        of_input, of_state, plus, more = (
            weights[f"{name}.{key}_l0{way}"] for key in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        state = np.zeros(of_state.shape[1], np.float32)
        out = np.zeros((len(seen), len(state)), np.float32)
        for place in range(len(seen)) if way == "" else reversed(range(len(seen))):
            r, z, n = np.split(of_input @ seen[place] + plus, 3)
            r_, z_, n_ = np.split(of_state @ state + more, 3)
            update = sigmoid(z + z_)
            state = (1 - update) * np.tanh(n + sigmoid(r + r_) * n_) + update * state
            out[place] = state
        both.append(out)
    return np.concatenate(both, axis=1)


def test_the_weights_of_the_shipped_finder_compute_what_its_file_computes() -> None:
    weights = read_finder(MODELS / "finder.onnx")
    rng = np.random.default_rng(7)
    width = weights["votes.weight"].shape[1]
    states = rng.normal(size=(PLACES, STATE)).astype(np.float32)
    tags = (-20 * rng.random((PLACES, 59))).astype(np.float32)
    votes = rng.integers(0, 2, (PLACES, width)).astype(np.uint8)
    told = np.maximum(votes @ weights["votes.weight"].T + weights["votes.bias"], 0)
    vectors = read_vectors(MODELS)
    spotted = np.stack(
        [
            *(rng.integers(0, len(vectors.words) + 1, PLACES) for _ in range(2)),
            *(rng.integers(0, LONGEST + 1, PLACES) for _ in range(2)),
        ],
        axis=1,
    ).astype(np.int32)
    ends, begins, before, after = spotted.T
    values, sizes = vectors.values(), weights["sizes.weight"]
    known = np.concatenate([values[ends], values[begins], sizes[before], sizes[after]], axis=1)
    meant = np.maximum(known @ weights["meant.weight"].T + weights["meant.bias"], 0)
    seen = np.concatenate([states, np.maximum(tags, FLOOR) / SCALE, told, meant], axis=1)
    whole = np.concatenate([seen, gru(seen, weights, "layer")], axis=1)
    (scores,) = session(MODELS / "finder.onnx").run(
        None,
        {
            "states": states[None],
            "tags": tags[None],
            "features": votes[None],
            "spotted": spotted[None],
            "lengths": np.array([PLACES], np.int32),
        },
    )
    assert np.abs(scores[0] - (whole @ weights["head.weight"].T + weights["head.bias"])).max() < 1e-3


def test_the_shipped_finder_has_a_vector_for_each_of_its_words_and_none_for_no_word() -> None:
    vectors = read_vectors(MODELS)
    assert len(set(vectors.words)) == len(vectors.words) == len(vectors.table) - 1 > 60_000
    assert all(1 <= len(word) <= LONGEST for word in vectors.words)
    assert not vectors.table[0].any()
    assert (vectors.table[1:] != 0).any(axis=1).all()
    like = vectors.values() / np.maximum(np.linalg.norm(vectors.values(), axis=1), 1e-9)[:, None]
    row = {word: number for number, word in enumerate(vectors.words, 1)}
    assert like[row["医院"]] @ like[row["卫生院"]] > like[row["医院"]] @ like[row["河流"]]


def test_the_weights_of_the_shipped_encoder_are_whole() -> None:
    weights = read_encoder(MODELS / "encoder.onnx")
    card = json.loads((MODELS / "finder.json").read_text("utf-8"))
    assert weights["embedding"].shape == (len(card["characters"]) + 1, 128)
    assert weights["tags_weight"].shape == (len(card["lexer_tags"]), STATE)
    stored = constants(MODELS / "encoder.onnx")
    size = (MODELS / "encoder.onnx").stat().st_size
    assert 0 <= size - sum(value.nbytes for value in stored.values()) < 10_000
    assert [weights[f"second_{key}"].shape for key in "WRB"] == [(2, 384, 256), (2, 384, 128), (2, 768)]


def test_the_shipped_finder_answers_with_the_tags_that_are_trained() -> None:
    card = json.loads((MODELS / "finder.json").read_text("utf-8"))
    assert tuple(card["tags"]) == TAGS


@pytest.mark.parametrize(
    "data", [b"", b"\x3a\x05ab", b"\xff" * 9, b"plain text, no model", b"\x3a\x02\x2a\x00"]
)
def test_what_is_no_model_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "finder.onnx").write_bytes(data)
    with pytest.raises(ConfigError, match="no model that kg wrote"):
        read_finder(tmp_path / "finder.onnx")
