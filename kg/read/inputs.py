"""The bytes that a reader is given: opened when needed, and never more of them than the settings allow."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.config import Reading
from kg.errors import ReadError
from kg.lexicon import Lexicon
from kg.read.decode import decode

_SAMPLE = 1 << 20
_SIGNS = (b" ", b",", b'"', b"\t")


@dataclass(frozen=True, slots=True)
class Input:
    """Something to read: a file, a member of an archive, or what came in on standard input.

    Attributes:
        name: what pages from it are called.
        open: opens it from its beginning; may raise ReadError.
        shown: what errors call it.
    """

    name: str
    open: Callable[[], BinaryIO]
    shown: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What every reader has at hand."""

    lexicon: Lexicon
    reading: Reading


def of_file(path: Path, name: str) -> Input:
    """Return a file as an input."""

    def opened() -> BinaryIO:
        try:
            return path.open("rb")
        except IsADirectoryError as error:
            raise ReadError(
                str(path), "this is a folder", remedy="name a file, or give the folder to find"
            ) from error
        except OSError as error:
            raise ReadError(
                str(path), f"cannot be opened ({error.strerror})", remedy="check the path and its permissions"
            ) from error

    return Input(name, opened, str(path))


def of_bytes(data: bytes, name: str, shown: str | None = None) -> Input:
    """Return bytes at hand as an input."""
    return Input(name, lambda: io.BytesIO(data), shown or name)


def whole(source: Input, reading: Reading) -> bytes:
    """Return all bytes.

    Raises:
        ReadError: it cannot be opened, or is larger than a file may be; no more than that is read.
    """
    limit = reading.max_bytes
    with source.open() as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise ReadError(
            source.shown,
            f"larger than {amount(limit)}",
            remedy="split it, or raise max_bytes under [reading] in kg.toml",
        )
    return data


def too_long(shown: str, reading: Reading, where: str = "") -> ReadError:
    """Return the error that says that a page is longer than pages are."""
    return ReadError(
        shown,
        f"longer than {reading.max_page:,} characters, as no page is",
        where=where or None,
        remedy="split it, or raise max_page under [reading] in kg.toml",
    )


def amount(count: int) -> str:
    """Return a number of bytes for people.

    >>> amount(64 << 20), amount(1500)
    ('64 MiB', '1500 bytes')
    """
    return f"{count >> 20} MiB" if count >= 1 << 20 else f"{count} bytes"


def text_of(data: bytes, shown: str, reading: Reading) -> tuple[str, str]:
    """Return bytes as text with `\\n` line ends, and the encoding: the one set, or else the one detected.

    Raises:
        ReadError: there is no text, or it is not in the encoding set, or its encoding cannot be told.
    """
    if reading.encoding is None:
        return decode(data, shown)
    try:
        text = data.decode(reading.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ReadError(
            shown,
            f"not in {reading.encoding}, the encoding that is set",
            where=f"byte {error.start}",
            remedy="set another, or none to detect it",
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError(shown, "the file holds only white space", remedy="give a page with text")
    if "\0" in text:
        raise ReadError(shown, "binary data, no text", remedy="give a text file")
    return text, reading.encoding


def lines_of(source: Input, reading: Reading) -> tuple[Iterator[str], str]:
    """Return the lines of a text of any length with their ends, read one by one, and the encoding.

    Bytes that are not of the encoding come as lone surrogates, U+DC80 to U+DCFF.

    Raises:
        ReadError: as `text_of`; and, from the iterator, a line is longer than a record may be.
    """
    with source.open() as stream:
        head = stream.read(_SAMPLE)
    encoding = reading.encoding or decode(_complete(head), source.shown)[1]
    return _lines(source, encoding, reading.max_record), encoding


def _complete(head: bytes) -> bytes:
    """Cut a sample where no character is cut in two: after its last line, or the last sign of ASCII."""
    if len(head) < _SAMPLE:
        return head
    if b"\0" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1]  # UTF-16
    end = head.rfind(b"\n")
    if end < 0:
        whole = codecs.getincrementaldecoder("utf-8")("ignore")
        size = len(head) - len(whole.getstate()[0]) if whole.decode(head) else 0
        try:
            return head[:size].decode("utf-8").encode()
        except UnicodeDecodeError:
            end = max(map(head.rfind, _SIGNS))
    return head[: end + 1]


def _lines(source: Input, encoding: str, limit: int) -> Iterator[str]:
    errors = "strict" if encoding.startswith("utf-16") else "surrogateescape"
    with source.open() as stream, io.TextIOWrapper(stream, encoding, errors, newline="") as text:
        number = 0
        try:
            while line := text.readline(limit + 1):
                number += 1
                if len(line) > limit:
                    raise ReadError(
                        source.shown,
                        f"longer than {limit} characters",
                        where=f"line {number}",
                        remedy="split it, or raise max_record under [reading] in kg.toml",
                    )
                yield line.removeprefix("\ufeff") if number == 1 else line
        except UnicodeDecodeError as error:
            raise ReadError(
                source.shown, f"not in {encoding}", where=f"line {number + 1}", remedy="save it as UTF-8"
            ) from error
