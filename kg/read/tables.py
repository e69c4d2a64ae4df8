"""CSV and TSV exports: one row an article, read row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain

from kg.errors import ReadError
from kg.model import Page
from kg.read.inputs import Desk, Input, lines_of
from kg.read.records import columns, missing_columns, no_text, page_of_record

_SEPARATORS = ",;\t|"


def rows(source: Input, desk: Desk) -> Iterator[Page | ReadError]:
    """Yield each row of a table with a header as a page, or what is wrong with the row.

    Rows are counted as a spreadsheet shows them: the header is row 1. The separator is the sign, of comma,
    semicolon, tab and bar, that parts the header into most columns.

    Raises:
        ReadError: the file cannot be read, or no column holds the text.
    """
    lines, encoding = lines_of(source, desk.reading)
    head = next(lines, "")
    if not head.strip():
        raise ReadError(source.shown, "no header", where="row 1", remedy="name the columns in the first row")
    separator = max(_SEPARATORS, key=lambda sign: len(next(csv.reader([head], delimiter=sign), [])))
    table = csv.reader(chain([head], lines), delimiter=separator)
    csv.field_size_limit(max(csv.field_size_limit(), desk.reading.max_record))
    numbered = _numbered(table, source.shown)
    names = [name.strip() for name in next(numbered)[1]]
    where = columns(names, desk.reading.columns, desk.lexicon)
    if "text" not in where:
        raise no_text(source.shown, names, desk.reading.columns, desk.lexicon, "row 1", table=True)
    lacking = missing_columns(names, desk.reading.columns)
    if lacking:
        raise ReadError(
            source.shown,
            f"no column {lacking[0]!r}; there are {', '.join(name or '(no name)' for name in names)}",
            where="row 1",
            remedy="correct its name in --column or under [reading.columns] in kg.toml",
        )
    places = {part: names.index(name) for part, name in where.items()}
    for number, cells in numbered:
        if not any(cell.strip() for cell in cells):
            continue
        place = f"row {number}"
        if len(cells) != len(names):
            yield ReadError(
                source.shown,
                f"{len(cells)} cells where the header has {len(names)}",
                where=place,
                remedy="put cells that hold the separator or line breaks in quotation marks",
            )
            continue
        values = {part: cells[index] for part, index in places.items()}
        try:
            yield page_of_record(
                values,
                f"{source.name}#row={number}",
                desk.lexicon,
                shown=source.shown,
                where=place,
                encoding=encoding,
            )
        except ReadError as error:
            yield error


def _numbered(table: Iterator[list[str]], shown: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    while True:
        number += 1
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadError(
                shown,
                f"no table from here on ({error})",
                where=f"row {number}",
                remedy="close the quotation marks of the row",
            ) from error
        yield number, cells
