"""What stands before every request: which hosts and whom it answers, and the headers for browsers."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.problem import Problem, respond

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
OPEN = "/healthz"
"""The one address that needs no token."""


class Guard:
    """An ASGI application around another.

    Args:
        app: the other.
        hosts: the names in `Host` that are answered, in lower case and without a port; None: all. This keeps
            out a page of another site whose name was made to lead to this machine.
        token: what a request must show, as a bearer token or as the password of a browser's log-in.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] | None, token: str | None) -> None:
        self.app = app
        self.hosts = None if hosts is None else frozenset(hosts)
        self.token = None if token is None else token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1003})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self.token is not None:
                    headers.setdefault("cache-control", "private, no-store")
            await send(message)

        problem = self._refused(scope)
        if problem is None:
            await self.app(scope, receive, guarded)
            return
        response = respond(Request(scope), problem)
        if problem.status == 401:
            response.headers.append("www-authenticate", 'Bearer realm="kg"')
            response.headers.append("www-authenticate", 'Basic realm="kg", charset="UTF-8"')
        await response(scope, receive, guarded)

    def _refused(self, scope: Scope) -> Problem | None:
        headers = Headers(scope=scope)
        if self.hosts is not None and _host(headers.get("host", "")) not in self.hosts:
            return Problem(421, "this server has another name; start it with --allow-host NAME")
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if self.token is None or path == OPEN:
            return None
        if hmac.compare_digest(_shown(headers.get("authorization", "")), self.token):
            return None
        return Problem(401, "show the token: Authorization: Bearer TOKEN")


def _host(header: str) -> str:
    """Return the name in a Host header without its port.

    >>> _host("LOCALHOST:8000"), _host("[::1]:80"), _host("kg.example.org")
    ('localhost', '[::1]', 'kg.example.org')
    """
    name, colon, port = header.lower().rpartition(":")
    return name if colon and port.isdecimal() else header.lower()


def _shown(authorization: str) -> bytes:
    """Return the token in an Authorization header, or nothing.

    >>> _shown("Bearer abc"), _shown("Basic eDphYmM="), _shown("abc")
    (b'abc', b'abc', b'')
    """
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip().encode()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""
