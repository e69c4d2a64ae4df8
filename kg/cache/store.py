"""The cache on disk: one SQLite file, a row a page; losing it costs time and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.cache.codec import decode, encode
from kg.errors import StoreError
from kg.model import Findings

FILE = ".kg-cache"
"""Its name in the folder of a graph; SQLite puts a journal beside it while it is written."""
_OURS = 0x6B676361  # "kgca": what SQLite keeps as the application's number
_FORM = 1
_EVERY = 64
"""How many pages may be lost when the process is killed."""


class Cache:
    """Findings by the digest of what they depend on. What is damaged in it is as if it were not there."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._base = connection
        self._waiting = 0

    def get(self, key: str) -> Findings | None:
        """Return the findings under a key, or None."""
        if self._base is None:
            return None
        try:
            row = self._base.execute("SELECT data FROM findings WHERE key = ?", (key,)).fetchone()
            return None if row is None else decode(row[0], Findings)
        except (sqlite3.DatabaseError, ValueError):
            return None

    def put(self, key: str, findings: Findings | bytes) -> None:
        """Keep findings, or what `encode` made of them; where there is no room, they are not kept."""
        if self._base is None:
            return
        data = findings if isinstance(findings, bytes) else encode(findings)
        try:
            self._base.execute("INSERT OR REPLACE INTO findings VALUES (?, ?)", (key, data))
            self._waiting += 1
            if self._waiting >= _EVERY:
                self.commit()
        except sqlite3.DatabaseError:
            self._give_up()

    def keep(self, keys: Collection[str]) -> None:
        """Delete everything but these, so that no page outlives its removal."""
        if self._base is None:
            return
        try:
            self._base.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            self._base.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
            self._base.execute("DELETE FROM findings WHERE key NOT IN (SELECT key FROM kept)")
            self._base.execute("DROP TABLE kept")
            self.commit()
        except sqlite3.DatabaseError:
            self._give_up()

    def drop(self, keys: Collection[str]) -> None:
        """Delete these, and overwrite the place where they stood."""
        if self._base is None:
            return
        try:
            self._base.executemany("DELETE FROM findings WHERE key = ?", ((key,) for key in keys))
            self.commit()
        except sqlite3.DatabaseError:
            self._give_up()

    def commit(self) -> None:
        """Make sure that what was put outlives this process."""
        self._waiting = 0
        if self._base is not None:
            self._base.commit()

    def _give_up(self) -> None:
        """Go on without: on a full disk, or where the file was damaged while it was open."""
        if self._base is not None:
            with suppress(sqlite3.DatabaseError):
                self._base.rollback()
        self._waiting = 0


NONE = Cache(None)
"""Holds nothing and keeps nothing."""


@contextmanager
def opened(folder: Path, *, write: bool) -> Iterator[Cache]:
    """Give the cache of a folder; to read, an absent or damaged one is empty, to write, it is made anew.

    Raises:
        StoreError: a file of its name is somebody else's.
    """
    file = folder / FILE
    if file.is_file() and not _ours(file):
        raise StoreError(f"{file}: no build wrote it; move or delete it")
    base = _write(file) if write else _read(file)
    cache = Cache(base)
    try:
        yield cache
        with suppress(sqlite3.DatabaseError):
            cache.commit()
    finally:
        if base is not None:
            with suppress(sqlite3.DatabaseError):
                base.close()


def _ours(file: Path) -> bool:
    with file.open("rb") as stream:
        head = stream.read(72)
    return not head or (head[:15] == b"SQLite format 3" and head[68:72] == _OURS.to_bytes(4, "big"))


def _read(file: Path) -> sqlite3.Connection | None:
    if not file.is_file():
        return None
    with suppress(sqlite3.DatabaseError):
        base = sqlite3.connect(f"file:{_quoted(file)}?mode=ro", uri=True, timeout=10)
        if base.execute("PRAGMA user_version").fetchone() == (_FORM,):
            return base
        base.close()
    return None


def _write(file: Path) -> sqlite3.Connection | None:
    for _ in range(2):
        with suppress(sqlite3.DatabaseError):
            base = sqlite3.connect(file, timeout=10, check_same_thread=False)
            base.execute("PRAGMA secure_delete = ON")
            base.execute("PRAGMA synchronous = NORMAL")
            if base.execute("PRAGMA user_version").fetchone() != (_FORM,):
                base.execute(f"PRAGMA application_id = {_OURS}")
                base.execute("DROP TABLE IF EXISTS findings")
                base.execute("CREATE TABLE findings (key TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
                base.execute(f"PRAGMA user_version = {_FORM}")
                base.commit()
            base.execute("SELECT 1 FROM findings LIMIT 1").fetchone()
            return base
        for left in (file, file.with_name(file.name + "-journal")):
            with suppress(OSError):
                left.unlink()
    return None


def _quoted(file: Path) -> str:
    return str(file.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
