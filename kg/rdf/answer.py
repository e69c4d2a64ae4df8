"""Answers as the bytes of a standard format, written by the engine itself, no larger than they may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from kg.errors import QueryError, TooLargeError
from kg.rdf.query import Graphs, evaluate
from kg.rdf.terms import PREFIXES, sorted_prefixes

RESULTS = MappingProxyType(
    {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
    }
)
"""Formats of the answers of SELECT; the first two are also those of ASK."""
TRIPLES = MappingProxyType(
    {
        "ttl": RdfFormat.TURTLE,
        "nt": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
    }
)
"""Formats of the answers of CONSTRUCT and DESCRIBE."""

_BETWEEN = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
"""What stands before every row, or between two; inside values of JSON and CSV it may stand as well."""
_VALUES = {"json": re.compile(rb'"(?:[^"\\]|\\.)*"'), "csv": re.compile(rb'"[^"]*"')}
_ONCE = {"json": 1, "xml": 0, "csv": -1, "tsv": -1}
"""What is added to their number to have that of the rows."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large an answer may be: rows (or triples), and bytes."""

    rows: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `form` is select, ask or graph, `format` the name of that in which `data` is."""

    form: str
    format: str
    data: bytes


class UnfitError(QueryError):
    """None of the formats that were asked for is one of this form of query."""


@dataclass(slots=True)
class _Sink:
    """Takes what the engine writes, as long as it is not too much."""

    format: str
    bounds: Bounds
    data: bytearray = field(default_factory=bytearray)
    count: int = 0

    def write(self, piece: bytes) -> int:
        between = _BETWEEN[self.format]
        tail = bytes(self.data[-(len(between) - 1) :]) if len(between) > 1 else b""
        self.data += piece
        self.count += (tail + piece).count(between)
        if len(self.data) > self.bounds.bytes:
            raise _too_large(f"{self.bounds.bytes:,} bytes")
        if self.count + _ONCE[self.format] > self.bounds.rows:
            values = _VALUES.get(self.format)
            plain = self.data if values is None else values.sub(b"", self.data)
            self.count = plain.count(between)
            if self.count + _ONCE[self.format] > self.bounds.rows:
                raise _too_large(f"{self.bounds.rows:,} rows")
        return len(piece)

    def flush(self) -> None:
        pass


def answer(
    store: Store, sparql: str, formats: Mapping[str, str | None], bounds: Bounds, graphs: Graphs | None = None
) -> Answer:
    """Return the answer of a query in the format that is wanted for its form.

    Args:
        store: an open store.
        sparql: the query.
        formats: for each of select, ask and graph the name of a format, or None when none is wanted.
        bounds: how large it may be.
        graphs: take the place of the graphs that the query names.

    Raises:
        UnfitError: no format is wanted for this form of query.
        TooLargeError: the answer is larger than it may be.
        QueryError: it is no query that is answered.
        OSError: the store cannot be read.
    """
    found = evaluate(store, sparql, graphs)
    form = (
        "ask" if isinstance(found, QueryBoolean) else "graph" if isinstance(found, QueryTriples) else "select"
    )
    name = _wanted(form, formats)
    if isinstance(found, QueryTriples):
        return Answer(form, name, _triples(found, name, bounds))
    if isinstance(found, QueryBoolean):
        return Answer(form, name, found.serialize(format=RESULTS[name]) or b"")
    return Answer(form, name, _rows(found, name, bounds))


def converted(data: bytes, formats: Mapping[str, str | None], bounds: Bounds, *, triples: bool) -> Answer:
    """Return what another server answered, results in JSON or N-Triples, in the format that is wanted.

    Raises:
        UnfitError, TooLargeError: as for `answer`.
        ValueError: it is not what it should be.
    """
    try:
        if triples:
            found = (quad.triple for quad in parse(data, RdfFormat.N_TRIPLES))
            name = _wanted("graph", formats)
            return Answer("graph", name, _triples(found, name, bounds))
        read = parse_query_results(data, QueryResultsFormat.JSON)
        if isinstance(read, QueryBoolean):
            name = _wanted("ask", formats)
            return Answer("ask", name, read.serialize(format=RESULTS[name]) or b"")
        name = _wanted("select", formats)
        return Answer("select", name, _rows(read, name, bounds))
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def _wanted(form: str, formats: Mapping[str, str | None]) -> str:
    name = formats.get(form)
    if name is None:
        verb = {"select": "SELECT", "ask": "ASK", "graph": "CONSTRUCT and DESCRIBE"}[form]
        raise UnfitError(f"the formats that are accepted are none of {verb}")
    return name


def _rows(found: QuerySolutions, name: str, bounds: Bounds) -> bytes:
    sink = _Sink(name, bounds)
    found.serialize(sink, format=RESULTS[name])  # type: ignore[arg-type]
    return bytes(sink.data)


def _triples(found: Iterable[Triple], name: str, bounds: Bounds) -> bytes:
    triples: set[Triple] = set()
    for triple in found:
        triples.add(triple)
        if len(triples) > bounds.rows:
            raise _too_large(f"{bounds.rows:,} triples")
    ordered = sorted(triples, key=str)
    prefixes = dict(PREFIXES) if name in ("ttl", "rdfxml") else None
    data = serialize(ordered, format=TRIPLES[name], prefixes=prefixes) or b""
    if len(data) > bounds.bytes:
        raise _too_large(f"{bounds.bytes:,} bytes")
    return b"".join(sorted_prefixes(data)) if name == "ttl" else data


def _too_large(limit: str) -> TooLargeError:
    return TooLargeError(f"the answer has more than {limit}; ask for less, as with LIMIT")
