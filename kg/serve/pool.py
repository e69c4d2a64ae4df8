"""The processes that answer queries: a few, each ended when its query takes too long or is not waited for."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, StoreError, TimeUpError, TooLargeError
from kg.rdf.answer import Answer, UnfitError
from kg.serve.child import ENDS, Child, Mark
from kg.serve.kept import mark
from kg.serve.limits import Limits

_CODE = (
    "import sys; sys.path[:] = {path!r}; from kg.serve.worker import main; main({out!r}, {memory!r}, {url!r})"
)
_LOG = logging.getLogger("kg.serve")
_SLOW = 1.0
"""Seconds after which a query gives way to others."""
_OLD = 1000
"""After so many queries a process is replaced, so that whatever it may have lost is found again."""
_STARTS = 60.0
"""Seconds that a process may take until it can answer."""


class BusyError(KgError):
    """More queries wait than may."""


class OutOfMemoryError(QueryError):
    """A query needed more memory than it may."""


class Pool:
    """Answers queries to the graph in a folder; `sealed` is whether the kernel keeps them off the network.

    With `url`, the address of a SPARQL server, the processes ask that one, and are not sealed.
    """

    def __init__(self, out: Path, limits: Limits, url: str | None = None) -> None:
        self.out = out
        self.url = url
        self.limits = limits
        self.sealed = False
        self._idle: list[Child] = []
        self._all: set[Child] = set()
        self._slots = asyncio.Semaphore(limits.workers)
        self._waiting = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the processes.

        Raises:
            StoreError: there is no graph, or it is damaged.
        """
        self._idle.append(await self._begin())
        for _ in range(1, self.limits.workers):
            self._later()

    async def close(self) -> None:
        """End every process; what does not end within seconds is left to the system."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._idle:
            self._drop(worker)
        self._idle.clear()
        for worker in self._all:
            worker.end()  # whoever is asking it drops it
        with suppress(TimeoutError):
            async with asyncio.timeout(ENDS):
                while self._all or self._ending:
                    await asyncio.sleep(0.01)

    async def ask(
        self,
        sparql: str,
        formats: Mapping[str, str | None],
        graphs: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
    ) -> Answer:
        """Return the answer of a query, as `kg.rdf.answer.answer` does; whoever cancels this ends it.

        Raises:
            QueryError: it is refused, not answered in time, or its answer is too large.
            BusyError: too many others wait.
            StoreError: there is no graph any more, or it is damaged.
        """
        if self._waiting >= self.limits.waiting:
            raise BusyError("too many queries wait; try again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise BusyError("other queries take all the time; try again in a moment") from None
        finally:
            self._waiting -= 1
        try:
            return await self._ask(sparql, formats, graphs)
        finally:
            self._slots.release()

    async def _ask(
        self,
        sparql: str,
        formats: Mapping[str, str | None],
        graphs: tuple[tuple[str, ...], tuple[str, ...]] | None,
    ) -> Answer:
        question = {
            "query": sparql,
            "formats": dict(formats),
            "graphs": graphs,
            "rows": self.limits.rows,
            "bytes": self.limits.bytes,
            "seconds": self.limits.seconds,
        }
        packed = json.dumps(question).encode()
        worker = await self._take()
        kept = False
        try:
            said, data = await self._timed(worker, packed)
            kept = True
        except TimeoutError:
            raise TimeUpError(f"not answered after {self.limits.seconds:g} s; ask for less") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise OutOfMemoryError("the query needs more memory than it may take; ask for less") from None
        finally:
            self._put(worker, kept and not self._closed and not worker.polite and worker.asked < _OLD)
        return _understood(said, data)

    async def _timed(self, worker: Child, question: bytes) -> tuple[dict[str, Any], bytes]:
        task = asyncio.ensure_future(worker.ask(question))
        try:
            first = min(_SLOW, self.limits.seconds)
            done, _ = await asyncio.wait({task}, timeout=first)
            if not done:
                worker.give_way()
                done, _ = await asyncio.wait({task}, timeout=self.limits.seconds - first)
            if not done:
                raise TimeoutError
            return task.result()
        finally:
            if not task.done():
                task.cancel()
                with suppress(asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
                    await task

    async def _take(self) -> Child:
        mark = self.mark()
        while self._idle:
            worker = self._idle.pop()
            if worker.mark == mark and worker.process.returncode is None:
                return worker
            self._drop(worker)
        return await self._begin()

    def _put(self, worker: Child, keep: bool) -> None:
        if keep:
            self._idle.append(worker)
        else:
            self._drop(worker)
            self._later()

    def _drop(self, worker: Child) -> None:
        worker.end()
        if worker in self._all:
            self._all.discard(worker)
            task = asyncio.ensure_future(worker.bury())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    def _later(self) -> None:
        """Start a process in the background, so that the next query need not wait for it."""
        if self._closed:
            return
        task = asyncio.ensure_future(self._refill())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _refill(self) -> None:
        try:
            worker = await self._begin()
        except (StoreError, QueryError, OSError):
            return  # whoever asks next is told
        if len(self._all) > self.limits.workers:
            self._drop(worker)
        else:
            self._idle.insert(0, worker)

    async def _begin(self) -> Child:
        mark = self.mark()
        code = _CODE.format(path=sys.path, out=str(self.out), memory=self.limits.memory, url=self.url)
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, stdin=pipe, stdout=pipe, stderr=nowhere, start_new_session=True
        )
        worker = Child(process, mark)
        self._all.add(worker)
        try:
            async with asyncio.timeout(_STARTS):
                said, _ = await worker.hear()
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            self._drop(worker)
            raise StoreError(f"{self.out}: no process that answers queries can be started") from error
        except asyncio.CancelledError:
            self._drop(worker)
            raise
        if said["kind"] != "ready":
            self._drop(worker)
            raise StoreError(said["what"])
        self.sealed = bool(said["sealed"])
        return worker

    def mark(self) -> Mark:
        """Return what tells this writing of the graph from the one before and after it.

        A server does not say: of its graph there is one.
        """
        if self.url is not None:
            return (0,)
        return mark(self.out)


def _understood(said: dict[str, Any], data: bytes) -> Answer:
    match said["kind"]:
        case "answer":
            return Answer(said["form"], said["format"], data)
        case "unfit":
            raise UnfitError(said["what"])
        case "large":
            raise TooLargeError(said["what"])
        case "memory":
            raise OutOfMemoryError("the query needs more memory than it may take; ask for less")
        case "time":
            raise TimeUpError(said["what"])
        case "query":
            place = said["position"]
            raise QueryError(said["what"], None if place is None else (place[0], place[1]))
    _LOG.error("%s", said.get("trace", said))
    raise StoreError("the graph could not be read")
