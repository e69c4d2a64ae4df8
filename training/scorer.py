"""Trains the claim scorer on the articles of `training/corpus` and writes `seeds/models/scorer.npz`.

    python training/scorer.py [--finders FOLDER] [--folds] [--keep FOLDER] [OUT]

It learns from each article twice: with the annotated names, and with the names that a finder finds, best one
that has not read the article (`training/finder.py train --fold`). What makes scores probabilities, and from
when a fact stands, is settled on the first fold by a network that has not read it; the network that is
written has read all but w13 and w14, on whom its figures are printed. `--folds` only reports the figures
of five folds, a writer's articles together. `--keep` keeps what was prepared and the folds' scores.
"""

from __future__ import annotations

import argparse
import hashlib
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
    parser.add_argument("--only", help="these folds; by default all for --folds, else the first")
    parser.add_argument("--keep", type=Path, help="a folder for what was prepared and scored")
    parser.add_argument("--epochs", type=int, default=net.EPOCHS)
    parser.add_argument("--finders", type=Path, help="finders that have not learned from some of the folds")
    options = parser.parse_args(arguments)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    given = kept(options.keep, "given", lambda: corpus.examples(given=True))
    found = kept(options.keep, "found", lambda: corpus.examples(given=False, finders=options.finders))
    say(f"{len(given)} articles; facts out of reach: {figures.lost(given)}")
    both = [(a, b) for a, b in zip(given, found, strict=True) if a.writer not in corpus.HELD_OUT]

    def fold(number: int):
        begun = time.process_time()
        trained = net.train([pair for pair in both if pair[0].fold != number], options.epochs)
        scored = scores_of(trained, [pair for pair in both if pair[0].fold == number])
        say(f"fold {number}: {time.process_time() - begun:.0f} s")
        return scored

    scored = {}
    for number in map(int, options.only or ("01234" if options.folds else "0")):
        scored |= kept(options.keep, f"fold{number}", lambda number=number: fold(number))
    for kind, examples in (("given", given), ("found", found)):
        mine = [e for e in examples if (e.name, kind) in scored]
        say(f"\n{kind} names, left out fold by fold")
        say(figures.report(mine, {e.name: scored[e.name, kind] for e in mine}))
    if options.folds:
        return
    parts = [
        (
            [e for e in examples if (e.name, kind) in scored],
            {n: v for (n, k), v in scored.items() if k == kind},
        )
        for kind, examples in (("found", found), ("given", given))
    ]
    settled = figures.settle(*parts[0], parts[1:])
    trained = kept(options.keep, "all", lambda: net.train(both, options.epochs))
    net.write(trained, settled, next(e for e in given if e.pairs is not None), options.out)
    sum_ = hashlib.sha256(options.out.read_bytes()).hexdigest()
    options.out.with_suffix(".sha256").write_text(f"{sum_}  {options.out.name}\n", "ascii")
    say(f"\n{options.out}: {options.out.stat().st_size} bytes; a fact stands from")
    say(f"{settled['stated']}, one that no frame states from {settled['unstated']}")
    unread = [(a, b) for a, b in zip(given, found, strict=True) if a.writer in corpus.HELD_OUT]
    scored = scores_of(trained, unread)
    for kind, examples in zip(("given", "found"), zip(*unread, strict=True), strict=True):
        say(f"\n{kind} names, writers that nothing was learned from")
        say(figures.report(examples, {e.name: scored[e.name, kind] for e in examples}, settled))


def scores_of(trained: net.Trained, pairs: Sequence[tuple[corpus.Example, corpus.Example]]):
    """Return what a network says of articles, by name and whether their names are given or found."""
    return {
        (example.name, kind): net.scores(trained, example)
        for both in pairs
        for kind, example in zip(("given", "found"), both, strict=True)
    }


def say(text: str) -> None:
    """Print at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
