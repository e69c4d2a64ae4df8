"""Every kind of file that can be read, in one place: the ending of a name and its reader."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from kg import lexicon
from kg.config import Reading, packed
from kg.errors import ReadError
from kg.lexicon import Lexicon
from kg.model import Page
from kg.read import archive
from kg.read.find import ARCHIVE, KINDS, Source
from kg.read.html import web_page
from kg.read.inputs import Desk, Input, of_bytes, of_file, text_of, too_long, whole
from kg.read.jsons import json_lines, json_records
from kg.read.pages import page_of
from kg.read.pdf import pdf_pages
from kg.read.records import ForeignError
from kg.read.scan import image_pages
from kg.read.tables import rows
from kg.read.word import document

Reader = Callable[[Input, Desk], Iterator[Page | ReadError]]


def text_page(source: Input, desk: Desk) -> Iterator[Page]:
    """Yield a text as a page, as it is."""
    # no character takes more than four bytes: what cannot be a page is not even read
    most = min(desk.reading.max_bytes, _WIDEST * desk.reading.max_page)
    with source.open() as stream:
        if len(stream.read(most + 1)) > most and most < desk.reading.max_bytes:
            raise too_long(source.shown, desk.reading)
    text, encoding = text_of(whole(source, desk.reading), source.shown, desk.reading)
    yield page_of(text, source.name, encoding)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": rows,
        ".docx": document,
        ".htm": web_page,
        ".html": web_page,
        ".jpeg": image_pages,
        ".jpg": image_pages,
        ".json": json_records,
        ".jsonl": json_lines,
        ".md": text_page,
        ".ndjson": json_lines,
        ".pdf": pdf_pages,
        ".png": image_pages,
        ".tif": image_pages,
        ".tiff": image_pages,
        ".tsv": rows,
        ".txt": text_page,
        ".xhtml": web_page,
    }
)
_SIGNS = (
    (b"%PDF", ".pdf"),
    (b"\x89PNG", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
_HEAD = 1024
_WIDEST = 4
_TRIED = 100
_DEFAULT = Reading()


def read_pages(
    source: Source, words: Lexicon, reading: Reading = _DEFAULT
) -> Generator[Page | ReadError, None, None]:
    """Yield every page of a source of any kind, one by one, and in its place whatever cannot be read.

    A JSON document that nobody named, in a folder or an archive, and in which no key is known to hold a
    headline or a text, is no page and gives nothing. What is wrong is yielded, not raised:
    one broken record, page or member never stops the rest. After `reading.max_broken` of them in one source
    the rest of it is left.
    """
    broken = 0
    desk = Desk(words, reading)
    if source.data is None:
        given = of_file(source.path, source.name)
    else:
        given = of_bytes(source.data, source.name, str(source.path))
    try:
        pages = _read(given, desk, archive.Budget(reading), 1)
        for page in _of_articles(pages) if source.searched else pages:
            if isinstance(page, Page) and len(page.text) > reading.max_page:
                page = too_long(str(given.shown), reading, page.source.partition("#")[2])
            yield page
            broken += isinstance(page, ReadError)
            if broken >= reading.max_broken:
                raise ReadError(
                    given.shown,
                    f"{broken} parts of it cannot be read; the rest is left",
                    remedy="correct them, or raise max_broken under [reading] in kg.toml",
                )
    except ReadError as error:
        yield error


def read(source: Source) -> Page:
    """Read a file that holds one page, with the settings and the lexicon as shipped.

    Raises:
        ReadError: it cannot be read, or holds several pages.
    """
    pages = list(read_pages(source, lexicon.load([packed("lexicon")])))
    for page in pages:
        if isinstance(page, ReadError):
            raise page
    if len(pages) != 1 or not isinstance(pages[0], Page):
        raise ReadError(str(source.path), f"{len(pages)} pages", remedy="read them with read_pages")
    return pages[0]


def _read(source: Input, desk: Desk, budget: archive.Budget, depth: int) -> Iterator[Page | ReadError]:
    kind = PurePosixPath(source.name).suffix.lower() or _sniffed(source)
    if kind != ARCHIVE:
        yield from READERS[kind](source, desk)
        return
    if depth > desk.reading.max_depth:
        raise ReadError(
            source.shown,
            f"an archive in an archive, more than {desk.reading.max_depth} deep",
            remedy="unpack it yourself, or raise max_depth under [reading] in kg.toml",
        )
    known = False
    for member in archive.members(source, budget):
        if isinstance(member, ReadError):
            known = True
            yield member
        elif PurePosixPath(member.name).suffix.lower() in KINDS:
            known = True
            try:
                yield from _of_articles(_read(member, desk, budget, depth + 1))
            except ReadError as error:
                yield error
                if budget.left < 0:
                    return
    if not known:
        raise ReadError(source.shown, "no page in this archive", remedy="pack files of a kind that is read")


def _of_articles(pages: Iterator[Page | ReadError]) -> Iterator[Page | ReadError]:
    """Yield the pages of a source, and nothing when all that it holds is of another kind than articles."""
    held: list[ForeignError] = []
    try:
        for page in pages:
            if isinstance(page, ForeignError) and len(held) < _TRIED:
                held.append(page)
                continue
            yield from held
            held = []
            yield page
            yield from pages
    except ForeignError:
        return


def _sniffed(source: Input) -> str:
    """Tell the kind of an input without an ending (standard input) by how it begins."""
    with source.open() as stream:
        head = stream.read(_HEAD)
    for sign, kind in _SIGNS:
        if head.startswith(sign):
            return kind
    if head.startswith(b"PK"):
        with source.open() as stream:
            return ".docx" if b"word/" in stream.read(1 << 16) else ARCHIVE
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        return ".json"
    if start[:1] == b"[" and start[1:].lstrip()[:1] == b"{":
        return ".json"
    page = start[:200].lower()
    return ".html" if page.startswith((b"<!doctype html", b"<html", b"<?xml")) else ".txt"
