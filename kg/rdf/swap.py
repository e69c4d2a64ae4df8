"""Replacing a graph on disk as a whole: after a crash either the old one or the new one is there."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

READY = ".kg-ready"
_NEW = ".kg-new-"
_PATIENCE = 2.0
"""Seconds to wait for another process: a reader holds the lock much shorter, a writer may longer."""
_PAUSE = 0.01


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give an empty folder beside the graph; when the block ends well, what lies in it is moved to `out`.

    Renaming the folder to `.kg-ready` is the point of no return: before it the old graph is whole,
    after it `finish` completes the move, now or at the next opening.

    Raises:
        StoreError: another process is writing here.
    """
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        finish(out)
        for left in out.glob(_NEW + "*"):
            shutil.rmtree(left)
        fresh = Path(tempfile.mkdtemp(prefix=_NEW, dir=out))
        try:
            yield fresh
            fresh.chmod(0o755)
            os.replace(fresh, out / READY)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        finish(out)


def finish(out: Path) -> None:
    """Move what a committed write left in `.kg-ready` into place; nothing happens when there is none.

    Only who holds the lock may do this. A folder that is replaced gives way in one step and is deleted
    afterwards, so that who opens it finds all of it or nothing.
    """
    ready = out / READY
    if not ready.is_dir():
        return
    olds = []
    for new in sorted(ready.iterdir()):
        place = out / new.name
        if place.is_dir():
            olds.append(Path(tempfile.mkdtemp(prefix=_NEW, dir=out)))
            os.replace(place, olds[-1])
        os.replace(new, place)
    ready.rmdir()
    for old in olds:
        shutil.rmtree(old)


@contextmanager
def locked(out: Path) -> Iterator[bool]:
    """Take the lock of a folder if it is free, and say whether it was; no one waits.

    Raises:
        OSError: there is no such folder, or it cannot be locked.
    """
    folder = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            free = False
        else:
            free = True
        yield free
    finally:
        os.close(folder)


def tries(out: Path) -> Iterator[None]:
    """Yield at once and again after short pauses, for as long as waiting for another process makes sense.

    Raises:
        StoreError: it took too long.
    """
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        yield
        time.sleep(_PAUSE)
    raise StoreError(f"{out}: another process is writing this graph; wait for it")


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    for _ in tries(out):
        with locked(out) as free:
            if free:
                yield
                return
