"""Reading what a client sends, and noticing when it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from kg.serve.limits import Limits
from kg.serve.problem import Problem

T = TypeVar("T")


async def read_body(request: Request, limits: Limits) -> bytes:
    """Return the body of a request.

    Raises:
        Problem: it is too large, takes too long to arrive, or the client has left.
    """
    data = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for piece in request.stream():
                data += piece
                if len(data) > limits.body:
                    raise Problem(
                        413, f"the body has more than {limits.body:,} bytes", None, {"connection": "close"}
                    )
    except TimeoutError:
        raise Problem(408, "the body did not arrive in time", None, {"connection": "close"}) from None
    except ClientDisconnect:
        raise Problem(400, "the client has left") from None
    return bytes(data)


async def while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Return what the work gives; when the client leaves, whose body has been read, the work is ended.

    Raises:
        Problem: the client has left.
    """
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        raise Problem(400, "the client has left")
    finally:
        for one in (task, gone):
            if not one.done():
                one.cancel()
                with suppress(asyncio.CancelledError):
                    await one


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
