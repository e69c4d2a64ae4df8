"""The cache on disk: one SQLite file, a row a page; losing it costs time and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.cache.codec import decode, encode, is_whole
from kg.errors import StoreError
from kg.model import Findings

FILE = ".kg-cache"
"""Its name in the folder of a graph; SQLite puts a journal beside it while it is written."""
_OURS = 0x6B676361  # "kgca": what SQLite keeps as the application's number
_FORM = 2
_TABLES = {"findings": "data BLOB", "drafts": "mark TEXT, head BLOB, draft BLOB"}
"""What pages say, and what was made of it alone for a graph (`kg.ledger.draft`)."""
_EVERY = 64
"""How many pages may be lost when the process is killed."""


class Cache:
    """Findings by the digest of what they depend on. What is damaged in it is as if it were not there."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._base = connection
        self._waiting = 0

    def get(self, key: str) -> Findings | None:
        """Return the findings under a key, or None."""
        return self._decoded(key)

    def printed(self, key: str) -> Findings | None:
        """Return the page, without its lines, and the articles of the findings under a key, or None."""
        return self._decoded(key, ("lines", "entities", "claims"))

    def _decoded(self, key: str, without: Collection[str] = ()) -> Findings | None:
        data = self._one("SELECT data FROM findings WHERE key = ?", key)
        try:
            return None if data is None else decode(data, Findings, without)
        except ValueError:
            return None

    def head(self, key: str, mark: str) -> bytes | None:
        """Return the head of a draft made under a mark, or None, also where its findings are not whole."""
        found = self._one("SELECT head FROM drafts WHERE key = ? AND mark = ?", key, mark)
        data = None if found is None else self._one("SELECT data FROM findings WHERE key = ?", key)
        return found if data is not None and is_whole(data) else None

    def draft(self, key: str, mark: str) -> bytes | None:
        """Return a draft made under a mark, or None."""
        return self._one("SELECT draft FROM drafts WHERE key = ? AND mark = ?", key, mark)

    def _one(self, ask: str, *values: str) -> bytes | None:
        if self._base is None:
            return None
        try:
            row = self._base.execute(ask, values).fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if row is None else row[0]

    def put(self, key: str, findings: Findings | bytes) -> None:
        """Keep findings, or what `encode` made of them; where there is no room, they are not kept."""
        if self._base is not None:
            data = findings if isinstance(findings, bytes) else encode(findings)
            self._put("INSERT OR REPLACE INTO findings VALUES (?, ?)", key, data)

    def put_draft(self, key: str, mark: str, head: bytes, draft: bytes) -> None:
        """Keep what was made of findings under a mark, and a head that tells of it, likewise."""
        self._put("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", key, mark, head, draft)

    def _put(self, command: str, *values: str | bytes) -> None:
        if self._base is None:
            return
        try:
            self._base.execute(command, values)
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
            for name in _TABLES:
                self._base.execute(f"DELETE FROM {name} WHERE key NOT IN (SELECT key FROM kept)")  # noqa: S608
            self._base.execute("DROP TABLE kept")
            self.commit()
        except sqlite3.DatabaseError:
            self._give_up()

    def drop(self, keys: Collection[str]) -> None:
        """Delete these, and overwrite the place where they stood."""
        if self._base is None:
            return
        try:
            for name in _TABLES:
                gone = ((key,) for key in keys)
                self._base.executemany(f"DELETE FROM {name} WHERE key = ?", gone)  # noqa: S608
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
                for name, columns in _TABLES.items():
                    base.execute(f"DROP TABLE IF EXISTS {name}")
                    base.execute(f"CREATE TABLE {name} (key TEXT PRIMARY KEY, {columns}) WITHOUT ROWID")
                base.execute(f"PRAGMA user_version = {_FORM}")
                base.commit()
            for name in _TABLES:
                base.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()  # noqa: S608
            return base
        for left in (file, file.with_name(file.name + "-journal")):
            with suppress(OSError):
                left.unlink()
    return None


def _quoted(file: Path) -> str:
    return str(file.resolve()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
