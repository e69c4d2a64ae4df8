"""The answer of a query: rows of Python values, a frame of pandas, a table in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kg.errors import InputError
from kg.opened.tables import table
from kg.rdf import Result, Term

Value = str | int | float | bool | date | Decimal | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_READ: Mapping[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "boolean": lambda word: word in {"true", "1"},
    _XSD + "date": date.fromisoformat,
}


class Answer:
    """What a query gave; iterating yields a tuple of Python values for each row.

    IRIs and texts are `str`, unbound variables None, numbers and days what Python has for them.
    """

    def __init__(self, result: Result) -> None:
        self.result = result
        self.columns = result.columns
        self.rows = result.rows
        self.truth = result.truth

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return (tuple(map(_value, row)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        """Whether the answer of an ASK is yes, or there is any row."""
        return bool(self.rows) if self.truth is None else self.truth

    def frame(self) -> Any:
        """Return a pandas DataFrame; decimals become floats.

        Raises:
            InputError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            remedy = "pip install 'baozhi-kg[pandas]'"
            raise InputError("frame", "it needs an extra", remedy=remedy) from error
        rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in self]
        return pd.DataFrame(rows, columns=list(self.columns))

    def __repr__(self) -> str:
        return (
            str(self.truth) if self.truth is not None else f"<{len(self)} rows of {', '.join(self.columns)}>"
        )

    def _repr_html_(self) -> str:
        if self.truth is not None:
            return table(("answer",), [("yes" if self.truth else "no",)])
        return table(self.columns, [["" if t is None else t.value for t in row] for row in self.rows])


def _value(term: Term | None) -> Value:
    if term is None:
        return None
    read = _READ.get(term.datatype or "")
    if read is None or term.kind != "literal":
        return term.value
    try:
        return read(term.value)
    except (ValueError, ArithmeticError):  # a literal that is not of its datatype, which RDF allows
        return term.value
