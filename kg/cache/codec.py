"""Frozen values ↔ compact bytes, by the types that their classes declare; nothing is run to read them.

A dataclass becomes the list of its fields, a tuple or set a list, a date its day's number. Where a field
may hold one of several classes, the list of its number among them and the value is written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Turn = Callable[[Any], Any]
_PLAINLY = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False)
_PLAIN = frozenset({str, int, float, bool, NoneType})


def encode(value: Any) -> bytes:
    """Return a value of a frozen class as bytes: equal values give equal bytes."""
    kind: Any = type(value)
    plain = [shape(kind), _turns(kind)[0](value)]
    text = json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def decode(data: bytes, kind: type[T], without: Collection[str] = ()) -> T:
    """Return the value that the bytes were made of.

    Args:
        data: the bytes.
        kind: the class of the value.
        without: names of its fields, and of those of its parts, that hold several values and are taken as
            empty: who does not look at them saves most of the time.

    Raises:
        ValueError: the bytes are damaged, or their class has other fields by now.
    """
    cls: Any = kind
    try:
        made, value = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        if made != shape(cls):
            raise ValueError(f"not written by this {kind.__name__}")
        if without:
            _empty(cls, value, without)
        back: T = _turns(cls)[1](value)
    except (zlib.error, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error
    return back


def is_whole(data: bytes) -> bool:
    """Say whether bytes are as they were written: their sum is right, which takes a tenth of decoding."""
    try:
        zlib.decompress(data)
    except zlib.error:
        return False
    return True


def _empty(kind: Any, plain: list[Any], without: Collection[str]) -> None:
    hints = get_type_hints(kind)
    for at, field in enumerate(fields(kind)):
        if field.name in without:
            plain[at] = []
        elif is_dataclass(hints[field.name]):
            _empty(hints[field.name], plain[at], without)


def jot(value: Any) -> bytes:
    """Return a value as a short text, for tables whose form has a number of its own.

    >>> from kg.model import Span
    >>> jot(Span(2, 5)), read(jot(Span(2, 5)), Span)
    (b'[2,5]', Span(start=2, end=5))
    """
    kind: Any = type(value)
    return _PLAINLY.encode(_turns(kind)[0](value)).encode("utf-8", "surrogatepass")


def read(text: bytes, kind: type[T]) -> T:
    """Return the value that `jot` made a text of.

    Raises:
        ValueError: it is none of this class.
    """
    return read_all((text,), kind)[0]


def read_all(texts: Iterable[bytes], kind: type[T]) -> list[T]:
    """Return the values that `jot` made texts of; many together take a third less time than one by one.

    Raises:
        ValueError: one is none of this class.
    """
    cls: Any = kind
    try:
        back: Callable[[Any], T] = _turns(cls)[1]
        plain = json.loads((b"[" + b",".join(texts) + b"]").decode("utf-8", "surrogatepass"))
        return [back(one) for one in plain]
    except (TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"no {kind.__name__}: {error}") from error


@cache
def shape(kind: type) -> str:
    """Return what a class consists of, in words: other words mean that old bytes cannot be read."""
    seen: dict[type, str] = {}
    _describe(kind, seen)
    return str(zlib.crc32("\n".join(seen.values()).encode()))


def _describe(kind: Any, seen: dict[type, str]) -> None:
    for part in get_args(kind):
        _describe(part, seen)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        hints = get_type_hints(kind)
        seen[kind] = f"{kind.__name__} {[(f.name, str(hints[f.name])) for f in fields(kind)]}"
        for field in fields(kind):
            _describe(hints[field.name], seen)


@cache
def _turns(kind: Any) -> tuple[_Turn, _Turn]:
    """Return the way from a type to plain values and the way back."""
    if kind in _PLAIN:
        return _same, _same
    if kind is date:
        return date.toordinal, date.fromordinal
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if get_origin(kind) is frozenset:
        return _set(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _union(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return (lambda value: value.value), kind
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no value of {kind!r} can be written")


def _same(value: Any) -> Any:
    return value


def _tuple(parts: Sequence[Any]) -> tuple[_Turn, _Turn]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        there, back = _turns(parts[0])
        if there is _same:
            return list, tuple
        return (lambda value: [there(one) for one in value]), (
            lambda data: tuple([back(one) for one in data])
        )
    ways = [_turns(part) for part in parts]
    return (
        lambda value: [there(one) for (there, _), one in zip(ways, value, strict=True)],
        lambda data: tuple([back(one) for (_, back), one in zip(ways, data, strict=True)]),
    )


def _set(part: Any) -> tuple[_Turn, _Turn]:
    there, back = _turns(part)
    return (
        lambda value: sorted((there(one) for one in value), key=json.dumps),
        lambda data: frozenset([back(one) for one in data]),
    )


def _union(parts: Sequence[Any]) -> tuple[_Turn, _Turn]:
    if all(part in _PLAIN for part in parts):
        return _same, _same
    kinds = [part for part in parts if part is not NoneType]
    ways = [_turns(part) for part in kinds]
    if len(kinds) == 1:
        there, back = ways[0]
        return (
            lambda value: None if value is None else there(value),
            lambda data: None if data is None else back(data),
        )
    number = {kind: place for place, kind in enumerate(kinds)}

    def write(value: Any) -> Any:
        if value is None:
            return None
        place = number[type(value)]
        return [place, ways[place][0](value)]

    def read(data: Any) -> Any:
        return None if data is None else ways[data[0]][1](data[1])

    return write, read


def _record(kind: type) -> tuple[_Turn, _Turn]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    ways: list[tuple[_Turn, _Turn]] = []
    turned: list[tuple[int, _Turn]] = []  # the fields that are not as they are written

    def prepared() -> list[tuple[_Turn, _Turn]]:
        if not ways:  # at first use, so that a class may hold values of its own kind
            ways.extend(_turns(hints[name]) for name in names)
            turned.extend((at, back) for at, (_, back) in enumerate(ways) if back is not _same)
        return ways

    def write(value: Any) -> list[Any]:
        return [there(getattr(value, name)) for name, (there, _) in zip(names, prepared(), strict=True)]

    def read(data: Any) -> Any:
        if len(data) != len(ways or prepared()):
            raise TypeError("other fields")
        values = list(data)
        for at, back in turned:
            values[at] = back(values[at])
        return kind(*values)

    return write, read
