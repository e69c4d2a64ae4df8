"""`/sparql`: the query part of the SPARQL 1.1 Protocol, read-only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.accept import choose
from kg.serve.body import read_body, while_connected
from kg.serve.describe import DESCRIPTIONS, describe
from kg.serve.pool import Pool
from kg.serve.problem import Problem

_HTML = {"text/html": "html"}
ROWS = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    }
)
"""Media types of answers to SELECT, ours best first."""
TRUTH = MappingProxyType({name: form for name, form in ROWS.items() if form in ("json", "xml")})
"""Media types of answers to ASK."""
TRIPLES = MappingProxyType(
    {
        "text/turtle": "ttl",
        "application/n-triples": "nt",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdfxml",
    }
)
"""Media types of answers to CONSTRUCT and DESCRIBE."""

_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_FIELDS = 1000
_CHARSET = {"text/csv": "; charset=utf-8", "text/tab-separated-values": "; charset=utf-8"}

Pairs = list[tuple[str, str]]


async def sparql(request: Request) -> Response:
    """Answer a query; without one, describe the service or lead people to the editor."""
    pool: Pool = request.app.state.pool
    accept = request.headers.get("accept")
    pairs = await _pairs(request)
    queries = [value for name, value in pairs if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise Problem(400, "the graph is read-only: there are no updates")
    reading = request.method in ("GET", "HEAD")
    if not queries and reading:
        return _described(request, accept)
    if len(queries) != 1:
        raise Problem(400, "give one query" if not queries else "give one query, not several")
    if reading and choose(accept, {**ROWS, **TRIPLES, **_HTML}) == "text/html":
        to = f"{request.scope.get('root_path', '')}/editor#query={quote(queries[0], safe='')}"
        return RedirectResponse(to, 303)
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    types = {form: choose(accept, offers) for form, offers in _OFFERS.items()}
    if not any(types.values()):
        raise Problem(406, f"there are {', '.join((*ROWS, *TRIPLES))}")
    formats = {form: None if kind is None else _OFFERS[form][kind] for form, kind in types.items()}
    graphs = (default, named) if default or named else None
    found = await while_connected(request, pool.ask(queries[0], formats, graphs))
    kind = types[found.form] or ""
    return Response(found.data, 200, {"content-type": kind + _CHARSET.get(kind, ""), "vary": "accept"})


_OFFERS: Mapping[str, Mapping[str, str]] = {"select": ROWS, "ask": TRUTH, "graph": TRIPLES}


async def _pairs(request: Request) -> Pairs:
    """Return the parameters of a request, wherever it has them."""
    given = _decoded(request.scope.get("query_string", b""))
    if request.method in ("GET", "HEAD"):
        return given
    kind, _, rest = request.headers.get("content-type", "").partition(";")
    kind, rest = kind.strip().lower(), rest.strip().lower()
    if kind not in (_FORM, _DIRECT):
        raise Problem(415, f"send {_FORM} or {_DIRECT}", None, {"accept-post": f"{_FORM}, {_DIRECT}"})
    if rest.startswith("charset=") and rest[8:].strip('"') not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, "send UTF-8")
    body = await read_body(request, request.app.state.limits)
    if kind == _FORM:
        return [*given, *_decoded(body)]
    if any(name == "query" for name, _ in given):
        raise Problem(400, "give one query, not several")
    try:
        return [*given, ("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise Problem(400, f"the query is not UTF-8 (byte {error.start})") from None


def _decoded(text: bytes) -> Pairs:
    try:
        return parse_qsl(
            text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise Problem(400, "the parameters are not UTF-8, percent-encoded") from None
    except ValueError:
        raise Problem(400, f"there are more than {_FIELDS} parameters") from None


def _described(request: Request, accept: str | None) -> Response:
    kind = choose(accept, {**DESCRIPTIONS, **_HTML})
    if kind is None:
        raise Problem(406, f"there are {', '.join(DESCRIPTIONS)}")
    if kind == "text/html":
        return RedirectResponse(f"{request.scope.get('root_path', '')}/editor", 303)
    data = describe(str(request.url.replace(query="")), DESCRIPTIONS[kind])
    return Response(data, 200, {"content-type": kind, "vary": "accept"})
