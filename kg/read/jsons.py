"""JSON and JSON Lines exports: one record an article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import ReadError
from kg.model import Page
from kg.read.inputs import Desk, Input, lines_of, text_of, whole
from kg.read.records import ForeignError, columns, no_text, page_of_record


def json_lines(source: Input, desk: Desk) -> Iterator[Page | ReadError]:
    """Yield the record of each line as a page, or what is wrong with the line."""
    lines, encoding = lines_of(source, desk.reading)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            record = _parsed(line.rstrip(), source.shown, number)
            yield _page(record, f"{source.name}#line={number}", desk, source.shown, place, encoding)
        except ReadError as error:
            yield error


def json_records(source: Input, desk: Desk) -> Iterator[Page | ReadError]:
    """Yield the records of a JSON document: it is a list of them, or holds one, or is one itself.

    Raises:
        ReadError: no JSON, or nothing in it looks like a record.
    """
    text, encoding = text_of(whole(source, desk.reading), source.shown, desk.reading)
    try:
        data = _parsed(text, source.shown, None)
    except ReadError:
        if _is_lines(text):
            yield from json_lines(source, desk)
            return
        raise
    records = _records(data, desk)
    if records is None:
        yield _page(data, source.name, desk, source.shown, None, encoding)
        return
    for number, record in enumerate(records, 1):
        try:
            yield _page(
                record, f"{source.name}#record={number}", desk, source.shown, f"record {number}", encoding
            )
        except ReadError as error:
            yield error


def _parsed(text: str, shown: str, line: int | None) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {line or error.lineno}, column {error.colno}"
        raise ReadError(
            shown, f"no JSON ({error.msg})", where=where, remedy="correct or delete it"
        ) from error
    except (ValueError, RecursionError) as error:
        what = "nested too deep" if isinstance(error, RecursionError) else "a number too long"
        raise ReadError(
            shown, what, where=None if line is None else f"line {line}", remedy="correct or delete it"
        ) from error


def _is_lines(text: str) -> bool:
    """Say whether a text that is no JSON document is JSON Lines: its first line is a whole object."""
    first, _, rest = text.lstrip().partition("\n")
    try:
        return isinstance(json.loads(first), dict) and bool(rest.strip())
    except (ValueError, RecursionError):
        return False


def _records(data: Any, desk: Desk) -> list[Any] | None:
    """Return the list of records that a document is or holds, or None when it is one record itself."""
    if isinstance(data, list):
        return data
    if isinstance(data, dict):
        parts = columns(map(str, data), desk.reading.columns, desk.lexicon)
        held = data.get(parts.get("records", ""))
        if isinstance(held, list) and "text" not in parts:
            return held
    return None


def _page(record: Any, name: str, desk: Desk, shown: str, place: str | None, encoding: str) -> Page:
    if not isinstance(record, dict):
        raise ForeignError(shown, "no record with named values", where=place, remedy="correct or delete it")
    parts = columns(record, desk.reading.columns, desk.lexicon)
    if "text" not in parts:
        raise no_text(shown, record, desk.reading.columns, desk.lexicon, place, record.values())
    values = {part: _text(record[key], "\n" if part == "text" else "、") for part, key in parts.items()}
    return page_of_record(
        values, name, desk.lexicon, shown=shown, where=place or "its record", encoding=encoding
    )


def _text(value: Any, between: str) -> str:
    """Return a JSON value as text: a list joined, of an object (schema.org's author) its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return between.join(filter(None, (_text(item, between) for item in value)))
    if isinstance(value, Mapping):
        return _text(value.get("name", value.get("text")), between)
    return "" if value is None or isinstance(value, bool) else str(value)
