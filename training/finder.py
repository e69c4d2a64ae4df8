"""Train the mention finder on the corpus, or on four fifths of its writers at a time to measure it.

    python training/finder.py prepare CACHE            windows of the corpus, six times under other names
    python training/finder.py train CACHE --out DIR [--fold N] [--epochs 14] [--threads 1]
    python training/finder.py cross CACHE --out DIR    a finder for the claim scorer to be settled on

Nothing is learned from w13 and w14, on whom the tests measure the model. Fold N leaves out every fifth writer
from the Nth on as well; `cross` trains DIR/0 without the first fold, in fewer epochs. Nothing is downloaded;
the same seed gives the same bytes on the same number of threads.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from pathlib import Path

from words import stored_vectors

from kg.config import Settings, packed
from kg.train.corpus import read_corpus
from kg.train.learn import Course
from kg.train.train import prepare_variants, train
from kg.train.vectors import read_vectors
from kg.workers import equip

CORPUS = Path(__file__).resolve().parent / "corpus"
FOLDS = 5
CROSS_EPOCHS = 8
"""Rounds of the finder that only serves to settle the claim scorer."""
HELD_OUT = frozenset({"w13", "w14"})
"""Writers from whom the shipped model learns nothing: the tests measure it on them."""


def fold_of(group: str) -> int:
    """Return the fold of a writer: w1 and w6 are of the first.

    >>> [fold_of(w) for w in ("w1", "w5", "w6")]
    [0, 4, 0]
    """
    return (int(group[1:]) - 1) % FOLDS


def main() -> None:
    """Run a command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=["prepare", "train", "cross"])
    parser.add_argument("cache", type=Path)
    parser.add_argument("--out", type=Path, default=Path("model"))
    parser.add_argument("--fold", type=int)
    parser.add_argument("--epochs", type=int, default=Course().epochs)
    parser.add_argument("--words", type=Path, help="vectors that words.py wrote, instead of the shipped ones")
    parser.add_argument("--threads", type=int, default=Course().threads)
    given = parser.parse_args()
    began = time.monotonic()

    def tell(line: str) -> None:
        sys.stderr.write(f"{time.monotonic() - began:6.0f} s  {line}\n")

    tools = equip(Settings())
    vectors = stored_vectors(given.words) if given.words else read_vectors(packed("models"))
    if given.command == "prepare":
        made = prepare_variants(read_corpus(CORPUS), tools, vectors, given.cache, tell)
        (given.cache / "examples.pickle").write_bytes(pickle.dumps(made))
        return
    variants = pickle.loads((given.cache / "examples.pickle").read_bytes())  # noqa: S301 - our own file
    groups = {example.group for example in variants[0]}

    def one(out: Path, folds: str, epochs: int) -> None:
        left_out = {g for g in groups if str(fold_of(g)) in folds} | HELD_OUT
        how = Course(epochs=epochs, threads=given.threads)
        train(variants, tools, vectors, out, how, tell, frozenset(left_out))

    if given.command == "cross":
        one(given.out / "0", "0", CROSS_EPOCHS)
    else:
        one(given.out, "" if given.fold is None else str(given.fold), given.epochs)


if __name__ == "__main__":
    main()
