"""`/entity/…`, `/article/…`, `/page/…`, `/statement/…`, `/evidence/…`: pages for people, RDF for programs."""

from __future__ import annotations

from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve import pages, told
from kg.serve.accept import choose
from kg.serve.body import while_connected
from kg.serve.pool import Pool
from kg.serve.problem import Problem
from kg.serve.protocol import TRIPLES

OFFERS = MappingProxyType({"text/html": "html", **TRIPLES})
_FURTHEST = 10**7


async def resource(request: Request) -> Response:
    """Answer with the thing that a path names, in the format that the client likes best."""
    kind, id_ = request.path_params["kind"], request.path_params["id"]
    if kind not in told.DESCRIPTIONS or not told.ID.fullmatch(id_):
        raise Problem(404, "there is no such thing in the graph")
    media = choose(request.headers.get("accept"), OFFERS)
    if media is None:
        raise Problem(406, f"there are {', '.join(OFFERS)}")
    iri = f"{request.app.state.base}{kind}/{id_}"
    response = await while_connected(
        request, _page(request, kind, iri) if media == "text/html" else _triples(request, kind, iri, media)
    )
    response.headers["vary"] = "accept"
    return response


async def _triples(request: Request, kind: str, iri: str, media: str) -> Response:
    pool: Pool = request.app.state.pool
    if kind == "entity":
        about = await told.entity(pool, iri)
        if about is not None and about.moved is not None:
            return _moved(request, about.moved)
    formats = {"select": None, "ask": None, "graph": OFFERS[media]}
    there = await pool.ask(f"ASK {{ <{iri}> ?p ?o }}", {**formats, "ask": "json"})
    if b"true" not in there.data:
        raise Problem(404, "there is no such thing in the graph")
    found = await pool.ask(told.DESCRIPTIONS[kind].format(iri=iri), formats)
    return Response(found.data, 200, {"content-type": media})


async def _page(request: Request, kind: str, iri: str) -> Response:
    pool: Pool = request.app.state.pool
    frame = pages.Frame(request, request.app.state.ontology, request.app.state.base)
    data: bytes | None = None
    if kind == "entity":
        offset = _offset(request)
        about = await told.entity(pool, iri, offset)
        if about is not None and about.moved is not None:
            return _moved(request, about.moved)
        data = None if about is None else pages.entity_page(frame, iri, about, offset)
    elif kind == "article":
        story = await told.article(pool, iri)
        data = None if story is None else pages.article_page(frame, iri, story)
    elif kind == "page":
        found = await told.printed_page(pool, iri)
        data = None if found is None else pages.printed(frame, iri, *found)
    else:
        of = told.subject_of if kind == "statement" else told.article_of
        whole = await of(pool, iri)
        path = None if whole is None else frame.path(whole)
        if path is not None:
            place = f"#{iri.rpartition('/')[2]}" if kind == "statement" else ""
            return RedirectResponse(path + place, 303)
    if data is None:
        raise Problem(404, "there is no such thing in the graph")
    return Response(data, media_type="text/html")


def _moved(request: Request, iri: str) -> Response:
    to = pages.Frame(request, request.app.state.ontology, request.app.state.base).path(iri)
    if to is None:
        raise Problem(404, "there is no such thing in the graph")
    return RedirectResponse(to, 302)  # not for ever: what was merged may be split again


def _offset(request: Request) -> int:
    text = request.query_params.get("from", "0")
    if not (text.isascii() and text.isdecimal()) or int(text[:9]) > _FURTHEST:
        raise Problem(400, "from is no number of facts")
    return int(text[:9])
