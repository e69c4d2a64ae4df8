"""Builds one archive on one machine and on Spark, and compares the graphs byte for byte.

    .venv/bin/python benchmarks/cluster.py [--pages 1000] [--master local[2]] [--kill] [--folder FOLDER]

The pages come from benchmarks/archive.py. With --kill, the driver is killed (kill -9) in the middle of the
first run, and a second one continues. Prints the seconds of both ways, and how large the graph is; ends with
1 where the graphs differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parent.parent
KG = Path(sysconfig.get_path("scripts"), "kg")


def main() -> int:
    """Compose, build twice, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--jobs", type=int, default=2, help="of the one machine")
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--folder", type=Path, help="work here and leave everything")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        compose = (sys.executable, ROOT / "benchmarks" / "archive.py", folder, "--pages", str(given.pages))
        subprocess.run(compose, check=True, stdout=subprocess.DEVNULL)
        pages, one, many = folder / "pages", folder / "one", folder / "many"
        local = timed((KG, "build", pages, "--out", one, "--jobs", str(given.jobs)))
        engine = ("--engine", "spark", "--master", given.master)
        spread: Sequence[object] = (KG, "build", pages, "--out", many, *engine)
        killed = stopped(spread, many) if given.kill else 0.0
        spark = timed(spread)
        expected, found = digest([one / "kg.nq"]), digest(sorted((many / "nquads").glob("*.nq")))
        size = (one / "kg.nq").stat().st_size
        print(f"{given.pages} pages, {size / 1e6:.1f} MB of N-Quads, {size / given.pages:.0f} bytes a page")
        print(f"one machine, --jobs {given.jobs}: {local:.1f} s")
        if given.kill:
            print(f"Spark, {given.master}, killed after {killed:.1f} s")
        print(f"Spark, {given.master}: {spark:.1f} s, of which all that one machine writes as well")
        names, largest = component(one / "store" / "ledger.sqlite")
        print(f"{names:,} names on pages; the largest part that one process resolves: {largest:,} of them")
        print("the same bytes" if expected == found else "THE GRAPHS DIFFER")
        return int(expected != found)


def timed(command: Sequence[object]) -> float:
    """Run a command and return its seconds."""
    start = time.monotonic()
    subprocess.run([str(part) for part in command], check=True, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def stopped(command: Sequence[object], out: Path) -> float:
    """Kill a build with all its processes when the first wave of pages is kept; return its seconds."""
    start = time.monotonic()
    words = [str(part) for part in command]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None and not any(out.glob(".kg-spark/pages-*/_SUCCESS")):
            time.sleep(0.2)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    return time.monotonic() - start


def component(ledger: Path) -> tuple[int, int]:
    """Return how many page-local names there are, and how many of them hang together at most."""
    graph = nx.Graph()
    with closing(sqlite3.connect(ledger)) as base:
        sizes = Counter(dict(base.execute("SELECT called, count(*) FROM keys GROUP BY called")))
        graph.add_nodes_from(sizes)
        # who asks for a block (0) matters to all there, who only answers (1) to those who ask
        asked = {
            block >> 1 for (block,) in base.execute("SELECT DISTINCT block FROM blocks WHERE NOT block & 1")
        }
        for block, called in base.execute("SELECT block, called FROM blocks"):
            if block >> 1 in asked:
                graph.add_edge(called, f"block {block >> 1}")
    parts = [sum(sizes.get(node, 0) for node in part) for part in nx.connected_components(graph)]
    return sum(parts), max(parts)


def digest(files: Iterable[Path]) -> str:
    """Return the digest of files, one after the other."""
    total = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            while data := stream.read(1 << 20):
                total.update(data)
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
