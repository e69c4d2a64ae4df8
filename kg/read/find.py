"""From what a user names (files, folders, patterns) to the pages to read, in one fixed order."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReadError

KINDS = frozenset({".txt", ".md"})
_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        path: where the file lies.
        name: the path to show and to store, with `/` between folders, relative to what the user named.
    """

    path: Path
    name: str


def find(paths: Sequence[str]) -> tuple[list[Source], list[ReadError]]:
    """Return the pages that files, folders and patterns name, sorted and each once, and what is wrong.

    A folder is searched through all its subfolders; hidden files and files of other kinds in it are
    passed over. A file named directly must be of a known kind.
    """
    sources: dict[Path, Source] = {}
    errors: list[ReadError] = []
    for text in paths:
        try:
            for source in _named(text):
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


def _named(text: str) -> Iterator[Source]:
    path = Path(text)
    if path.is_dir():
        yield from _inside(path, text)
    elif path.exists():
        if path.suffix.lower() not in KINDS:
            raise ReadError(
                text,
                f"pages of kind {path.suffix or 'without an ending'!r} cannot be read",
                remedy=f"give a file that ends in {' or '.join(sorted(KINDS))}",
            )
        yield Source(path, path.name)
    elif _WILD & set(text):
        yield from _matching(text)
    else:
        raise ReadError(text, "there is no such file or folder", remedy="correct the path")


def _inside(folder: Path, text: str) -> Iterator[Source]:
    found = False
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inner.parts)
        if path.suffix.lower() in KINDS and not hidden and path.is_file():
            found = True
            yield Source(path, inner.as_posix())
    if not found:
        raise ReadError(
            text,
            "no page in this folder",
            remedy=f"put files into it that end in {' or '.join(sorted(KINDS))}",
        )


def _matching(text: str) -> Iterator[Source]:
    hits = [Path(hit) for hit in sorted(glob.glob(text, recursive=True))]
    pages = [hit for hit in hits if hit.suffix.lower() in KINDS and hit.is_file()]
    folders = [hit for hit in hits if hit.is_dir()]
    if not pages and not folders:
        raise ReadError(text, "no page matches this pattern", remedy="correct the pattern")
    yield from (Source(hit, hit.name) for hit in pages)
    for folder in folders:
        yield from _inside(folder, str(folder))


def _refused(text: str, error: OSError) -> ReadError:
    return ReadError(
        text, f"cannot be opened ({error.strerror})", remedy="check the path and its permissions"
    )
