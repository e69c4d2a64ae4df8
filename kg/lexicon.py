"""`seeds/lexicon/*.tsv` as values: knowledge of the language and the genre, in tables a user edits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kg.errors import LexiconError
from kg.table import Table, read_table


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables by name."""

    tables: Mapping[str, Table]

    def table(self, name: str) -> Table:
        """Return a table.

        Raises:
            LexiconError: there is none of that name.
        """
        try:
            return self.tables[name]
        except KeyError:
            raise LexiconError(
                f"{name}.tsv", "no such table", remedy=f"there are {', '.join(sorted(self.tables))}"
            ) from None

    def words(self, name: str, column: str = "word") -> tuple[str, ...]:
        """Return one column of a table, by default its words."""
        return self.table(name).column(column)


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches the longest of some words.

    >>> alternation(["市委", "市委书记"])
    '市委书记|市委'
    """
    return "|".join(map(re.escape, sorted(set(words), key=lambda w: (-len(w), w)))) or r"(?!)"


def load(folders: Iterable[Path]) -> Lexicon:
    """Read every table of every folder; later folders add to earlier ones.

    Raises:
        LexiconError: a line has too many or too few cells, a word stands twice in one file, or two
            files of one name disagree about their columns.
    """
    tables: dict[str, Table] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.tsv")):
            table = read_table(path)
            known = tables.get(table.name)
            if known is not None:
                if known.columns != table.columns:
                    raise LexiconError(
                        str(path),
                        f"columns {table.columns} differ from {known.columns} of the table it adds to",
                        remedy="use the same columns",
                    )
                table = Table(table.name, table.columns, known.rows + table.rows)
            tables[table.name] = table
    return Lexicon(MappingProxyType(tables))
