"""A file with many pages is worked on in parts, so that several processes share it and none holds it all."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from kg.errors import ReadError
from kg.model import Page
from kg.read import Source

PAGES = 8
"""Pages of a part."""
BIG = 1 << 17
"""Bytes of a file from which on it is worked on in parts."""
PAGE = 1 << 12
"""Bytes of a page, roughly."""
_MANY = frozenset({".csv", ".json", ".jsonl", ".ndjson", ".tsv"})
_ARCHIVE = ".zip"
_SLOW = frozenset({".jpeg", ".jpg", ".pdf", ".png", ".tif", ".tiff", _ARCHIVE})
"""What takes long to read: every process reads the whole file and works on some of its pages."""

Pages = Generator[Page | ReadError, None, None]


@dataclass(frozen=True, slots=True)
class Part:
    """Some pages of a source, all where `stop` is None; `number` says which source of the run it is."""

    source: Source
    number: int
    start: int = 0
    stop: int | None = None


def weight(source: Source) -> int:
    """Return about how many pages of work a source is, 1 where it is not worked on in parts."""
    suffix = PurePosixPath(source.name).suffix.lower()
    if source.data is not None or suffix not in {*_MANY, _ARCHIVE}:
        return 1
    with suppress(OSError, BadZipFile, ValueError, NotImplementedError):
        size = source.path.stat().st_size
        if size >= BIG and (suffix in _MANY or _is_quick(source)):
            return size // PAGE
    return 1


def _is_quick(source: Source) -> bool:
    with ZipFile(source.path) as archive:
        return all(PurePosixPath(name).suffix.lower() not in _SLOW for name in archive.namelist())


def divided(sources: Sequence[Source], ended: set[int]) -> Iterator[Part]:
    """Yield the parts of all sources in their order; those of one until its number is among the `ended`."""
    for number, source in enumerate(sources):
        if weight(source) == 1:
            yield Part(source, number)
            continue
        start = 0
        while number not in ended:
            yield Part(source, number, start, start + PAGES)
            start += PAGES


class Reader:
    """Reads the parts of sources that a process is given; a source is read once as long as they go upwards.

    Args:
        pages: yields the pages of a source.
    """

    def __init__(self, pages: Callable[[Source], Pages]) -> None:
        self._pages = pages
        self._source: Source | None = None
        self._open: Pages | None = None
        self._at = 0

    def read(self, part: Part) -> Iterator[Page | ReadError]:
        """Yield the pages of a part; fewer than it could have where the source ends."""
        if part.stop is None:
            yield from self._pages(part.source)
            return
        if self._open is None or self._source != part.source or self._at > part.start:
            if self._open is not None:
                self._open.close()
            self._source, self._open, self._at = part.source, self._pages(part.source), 0
        for page in islice(self._open, part.stop - self._at):
            self._at += 1
            if self._at > part.start:
                yield page
