"""What a query may take, and what it is kept from."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import TOKEN, Said, Server, serving

from kg.errors import QueryError, TooLargeError
from kg.rdf import open_dataset
from kg.rdf.answer import Bounds, answer

pytestmark = pytest.mark.usefixtures("measured")

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(8)) + " FILTER(?c0 = ?c7) }"
)
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f"


def ask(server: Server, query: str, accept: str | None = None) -> Said:
    return server.get("/sparql?" + urllib.parse.urlencode({"query": query}), accept, **TOKEN)


def test_an_endless_query_is_ended_and_the_next_is_answered(strict: Server) -> None:
    began = time.monotonic()
    said = ask(strict, ENDLESS)
    assert (said.status, "not answered after 1.5 s" in said.text) == (504, True)
    assert time.monotonic() - began < 15
    assert ask(strict, "ASK {}").status == 200


def test_an_answer_of_too_many_rows_is_refused_and_one_of_just_as_many_given(strict: Server) -> None:
    rows = "SELECT ?n { VALUES ?n { %s } }"
    exact = " ".join(f'"a}},{{\\n\\"{n}"' for n in range(40))  # with what stands between rows in its values
    for accept in (
        "application/json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ):
        assert ask(strict, rows % exact, accept).status == 200
        said = ask(strict, rows % (exact + ' "b"'), accept)
        assert (said.status, "more than 40 rows" in said.text) == (507, True)
    assert ask(strict, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "text/turtle").status == 507


@pytest.fixture(scope="module")
def patient(folder: Path, measuring: Mapping[str, str]) -> Iterator[Server]:
    """A server with one process, little memory and much time."""
    options = ("--memory", "64", "--time-limit", "120", "--workers", "1")
    with serving(folder, *options, **measuring) as running:
        yield running


def test_a_query_that_needs_too_much_memory_ends_alone(patient: Server) -> None:
    said = patient.ask(GREEDY)
    assert (said.status, "memory" in said.text) == (507, True)
    assert patient.ask("ASK {}").status == 200


def test_who_leaves_ends_the_query(patient: Server) -> None:
    host, port = patient.at.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as client:
        path = "/sparql?" + urllib.parse.urlencode({"query": ENDLESS})
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        time.sleep(1)
    began = time.monotonic()
    assert patient.ask("ASK {}").status == 200  # the only process is free again
    assert time.monotonic() - began < 30


def test_a_slow_query_does_not_keep_others_waiting(server: Server) -> None:
    with ThreadPoolExecutor(1) as other:
        slow = other.submit(server.ask, ENDLESS)
        time.sleep(0.3)
        began = time.monotonic()
        for _ in range(5):
            assert server.ask("ASK {}").status == 200
        assert not slow.done()
        assert time.monotonic() - began < 9
        assert slow.result().status == 504


def test_a_new_graph_is_answered_from_when_it_is_there(folder: Path, tmp_path: Path) -> None:
    import shutil

    from kg import ontology
    from kg.config import Settings
    from kg.model import Graph
    from kg.rdf import write

    out = tmp_path / "graph"
    shutil.copytree(folder, out)
    with serving(out, "--workers", "1") as server:
        assert json.loads(server.ask("ASK { ?a kg:met ?b }").text)["boolean"] is True
        settings = Settings()
        write(Graph((), (), (), ()), ontology.load(settings.ontology), settings, out)
        assert json.loads(server.ask("ASK { ?a kg:met ?b }").text)["boolean"] is False


def test_the_server_ends_with_all_its_processes(folder: Path) -> None:
    with serving(folder, "--workers", "2") as server:
        parent = server.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children")
        if not children.exists():
            pytest.skip("this kernel does not list the children of a process")
        server.ask("ASK {}")
        started = [int(pid) for pid in children.read_text().split()]
        assert started
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_who_is_told_twice_to_end_ends_in_peace(folder: Path) -> None:
    with serving(folder, "--workers", "1") as server:
        for _ in range(2):
            server.process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        _, said = server.process.communicate(timeout=30)
        assert "Traceback" not in said


SEALED = """
import socket, subprocess, sys
from kg.serve.seal import bound_memory, seal
if not seal():
    sys.exit(3)
connect = lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])))
for call in (connect, lambda: subprocess.run(["true"])):
    try:
        call()
    except OSError:
        continue
    sys.exit(1)
bound_memory(64 << 20)
try:
    bytearray(256 << 20)
except MemoryError:
    sys.exit(0)
sys.exit(2)
"""


def test_a_sealed_process_opens_no_connection_no_program_and_takes_no_more_memory() -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        port = str(trap.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", SEALED, port], check=False, timeout=60)
    if done.returncode == 3:
        pytest.skip("this kernel seals no process")
    assert done.returncode == 0


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_are_counted_as_they_are(folder: Path, form: str) -> None:
    store = open_dataset(folder).store
    query = "SELECT * { ?s ?p ?o } LIMIT 2500"
    formats = {"select": form, "ask": None, "graph": None}
    found = answer(store, query, formats, Bounds(2500, 1 << 30))
    assert isinstance(store.query(query), ox.QuerySolutions)
    assert len(found.data) > 8192 * 3
    rows = len(open_dataset(folder).query(query).rows)
    answer(store, query, formats, Bounds(rows, 1 << 30))
    with pytest.raises(TooLargeError, match="rows"):
        answer(store, query, formats, Bounds(rows - 1, 1 << 30))
    with pytest.raises(TooLargeError, match="bytes"):
        answer(store, query, formats, Bounds(2500, 10_000))
    with pytest.raises(QueryError):
        answer(store, "SELECT nonsense", formats, Bounds(1, 1))
