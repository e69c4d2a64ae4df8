"""Processes that tests start, and that end with them whatever happens."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LIMIT = 120
"""Seconds that a process of a test may take for what is waited for."""
LEAVES = 30
"""Seconds in which it must end when it is told to."""


def end(process: subprocess.Popen[str], sign: int = signal.SIGKILL) -> bool:
    """Tell a process to end and wait for it; return whether it did, or had to be killed after a while."""
    try:
        process.send_signal(sign)
        process.communicate(timeout=LEAVES)
    except subprocess.TimeoutExpired:
        process.kill()
        with suppress(subprocess.TimeoutExpired):  # one of its own may hold on to what is read here
            process.communicate(timeout=LEAVES)
        return False
    finally:
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    return True


def run_apart(work: Coroutine[object, object, T]) -> T:
    """Run a coroutine in a thread of its own: that of the tests has a loop while a browser is open."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, asyncio.wait_for(work, LIMIT)).result(LIMIT + LEAVES)


@contextmanager
def _done_after(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Do something if what is done meanwhile takes longer."""
    watch = threading.Timer(seconds, act)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def killed_after(process: subprocess.Popen[str], seconds: float = LIMIT) -> AbstractContextManager[None]:
    """Kill a process if what is done meanwhile, as reading what it says, takes longer."""
    return _done_after(seconds, process.kill)


def children_killed_after(seconds: float, name: str) -> AbstractContextManager[None]:
    """Kill the processes under this one whose name begins so, if what is done meanwhile takes longer."""

    def kill() -> None:
        for pid in _below(os.getpid()):
            try:
                if Path(f"/proc/{pid}/comm").read_text().startswith(name):
                    os.kill(pid, signal.SIGKILL)
            except OSError:
                continue  # it has ended

    return _done_after(seconds, kill)


def _below(top: int) -> list[int]:
    above: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            above[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    found = [top]
    for one in found:
        found += [pid for pid, parent in above.items() if parent == one]
    return found[1:]
