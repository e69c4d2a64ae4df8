"""Learns how articles begin from our own: `starts.npz`, for bodies that a page gives right below each other.

Run from the root of the project, with every folder of articles (annotation beside `articles/`) that may be
learned from:

    python training/starts.py seeds/lexicon/starts.npz training/corpus/w1 training/corpus/w2 ...

The articles of `training/corpus/w11` to `w14` stay out: what is measured is measured on them.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from kg.config import packed
from kg.layout import begins
from kg.layout.genre import Genre, flat
from kg.lexicon import load

FOLDS = 4
LEAST = 4  # paragraphs that begin with a piece which is kept
OTHERS = 3  # articles below which each article is set
ROUNDS = 40
SHRINK = 0.002
KEPT = 0.15  # weight of a piece that is worth keeping

Article = list[str]


def articles(folder: Path) -> Iterator[Article]:
    """Yield the paragraphs of each article of one writer."""
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))["articles"]
        text = (path.parent / "articles" / f"{path.stem}.txt").read_text("utf-8")
        lines = [flat(line) for line in text.splitlines() if line.strip()]
        start = flat(told[0]["body_starts"])[:8]
        first = next((n for n, line in enumerate(lines) if line.startswith(start)), None)
        if first is not None and len(lines) - first > 1:
            yield lines[first:]


def unled(text: str, genre: Genre) -> str:
    """Return a first paragraph without 本报讯 and the names behind it: other signs are to be learned."""
    if not genre.opens_story(text):
        return text
    rest = text[text.find("讯") + 1 :]
    return rest[rest.find(")") + 1 :] if rest.startswith("(") else rest


def learned(paragraphs: Sequence[str], first: np.ndarray) -> tuple[dict[str, float], float]:
    """Fit a logistic regression over the pieces of openings, by steps that adapt to each of them."""
    pieces = [sorted(begins.openings(text)) for text in paragraphs]
    often = Counter(piece for some in pieces for piece in some)
    number = {piece: n for n, piece in enumerate(sorted(p for p in often if often[p] >= LEAST), 1)}
    rows = [np.array([0, *(number[p] for p in some if p in number)]) for some in pieces]
    weights, steps = np.zeros(len(number) + 1), np.full(len(number) + 1, 1.0)
    order = list(range(len(rows)))
    share = len(rows) / (2 * first.sum()), len(rows) / (2 * (len(rows) - first.sum()))
    for number_ in range(ROUNDS):
        random.Random(number_).shuffle(order)  # noqa: S311
        for n in order:
            row = rows[n]
            told = 1 / (1 + np.exp(-weights[row].sum()))
            slope = (told - first[n]) * share[0 if first[n] else 1] + SHRINK * weights[row]
            steps[row] += slope**2
            weights[row] -= 0.3 * slope / np.sqrt(steps[row])
    return {p: float(weights[n]) for p, n in number.items() if abs(weights[n]) >= KEPT}, float(weights[0])


def borders(
    told: Sequence[Article], genre: Genre, rng: random.Random
) -> Iterator[tuple[bool, str, int, int, int]]:
    """Yield borders inside articles and between two: text, place in it, lengths of the paragraphs around."""
    for article in told:
        for n in range(1, len(article)):
            yield False, "".join(article), len("".join(article[:n])), len(article[n - 1]), len(article[n])
        if genre.opens_story(article[0]):
            continue
        for other in rng.sample([a for a in told if a is not article], OTHERS):
            above = "".join(other)
            yield True, above + "".join(article), len(above), len(other[-1]), len(article[0])


def weigh(rows: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Fit a logistic regression by Newton's method, as if half of the borders parted articles."""
    weights = np.zeros(rows.shape[1])
    counted = np.where(truth, (~truth).sum() / truth.sum(), 1.0)
    for _ in range(30):
        told = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (told * (1 - told) * counted)[:, None]).T @ rows + 1e-6 * np.eye(rows.shape[1])
        weights -= np.linalg.solve(curve, rows.T @ ((told - truth) * counted))
    return weights


def main() -> None:
    """Learn in folds by writer, so that openings are weighed on articles they were not learned from."""
    target, *folders = sys.argv[1:]
    genre = Genre.of(load([packed("lexicon")]))
    told = [list(articles(Path(folder))) for folder in folders]
    texts = [
        (n, unled(p, genre), not m) for n, some in enumerate(told) for a in some for m, p in enumerate(a)
    ]
    rows, truth = [], []
    rng = random.Random(1)  # noqa: S311
    for fold in range(FOLDS):
        seen = [(text, first) for n, text, first in texts if n % FOLDS != fold]
        pieces, base = learned([t for t, _ in seen], np.array([first for _, first in seen]))
        model = begins.Starts(pieces, base, np.zeros(6))
        for n, some in enumerate(told):
            if n % FOLDS == fold and len(some) > OTHERS:
                for parts, text, at, last, first in borders(some, genre, rng):
                    rows.append(begins.features(model, begins.Pairs.of(text), at, last, first))
                    truth.append(parts)
    weights = weigh(np.array(rows), np.array(truth))
    evidence = np.array(rows) @ weights
    right = (evidence[np.array(truth)] > 0).mean(), (evidence[~np.array(truth)] <= 0).mean()
    said = f"{len(truth)} borders, {sum(truth)} between articles; right by themselves:"
    sys.stdout.write(f"{said} {right[0]:.3f} of these, {right[1]:.3f} of the others\n")
    pieces, base = learned([t for _, t, _ in texts], np.array([first for _, _, first in texts]))
    names = sorted(pieces)
    np.savez_compressed(
        target,
        pieces=np.array(names),
        worth=np.array([pieces[name] for name in names], dtype=np.float32),
        base=np.float64(base),
        weights=weights,
    )


if __name__ == "__main__":
    main()
