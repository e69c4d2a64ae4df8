"""A question to a SPARQL server, answered as by a graph of this machine."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from urllib.parse import urlencode

from kg.rdf.answer import Answer, Bounds, converted
from kg.rdf.query import Graphs
from kg.rdf.query import check as read
from kg.rdf.results import parsed, serialize
from kg.rdf.scan import Scan
from kg.rdf.terms import PREFIXES
from kg.remote.http import Said, ServerError, check, opened, send

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_TABLE = "text/csv"
_WANTED = f"{_ROWS}, {_TRIPLES};q=0.9"
_FORM = "application/x-www-form-urlencoded"


def ask(url: str, sparql: str, form: str, seconds: float | None = None) -> str:
    """Return the answer of a query as text in a format of `kg.rdf.serialize`.

    The query is read here first: what a graph of this machine refuses is refused with the same words, and
    nothing is sent. Servers whose default graph is not the union of all are asked for it, where they know
    the parameter (`union-default-graph`, Oxigraph's).

    Args:
        url: of the query service.
        sparql: the query; our prefixes need no declaration.
        form: table, csv, tsv, json or ttl.
        seconds: how long it may take.

    Raises:
        InputError: the address is none.
        QueryError: as for a graph of this machine.
        TimeUpError: it took longer.
        ServerError: the server cannot be reached, refuses, or does not answer in SPARQL's formats.
    """
    check(url)
    said, triples = _said(url, sparql, None, seconds)
    try:
        result = parsed(said.data, triples=triples)
    except ValueError as error:
        raise _no_result(url, error) from error
    return serialize(result, form)


def answered(
    url: str,
    sparql: str,
    formats: Mapping[str, str | None],
    bounds: Bounds,
    graphs: Graphs | None = None,
    seconds: float | None = None,
) -> Answer:
    """Return the answer of a query as bytes, as `kg.rdf.answer.answer` does for a store.

    Raises:
        UnfitError, TooLargeError, QueryError: as for a store.
        TimeUpError: it took longer.
        ServerError: as for `ask`.
    """
    said, triples = _said(url, sparql, graphs, seconds, bounds.bytes)
    try:
        return converted(said.data, formats, bounds, triples=triples)
    except ValueError as error:
        raise _no_result(url, error) from error


def scanning(url: str) -> Scan:
    """Return what goes through the default graph of a server row by row, nothing of it kept.

    Raises:
        InputError: the address is none.
    """
    check(url)

    def scan(sparql: str) -> Iterator[tuple[str, ...]]:
        asked = urlencode({"query": _declared(sparql)}).encode()
        with opened("POST", url, asked, {"Accept": _TABLE, "Content-Type": _FORM}) as answer:
            if answer.headers.get_content_type() != _TABLE:
                raise _no_result(url, f"{answer.headers.get_content_type()}, not {_TABLE}")
            rows = csv.reader(TextIOWrapper(answer, "utf-8", newline=""))
            next(rows, None)
            for row in rows:
                yield tuple(row)

    return scan


def _said(
    url: str, sparql: str, graphs: Graphs | None, seconds: float | None, most: int | None = None
) -> tuple[Said, bool]:
    """Return what a server answers to a query, and whether it is triples."""
    asked = [("query", _declared(sparql))]
    names_graphs = read(sparql)
    if graphs is not None:
        asked += [("default-graph-uri", iri) for iri in graphs.default]
        asked += [("named-graph-uri", iri) for iri in graphs.named]
    elif not names_graphs:
        asked.append(("union-default-graph", ""))
    headers = {"Accept": _WANTED, "Content-Type": _FORM}
    said = send("POST", url, urlencode(asked).encode(), headers, seconds, most)
    if said.kind not in (_ROWS, _TRIPLES, "application/json", "text/plain"):
        raise ServerError(
            url,
            f"answers {said.kind or 'nothing'}, no result of SPARQL",
            remedy="give the address of its query service",
        )
    return said, said.kind in (_TRIPLES, "text/plain")


def _no_result(url: str, why: object) -> ServerError:
    return ServerError(url, f"answers what is no result of SPARQL ({why})")


def _declared(sparql: str) -> str:
    """Return a query with our prefixes, which its own come after and before."""
    return "\n".join([*(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), sparql])
