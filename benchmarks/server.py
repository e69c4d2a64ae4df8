"""What the server costs beside bare pyoxigraph, and what one hostile client costs the others.

    .venv/bin/python benchmarks/server.py [--triples 200000] [--clients 50] [--seconds 30] [FOLDER]

FOLDER is one that `kg build` wrote (output). Its graph is copied, with IRIs of their own, until it has so
many triples (or `--copies` times). All is measured in one run: every ready question over bare pyoxigraph
(answer written as JSON), over HTTP, and in rdflib's memory (where a question is given up after
`--rdflib-limit` seconds), with what an empty question takes over HTTP; then the 95th percentile of clients
with mixed queries, without and with one that asks endless joins and ten million rows, for so many seconds
each, the most memory that the server and its processes took, how many processes were ended, how many answers
failed, and whether the server still stands.
"""

from __future__ import annotations

import argparse
import http.client
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from turtle import ID, copied
from urllib.parse import quote, urlsplit

import rdflib
from pyoxigraph import QueryResultsFormat, RdfFormat, Store, serialize
from rdflib.plugins.sparql.sparql import SPARQLError

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
    parser.add_argument("--triples", type=int, default=200_000)
    parser.add_argument("--copies", type=int, help="so many instead")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--only-load", action="store_true", help="leave out the questions")
    parser.add_argument("--no-rdflib", action="store_true", help="leave out rdflib, which takes minutes")
    parser.add_argument(
        "--rdflib-limit", type=int, default=30, help="seconds after which it is asked no longer (30)"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "store")
        lines = (given.folder / "kg.nq").read_bytes()
        again = sum(ID.search(line) is not None for line in lines.splitlines())  # those that copies repeat
        once = lines.count(b"\n") - again
        copies = given.copies or max(1, -(-(given.triples - once) // again))
        quads = copied(lines, copies)
        store.bulk_load(quads, RdfFormat.N_QUADS)
        store.flush()
        print(f"{len(store):,} quads in {copies} copies")
        del store
        (folder / "store" / "KG_VERSION").write_bytes((given.folder / "store" / "KG_VERSION").read_bytes())
        code = "from kg.cli import main; main()"
        command = [sys.executable, "-c", code, "serve", "--graph", name, "--port", "0"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                at = urlsplit(server.stderr.readline().split()[1]).netloc
                if not given.only_load:
                    memory_of = None if given.no_rdflib else in_memory(quads)
                    compare(Store.read_only(str(folder / "store")), at, memory_of, given.rdflib_limit)
                    del memory_of
                load_it(server.pid, at, given.clients, given.seconds)
                print("the server ended" if server.poll() is not None else "the server stands")
            finally:
                server.terminate()


def in_memory(quads: bytes) -> rdflib.Graph:
    """Return all quads as triples in rdflib's memory, where the questions find them as in the union."""
    graph = rdflib.Graph()
    plain = Store()
    plain.bulk_load(quads, RdfFormat.N_QUADS)
    triples = {quad.triple for quad in plain}
    graph.parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    for name, iri in PREFIXES.items():
        graph.bind(name, iri)
    return graph


def compare(store: Store, at: str, graph: rdflib.Graph | None, limit: int) -> None:
    """Print how long the questions take bare, over HTTP, and in rdflib's memory."""
    client = http.client.HTTPConnection(at)
    sums, beside, unanswered = [0.0, 0.0, 0.0], 0.0, 0
    least = best(lambda: ask(client, "ASK {}"), 20)
    questions = load(packed("ontology"))
    print(f"{'question':36} {'bare':>10} {'HTTP':>10} {'rdflib':>10}   ratio, and without the fixed part")
    for question in questions:
        bare = best(lambda sparql=question.sparql: bare_answer(store, sparql))  # type: ignore[misc]
        client.close()  # the server closes what was silent while the others were asked; it is opened anew
        over = best(lambda sparql=question.sparql: ask(client, sparql))  # type: ignore[misc]
        third: float | str = "" if graph is None else timed(graph, question.sparql, limit)
        sums = [sums[0] + bare, sums[1] + over, sums[2] + (third if isinstance(third, float) else 0.0)]
        beside += over if isinstance(third, float) else 0.0
        unanswered += isinstance(third, str)
        told = f"{over / bare:6.2f} {max(0.0, over - least) / bare:6.2f}"
        shown = third if isinstance(third, str) else f"{third * 1000:7.1f} ms"
        print(f"{question.name:36} {bare * 1000:7.1f} ms {over * 1000:7.1f} ms {shown:>13}  {told}")
    fixed = least * len(questions)
    print(f"{'all':36} {sums[0] * 1000:7.1f} ms {sums[1] * 1000:7.1f} ms {sums[2] * 1000:7.1f} ms")
    print(
        f"over HTTP {sums[1] / sums[0]:.2f} times as long as bare, {(sums[1] - fixed) / sums[0]:.2f} times "
        f"without the {least * 1000:.1f} ms that an empty question takes over HTTP"
    )
    if graph is not None:
        print(
            f"rdflib left {unanswered} questions without an answer; the others took it {sums[2]:.1f} s, and "
            f"{beside:.1f} s over HTTP"
        )


class _LateError(BaseException):
    """A question took too long; rdflib catches no such thing, but may be where nothing is raised from."""


def timed(graph: rdflib.Graph, sparql: str, limit: int) -> float | str:
    """Return how long rdflib takes in seconds, or why it does not answer."""

    def late(*_: object) -> None:
        raise _LateError

    before = signal.signal(signal.SIGALRM, late)
    began = time.perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, limit, 1)  # and again every second
        len(graph.query(sparql))
        return time.perf_counter() - began
    except _LateError:
        return f"> {limit} s"
    except SPARQLError as error:  # as of a variable without a value that is counted
        return type(error).__name__
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def bare_answer(store: Store, sparql: str) -> None:
    """Ask as the server does, without it."""
    found = store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    found.serialize(format=QueryResultsFormat.JSON)  # type: ignore[call-overload]


def best(of: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the shortest of several times."""
    times = []
    for _ in range(rounds):
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
    usual = 0.0
    for hostile in (False, True):
        until = time.monotonic() + seconds
        times: list[float] = []
        failed: list[int] = []
        refused: list[int] = []
        threads = [threading.Thread(target=good, args=(at, n, until, times, failed)) for n in range(clients)]
        if hostile:
            threads.append(threading.Thread(target=bad, args=(at, until, refused)))
        for thread in threads:
            thread.start()
        most, seen = 0, set(children(pid))
        there = len(seen)
        while time.monotonic() < until:
            most = max(most, memory(pid))
            seen |= set(children(pid))
            time.sleep(0.5)
        for thread in threads:
            thread.join()
        times.sort()
        p95 = times[int(len(times) * 0.95)] * 1000
        told = f"{len(times):,} answers, median {times[len(times) // 2] * 1000:.0f} ms, p95 {p95:.0f} ms, "
        told += f"{len(failed)} failed ({sorted(set(failed))}), {most >> 20} MB at most, "
        told += f"{len(seen) - there} processes were started in place of others"
        print(f"{clients} clients{' and a hostile one' if hostile else ''}: {told}")
        if hostile:
            answers = {status: refused.count(status) for status in sorted(set(refused))}
            print(
                f"the hostile one was answered {answers}; p95 {p95 / usual:.2f} times as long as without it"
            )
        usual = p95


def good(at: str, number: int, until: float, times: list[float], failed: list[int]) -> None:
    """Ask one mixed query after the other, with pauses as people and pages make them."""
    client = http.client.HTTPConnection(at, timeout=60)
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            status = ask(client, MIXED[number % len(MIXED)])
        except (OSError, http.client.HTTPException):
            client, status = http.client.HTTPConnection(at, timeout=60), 0  # it broke off
        if status == 200:
            times.append(time.perf_counter() - began)
        else:
            failed.append(status)
        number += 1
        time.sleep(0.5)


def bad(at: str, until: float, answers: list[int]) -> None:
    """Ask one hostile query after the other."""
    client = http.client.HTTPConnection(at, timeout=120)
    number = 0
    while time.monotonic() < until:
        try:
            answers.append(ask(client, HOSTILE[number % len(HOSTILE)]))
        except (OSError, http.client.HTTPException):
            client = http.client.HTTPConnection(at, timeout=120)
            answers.append(0)
        number += 1


def memory(pid: int) -> int:
    """Return the memory of a process and its children, in bytes."""
    total = 0
    for one in (pid, *children(pid)):
        try:
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * 4096
        except OSError:
            continue
    return total


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that still run."""
    with suppress(OSError):
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return []


if __name__ == "__main__":
    main()
