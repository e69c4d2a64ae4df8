"""Replacing a graph on disk as a whole: after a crash either the old one or the new one is there."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from kg.errors import StoreError

READY = ".kg-ready"
LOCK = ".kg-lock"
NEW = ".kg-new-"
CATALOGUE = ".kg-catalogue"
"""What a server keeps beside a graph to begin with; it goes when the store is replaced."""
_PATIENCE = 2.0
"""Seconds to wait for another process: a reader holds the lock much shorter, a writer may longer."""
_PAUSE = 0.01


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Be the only process that changes the graph of a folder, which is made; who reads it is not kept out.

    What a killed process left half-done is brought to an end first. A folder that was made and stayed
    empty is removed again.

    Raises:
        StoreError: another process is changing it, or the folder cannot be written.
    """
    with ExitStack() as left:
        try:
            missing = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
            for folder in reversed(missing):  # the innermost is the first to go
                left.callback(_forget, folder)
            out.mkdir(parents=True, exist_ok=True)
            left.enter_context(_held(out / LOCK))
            with _short(out):
                finish(out)
        except OSError as error:
            raise StoreError(f"{out}: the graph cannot be written ({error.strerror})") from error
        yield


@contextmanager
def _held(file: Path) -> Iterator[None]:
    """Hold a lock file, which is gone afterwards; one that a killed process left means nothing."""
    while True:
        lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                who = os.read(lock, 20).decode("ascii", "replace")
                told = f" (process {who})" if who.isdecimal() else ""
                raise StoreError(
                    f"{file.parent}: another process is writing this graph{told}; wait for it"
                ) from None
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock), os.stat(file)):  # not removed by who held it before
                    os.ftruncate(lock, 0)
                    os.write(lock, str(os.getpid()).encode())
                    try:
                        yield
                    finally:
                        file.unlink(missing_ok=True)
                    return
        finally:
            os.close(lock)


def _forget(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give an empty folder beside the graph; when the block ends well, what lies in it is moved to `out`.

    Only who is `alone` may do this. Renaming the folder to `.kg-ready` is the point of no return: before it
    the old graph is whole, after it `finish` completes the move, now or at the next opening.

    Raises:
        StoreError: a reader keeps the folder locked.
    """
    for left in out.glob(NEW + "*"):
        shutil.rmtree(left, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(prefix=NEW, dir=out))
    try:
        yield fresh
        fresh.chmod(0o755)
        _sync(fresh)
        with _short(out):
            os.replace(fresh, out / READY)
            _sync_folder(out)
            finish(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make sure that everything in a folder outlives a power cut."""
    for path in folder.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)
        else:
            _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot, and need not
            os.fsync(handle)
    finally:
        os.close(handle)


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
        if new.is_dir():
            shutil.rmtree(out / CATALOGUE, ignore_errors=True)
        if place.is_dir():
            olds.append(Path(tempfile.mkdtemp(prefix=NEW, dir=out)))
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
def _short(out: Path) -> Iterator[None]:
    """Keep readers out that would bring a half-done move to an end."""
    for _ in tries(out):
        with locked(out) as free:
            if free:
                yield
                return
