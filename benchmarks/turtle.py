"""How long sorted, prefixed Turtle takes, against pyoxigraph's bare dump of the same triples.

    .venv/bin/python benchmarks/turtle.py [--rounds 5] [--copies 20] [FOLDER]

FOLDER is one that `kg build` wrote (output). Its default graph is copied so often, with IRIs of their own;
all are timed in one run, in CPU time, and the best of the rounds counts.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import process_time

from pyoxigraph import DefaultGraph, RdfFormat, Store, parse

from kg.config import Settings
from kg.rdf.sorting import sorted_lines
from kg.rdf.turtle import turtle

ID = re.compile(rb"(/(?:entity|statement|evidence)/)(\w+)>")  # /entity/e3a6bfa5ad55f9ba>


def main() -> None:
    """Time both ways and print them with their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("output"), metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=20)
    given = parser.parse_args()
    quads = [
        quad
        for quad in parse(copied((given.folder / "kg.nq").read_bytes(), given.copies), RdfFormat.N_QUADS)
        if quad.graph_name == DefaultGraph()
    ]
    store = Store()
    store.bulk_extend(quads)
    base = Settings().base
    bare = best(lambda: store.dump(BytesIO(), RdfFormat.TURTLE, from_graph=DefaultGraph()), given.rounds)
    lines = sorted_lines(quads)
    sort = best(lambda: sorted_lines(quads), given.rounds)
    ours = best(lambda: turtle(lines, base), given.rounds)
    whole = best(lambda: turtle(sorted_lines(store), base), given.rounds)
    print(f"{len(store):,} triples, best of {given.rounds}")
    print(f"bare dump                          {bare * 1e3:9.1f} ms")
    print(f"sorting, which kg.nq needs as well {sort * 1e3:9.1f} ms   {sort / bare:5.2f} times as long")
    print(f"Turtle of the sorted lines         {ours * 1e3:9.1f} ms   {ours / bare:5.2f} times as long")
    print(f"both, from the store               {whole * 1e3:9.1f} ms   {whole / bare:5.2f} times as long")


def copied(lines: bytes, copies: int) -> bytes:
    """Return N-Quads with every entity, statement and evidence so many times."""
    return b"".join(ID.sub(rb"\1\2x%d>" % number, lines) for number in range(copies))


def best(work: Callable[[], object], rounds: int) -> float:
    """Return the seconds of the fastest round."""
    times = []
    for _ in range(rounds):
        started = process_time()
        work()
        times.append(process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
