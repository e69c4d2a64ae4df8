"""Running the application with uvicorn until it is told to end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import InputError

_CONNECTIONS = 512
_KEPT = 20
_GRACE = 5
_HEAD = 64 << 10


def run(
    app: ASGIApp, host: str, port: int, root_path: str = "", ready: Callable[[str], None] | None = None
) -> None:
    """Serve an application; `ready` is told its address when it listens (port 0: any free one).

    Raises:
        InputError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named, or else asyncio leaves answers waiting for acknowledgements (40 ms each)
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except OSError as error:
            remedy = "give another --port or --host"
            raise InputError(f"{host}:{port}", f"cannot listen ({error.strerror})", remedy=remedy) from error
        config = uvicorn.Config(
            app,
            root_path=root_path,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            http=Prompt,
            loop="asyncio",
            lifespan="on",
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_KEPT,
            timeout_graceful_shutdown=_GRACE,
            h11_max_incomplete_event_size=_HEAD,
        )
        server = _Server(config, ready)
        server.run([listening])


class Prompt(H11Protocol):
    """A connection that is closed when no whole request comes for `patience` to twice `patience` seconds."""

    patience = 20.0
    _seen: object = None
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(self.patience, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop watching."""
        super().connection_lost(exc)
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        answered = self.cycle is None or self.cycle.response_complete
        if answered and self.cycle is self._seen:
            self.transport.close()
            return
        self._seen = self.cycle
        self._timer = self.loop.call_later(self.patience, self._look)


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self.ready = ready

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End; who asks twice is not served faster, as what is begun takes seconds at most."""
        if not self.should_exit:
            super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.ready is not None and self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self.ready(f"http://{f'[{host}]' if ':' in host else host}:{port}{self.config.root_path}/")
