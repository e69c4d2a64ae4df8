"""From what a user names (files, folders, patterns) to the pages to read, in one fixed order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.config import Reading
from kg.errors import ReadError

ARCHIVE = ".zip"
KINDS = frozenset(
    {".csv", ".docx", ".htm", ".html", ".jpeg", ".jpg", ".json", ".jsonl", ".md", ".ndjson", ".pdf"}
    | {".png", ".tif", ".tiff", ".tsv", ".txt", ".xhtml", ARCHIVE}
)
"""Endings of names that say that a file can be read."""
STANDARD_INPUT = "-"
GRAPH = "store/KG_VERSION"
"""What a folder holds that a build wrote into."""
WRITTEN = frozenset({"index.html", "kg.nq", "kg.ttl", "report.json", "store"})
"""What a build writes beside this mark: it is no page; all else there may be."""
_WILD = frozenset("*?[")
_DEFAULT = Reading()


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        path: where the file lies.
        name: the path to show and to store, with `/` between folders, relative to what the user named.
        data: what came in on standard input, which cannot be opened again; None for a file.
        searched: whether a search in a folder came upon it, so that the user did not name it.
    """

    path: Path
    name: str
    data: bytes | None = None
    searched: bool = field(default=False, compare=False)


def find(paths: Sequence[str], reading: Reading = _DEFAULT) -> tuple[list[Source], list[ReadError]]:
    """Return the pages that files, folders and patterns name, sorted and each once, and what is wrong.

    A folder is searched through all its subfolders; hidden files, files of other kinds and what a build wrote
    are passed over, and links to folders are not followed. A file named directly must be of a known kind.
    `-` is what comes in on standard input.
    """
    sources: dict[Path, Source] = {}
    errors: list[ReadError] = []
    for text in paths:
        try:
            for source in [_piped(reading)] if text == STANDARD_INPUT else _named(text):
                if isinstance(source, ReadError):
                    errors.append(source)
                    continue
                known = sources.setdefault(source.path.resolve(), source)
                if _order(source) < _order(known):
                    sources[source.path.resolve()] = source
        except ReadError as error:
            errors.append(error)
        except OSError as error:
            errors.append(_refused(text, error))
    return sorted(sources.values(), key=_order), errors


def _order(source: Source) -> tuple[str, str]:
    return source.name, source.path.as_posix()


def _named(text: str) -> Iterator[Source | ReadError]:
    path = Path(text)
    if path.is_dir():
        yield from _inside(path, text)
    elif path.exists():
        if path.suffix.lower() not in KINDS:
            raise ReadError(
                text,
                f"pages of kind {path.suffix or 'without an ending'!r} cannot be read",
                remedy=f"give a file that ends in {_endings()}",
            )
        yield Source(path, path.name)
    elif _WILD & set(text):
        yield from _matching(text)
    elif path.is_symlink():
        raise _dead(path)
    else:
        raise ReadError(text, "there is no such file or folder", remedy="correct the path")


def _piped(reading: Reading) -> Source:
    data = sys.stdin.buffer.read(reading.max_bytes + 1)
    if len(data) > reading.max_bytes:
        raise ReadError(
            "standard input",
            f"larger than {reading.max_bytes} bytes",
            remedy="give it as a file, or raise max_bytes under [reading] in kg.toml",
        )
    return Source(Path("standard input"), "stdin", data)


def _dead(link: Path) -> ReadError:
    return ReadError(
        str(link), "a link that leads nowhere, or round in a circle", remedy="correct or delete it"
    )


def _inside(folder: Path, text: str) -> Iterator[Source | ReadError]:
    found = False
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inner.parts)
        if path.suffix.lower() not in KINDS or hidden or _built(path, folder):
            continue
        if path.is_file():
            found = True
            yield Source(path, inner.as_posix(), searched=True)
        elif path.is_symlink() and not path.exists():
            found = True
            yield _dead(path)
    if not found:
        raise ReadError(
            text,
            "no page in this folder",
            remedy=f"put files into it that end in {_endings()}",
        )


def _built(path: Path, base: Path) -> bool:
    """Say whether a build wrote this file or folder, or a folder between it and the base."""
    for inner in (path, *path.parents):
        if inner == base:
            break
        if inner.name in WRITTEN and os.path.isfile(inner.parent / GRAPH):
            return True
    return False


def _endings() -> str:
    *others, last = sorted(KINDS)
    return f"{', '.join(others)} or {last}"


def _matching(text: str) -> Iterator[Source | ReadError]:
    """Yield what a pattern names, but for hidden files; `**` follows no links, which may lead in a circle."""
    path = Path(text)
    fixed = next(i for i, part in enumerate(path.parts) if _WILD & set(part))
    base = Path(*path.parts[:fixed])
    try:
        found = sorted(base.glob("/".join(path.parts[fixed:])))
    except ValueError as error:
        raise ReadError(text, f"no pattern ({error})", remedy="correct the pattern") from error
    hits = [hit for hit in found if not any(p.startswith(".") for p in hit.relative_to(base).parts)]
    hits = [hit for hit in hits if not _built(hit, base)]
    pages = [hit for hit in hits if hit.suffix.lower() in KINDS and hit.is_file()]
    dead = [hit for hit in hits if hit.suffix.lower() in KINDS and hit.is_symlink() and not hit.exists()]
    folders = [hit for hit in hits if hit.is_dir()]
    if not pages and not folders and not dead:
        raise ReadError(text, "no page matches this pattern", remedy="correct the pattern")
    yield from (Source(hit, hit.name) for hit in pages)
    yield from map(_dead, dead)
    for folder in folders:
        yield from _inside(folder, str(folder))


def _refused(text: str, error: OSError) -> ReadError:
    return ReadError(
        text, f"cannot be opened ({error.strerror})", remedy="check the path and its permissions"
    )
