"""A question to a SPARQL server, answered as by a graph of this machine."""

from __future__ import annotations

from urllib.parse import urlencode

from kg.rdf.query import check as read
from kg.rdf.results import parsed, serialize
from kg.rdf.terms import PREFIXES
from kg.remote.http import ServerError, check, send

_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
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
    asked = {"query": _declared(sparql)}
    if not read(sparql):
        asked["union-default-graph"] = ""
    headers = {"Accept": _WANTED, "Content-Type": _FORM}
    said = send("POST", url, urlencode(asked).encode(), headers, seconds)
    if said.kind not in (_ROWS, _TRIPLES, "application/json", "text/plain"):
        raise ServerError(
            url,
            f"answers {said.kind or 'nothing'}, no result of SPARQL",
            remedy="give the address of its query service",
        )
    try:
        result = parsed(said.data, triples=said.kind in (_TRIPLES, "text/plain"))
    except ValueError as error:
        raise ServerError(url, f"answers what is no result of SPARQL ({error})") from error
    return serialize(result, form)


def _declared(sparql: str) -> str:
    """Return a query with our prefixes, which its own come after and before."""
    return "\n".join([*(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()), sparql])
