"""What a client is told when a request cannot be answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError, QueryError, StoreError, TimeUpError, TooLargeError
from kg.rdf.answer import UnfitError
from kg.serve.html import element, page
from kg.serve.pool import BusyError, OutOfMemoryError


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - the name that RFC 9457 gives it
    """Why a request is not answered: an HTTP status, a sentence, and where in a query it is."""

    status: int
    detail: str
    position: tuple[int, int] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


_STATUS: tuple[tuple[type[KgError], int], ...] = (
    (UnfitError, 406),
    (TimeUpError, 504),
    (TooLargeError, 507),
    (OutOfMemoryError, 507),
    (QueryError, 400),
    (BusyError, 503),
    (StoreError, 503),
)


def understood(error: KgError) -> Problem:
    """Return an error of ours as a problem; what a folder is called stays with the server."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    headers = {"retry-after": "5"} if status == 503 else {}
    if isinstance(error, QueryError):
        return Problem(status, error.what, error.position, headers)
    told = "the graph cannot be read at the moment" if isinstance(error, StoreError) else str(error)
    return Problem(status, told, None, headers)


def respond(request: Request, problem: Problem) -> Response:
    """Return a problem as a page for people, as `application/problem+json`, or as a line of text."""
    title = HTTPStatus(problem.status).phrase
    accept = request.headers.get("accept", "").lower()
    text = problem.detail
    if problem.position is not None:
        line, column = problem.position
        text = f"line {line}, column {column}: {text}"
    headers = dict(problem.headers)
    if "text/html" in accept:
        body = element("p", {"class": "problem"}, f"{problem.status} {title}：{text}")
        return Response(page(request, title, [body]), problem.status, headers, "text/html")
    if "json" in accept:
        told: dict[str, object] = {"title": title, "status": problem.status, "detail": problem.detail}
        if problem.position is not None:
            told |= {"line": problem.position[0], "column": problem.position[1]}
        data = json.dumps(told, ensure_ascii=False)
        return Response(data, problem.status, headers, "application/problem+json")
    return Response(text + "\n", problem.status, headers, "text/plain")
