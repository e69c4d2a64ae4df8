"""The application: which address is answered by what."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.config import Settings
from kg.errors import KgError, StoreError
from kg.ontology import load
from kg.publish import label
from kg.rdf.queries import load as load_questions
from kg.rdf.terms import PREFIXES
from kg.serve.catalogue import words
from kg.serve.guard import Guard
from kg.serve.html import element, page
from kg.serve.index import SECONDS
from kg.serve.limits import Limits
from kg.serve.making import Maker
from kg.serve.pool import Pool
from kg.serve.problem import Problem, respond, understood
from kg.serve.protocol import sparql
from kg.serve.resources import resource
from kg.serve.search import home, search, suggest
from kg.serve.viewer import ROUTES

_STATIC = Path(__file__).parent / "static"
_FILES = MappingProxyType(
    {
        "page.css": "text/css",
        "suggest.js": "text/javascript",
        "article.js": "text/javascript",
        "drawing.js": "text/javascript",
        "editor.js": "text/javascript",
    }
)
"""The files that are served, by name: no other name leads to a file."""
_NETWORK = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For the network page, which says itself, by hashes, which of these scripts and styles may run."""
_WARM = 2.0
"""Seconds after the start in which nothing else is done than to answer."""
_LOOK = 5.0
"""Seconds between two looks at whether the graph was replaced."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who is answered: the names in `Host` (None: any) and a token (None: none is asked for)."""

    hosts: tuple[str, ...] | None = ("localhost", "127.0.0.1", "[::1]")
    token: str | None = None


def application(
    out: Path,
    settings: Settings,
    limits: Limits | None = None,
    access: Access | None = None,
    endpoint: str | None = None,
) -> ASGIApp:
    """Return the ASGI application that serves the graph in a folder; it opens it when it is started.

    With `endpoint`, the address of a SPARQL server, it serves the graph that is there instead.

    Raises:
        OntologyError: the ontology or a question in it is malformed.
    """
    limits, access = limits or Limits(), access or Access()
    ontology, questions = load(settings.ontology), load_questions(settings.ontology)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        pool = app.state.pool = Pool(out, limits, endpoint)
        maker, mark = Maker(out, endpoint, settings.ontology), pool.mark()
        tasks: list[asyncio.Task[None]] = []
        try:
            await pool.start()
            app.state.index = await maker.make()
            tasks += [asyncio.create_task(_keep_up(app, maker, mark)), asyncio.create_task(_warm())]
            yield
        finally:
            for task in tasks:
                task.cancel()
            await maker.close()
            await pool.close()
            if hasattr(app.state, "index"):
                app.state.index.forget()

    app = Starlette(
        routes=[
            Route("/", home),
            Route("/sparql", sparql, methods=["GET", "POST"]),
            Route("/editor", _editor),
            Route("/editor/words.json", _words),
            Route("/search", search),
            Route("/suggest", suggest),
            Route("/network", _network),
            Route("/healthz", _health),
            Route("/static/{name}", _static),
            *ROUTES,
            Route("/{kind}/{id}", resource),
        ],
        lifespan=life,
        exception_handlers={
            Problem: _problem,
            KgError: _known,
            HTTPException: _http,
            sqlite3.OperationalError: _late,
        },
    )
    app.state.out, app.state.limits = out, limits
    app.state.base, app.state.ontology, app.state.questions = settings.base, ontology, questions
    return Guard(app, access.hosts, access.token)


async def _warm() -> None:
    """Read the words that questions are cut by, so that the first search need not wait for it."""
    await asyncio.sleep(_WARM)
    await asyncio.to_thread(words, "")


async def _keep_up(app: Starlette, maker: Maker, mark: tuple[int, ...]) -> None:
    """Make a new catalogue whenever the graph was replaced; until it is made, the old one answers."""
    while True:
        await asyncio.sleep(_LOOK)
        now = app.state.pool.mark()
        if now and now != mark:
            try:
                new = await maker.make()
            except StoreError:
                continue
            old, app.state.index, mark = app.state.index, new, now
            await asyncio.sleep(2 * SECONDS)  # whoever was being answered from it is done by then
            old.forget()


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        raise Problem(404, "there is no such file")
    return FileResponse(_STATIC / name, media_type=_FILES[name], headers={"cache-control": "no-cache"})


async def _network(request: Request) -> Response:
    file: Path = request.app.state.out / "index.html"
    if not file.is_file():
        raise Problem(404, "there is no network page beside the graph; kg view writes it")
    return FileResponse(file, media_type="text/html", headers={"content-security-policy": _NETWORK})


async def _editor(request: Request) -> Response:
    root = request.scope.get("root_path", "")
    at = {
        "id": "editor",
        "data-sparql": f"{root}/sparql",
        "data-words": f"{root}/editor/words.json",
        "data-root": root,
    }
    at["data-base"] = request.app.state.base
    body = [
        element("h1", {}, "SPARQL"),
        element(
            "section",
            at,
            element("noscript", {}, "编辑器需要脚本；查询也可以直接发到 /sparql。"),
        ),
    ]
    return Response(
        page(request, "SPARQL", body, scripts=("drawing.js", "editor.js")), media_type="text/html"
    )


async def _words(request: Request) -> Response:
    """Answer with what the editor completes: prefixes, classes, predicates and the questions."""
    ontology = request.app.state.ontology
    told = {
        "prefixes": dict(PREFIXES),
        "classes": {name: label(ontology, name) for name in ontology.classes},
        "predicates": {name: label(ontology, name) for name in ontology.predicates},
        "questions": [
            {"name": q.name, "title": q.title, "comment": q.comment, "sparql": q.sparql}
            for q in request.app.state.questions
        ],
    }
    return JSONResponse(told)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - what the handler is registered for
    return respond(request, error)


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)  # noqa: S101 - what the handler is registered for
    return respond(request, understood(error))


async def _late(request: Request, _: Exception) -> Response:
    return respond(request, Problem(504, "not found in time; ask for less"))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - what the handler is registered for
    detail = {404: "there is nothing at this address", 405: "this address does not take this method"}
    return respond(
        request,
        Problem(error.status_code, detail.get(error.status_code, error.detail), None, error.headers or {}),
    )
