"""`seeds/lexicon/*.tsv` as values: knowledge of the language and the genre, in tables a user edits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
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
    """Return a pattern that matches the longest of some words; without words, one that matches nothing.

    Words that begin alike share their beginning: what matches is what a list of them, the longest first,
    would match, in a fraction of the time where there are hundreds.

    >>> alternation(["市委", "市委书记", "市长"])
    '市(?:委(?:书记)?|长)'
    """
    return _branches(sorted(filter(None, set(words)))) or r"(?!)"


def _branches(words: list[str]) -> str:
    """Return the words, in order, as a pattern, those with one beginning together."""
    tails = {char: [word[1:] for word in some] for char, some in groupby(words, itemgetter(0))}
    return "|".join(
        re.escape(char) + (_grouped(some) if some != [""] else "") for char, some in tails.items()
    )


def _grouped(tails: list[str]) -> str:
    """Return how words go on after a common beginning; the first tail is empty where one ends there."""
    ends = not tails[0]
    branches = _branches(tails[ends:])
    return f"(?:{branches}){'?' * ends}" if ends or "|" in branches else branches


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
