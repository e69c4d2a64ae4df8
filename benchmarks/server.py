"""What the server costs beside bare pyoxigraph, and what one hostile client costs the others.

    .venv/bin/python benchmarks/server.py [--copies 4] [--clients 50] [--seconds 30] [FOLDER]

FOLDER is one that `kg build` wrote (output). Its graph is copied so often, with IRIs of their own. All is
measured in one run: every ready question, bare (answer written as JSON) and over HTTP, the best of three;
then the 95th percentile of clients with mixed queries, without and with one that asks endless joins.
"""

from __future__ import annotations

import argparse
import http.client
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from turtle import copied
from urllib.parse import quote, urlsplit

from pyoxigraph import QueryResultsFormat, RdfFormat, Store

from kg.config import packed
from kg.rdf.queries import load
from kg.rdf.terms import PREFIXES

MIXED = (
    "SELECT ?n { ?p a kg:Person ; rdfs:label ?n } LIMIT 20",
    "ASK { ?a kg:met ?b }",
    "SELECT ?b (COUNT(*) AS ?n) { ?a kg:locatedIn ?b } GROUP BY ?b ORDER BY DESC(?n) LIMIT 10",
    "SELECT ?t { ?s kg:title ?t ; rdf:predicate kg:holdsPosition } LIMIT 50",
)
HOSTILE = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = ?l) }",
    "SELECT * { ?a a ?b . ?c a ?d . ?e a ?f }",
)
ROUNDS = 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("output"), metavar="FOLDER")
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--only-load", action="store_true", help="leave out the questions")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "store")
        store.bulk_load(copied((given.folder / "kg.nq").read_bytes(), given.copies), RdfFormat.N_QUADS)
        store.flush()
        print(f"{len(store):,} quads")
        del store
        (folder / "store" / "KG_VERSION").write_bytes((given.folder / "store" / "KG_VERSION").read_bytes())
        code = "from kg.cli import main; main()"
        command = [sys.executable, "-c", code, "serve", "--graph", name, "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                at = urlsplit(server.stderr.readline().split()[1]).netloc
                if not given.only_load:
                    compare(Store.read_only(str(folder / "store")), at)
                load_it(server.pid, at, given.clients, given.seconds)
            finally:
                server.terminate()


def compare(store: Store, at: str) -> None:
    """Print how long the questions take bare and over HTTP."""
    client = http.client.HTTPConnection(at)
    sums = [0.0, 0.0]
    for question in load(packed("ontology")):
        bare = best(lambda sparql=question.sparql: bare_answer(store, sparql))  # type: ignore[misc]
        over = best(lambda sparql=question.sparql: ask(client, sparql))  # type: ignore[misc]
        sums = [sums[0] + bare, sums[1] + over]
        print(f"{question.name:40} {bare * 1000:9.1f} ms {over * 1000:9.1f} ms  {over / bare:6.2f}")
    least = best(lambda: ask(client, "ASK {}"))
    print(f"{'all':40} {sums[0] * 1000:9.1f} ms {sums[1] * 1000:9.1f} ms  {sums[1] / sums[0]:6.2f}")
    print(f"an empty question over HTTP: {least * 1000:.1f} ms")


def bare_answer(store: Store, sparql: str) -> None:
    """Ask as the server does, without it."""
    found = store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    found.serialize(format=QueryResultsFormat.JSON)  # type: ignore[call-overload]


def best(of: Callable[[], object]) -> float:
    """Return the shortest of several times."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        of()
        times.append(time.perf_counter() - began)
    return min(times)


def ask(client: http.client.HTTPConnection, sparql: str) -> int:
    """Ask over HTTP and return the status."""
    client.request(
        "GET", "/sparql?query=" + quote(sparql), headers={"Accept": "application/sparql-results+json"}
    )
    with client.getresponse() as answer:
        answer.read()
        return answer.status


def load_it(pid: int, at: str, clients: int, seconds: float) -> None:
    """Print the 95th percentile of good clients without and with a hostile one, and the memory in use."""
    for hostile in (False, True):
        until = time.monotonic() + seconds
        times: list[float] = []
        failed: list[int] = []
        threads = [threading.Thread(target=good, args=(at, n, until, times, failed)) for n in range(clients)]
        if hostile:
            threads.append(threading.Thread(target=bad, args=(at, until)))
        for thread in threads:
            thread.start()
        most = 0
        while time.monotonic() < until:
            most = max(most, memory(pid))
            time.sleep(1)
        for thread in threads:
            thread.join()
        times.sort()
        told = f"{len(times):,} answers, median {times[len(times) // 2] * 1000:.0f} ms, "
        told += f"p95 {times[int(len(times) * 0.95)] * 1000:.0f} ms, {len(failed)} refused, {most >> 20} MB"
        print(f"{clients} clients{' and a hostile one' if hostile else ''}: {told}")


def good(at: str, number: int, until: float, times: list[float], failed: list[int]) -> None:
    """Ask one mixed query after the other, with pauses as people and pages make them."""
    client = http.client.HTTPConnection(at, timeout=60)
    while time.monotonic() < until:
        began = time.perf_counter()
        status = ask(client, MIXED[number % len(MIXED)])
        if status == 200:
            times.append(time.perf_counter() - began)
        else:
            failed.append(status)
        number += 1
        time.sleep(0.5)


def bad(at: str, until: float) -> None:
    """Ask one hostile query after the other."""
    client = http.client.HTTPConnection(at, timeout=120)
    number = 0
    while time.monotonic() < until:
        ask(client, HOSTILE[number % len(HOSTILE)])
        number += 1


def memory(pid: int) -> int:
    """Return the memory of a process and its children, in bytes."""
    pids = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    total = 0
    for one in pids:
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * 4096
        except OSError:
            continue
    return total


if __name__ == "__main__":
    main()
