"""Bytes of unknown encoding to text: marks first, strict UTF-8 next, statistics last."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from charset_normalizer import from_bytes

from kg.errors import ReadError
from kg.hanzi.fold import simplified

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # starts as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = frozenset({"gb18030", "gbk", "gb2312", "hz", "big5", "big5hkscs", "cp950"})
_UNMARKED = ("utf-16-le", "utf-16-be")
_LEAST = 8  # characters: two letters of ASCII beside each other are a hanzi in UTF-16, too
_BREAKS = frozenset("\t\n\f\r")
_LAST_COMMON = 0xD7  # GB 2312 keeps its 3,755 common characters in rows B0 to D7, the rare ones behind
_ENOUGH = 0.85


def decode(data: bytes, source: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding; line ends become `\\n`.

    Raises:
        ReadError: no bytes, binary data, no text in it, or an encoding that cannot be told.
    """
    if not data:
        raise ReadError(source, "the file is empty", remedy="give a page with text")
    text, encoding = _text(data, source)
    if "\0" in text:
        raise _binary(source)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError(source, "the file holds only white space", remedy="give a page with text")
    return text, encoding


def _text(data: bytes, source: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise ReadError(
                    source,
                    f"marked as {encoding.upper()} but broken",
                    where=f"byte {error.start}",
                    remedy="save it again as UTF-8",
                ) from error
    if b"\0" in data:
        unmarked = _best(data, _UNMARKED)
        if unmarked is None:
            raise _binary(source)
        return unmarked
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        guess = _guess(data)
        if guess is not None:
            return guess
        raise ReadError(
            source,
            "its encoding cannot be told",
            where=f"byte {error.start}",
            remedy="name it with --encoding, or save it as UTF-8",
        ) from error


def _binary(source: str) -> ReadError:
    return ReadError(source, "binary data, no text", remedy="give a text file")


def _guess(data: bytes) -> tuple[str, str] | None:
    """Return text and encoding when some Chinese encoding gives common Chinese characters."""
    best = from_bytes(data).best()
    names = ["gb18030", "big5hkscs", *_UNMARKED]
    if best is not None and best.encoding in _CHINESE and best.encoding not in {"gbk", "gb2312", "big5"}:
        names.append(best.encoding)
    return _best(data, names)


def _best(data: bytes, names: Iterable[str]) -> tuple[str, str] | None:
    """Return the reading with the most common characters, unless these are few or some are no text."""
    readings: list[tuple[float, str, str]] = []
    for name in names:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        plain = len(text) >= _LEAST and _BREAKS.issuperset(char for char in text if char < " ")
        if name not in _UNMARKED or plain:
            readings.append((_commonness(text), text, name))
    share, text, name = max(readings, default=(0.0, "", ""))
    return (text, name) if share >= _ENOUGH else None


def _commonness(text: str) -> float:
    """Return the share of characters beyond ASCII that are common hanzi or punctuation in GB 2312.

    Traditional characters count as the simplified ones that they stand for.
    """
    letters = [char for char in simplified(text) if ord(char) > 0x7F]
    return sum(map(_common, letters)) / len(letters) if letters else 0.0


def _common(char: str) -> bool:
    try:
        return char.encode("gb2312")[0] <= _LAST_COMMON
    except UnicodeEncodeError:
        return False
