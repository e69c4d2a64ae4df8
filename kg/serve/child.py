"""One process that answers queries, as the server sees it."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.serve.worker import LENGTH

ENDS = 5.0
"""Seconds that a process may take to be gone when it is killed."""
_POLITE = 10

Mark = tuple[int, ...]
"""What tells one writing of a graph from the others."""


@dataclass(slots=True, eq=False)
class Child:
    """A process, the graph it was started for, how much it was asked, and whether it gives way to others."""

    process: asyncio.subprocess.Process
    mark: Mark
    asked: int = 0
    polite: bool = False

    async def ask(self, question: bytes) -> tuple[dict[str, Any], bytes]:
        """Ask it and return what it says."""
        stdin = self.process.stdin
        assert stdin is not None  # noqa: S101 - it was started with pipes
        stdin.write(LENGTH.pack(len(question)) + question)
        await stdin.drain()
        return await self.hear()

    async def hear(self) -> tuple[dict[str, Any], bytes]:
        """Return what it says next.

        Raises:
            asyncio.IncompleteReadError: it has ended.
        """
        said, data = await self._piece(), await self._piece()
        self.asked += 1
        return dict(json.loads(said)), data

    async def _piece(self) -> bytes:
        stdout = self.process.stdout
        assert stdout is not None  # noqa: S101 - it was started with pipes
        size = LENGTH.unpack(await stdout.readexactly(LENGTH.size))[0]
        return await stdout.readexactly(size)

    def end(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self.process.kill()

    async def bury(self) -> None:
        """Read what an ended process has said still: until then asyncio keeps its pipe and waits for it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDS):
                stdout = self.process.stdout
                while stdout is not None and await stdout.read(1 << 16):
                    pass
                await self.process.wait()

    def give_way(self) -> None:
        """Let the others of this machine go first."""
        self.polite = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, _POLITE)
