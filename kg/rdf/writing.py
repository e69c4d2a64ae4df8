"""A graph → files: `store/` to ask, `kg.nq` with everything, `kg.ttl` with entities and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Store

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf.claim import STORE, VERSION_FILE, claim
from kg.rdf.dataset import VERSION
from kg.rdf.project import project
from kg.rdf.sorting import merged_lines
from kg.rdf.swap import alone, replacing
from kg.rdf.turtle import turtle_parts

NQUADS, TURTLE = "kg.nq", "kg.ttl"
TOGETHER = 500_000
"""Quads that are loaded at a time: the engine takes about 1.2 kB of memory for each of them."""


def write(
    graph: Graph, ontology: Ontology, settings: Settings, out: Path, beside: Mapping[str, bytes] | None = None
) -> None:
    """Write `store/`, `kg.nq` and `kg.ttl` into a folder, all or none; equal graphs give equal files.

    `beside` are further files, by name, that are replaced together with them.

    Raises:
        StoreError: the folder cannot be written or holds files that no build wrote, or another process is
            writing it.
        OntologyError: the graph uses a class or predicate that the ontology does not declare.
    """
    claim(out)
    with alone(out):
        replace(graph, ontology, settings, out, beside)


def replace(
    graph: Graph, ontology: Ontology, settings: Settings, out: Path, beside: Mapping[str, bytes] | None = None
) -> None:
    """Do what `write` does, for who is `alone` already.

    Raises:
        StoreError: the folder cannot be written.
        OntologyError: the graph uses a class or predicate that the ontology does not declare.
    """
    with anew(out) as fresh:
        fill(fresh, project(graph, ontology, settings.base), settings.base)
        for name, data in (beside or {}).items():
            (fresh / name).write_bytes(data)


@contextmanager
def anew(out: Path) -> Iterator[Path]:
    """Give an empty folder; what lies in it when the block ends well replaces the graph in `out`.

    Only who is `alone` may do this.

    Raises:
        StoreError: a folder cannot be written.
    """
    try:
        with replacing(out) as fresh:
            yield fresh
    except OSError as error:
        raise StoreError(f"{out}: the graph cannot be written ({error})") from error


def fill(fresh: Path, quads: Iterable[Quad], base: str) -> None:
    """Write `store/`, `kg.nq` and `kg.ttl` into an empty folder; memory does not grow with the quads.

    Quads may come in any order, also twice.

    Raises:
        OSError: the folder cannot be written.
    """
    pieces = fresh / "pieces"
    pieces.mkdir()
    with (fresh / NQUADS).open("wb") as whole, (fresh / TURTLE).open("wb") as plain:
        plain.writelines(turtle_parts(_copied(merged_lines(quads, pieces), whole), base))
    pieces.rmdir()
    store = Store(fresh / STORE)
    with (fresh / NQUADS).open("rb") as whole:
        while some := list(islice(whole, TOGETHER)):
            store.bulk_load(b"".join(some), format=RdfFormat.N_QUADS)
    store.flush()
    del store
    (fresh / STORE / VERSION_FILE).write_text(VERSION + "\n", "ascii")


def _copied(lines: Iterable[bytes], file: BinaryIO) -> Iterator[bytes]:
    """Yield lines, and write each into a file."""
    for line in lines:
        file.write(line)
        yield line
