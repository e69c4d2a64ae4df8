"""The catalogue kept beside the graph, so that a server begins with it and need not make it anew.

It lies in `.kg-catalogue`: two files of SQLite and a stamp, which says of what they are a catalogue. Whoever
replaces the store removes it (`kg.rdf.swap`); the stamp tells one that was left all the same.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.rdf.claim import STORE, VERSION_FILE
from kg.rdf.swap import CATALOGUE, NEW, READY, locked, tries

NAMES, STORIES = "names.sqlite", "stories.sqlite"
_STAMP = "stamp.json"
_PACKAGE = Path(__file__).parent.parent
_CODE = ("hanzi", "publish/webpage", "rdf", "serve")
"""The folders of this package whose code makes catalogues."""
_ENGINES = ("jieba", "pypinyin")

Stamp = dict[str, Any]


def mark(out: Path) -> tuple[int, ...]:
    """Return what tells this writing of a graph from the one before and after it; nothing without a graph."""
    store = out / STORE
    try:
        folder, file = store.stat(), (store / VERSION_FILE).stat()
    except OSError:
        return ()
    return folder.st_ino, file.st_ino, file.st_mtime_ns


def stamp(out: Path, ontology: Path) -> Stamp:
    """Return what a catalogue depends on: the graph, the ontology, and what makes it."""
    return {
        "graph": list(mark(out)),
        "ontology": _digest([ontology / "kg.ttl"]),
        "code": _code(),
        "engines": [importlib.metadata.version(name) for name in _ENGINES],
    }


def take(out: Path, ontology: Path, into: Path) -> bool:
    """Put the kept catalogue into a folder, where it stays whole, if it is that of the graph as it is now."""
    place = out / CATALOGUE
    try:
        told = (place / _STAMP).read_bytes()
        said = json.loads(told)
        if said != {**stamp(out, ontology), "sizes": _sizes(place)}:
            return False
        for name in (NAMES, STORIES):
            _share(place / name, into / name)
        return (place / _STAMP).read_bytes() == told and _sizes(into) == said["sizes"]
    except (OSError, ValueError):
        return False


def keep(out: Path, made: Stamp, names: Path, stories: Path) -> bool:
    """Keep a catalogue beside its graph; return whether it could be, and the graph is still that one.

    Args:
        out: the folder of the graph.
        made: its stamp from before the catalogue was made.
        names: the file with names and facts.
        stories: the file with the words of articles.
    """
    fresh = None
    try:
        fresh = Path(tempfile.mkdtemp(prefix=NEW, dir=out))
        _share(names, fresh / NAMES)
        _share(stories, fresh / STORIES)
        (fresh / _STAMP).write_text(json.dumps({**made, "sizes": _sizes(fresh)}), "ascii")
        for name in (NAMES, STORIES, _STAMP):
            _sync(fresh / name)
        fresh.chmod(0o755)
        for _ in tries(out):
            with locked(out) as free:
                if free:
                    if list(mark(out)) != made["graph"] or (out / READY).is_dir():
                        return False
                    shutil.rmtree(out / CATALOGUE, ignore_errors=True)
                    os.replace(fresh, out / CATALOGUE)
                    return True
    except (OSError, StoreError):
        pass  # a folder that others write, or that cannot be written: the next server makes its own
    finally:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
    return False


def _share(file: Path, place: Path) -> None:
    with suppress(OSError):
        os.link(file, place)
        return
    shutil.copyfile(file, place)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())


def _sizes(folder: Path) -> list[int]:
    return [(folder / name).stat().st_size for name in (NAMES, STORIES)]


@cache
def _code() -> str:
    return _digest(file for folder in _CODE for file in sorted((_PACKAGE / folder).glob("*.py")))


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        with file.open("rb") as opened:
            total.update(hashlib.file_digest(opened, "sha256").digest())
    return total.hexdigest()[:32]
