"""Changing a graph on disk in few places: a copy that shares its tables is changed, and replaces it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.model import Article, Status
from kg.rdf.claim import STORE
from kg.rdf.dataset import open_dataset
from kg.rdf.readback import read_article
from kg.rdf.sorting import sorted_lines
from kg.rdf.statements import DURING
from kg.rdf.swap import alone, replacing
from kg.rdf.terms import RDF, article_iri, kg, status
from kg.rdf.turtle import turtle

STALE = "KG_STALE"
"""Lies in the store and names the files beside it that say what the graph was before."""
REPORT = "report.json"
_STALE = re.compile(rb'"stale": \[[^]]*\]')  # "stale": ["kg.nq", "kg.ttl"]
WRITTEN = ("index.html", "kg.nq", "kg.ttl")
_SHARED = ".sst"
"""Tables of the engine are never changed once they are written, so that two stores may share them."""
_LEFT = ("LOCK", "LOG", "OPTIONS-")
"""How the names of files begin that the engine makes anew, a log and its settings each time that it opens."""


@dataclass(frozen=True, slots=True)
class Patch:
    """What a graph loses and gains: whole named graphs by IRI, and single quads of others."""

    graphs: Collection[str]
    gone: Collection[Quad]
    new: Collection[Quad]


class Quads:
    """What a graph loses and gains, gathered; what is in both it keeps."""

    def __init__(self) -> None:
        self.gone: set[Quad] = set()
        self.new: set[Quad] = set()

    def patch(self, graphs: Collection[str]) -> Patch:
        """Return the change, with graphs that go as a whole before all else."""
        return Patch(graphs, self.gone - self.new, self.new - self.gone)


class Before:
    """The graph as it was before a step of a change, to ask for what goes."""

    def __init__(self, store: Store, base: str) -> None:
        self._store = store
        self._base = base

    def statement(self, iri: str) -> set[Quad]:
        """Return all that a fact's statement says, and of the time for which it is stated to hold."""
        nodes = NamedNode(iri), NamedNode(iri + DURING)
        return {q for node in nodes for q in self._store.quads_for_pattern(node, None, None, DefaultGraph())}

    def direct(self, iri: str) -> set[Quad]:
        """Return the triple that says an asserted fact plainly; nothing when it is not asserted."""
        said = {quad.predicate.value: quad.object for quad in self.statement(iri)}
        subject, predicate = said.get(RDF + "subject"), said.get(RDF + "predicate")
        plain = said.get(kg("status").value) == status(Status.ASSERTED)
        if not plain or not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            return set()
        return {Quad(subject, predicate, said[RDF + "object"], DefaultGraph())}

    def article(self, id_: str) -> Article | None:
        """Return an article with its text, or None when it was not there."""
        iri = article_iri(self._base, id_)
        return read_article(self._store.quads_for_pattern(None, None, None, iri), iri.value)


def patch(
    out: Path,
    base: str,
    steps: Callable[[Path, Before], Iterable[Patch]],
    beside: Callable[[Path], Mapping[str, bytes]],
) -> None:
    """Change the graph of a folder, all of it or nothing; only who is `alone` may do this.

    Args:
        out: the folder.
        base: what every IRI starts with.
        steps: is given a copy of the store's folder and the graph, may change what it keeps in that folder
            itself, and yields what the store loses and gains, one step after the other.
        beside: is given that folder afterwards, and returns further files to replace, by name.

    Raises:
        StoreError: there is no graph, or the folder cannot be written.
    """
    open_dataset(out)
    try:
        with replacing(out) as fresh:
            copy = fresh / STORE
            _share(out / STORE, copy)
            store = Store(copy)
            for step in steps(copy, Before(store, base)):
                for graph in step.graphs:
                    store.remove_graph(NamedNode(graph))
                for quad in step.gone:
                    store.remove(quad)
                store.extend(step.new)
            store.flush()
            del store
            (copy / STALE).write_text("".join(f"{name}\n" for name in WRITTEN), "ascii")
            for name, data in beside(copy).items():
                (fresh / name).write_bytes(data)
    except OSError as error:
        raise StoreError(f"{out}: the graph cannot be written ({error})") from error


def stale(out: Path) -> frozenset[str]:
    """Return the names of the files of a graph that are older than its store."""
    try:
        return frozenset((out / STORE / STALE).read_text("ascii").split())
    except OSError:
        return frozenset()


def current(out: Path, name: str, base: str) -> bytes:
    """Return what kg.nq or kg.ttl of a graph should hold; a stale one is written anew where that is possible.

    Raises:
        StoreError: there is no graph, or it is damaged.
        OSError: the file cannot be read.
    """
    if name not in stale(out):
        return (out / name).read_bytes()
    found = texts(out, base)
    with suppress(StoreError):  # of a folder that cannot be written, or is being written: read on
        renew(out, found)
    return found[name]


def texts(out: Path, base: str) -> dict[str, bytes]:
    """Return what kg.nq and kg.ttl of a graph should hold, made from its store.

    Raises:
        StoreError: there is no graph, or it is damaged.
    """
    lines = sorted_lines(open_dataset(out).store)
    return {"kg.nq": b"".join(lines), "kg.ttl": turtle(lines, base)}


def renew(out: Path, files: Mapping[str, bytes]) -> None:
    """Replace stale files of a graph by new ones, which are stale no more; the report says so too.

    Raises:
        StoreError: the folder cannot be written, or another process is writing it.
    """
    with alone(out):
        left = stale(out) - set(files)
        try:
            report = (out / REPORT).read_bytes() if (out / REPORT).is_file() else None
            with replacing(out) as fresh:
                for name, data in files.items():
                    (fresh / name).write_bytes(data)
                if report is not None:
                    (fresh / REPORT).write_bytes(_STALE.sub(_list(left), report, count=1))
            mark = out / STORE / STALE
            mark.with_suffix(".new").write_text("".join(f"{name}\n" for name in sorted(left)), "ascii")
            os.replace(mark.with_suffix(".new"), mark)
        except OSError as error:
            raise StoreError(f"{out}: the graph cannot be written ({error})") from error


def _list(names: Collection[str]) -> bytes:
    return b'"stale": ' + json.dumps(sorted(names)).encode()


def _share(old: Path, new: Path) -> None:
    """Copy a store that nobody writes; its tables are shared where the file system can do that."""
    new.mkdir()
    for path in old.iterdir():
        if path.suffix == _SHARED:
            try:
                os.link(path, new / path.name)
                continue
            except OSError:
                pass  # it shall be a copy then
        if path.is_file() and not path.name.startswith(_LEFT):
            shutil.copyfile(path, new / path.name)
