"""Tab-separated tables that a user edits: the form of the lexicon, the frames and the decisions.

A table is UTF-8 text. Lines that start with `#` explain it; the first other line names the columns;
every further line is a row with as many tab-separated cells. A cell that holds several values
separates them by one space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import LexiconError

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, its columns, its rows in the order of the files; of one file, also its lines."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...] = ()

    def column(self, name: str) -> tuple[str, ...]:
        """Return the cells of a column, in order; empty cells are left out."""
        if name not in self.columns:
            raise LexiconError(self.name, f"no column {name!r}", remedy=f"it has {', '.join(self.columns)}")
        return tuple(row[name] for row in self.rows if row[name])

    def where(self, **wanted: str) -> tuple[Row, ...]:
        """Return the rows whose cells equal the wanted ones."""
        return tuple(row for row in self.rows if all(row[k] == v for k, v in wanted.items()))


def read_table(path: Path) -> Table:
    """Read one table.

    Raises:
        LexiconError: no UTF-8, no header, a row with too many or too few cells, or a row twice.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(
            str(path), "not UTF-8", where=f"byte {error.start}", remedy="save it as UTF-8"
        ) from error
    return _table(path, text)


@lru_cache(maxsize=128)
def _table(path: Path, text: str) -> Table:
    """Return the table that a text is; a run reads the same ones several times."""
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise LexiconError(
                str(path),
                f"{len(cells)} cells where the header has {len(columns)}",
                where=f"line {number}",
                remedy="separate the cells by single tabs",
            )
        if cells in seen:
            raise LexiconError(
                str(path), f"the row of line {seen[cells]} again", where=f"line {number}", remedy="delete one"
            )
        seen[cells] = number
        rows.append(MappingProxyType(dict(zip(columns, cells, strict=True))))
    if not columns:
        raise LexiconError(str(path), "no header", remedy="name the columns in the first line")
    return Table(path.stem, columns, tuple(rows), tuple(seen.values()))
