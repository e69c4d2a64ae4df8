"""A file of a known kind becomes a Page: found, decoded, cut into its printed lines."""

from __future__ import annotations

from kg.errors import ReadError
from kg.model import Line, Page, Span
from kg.model.digest import digest
from kg.read.decode import decode
from kg.read.find import Source, find

__all__ = ["Source", "find", "page_of", "read"]


def read(source: Source) -> Page:
    """Read one file.

    Newspaper and issue date stay empty: what is printed on the page is the layout's to read.

    Raises:
        ReadError: it cannot be opened, is empty or binary, or its encoding cannot be told.
    """
    name = str(source.path)
    try:
        data = source.path.read_bytes()
    except IsADirectoryError as error:
        raise ReadError(name, "this is a folder", remedy="name a file, or give the folder to find") from error
    except OSError as error:
        raise ReadError(
            name, f"cannot be opened ({error.strerror})", remedy="check the path and its permissions"
        ) from error
    text, encoding = decode(data, name)
    return page_of(text, source.name, encoding)


def page_of(text: str, name: str, encoding: str = "utf-8") -> Page:
    r"""Return a text as a page: its id from its content, its lines with their spans.

    >>> page = page_of("平湖版\n本报讯", "a.txt")
    >>> [line.span.of(page.text) for line in page.lines]
    ['平湖版', '本报讯']
    """
    lines: list[Line] = []
    start = 0
    for part in text.split("\n"):
        lines.append(Line(part, Span(start, start + len(part))))
        start += len(part) + 1
    return Page(digest(text, length=12), name, text, tuple(lines), encoding=encoding)
