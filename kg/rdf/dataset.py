"""The graph on disk: `store/` to ask, `kg.nq` with everything, `kg.ttl` with entities and statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, serialize

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf.claim import STORE, VERSION_FILE, claim
from kg.rdf.project import project
from kg.rdf.query import Result, ask
from kg.rdf.readback import read_back
from kg.rdf.swap import READY, alone, finish, locked, replacing, tries
from kg.rdf.terms import RDF
from kg.rdf.turtle import turtle

VERSION = "kg 2"
"""What `store/KG_VERSION` says; another number means that quads have another form."""

_BROKEN = (OSError, RuntimeError)
"""What the engine raises when files of its store are missing, or cut short and overwritten."""

_TYPE, _FIRST = f"> <{RDF}type> ".encode(), b"> \x01"
"""What stands between a subject and its class, and what is sorted in its place, before other predicates."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """An open graph, read-only; `path` is the folder that holds it."""

    path: Path
    store: Store

    def query(self, sparql: str) -> Result:
        """Return the answer of a SPARQL query over the union of all graphs, unless it names one.

        Raises:
            QueryError: it is no query, or it asks for SERVICE or an update.
            StoreError: the store is damaged.
        """
        try:
            return ask(self.store, sparql)
        except _BROKEN as error:
            raise _damaged(self.path, error) from error

    def graph(self) -> Graph:
        """Return the whole graph; its pages have no printed lines, all else is as it was written.

        Raises:
            StoreError: the store is damaged.
        """
        try:
            return read_back(self.store)
        except (*_BROKEN, KeyError, ValueError) as error:
            raise _damaged(self.path, error) from error


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
    graph: Graph,
    ontology: Ontology,
    settings: Settings,
    out: Path,
    beside: Mapping[str, bytes] | None = None,
    keep: Callable[[Path], Mapping[str, bytes]] | None = None,
) -> None:
    """Do what `write` does, for who is `alone` already.

    `keep` may add files to the folder of the store, and returns further files to put beside it.

    Raises:
        StoreError: the folder cannot be written.
        OntologyError: the graph uses a class or predicate that the ontology does not declare.
    """
    lines = sorted_lines(project(graph, ontology, settings.base))
    try:
        with replacing(out) as fresh:
            quads = fresh / "kg.nq"
            with quads.open("wb") as file:
                file.writelines(lines)
            (fresh / "kg.ttl").write_bytes(turtle(lines, settings.base))
            del lines
            for name, data in (beside or {}).items():
                (fresh / name).write_bytes(data)
            store = Store(fresh / STORE)
            store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
            store.flush()
            del store
            for name, data in () if keep is None else keep(fresh / STORE).items():
                (fresh / name).write_bytes(data)
            (fresh / STORE / VERSION_FILE).write_text(VERSION + "\n", "ascii")
    except OSError as error:
        raise StoreError(f"{out}: the graph cannot be written ({error})") from error


def open_dataset(out: Path) -> Dataset:
    """Open the graph that lies in a folder.

    Raises:
        StoreError: there is none, it is damaged, or another version of kg wrote it.
    """
    try:
        for _ in tries(out):
            found = _undisturbed(out)
            if found is not None:
                return found
            with locked(out) as free:
                if free:
                    finish(out)
                    return _open(out)
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(out) from None
    except OSError as error:
        raise _damaged(out, error) from error
    raise AssertionError("tries end with an error")


def _undisturbed(out: Path) -> Dataset | None:
    """Open a healthy graph without a lock; None when it is not whole, or was replaced meanwhile."""
    before = _mark(out)
    if before is None or (out / READY).is_dir():
        return None
    try:
        found = _open(out)
    except StoreError:
        return None
    return found if _mark(out) == before else None


def _mark(out: Path) -> tuple[int, int] | None:
    """Return what tells this writing of the graph from the one before and after it."""
    try:
        found = (out / STORE / VERSION_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _open(out: Path) -> Dataset:
    store = out / STORE
    try:
        version = (store / VERSION_FILE).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(out) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(out, error) from error
    if version != VERSION:
        raise StoreError(f"{out}: the graph is of version {version!r}, not {VERSION!r}; run kg build")
    try:
        return Dataset(out, Store.read_only(str(store)))
    except _BROKEN as error:
        raise _damaged(out, error) from error


def sorted_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Return N-Quads lines in the order of subject, rdf:type first, then code points; each once."""
    buffer = BytesIO()
    serialize(quads, buffer, format=RdfFormat.N_QUADS)
    # no text holds the control character, which the grammar escapes: what is put in is what is taken out
    lines = sorted(set(buffer.getvalue().replace(_TYPE, _FIRST).splitlines(keepends=True)))
    return [line.replace(_FIRST, _TYPE) if b"\x01" in line else line for line in lines]


def _missing(out: Path) -> StoreError:
    what = "the graph is damaged" if (out / STORE).exists() else "there is no graph"
    return StoreError(f"{out}: {what}; run kg build")


def _damaged(out: Path, error: Exception) -> StoreError:
    return StoreError(f"{out}: the graph is damaged ({error}); run kg build")
