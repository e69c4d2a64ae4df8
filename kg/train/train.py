"""The whole training: annotated pages → a folder of model files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from kg.config import packed
from kg.extract import Tools
from kg.extract.mentions.spotted import Words, words_of
from kg.extract.mentions.tables import prepare
from kg.train.corpus import Document
from kg.train.examples import TAGS, Example, columns_of, examples, width
from kg.train.export import encoder_of, write_encoder, write_finder
from kg.train.learn import Course, learn
from kg.train.network import Finder, lac_weights
from kg.train.own import about
from kg.train.stored import read_encoder, read_finder
from kg.train.variants import given_characters, pools, varied
from kg.train.vectors import Vectors, read_vectors

VARIANTS = 6
"""How many times the corpus is written under other names; epochs take turns."""
CARD = "finder.json"


def prepare_variants(
    documents: Sequence[Document], tools: Tools, vectors: Vectors, base: Path, tell: Callable[[str], None]
) -> list[list[Example]]:
    """Return the examples of the corpus as printed and under other names, seen with the model in `base`.

    `base` gets LAC's own encoder first.
    """
    weights, card = lac_weights()
    base.mkdir(parents=True, exist_ok=True)
    write_encoder(weights, base / "encoder.onnx")
    (base / CARD).write_text(json.dumps(card, ensure_ascii=False), "utf-8")
    columns = columns_of(tools.prepared(prepare))
    return variants_of(documents, replace(tools, models=base), columns, words_of(vectors.words), tell)


def variants_of(
    documents: Sequence[Document],
    tools: Tools,
    columns: Mapping[tuple[str, str], int],
    words: Words,
    tell: Callable[[str], None],
) -> list[list[Example]]:
    """Return the examples of the corpus as printed and under other names, seen with the tools' encoder."""
    names, given = pools(documents), given_characters(documents)
    made = []
    for number in range(VARIANTS):
        written = [varied(d, number, names, given, tools.lexicon) if number else d for d in documents]
        made.append(list(examples(written, tools, columns, words)))
        tell(f"variant {number + 1} of {VARIANTS}: {len(made[-1])} windows")
    return made


def train(
    variants: Sequence[Sequence[Example]],
    tools: Tools,
    vectors: Vectors,
    out: Path,
    course: Course,
    tell: Callable[[str], None],
    left_out: frozenset[str] = frozenset(),
) -> None:
    """Train on all groups but those left out and write encoder.onnx, finder.onnx and finder.json."""
    columns = columns_of(tools.prepared(prepare))
    weights, card = lac_weights()
    kept = [[e for e in some if e.group not in left_out] for some in variants]
    finder = learn(kept, weights, width(columns), vectors.values(), course, tell)
    write(finder, out, card, list(columns), vectors)


def course(epochs: int | None, from_scratch: bool) -> Course:
    """Return how to train on a corpus of one's own: gently, when what was learned before shall stay."""
    made = Course() if from_scratch else Course(epochs=6, rate=1e-4, finder_rate=5e-4, follow=0.1)
    return made if epochs is None else replace(made, epochs=epochs)


def train_on(
    documents: Sequence[Document],
    tools: Tools,
    out: Path,
    how: Course,
    tell: Callable[[str], None],
    *,
    from_scratch: bool,
) -> None:
    """Train the shipped finder on, or a new one over the shipped encoder, and write the model files."""
    shipped = packed("models")
    base = json.loads((shipped / CARD).read_text("utf-8"))
    weights = read_encoder(shipped / "encoder.onnx")
    columns, start = columns_of(tools.prepared(prepare)), None
    if not from_scratch:
        columns = {(finder, kind): number for number, (finder, kind) in enumerate(base["votes"])}
        start = read_finder(shipped / "finder.onnx") | {"moves": np.array(base["moves"], np.float32)}
    vectors = read_vectors(shipped)
    known = words_of(vectors.words)
    variants = variants_of(documents, replace(tools, models=None), columns, known, tell)
    finder = learn(variants, weights, width(columns), vectors.values(), how, tell, start)
    lexed = {key: base[key] for key in ("characters", "folded", "lexer_moves", "lexer_tags")}
    since = None if from_scratch else base["sha256"]["finder.onnx"]
    write(finder, out, {**lexed, "made": about(documents, asdict(how), since)}, list(columns), vectors)


def write(
    finder: Finder, out: Path, card: dict[str, Any], columns: Sequence[tuple[str, str]], vectors: Vectors
) -> None:
    """Write the model files of a trained finder; the card holds the checksums of the others."""
    out.mkdir(parents=True, exist_ok=True)
    arrays = _arrays(finder)
    write_encoder(encoder_of(arrays), out / "encoder.onnx")
    write_finder(arrays, out / "finder.onnx", len(card["lexer_tags"]), vectors)
    moves = finder.moves.detach().numpy()
    files = {
        name: hashlib.sha256((out / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "finder.onnx")
    }
    whole = {
        **card,
        "tags": TAGS,
        "votes": columns,
        "words": "\n".join(vectors.words),
        "moves": [[round(float(x), 5) for x in row] for row in moves],
        "sha256": files,
    }
    (out / CARD).write_text(json.dumps(whole, ensure_ascii=False, indent=0) + "\n", "utf-8")


def _arrays(module: torch.nn.Module) -> dict[str, NDArray[np.float32]]:
    return {name: value.numpy() for name, value in module.state_dict().items()}
