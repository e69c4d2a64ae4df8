"""Making the catalogue in a process of its own, which gives way to those that answer."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from kg.serve.index import Index

_CODE = "import sys; sys.path[:] = {path!r}; from kg.serve.catalogue import main; main(*sys.argv[1:])"
_LEAVES = 10.0
"""Seconds that the process may take to end by itself when all is made."""
_FEW = 3000
"""The words of so many articles are waited for; those of more come later."""


class Maker:
    """Makes catalogues of the graph in a folder or, if `url` is given, on a SPARQL server."""

    def __init__(self, out: Path, url: str | None, ontology: Path) -> None:
        self._given = json.dumps({"out": str(out), "url": url, "ontology": str(ontology)})
        self._processes: set[asyncio.subprocess.Process] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def make(self) -> Index:
        """Return a catalogue that has all names; the words of many articles follow.

        Raises:
            StoreError: there is no graph, or it cannot be read.
        """
        folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        names, stories = folder / "names.sqlite", folder / "stories.sqlite"
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
            await asyncio.wait_for(process.wait(), _LEAVES)
        self._processes.discard(process)

    async def close(self) -> None:
        """End every process."""
        for process in list(self._processes):
            await self._end(process)
        if self._tasks:
            await asyncio.wait(self._tasks)
