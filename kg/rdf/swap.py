"""Replacing a graph on disk as a whole: after a crash either the old one or the new one is there."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

READY = ".kg-ready"
_NEW = ".kg-new-"


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
    """Move what a committed write left in `.kg-ready` into place; nothing happens when there is none."""
    ready = out / READY
    if not ready.is_dir():
        return
    for new in sorted(ready.iterdir()):
        old = out / new.name
        if old.is_dir():
            shutil.rmtree(old)
        os.replace(new, old)
    ready.rmdir()


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    folder = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise StoreError(f"{out}: another process is writing this graph; wait for it") from error
    finally:
        os.close(folder)
