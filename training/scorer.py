"""Trains the claim scorer on the articles of `training/corpus` and writes `seeds/models/scorer.npz`.

    python training/scorer.py [--folds] [--keep FOLDER] [OUT]

It learns from each article twice: with the annotated names, and with the names that the finder finds. The
probabilities are set right on writers that were left out: five folds, a writer's articles together.
`--folds` only reports the figures of the folds. `--keep` keeps what was prepared and the folds' scores.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import scorer_corpus as corpus
import scorer_figures as figures
import scorer_net as net

OUT = Path("seeds/models/scorer.npz")


def kept(folder: Path | None, name: str, make):
    """Return what `make` makes, kept in a folder when there is one."""
    if folder is None:
        return make()
    path = folder / f"{name}.pickle"
    if path.exists():
        return pickle.loads(path.read_bytes())  # noqa: S301
    value = make()
    path.write_bytes(pickle.dumps(value))
    return value


def main(arguments: Sequence[str]) -> None:
    """Prepare, train the folds, set the probabilities, train on all, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=OUT)
    parser.add_argument("--folds", action="store_true", help="the figures of the folds, no model")
    parser.add_argument("--only", default="01234", help="these folds")
    parser.add_argument("--keep", type=Path, help="a folder for what was prepared and scored")
    parser.add_argument("--epochs", type=int, default=net.EPOCHS)
    options = parser.parse_args(arguments)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    given = kept(options.keep, "given", lambda: corpus.examples(given=True))
    found = kept(options.keep, "found", lambda: corpus.examples(given=False))
    say(f"{len(given)} articles; facts out of reach: {figures.lost(given)}")

    def fold(number: int):
        begun = time.process_time()
        learn = [(a, b) for a, b in zip(given, found, strict=True) if a.fold != number]
        trained = net.train(learn, options.epochs)
        if options.keep:
            (options.keep / f"net{number}.pickle").write_bytes(pickle.dumps(trained))
        scored = {
            (example.name, kind): net.scores(trained, example)
            for kind, examples in (("given", given), ("found", found))
            for example in examples
            if example.fold == number
        }
        say(f"fold {number}: {time.process_time() - begun:.0f} s")
        for kind, examples in (("given", given), ("found", found)):
            mine = [e for e in examples if e.fold == number]
            say(f"  {kind} {figures.quick(mine, {e.name: scored[e.name, kind] for e in mine})}")
        return scored

    scored = {}
    for number in map(int, options.only):
        scored |= kept(options.keep, f"fold{number}", lambda number=number: fold(number))
    for kind, examples in (("given", given), ("found", found)):
        mine = [e for e in examples if (e.name, kind) in scored]
        say(f"\n{kind} names")
        say(figures.report(mine, {e.name: scored[e.name, kind] for e in mine}))
    if options.folds:
        return
    mine = [e for e in found if (e.name, "found") in scored]
    settled = figures.settle(mine, {e.name: scored[e.name, "found"] for e in mine})
    learn = list(zip(given, found, strict=True))
    trained = kept(options.keep, "all", lambda: net.train(learn, options.epochs))
    net.write(trained, settled, options.out)
    say(f"{options.out}: {options.out.stat().st_size} bytes")


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
