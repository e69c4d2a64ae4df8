"""Word documents: one article, or one for each heading of the first level."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zipfile import BadZipFile, is_zipfile

from kg.errors import ReadError
from kg.model import Page
from kg.read.archive import Budget, check
from kg.read.extras import missing
from kg.read.inputs import Desk, Input, whole
from kg.read.pages import article_page

_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
_TITLES = frozenset({"title", "heading 1"})
_SUBTITLES = frozenset({"subtitle"})


@dataclass(slots=True)
class _Part:
    """One article while it is gathered."""

    decks: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def document(source: Input, desk: Desk) -> Iterator[Page]:
    """Yield the articles of a document: a title or a heading of the first level begins one.

    A document without either is a page of text, whose articles the layout finds. Tables give a line a row.

    Raises:
        ReadError: no Word document, an encrypted or damaged one, or one without text.
    """
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ModuleNotFoundError as error:
        raise missing(source.shown, "Word", "word") from error
    data = whole(source, desk.reading)
    if data.startswith(_OLD):
        raise ReadError(
            source.shown,
            "encrypted, or of the old Word format",
            remedy="save it as .docx without a password",
        )
    if not is_zipfile(io.BytesIO(data)):
        raise _damaged(source.shown)
    check(data, source.shown, Budget(desk.reading))
    try:
        parts = list(_parts(docx.Document(io.BytesIO(data))))
    except (BadZipFile, OpcError, LxmlError, KeyError, ValueError, EOFError) as error:
        raise _damaged(source.shown) from error
    if not any(line.strip() for part in parts for line in part.lines):
        raise ReadError(source.shown, "no text in this document", remedy="give a document with text")
    for number, part in enumerate(parts, 1):
        name = source.name if len(parts) == 1 else f"{source.name}#part={number}"
        yield article_page(part.decks, "\n".join(part.lines), name)


def _damaged(shown: str) -> ReadError:
    return ReadError(shown, "no Word document, or a damaged one", remedy="open it in Word and save it again")


def _parts(file: Any) -> Iterator[_Part]:
    part = _Part()
    for kind, text in _lines(file):
        if kind in _TITLES and part.lines:
            yield part
            part = _Part()
        if (kind in _TITLES or kind in _SUBTITLES) and not part.lines:
            part.decks.append(text)
        else:
            part.lines.append(text)
    if part.lines or part.decks:
        yield part


def _lines(file: Any) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each line; empty paragraphs are passed over."""
    from docx.table import Table

    for block in file.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                if any(cells):
                    yield "table", " ".join(" ".join(cells).split())
        else:
            style = "" if block.style is None else (block.style.name or "").casefold()
            for text in block.text.splitlines():
                if text.strip():
                    yield style, text.strip()
