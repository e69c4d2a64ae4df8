"""The graph on disk: `store/` to ask, `kg.nq` with everything, `kg.ttl` with entities and statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf.project import project
from kg.rdf.query import Result, ask
from kg.rdf.readback import read_back
from kg.rdf.swap import finish, replacing
from kg.rdf.terms import PREFIXES, RDF

VERSION = "kg 1"
"""What `store/KG_VERSION` says; another number means that quads have another form."""

_VERSION_FILE = "KG_VERSION"
_BROKEN = (OSError, RuntimeError)
"""What the engine raises when files of its store are missing, or cut short and overwritten."""

_TYPE = f"<{RDF}type>".encode()


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
        StoreError: the folder cannot be written, or another process is writing it.
        OntologyError: the graph uses a class or predicate that the ontology does not declare.
    """
    lines = sorted_lines(project(graph, ontology, settings.base))
    try:
        with replacing(out) as fresh:
            quads = fresh / "kg.nq"
            quads.write_bytes(b"".join(lines))
            (fresh / "kg.ttl").write_bytes(turtle(lines, settings.base))
            for name, data in (beside or {}).items():
                (fresh / name).write_bytes(data)
            store = Store(fresh / "store")
            store.bulk_load(path=quads, format=RdfFormat.N_QUADS)
            store.flush()
            del store
            (fresh / "store" / _VERSION_FILE).write_text(VERSION + "\n", "ascii")
    except OSError as error:
        raise StoreError(f"{out}: the graph cannot be written ({error})") from error


def open_dataset(out: Path) -> Dataset:
    """Open the graph that lies in a folder.

    Raises:
        StoreError: there is none, it is damaged, or another version of kg wrote it.
    """
    store = out / "store"
    try:
        finish(out)
        version = (store / _VERSION_FILE).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        what = "the graph is damaged" if store.exists() else "there is no graph"
        raise StoreError(f"{out}: {what}; run kg build") from None
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
    return sorted(set(buffer.getvalue().splitlines(keepends=True)), key=_rank)


def turtle(lines: Iterable[bytes], base: str) -> bytes:
    """Return the default graph of sorted N-Quads lines as Turtle with prefixes, in the same order.

    The engine writes the prefixes in an order of chance; line breaks inside literals are escaped, so
    that a full stop at the end of a line always ends a subject.
    """
    own = {"entity": f"{base}entity/", "statement": f"{base}statement/", "evidence": f"{base}evidence/"}
    triples = (
        quad.triple
        for quad in parse(b"".join(line for line in lines if not _named(line)), RdfFormat.N_TRIPLES)
    )
    buffer = BytesIO()
    serialize(triples, buffer, format=RdfFormat.TURTLE, prefixes={**PREFIXES, **own})
    written = buffer.getvalue().splitlines(keepends=True)
    split = next((n for n, line in enumerate(written) if not line.startswith(b"@prefix ")), len(written))
    body = b"".join(written[split:]).replace(b" .\n", b" .\n\n")
    return b"".join(sorted(written[:split])) + b"\n" + body


def _rank(line: bytes) -> tuple[bytes, bool, bytes]:
    subject, predicate, _ = line.split(b" ", 2)
    return subject, predicate != _TYPE, line


def _named(line: bytes) -> bool:
    """Say whether a line of canonical N-Quads names a graph: what follows the object is then an IRI.

    An object that is an IRI ends the line alone; a literal ends with its quotation mark, language or
    datatype, and no quotation mark can stand in what follows it.
    """
    rest = line.rstrip(b" .\n").split(b" ", 2)[2]
    if rest.startswith(b'"'):
        return b" " in rest[rest.rindex(b'"') :]
    return b" " in rest


def _damaged(out: Path, error: Exception) -> StoreError:
    return StoreError(f"{out}: the graph is damaged ({error}); run kg build")
