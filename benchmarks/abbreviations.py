"""How surely short names of organizations find their long forms when half of the long forms are not there.

    .venv/bin/python benchmarks/abbreviations.py FILE.tsv [--seeds 5]

Each line of the file is a short and a long form, tab between them. All short forms stand in a pool with half
of the long forms, drawn by seed; a short form is given the long form that it fits, or none. Precision is over
those given, recall over the short forms whose long form is there. The baseline gives a short form the only
long form that holds its characters in order.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

from kg import lexicon
from kg.config import Settings
from kg.resolve import Tables, tables
from kg.resolve.shorten import in_order
from kg.resolve.shortened import expand
from kg.resolve.tables import plain

MOST = 1.2
"""What a short form may cost here, where no city narrows the choice."""
Pairs = list[tuple[str, str]]


def main() -> None:
    """Match and print precision and recall, beside the baseline's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    given = parser.parse_args()
    rows = [line.split("\t") for line in given.file.read_text("utf-8").splitlines() if line.strip()]
    pairs = [(plain(short), plain(long)) for short, long in rows]
    known = tables(lexicon.load(Settings().lexicon))
    print(f"{'seed':>5}{'precision':>11}{'recall':>8}{'baseline P':>12}{'baseline R':>12}")
    for seed in range(given.seeds):
        print(f"{seed:5}{''.join(f'{figure:>11.3f}' for figure in measure(pairs, known, seed))}")


def measure(pairs: Pairs, known: Tables, seed: int) -> tuple[float, float, float, float]:
    """Return precision and recall of the matching and of the baseline."""
    longs = sorted({long for _, long in pairs})
    there = set(longs) - set(random.Random(seed).sample(longs, len(longs) // 2))
    true: dict[str, set[str]] = defaultdict(set)
    for short, long in pairs:
        true[short].add(long)
    pool = {text: text for text in (*true, *there)}
    sure, _ = expand(
        pool, known, short=lambda name: name in true, fits=lambda _, long: long in there, most=MOST
    )
    holders = {short: [long for long in there if in_order(short, long)] for short in true}
    only = {short: found[0] for short, found in holders.items() if len(found) == 1}
    return *rate(sure, true, there), *rate(only, true, there)


def rate(given: dict[str, str], true: dict[str, set[str]], there: set[str]) -> tuple[float, float]:
    """Return precision and recall of what was given."""
    right = sum(long in true[short] for short, long in given.items())
    return right / len(given), right / sum(bool(longs & there) for longs in true.values())


if __name__ == "__main__":
    main()
