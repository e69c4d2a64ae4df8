"""A process that answers queries leaves nothing behind, however it ends."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest
from processes import run_apart

from kg.serve.child import Child
from kg.serve.limits import Limits
from kg.serve.pool import Pool

ENDLESS = (
    "import os, struct; said = struct.pack('>I', 1 << 30) + bytes(1 << 16)\nwhile True: os.write(1, said)"
)


def test_one_that_is_ended_in_the_middle_of_an_answer_leaves_no_pipe() -> None:
    async def ended() -> None:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", ENDLESS, stdin=pipe, stdout=pipe)
        child = Child(process, ())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await child.hear()
        await asyncio.sleep(0.1)  # more comes than asyncio wants to keep
        child.end()
        async with asyncio.timeout(5):
            await child.bury()
        assert process.returncode == -9

    run_apart(ended())
    before = len(os.listdir("/dev/fd"))
    run_apart(ended())
    assert len(os.listdir("/dev/fd")) == before


def test_a_pool_that_is_closed_while_it_answers_ends_at_once(folder: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c = ?l) }"

    async def closed() -> None:
        pool = Pool(folder, Limits(workers=2, seconds=60))
        await pool.start()
        asked = asyncio.ensure_future(pool.ask(slow, {"select": "json"}))
        await asyncio.sleep(0.3)
        began = asyncio.get_running_loop().time()
        await pool.close()
        assert asyncio.get_running_loop().time() - began < 3
        with pytest.raises(Exception, match="memory"):
            await asked

    run_apart(closed())
