"""`/view` and what it asks for under `/api/`: pieces of the graph, each bounded, read-only."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.model import Span
from kg.publish.webpage.page import served
from kg.rdf.terms import article_iri
from kg.serve.body import while_connected
from kg.serve.html import TITLE
from kg.serve.index import Index
from kg.serve.overview import plan_of
from kg.serve.pieces import Row, among, around, numbers, piece
from kg.serve.problem import Problem
from kg.serve.stating import AT_ONCE, facts_by_iri, facts_of, printed, stated, stories
from kg.serve.ways import Filters, narrowed, way

T = TypeVar("T")
Told = dict[str, Any]

_MANY = 2000
"""No more ids are taken at once."""
_LISTED = 400
_HITS = 12
_LONGEST = 200
_TEXT = 4096
"""No parameter but a list of ids is longer."""
_ID = re.compile(r"[^\x00-\x20<>\"{}|^`\\~,]{1,400}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,63}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,9}")
_SHARE = re.compile(r"[01](?:\.[0-9]{1,6})?")


class View:
    """A request of the page: its parameters, checked, and where the answers are."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.index: Index = request.app.state.index
        self.pool = request.app.state.pool
        self.ontology = request.app.state.ontology
        self.plan = plan_of(self.index.boot)
        self.base = self.plan.entity.removesuffix("entity/")

    def text(self, name: str, form: re.Pattern[str], usual: str | None = None) -> str:
        """Return a parameter that has a form."""
        found = self.request.query_params.get(name) or usual
        if found is None or (found != usual and not form.fullmatch(found)):
            raise Problem(400, f"{name} is not what it should be")
        return found

    def several(self, name: str, form: re.Pattern[str] = _ID, most: int = _MANY) -> list[str]:
        """Return a parameter that holds several, apart by ~."""
        found = [one for one in self.request.query_params.get(name, "").split("~") if one]
        if len(found) > most or not all(map(form.fullmatch, found)):
            raise Problem(400, f"{name} is not what it should be, or more than {most}")
        return found

    def typed(self) -> str:
        """Return what somebody types to find something."""
        asked = self.request.query_params.get("q", "").strip()
        if len(asked) > _LONGEST:
            raise Problem(400, f"ask with no more than {_LONGEST} characters")
        return asked

    def filters(self) -> Filters:
        """Return what the page hides."""
        return Filters(
            tuple(self.several("no", _NAME)),
            tuple(self.several("not", _NAME)),
            tuple(self.several("hide", _NAME)),
            float(self.text("sure", _SHARE, "0")),
            self.text("from", _DAY, ""),
            self.text("to", _DAY, ""),
        )

    async def read(self, of: Callable[[sqlite3.Connection], T]) -> T:
        """Return what is read from the catalogue, beside other requests."""

        def reading() -> T:
            with self.index.open() as base:
                return of(base)

        return await asyncio.to_thread(reading)

    def entities(self, base: sqlite3.Connection, ids: Sequence[str]) -> list[int]:
        """Return the numbers of the entities that there are of those with some ids."""
        found = numbers(base, [self.plan.entity + id_ for id_ in ids])
        return [number for number in found if number is not None]

    async def tell(
        self, ids: Sequence[int], rows: Sequence[Row], articles: Sequence[str], lists: bool
    ) -> Told:
        """Return a piece with sentences."""
        found = await self.read(lambda base: piece(base, self.plan, ids, rows))
        return await stated(self.pool, self.plan, self.ontology, found, rows, articles, lists)


async def _entities(view: View) -> Told:
    ids = view.several("ids")
    return await view.read(lambda base: piece(base, view.plan, view.entities(base, ids)))


async def _around(view: View) -> Told:
    ids, skip = view.several("ids"), int(view.text("skip", _NUMBER, "0"))

    def found(base: sqlite3.Connection) -> Told:
        known = view.entities(base, ids)
        return piece(base, view.plan, known, around(base, known, skip))

    return await view.read(found)


async def _among(view: View) -> Told:
    ids = view.several("ids")

    def found(base: sqlite3.Connection) -> Told:
        known = view.entities(base, ids)
        return piece(base, view.plan, (), among(base, known))

    return await view.read(found)


async def _type(view: View) -> Told:
    kind, count = view.text("name", _NAME), min(_MANY, int(view.text("n", _NUMBER)))
    ask = "SELECT id FROM thing WHERE kind = ? ORDER BY degree DESC, weight DESC, iri LIMIT ?"
    return await view.read(
        lambda base: piece(base, view.plan, [id_ for (id_,) in base.execute(ask, [kind, count])])
    )


async def _search(view: View) -> Told:
    asked = view.typed()
    found, total = await asyncio.to_thread(view.index.called, asked, _HITS)
    told = await view.read(lambda base: piece(base, view.plan, [hit.id for hit in found]))
    return told | {"hits": [{"alias": hit.alias, "rank": hit.rank} for hit in found], "total": total}


async def _narrowed(view: View) -> Told:
    filters = view.filters()

    def found(base: sqlite3.Connection) -> Told:
        rows = narrowed(base, filters, _LISTED)
        ids = dict.fromkeys(end for row in rows for end in (row[2], row[4]))
        return piece(base, view.plan, list(ids), rows)

    return await view.read(found)


async def _path(view: View) -> Told:
    ends, filters = [view.text("a", _ID), view.text("b", _ID)], view.filters()

    def found(base: sqlite3.Connection) -> Told:
        known = view.entities(base, ends)
        ids = way(base, known[0], known[1], filters) if len(known) == 2 else []
        told = piece(base, view.plan, ids or [], among(base, ids or []))
        return told | {"steps": len(ids or []), "given_up": ids is None}

    return await view.read(found)


async def _facts(view: View) -> Told:
    iris = [view.plan.fact + id_ for id_ in view.several("ids", most=AT_ONCE)]
    rows = await view.read(lambda base: facts_by_iri(base, iris))
    return await view.tell((), rows, (), False)


async def _stories(view: View) -> Told:
    ids = await view.read(lambda base: view.entities(base, [view.text("id", _ID)]))
    if not ids:
        raise Problem(404, "there is no such entity")
    listed = await stories(view.pool, view.plan.entity + view.text("id", _ID))
    return await view.tell(ids, (), listed, True)


async def _article(view: View) -> Told:
    iri = article_iri(view.base, view.text("id", _ID)).value
    facts, mentioned = await facts_of(view.pool, iri)
    rows = await view.read(lambda base: facts_by_iri(base, facts))
    ids = [id_ for id_ in await view.read(lambda base: numbers(base, mentioned)) if id_ is not None]
    first = await view.tell(ids, rows[:AT_ONCE], [iri], False)
    return first | {"named": len(ids)}


async def _articles(view: View) -> Told:
    asked = view.typed()
    found, total = await asyncio.to_thread(view.index.titled, asked, 8)
    told = await view.tell((), (), found, False)
    return told | {"total": total, "ready": view.index.stories is not None}


async def _print(view: View) -> Told:
    start, end = int(view.text("start", _NUMBER)), int(view.text("end", _NUMBER))
    if start > end:
        raise Problem(400, "end is not what it should be")
    found = await printed(view.pool, article_iri(view.base, view.text("id", _ID)).value, Span(start, end))
    if found is None:
        raise Problem(404, "there is no such place")
    return found


def _answering(act: Callable[[View], Awaitable[Told]]) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async def told() -> Told:
            return await act(View(request))

        try:
            data = await while_connected(request, told())
        except ValueError:
            raise Problem(
                503, "the graph was replaced meanwhile; ask again", None, {"retry-after": "5"}
            ) from None
        return JSONResponse(data, headers={"cache-control": "no-store"})

    return answer


async def _view(request: Request) -> Response:
    index: Index = request.app.state.index
    root = request.scope.get("root_path", "")
    if root not in index.made:
        boot = {**index.boot, "title": TITLE, "api": f"{root}/api/", "home": f"{root}/"}
        index.made[root] = await asyncio.to_thread(served, TITLE, boot)
    data, policy = index.made[root]
    headers = {"content-security-policy": policy, "cache-control": "no-cache"}
    return Response(data, 200, headers, "text/html")


_ACTS = {
    "entities": _entities,
    "around": _around,
    "among": _among,
    "type": _type,
    "search": _search,
    "narrowed": _narrowed,
    "path": _path,
    "facts": _facts,
    "stories": _stories,
    "article": _article,
    "articles": _articles,
    "print": _print,
}
ROUTES = (Route("/view", _view), *(Route(f"/api/{name}", _answering(act)) for name, act in _ACTS.items()))
"""The addresses of the viewer."""
