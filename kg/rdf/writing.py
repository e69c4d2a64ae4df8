"""A graph → files: `store/` to ask, `kg.nq` with everything, `kg.ttl` with entities and statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import RdfFormat, Store

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf.claim import STORE, VERSION_FILE, claim
from kg.rdf.dataset import VERSION
from kg.rdf.project import project
from kg.rdf.sorting import merged_lines, parts
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
    with anew(out) as fresh, filled(fresh, parts(project(graph, ontology, settings.base)), settings.base):
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


@contextmanager
def filled(fresh: Path, lines: Iterable[bytes], base: str) -> Iterator[None]:
    """Write `kg.nq`, `kg.ttl` and `store/` into an empty folder; memory does not grow with the quads.

    The files of text are there when the block begins, and the store when it ends: the engine loads on another
    processor. N-Quads lines come some at a time, in any order, also twice.

    Raises:
        OSError: the folder cannot be written.
    """
    pieces = fresh / "pieces"
    pieces.mkdir()
    loader = _Loader(fresh)
    try:
        with (fresh / NQUADS).open("wb") as whole, (fresh / TURTLE).open("wb") as plain:
            plain.writelines(turtle_parts(_copied(merged_lines(lines, pieces), whole, loader), base))
        pieces.rmdir()
        yield
        loader.finish()
    finally:
        loader.end()
    (fresh / STORE / VERSION_FILE).write_text(VERSION + "\n", "ascii")


class _Loader:
    """Loads the lines of a file into a store while the file is written."""

    def __init__(self, fresh: Path) -> None:
        self._file = fresh / NQUADS
        self._store: Store | None = Store(fresh / STORE)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._coming: list[Future[None]] = []
        self._end = 0

    def load(self, end: int) -> None:
        """Load what was written since the last time, up to a place in the file."""
        self._coming.append(self._thread.submit(self._load, self._end, end))
        self._end = end

    def _load(self, start: int, end: int) -> None:
        if self._store is not None:
            with self._file.open("rb") as lines:
                lines.seek(start)
                self._store.bulk_load(lines.read(end - start), format=RdfFormat.N_QUADS)

    def finish(self) -> None:
        """Wait until all is loaded."""
        for one in self._coming:
            one.result()
        if self._store is not None:
            self._store.flush()

    def end(self) -> None:
        """Let go of the store; what was not loaded by now will not be."""
        self._thread.shutdown(cancel_futures=True)
        self._store = None


def _copied(lines: Iterable[bytes], file: BinaryIO, loader: _Loader) -> Iterator[bytes]:
    """Yield lines, write each into a file, and have them loaded from there."""
    number = 0
    for number, line in enumerate(lines, 1):
        file.write(line)
        yield line
        if not number % TOGETHER:
            file.flush()
            loader.load(file.tell())
    if number % TOGETHER:
        file.flush()
        loader.load(file.tell())
