"""The whole training: annotated pages → a folder of model files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from kg.extract import Tools
from kg.extract.mentions.tables import prepare
from kg.train.corpus import Document
from kg.train.examples import TAGS, Example, columns_of, examples, width
from kg.train.export import Weights, write_encoder, write_finder
from kg.train.learn import Course, learn
from kg.train.network import Finder, lac_weights
from kg.train.variants import given_characters, pools, varied

VARIANTS = 6
"""How many times the corpus is written under other names; epochs take turns."""
CARD = "finder.json"


def prepare_variants(
    documents: Sequence[Document], tools: Tools, base: Path, tell: Callable[[str], None]
) -> list[list[Example]]:
    """Return the examples of the corpus as printed and under other names, seen with the model in `base`.

    `base` gets LAC's own encoder first.
    """
    weights, card = lac_weights()
    base.mkdir(parents=True, exist_ok=True)
    write_encoder(weights, base / "encoder.onnx")
    (base / CARD).write_text(json.dumps(card, ensure_ascii=False), "utf-8")
    tools = replace(tools, models=base)
    columns = columns_of(tools.prepared(prepare))
    names, given = pools(documents), given_characters(documents)
    made = []
    for number in range(VARIANTS):
        written = [varied(d, number, names, given, tools.lexicon) if number else d for d in documents]
        made.append(list(examples(written, tools, columns)))
        tell(f"variant {number + 1} of {VARIANTS}: {len(made[-1])} windows")
    return made


def train(
    variants: Sequence[Sequence[Example]],
    tools: Tools,
    out: Path,
    course: Course,
    tell: Callable[[str], None],
    left_out: frozenset[str] = frozenset(),
) -> None:
    """Train on all groups but those left out and write encoder.onnx, finder.onnx and finder.json."""
    columns = columns_of(tools.prepared(prepare))
    weights, card = lac_weights()
    kept = [[e for e in some if e.group not in left_out] for some in variants]
    write(learn(kept, weights, width(columns), course, tell), weights, out, card, list(columns))


def write(
    finder: Finder, weights: Weights, out: Path, card: dict[str, Any], columns: Sequence[tuple[str, str]]
) -> None:
    """Write the model files of a trained finder; the card holds the checksums of the others."""
    out.mkdir(parents=True, exist_ok=True)
    write_encoder(weights, out / "encoder.onnx")
    write_finder(_arrays(finder), out / "finder.onnx", len(card["lexer_tags"]))
    moves = finder.moves.detach().numpy()
    files = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "finder.onnx")
    }
    whole = {
        **card,
        "tags": TAGS,
        "votes": columns,
        "moves": [[round(float(x), 5) for x in row] for row in moves],
        "sha256": files,
    }
    (out / CARD).write_text(json.dumps(whole, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _arrays(module: torch.nn.Module) -> dict[str, NDArray[np.float32]]:
    return {name: value.numpy() for name, value in module.state_dict().items()}
