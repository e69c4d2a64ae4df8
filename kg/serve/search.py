"""`/search` over names and articles, `/suggest` while somebody types, and the first page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.publish import label
from kg.serve.accept import choose
from kg.serve.html import Markup, Part, element, name
from kg.serve.index import Hit, Index, around
from kg.serve.pages import Frame
from kg.serve.problem import Problem

SHOWN = 20
_LONGEST = 200
_FURTHEST = 10_000


async def search(request: Request) -> Response:
    """Answer with entities and articles that a question finds, as a page or as JSON."""
    asked, kind, offset = _asked(request), request.query_params.get("kind"), _offset(request)
    index: Index = request.app.state.index
    media = choose(request.headers.get("accept"), {"text/html": "html", "application/json": "json"})
    if media is None:
        raise Problem(406, "there are text/html, application/json")
    year, paper = _issue(request)
    if kind is not None and kind not in request.app.state.ontology.classes:
        raise Problem(400, "there is no such kind")
    of_issue = year is not None or paper is not None
    named = [] if of_issue else await asyncio.to_thread(index.entities, asked, kind, SHOWN + 1, offset)
    stories = [] if kind else await asyncio.to_thread(index.articles, asked, SHOWN + 1, offset, year, paper)
    kinds = await asyncio.to_thread(index.kinds, asked)
    years, papers = await asyncio.to_thread(index.issues, asked)
    if media == "application/json":
        told = {
            "entities": [_plain(hit) for hit in named[:SHOWN]],
            "articles": [
                {**_plain(hit), "passage": "".join(around(hit.text, asked))} for hit in stories[:SHOWN]
            ],
            "kinds": kinds,
            "years": years,
            "sources": papers,
            "complete": index.stories is not None,
            "more": max(len(named), len(stories)) > SHOWN,
        }
        return JSONResponse(told, headers={"vary": "accept"})
    frame = _frame(request)
    body: list[Part] = [element("h1", {}, "搜索：", name(asked)) if asked else element("h1", {}, "搜索")]
    chosen = {"kind": kind, "year": year, "source": paper}
    called = {one: label(frame.ontology, one) for one in kinds}
    for title, field, counts in (
        ("类别", "kind", kinds),
        ("年份", "year", years),
        ("来源", "source", papers),
    ):
        body.append(
            _facets(asked, title, field, chosen[field], {n: (called.get(n, n), c) for n, c in counts.items()})
        )
    if index.stories is None:
        body.append(element("p", {"class": "soft"}, "文章的索引还在建立，稍后再查可得全部结果。"))
    body.append(element("ul", {"class": "names"}, [_entity(frame, hit) for hit in named[:SHOWN]]))
    body.append(element("ul", {"class": "stories"}, [_story(frame, hit, asked) for hit in stories[:SHOWN]]))
    if not named and not stories:
        body.append(element("p", {"class": "soft"}, "没有找到。"))
    if max(len(named), len(stories)) > SHOWN:
        more = {"q": asked, "from": str(offset + SHOWN)} | {k: v for k, v in chosen.items() if v is not None}
        body.append(element("p", {"class": "steps"}, element("a", {"href": "?" + urlencode(more)}, "更多 →")))
    return Response(frame.whole(asked or "搜索", body), media_type="text/html", headers={"vary": "accept"})


async def suggest(request: Request) -> Response:
    """Answer with the names that come closest to what somebody has typed."""
    asked = _asked(request)
    index: Index = request.app.state.index
    found = await asyncio.to_thread(index.suggested, asked, 10)
    frame = _frame(request)
    told = [
        {**_plain(hit), "called": label(frame.ontology, hit.kind), "at": frame.path(hit.iri)} for hit in found
    ]
    return JSONResponse(told)


async def home(request: Request) -> Response:
    """Answer with the first page: what the graph holds, and whom it tells most of."""
    frame = _frame(request)
    index: Index = request.app.state.index
    counts = await asyncio.to_thread(index.counts)
    most = await asyncio.to_thread(index.most_reported, 30)
    root = request.scope.get("root_path", "")
    held = " · ".join(
        f"{'文章' if k == 'Article' else label(frame.ontology, k)} {n}" for k, n in counts.items()
    )
    questions = [
        element("li", {}, element("a", {"href": f"{root}/editor#name={q.name}"}, q.title))
        for q in request.app.state.questions
    ]
    body = [
        element("h1", {}, "报纸知识图谱"),
        element("p", {"class": "soft"}, held),
        element("h2", {}, "见报最多"),
        element("ul", {"class": "names"}, [_entity(frame, hit) for hit in most]),
        element("h2", {}, "现成的问题"),
        element("ul", {}, questions),
    ]
    return Response(frame.whole("首页", body), media_type="text/html")


def _facets(
    asked: str, title: str, field: str, chosen: str | None, counts: Mapping[str, tuple[str, int]]
) -> Markup | None:
    """Return links that narrow a search, the chosen one as what leads back to all."""
    if not counts:
        return None
    links: list[Part] = []
    for value, (text, count) in counts.items():
        query = {"q": asked} if value == chosen else {"q": asked, field: value}
        at = {"href": "?" + urlencode(query), "aria-current": "true" if value == chosen else None}
        links.append(element("a", at, name(text, 40), f" {count}"))
    return element("p", {"class": "facets", "aria-label": title}, element("small", {}, f"{title} "), links)


def _entity(frame: Frame, hit: Hit) -> Markup:
    others = "、".join(hit.text.split("\n")[:5])
    kind = label(frame.ontology, hit.kind)
    small = element("small", {}, f" {kind} · {hit.weight} 篇", [" · ", name(others)] if others else "")
    return element("li", {}, frame.link(hit.iri, name(hit.label)), small)


def _story(frame: Frame, hit: Hit, asked: str) -> Markup:
    before, found, behind = around(hit.text, asked)
    return element(
        "li",
        {},
        frame.link(hit.iri, name(hit.label or "（无标题）")),
        element("p", {"class": "soft"}, before, element("mark", {}, found) if found else "", behind),
    )


def _plain(hit: Hit) -> dict[str, str]:
    return {"iri": hit.iri, "kind": hit.kind, "label": hit.label}


def _frame(request: Request) -> Frame:
    return Frame(request, request.app.state.ontology, request.app.state.base)


def _asked(request: Request) -> str:
    asked = request.query_params.get("q", "").strip()
    if len(asked) > _LONGEST:
        raise Problem(400, f"ask with no more than {_LONGEST} characters")
    return asked


def _issue(request: Request) -> tuple[str | None, str | None]:
    """Return the year and the paper, or file, to which a search is narrowed."""
    year, paper = request.query_params.get("year"), request.query_params.get("source")
    if year is not None and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Problem(400, "year is no year")
    if paper is not None and not 0 < len(paper) <= _LONGEST * 20:
        raise Problem(400, "source is none")
    return year, paper


def _offset(request: Request) -> int:
    text = request.query_params.get("from", "0")
    if not (text.isascii() and text.isdecimal()) or len(text) > 6 or int(text) > _FURTHEST:
        raise Problem(400, "from is no place in the list")
    return int(text)
