"""The graph on disk, opened to be asked or read back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.errors import StoreError
from kg.model import Graph
from kg.rdf.claim import STORE, VERSION_FILE
from kg.rdf.query import Result, ask
from kg.rdf.readback import read_back
from kg.rdf.swap import READY, finish, locked, tries

VERSION = "kg 3"
"""What `store/KG_VERSION` says; another number means that quads have another form."""

_BROKEN = (OSError, RuntimeError)
"""What the engine raises when files of its store are missing, or cut short and overwritten."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """An open graph, read-only; `path` is the folder that holds it."""

    path: Path
    store: Store

    def query(self, sparql: str) -> Result:
        """Return the answer of a SPARQL query over the union of all graphs, unless it names one.

        Raises:
            QueryError: it is no query, or it asks for SERVICE or an update.
            StoreError: the store is damaged.
        """
        try:
            return ask(self.store, sparql)
        except _BROKEN as error:
            raise _damaged(self.path, error) from error

    def graph(self) -> Graph:
        """Return the whole graph; its pages have no printed lines, all else is as it was written.

        Raises:
            StoreError: the store is damaged.
        """
        try:
            return read_back(self.store)
        except (*_BROKEN, KeyError, ValueError) as error:
            raise _damaged(self.path, error) from error


def open_dataset(out: Path) -> Dataset:
    """Open the graph that lies in a folder.

    Raises:
        StoreError: there is none, it is damaged, or another version of kg wrote it.
    """
    try:
        for _ in tries(out):
            found = _undisturbed(out)
            if found is not None:
                return found
            with locked(out) as free:
                if free:
                    finish(out)
                    return _open(out)
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(out) from None
    except OSError as error:
        raise _damaged(out, error) from error
    raise AssertionError("tries end with an error")


def _undisturbed(out: Path) -> Dataset | None:
    """Open a healthy graph without a lock; None when it is not whole, or was replaced meanwhile."""
    before = _mark(out)
    if before is None or (out / READY).is_dir():
        return None
    try:
        found = _open(out)
    except StoreError:
        return None
    return found if _mark(out) == before else None


def _mark(out: Path) -> tuple[int, int] | None:
    """Return what tells this writing of the graph from the one before and after it."""
    try:
        found = (out / STORE / VERSION_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _open(out: Path) -> Dataset:
    store = out / STORE
    try:
        version = (store / VERSION_FILE).read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(out) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(out, error) from error
    if version != VERSION:
        raise StoreError(f"{out}: the graph is of version {version!r}, not {VERSION!r}; run kg build")
    try:
        return Dataset(out, Store.read_only(str(store)))
    except _BROKEN as error:
        raise _damaged(out, error) from error


def _missing(out: Path) -> StoreError:
    what = "the graph is damaged" if (out / STORE).exists() else "there is no graph"
    return StoreError(f"{out}: {what}; run kg build")


def _damaged(out: Path, error: Exception) -> StoreError:
    return StoreError(f"{out}: the graph is damaged ({error}); run kg build")
