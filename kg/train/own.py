"""A model of one's own: where it goes, what it needs, and what its card says of its making."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.config import FINDER_FILES, SCORER_FILE
from kg.errors import InputError, StoreError
from kg.train.corpus import Document

NEEDED = ("torch", "onnx")
"""What training needs beside kg."""


def check_installed(needed: Iterable[str] = NEEDED) -> None:
    """Make sure that what training needs is there.

    Raises:
        InputError: it is not.
    """
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise InputError(
            "kg train",
            f"training needs {' and '.join(missing)}, of the extra 'train'",
            remedy="install it: pip install 'baozhi-kg[train]'",
        )


def check_out(out: Path) -> None:
    """Make sure that nothing but a model would be replaced.

    Raises:
        InputError: the folder holds other things, or is none.
    """
    if not out.is_dir():
        if out.exists() or out.is_symlink():
            raise InputError(str(out), "not a folder", remedy="name a new one")
        return
    others = sorted({path.name for path in out.iterdir()} - {*FINDER_FILES, SCORER_FILE})
    if others:
        raise InputError(str(out), f"holds {others[0]}, which is no model's", remedy="name a new folder")


@contextmanager
def written(out: Path) -> Iterator[Path]:
    """Give a folder for a model that replaces the one in `out` when it is whole.

    Raises:
        StoreError: it cannot be written.
    """
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        try:
            with tempfile.TemporaryDirectory(prefix=".kg-train-", dir=out) as name:
                yield Path(name)
                for file in FINDER_FILES:
                    os.replace(Path(name, file), out / file)
        finally:
            if made:
                with suppress(OSError):  # unless there is a model in it now
                    out.rmdir()
    except OSError as error:
        raise StoreError(f"{out}: cannot be written ({error.strerror})") from error


def about(documents: Sequence[Document], course: Mapping[str, Any], since: str | None) -> dict[str, Any]:
    """Return what a card says of how its model was made; the same for the same corpus and course.

    Args:
        since: the checksum of the finder that was trained on, or None when it was made from scratch.
    """
    total = hashlib.sha256()
    for one in documents:
        total.update(repr((one.name, one.group, one.text, one.forms)).encode("utf-8", "surrogatepass"))
    names = Counter(kind for one in documents for _, kind, _ in one.forms)
    return {
        "pages": len(documents),
        "groups": sorted({one.group for one in documents}),
        "forms": dict(sorted(names.items())),
        "corpus": total.hexdigest(),
        "course": dict(course),
        "trained_on_from": since,
        "by": f"kg {version('baozhi-kg')}",
    }
