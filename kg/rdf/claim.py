"""Whether a folder may become, or already is, the place of a graph: checked before anything is read."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from kg.rdf.swap import READY

VERSION_FILE = "KG_VERSION"
STORE = "store"
NAMES = ("index.html", "kg.nq", "kg.ttl", "report.json", STORE)
"""What a build replaces in its folder."""


def claim(out: Path) -> None:
    """Check that a graph may be written into a folder, which may not exist yet; nothing is left there.

    Raises:
        StoreError: the folder cannot be written, or it holds somebody's files under the names of a graph's.
    """
    theirs = [name for name in NAMES if os.path.lexists(out / name)]
    store = out / STORE
    if os.path.lexists(store) and not os.path.isdir(store):
        theirs = [STORE]
    elif (out / READY).is_dir() or (store / VERSION_FILE).is_file() or (out / READY).is_dir():
        theirs = []  # asked twice, since another process may be moving a graph into place meanwhile
    if theirs:
        raise StoreError(
            f"{out}: {', '.join(theirs)} would be overwritten, and no build wrote it there; "
            "move or delete it, or give another folder"
        )
    _try(out)


def _try(out: Path) -> None:
    """Write a nameless file, making and removing the folders that are missing."""
    missing = [folder for folder in (out, *out.parents) if not os.path.lexists(folder)]
    try:
        if out.exists() and not out.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=out).close()
    except OSError as error:
        raise StoreError(
            f"{out}: the graph cannot be written ({error.strerror}); give a folder that you may write to"
        ) from error
    finally:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
