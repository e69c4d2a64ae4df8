"""Running the application with uvicorn until it is told to end."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from kg.errors import InputError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
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
    with socket.socket(family, socket.SOCK_STREAM) as listening:
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
            http="h11",
            loop="asyncio",
            lifespan="on",
            limit_concurrency=_CONNECTIONS,
            timeout_keep_alive=_KEPT,
            timeout_graceful_shutdown=_GRACE,
            h11_max_incomplete_event_size=_HEAD,
        )
        server = _Server(config, ready)
        server.run([listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.ready is not None and self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            self.ready(f"http://{f'[{host}]' if ':' in host else host}:{port}{self.config.root_path}/")
