"""Connections that bring no request do not stay."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from kg.serve.running import Prompt


class Hasty(Prompt):
    patience = 0.3


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    import asyncio

    await asyncio.sleep(1.2)
    await PlainTextResponse(Request(scope, receive).url.path)(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(
            uvicorn.Config(
                slow, http=Hasty, ws="none", lifespan="off", log_level="error", timeout_graceful_shutdown=5
            )
        )
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started:
            assert time.monotonic() < until
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "])
def test_who_never_ends_a_request_is_left(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(sent)
        assert client.recv(100) == b""


def test_who_waits_for_an_answer_is_not_left(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /there HTTP/1.1\r\nHost: a\r\n\r\n")
        said = b""
        while b"/there" not in said:
            more = client.recv(1000)
            assert more
            said += more
        assert said.startswith(b"HTTP/1.1 200")
        assert client.recv(1000) == b""
