"""Taking the catalogue that is kept, or making one in a process of its own, which gives way to others."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from kg.serve.index import Index
from kg.serve.kept import NAMES, STORIES, take

_CODE = "import sys; sys.path[:] = {path!r}; from kg.serve.catalogue import main; main(*sys.argv[1:])"
_LEAVES = 600.0
"""Seconds that the process may take to keep what it has made, and to end by itself."""
_ENDS = 5.0
"""Seconds that a process may take to be gone when it is killed."""
_FEW = 3000
"""The words of so many articles are waited for; those of more come later."""


class Maker:
    """Makes catalogues of the graph in a folder or, if `url` is given, on a SPARQL server."""

    def __init__(self, out: Path, url: str | None, ontology: Path) -> None:
        self._out = out if url is None else None
        self._ontology = ontology
        self._given = json.dumps({"out": str(out), "url": url, "ontology": str(ontology)})
        self._processes: set[asyncio.subprocess.Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def make(self) -> Index:
        """Return the catalogue that is kept beside the graph, or a new one.

        A new one has all names; the words of many articles follow.

        Raises:
            StoreError: there is no graph, or it cannot be read.
        """
        folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        names, stories = folder / NAMES, folder / STORIES
        if self._out is not None and await asyncio.to_thread(take, self._out, self._ontology, folder):
            try:
                return Index(names, stories)
            except (sqlite3.Error, ValueError, TypeError):  # a damaged one is as good as none
                pass
        for left in (names, stories):
            left.unlink(missing_ok=True)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            _CODE.format(path=sys.path),
            self._given,
            str(names),
            str(stories),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._processes.add(process)
        assert process.stdout is not None  # noqa: S101 - it was started with a pipe
        said = (await process.stdout.readline()).decode("utf-8", "replace").strip()
        word, _, count = said.partition(" ")
        if word != "names" or not count.isdecimal():
            await self._end(process)
            shutil.rmtree(folder, ignore_errors=True)
            raise StoreError(said or "the process that reads the names of the graph ended")
        index = Index(names, None)
        task = asyncio.ensure_future(self._finish(process, process.stdout, index, stories))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if int(count) <= _FEW:
            await asyncio.wait({task})
        return index

    async def _finish(
        self, process: asyncio.subprocess.Process, said: asyncio.StreamReader, index: Index, stories: Path
    ) -> None:
        if (await said.readline()).strip() == b"stories":
            index.stories = stories
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _LEAVES)
        await self._end(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        with suppress(ProcessLookupError):
            process.kill()
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _ENDS)
        self._processes.discard(process)

    async def close(self) -> None:
        """End every process."""
        for process in list(self._processes):
            await self._end(process)
        if self._tasks:
            await asyncio.wait(self._tasks)
