"""The columns of the tables that go from stage to stage; names that pages print are bytes, exactly."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kg.publish import tables
from kg.publish.tables import Column

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FILES = pa.schema(
    [("path", pa.string()), ("name", pa.string()), ("searched", pa.bool_()), ("data", pa.binary())]
)
"""What is read: files that every machine sees, or their bytes."""

LINES = pa.list_(pa.binary())
"""N-Quads, a line each, without line ends."""

PAGES = pa.schema(
    [
        ("at", pa.string()),
        ("source", pa.binary()),
        ("page", pa.string()),
        ("found", pa.string()),
        ("row", pa.binary()),
        ("error", pa.binary()),
        ("findings", pa.binary()),
        ("said", pa.list_(pa.int64())),
        ("lines", LINES),
        (
            "articles",
            pa.list_(
                pa.struct(
                    [
                        ("article", pa.string()),
                        ("text", pa.binary()),
                        ("sheet", pa.binary()),
                        ("bands", pa.list_(pa.int64())),
                    ]
                )
            ),
        ),
        (
            "keys",
            pa.list_(
                pa.struct(
                    [
                        ("key", pa.binary()),
                        ("called", pa.int64()),
                        ("blocks", pa.list_(pa.int64())),
                        ("profile", pa.binary()),
                        ("printed", pa.list_(pa.string())),
                    ]
                )
            ),
        ),
        (
            "claims",
            pa.list_(
                pa.struct(
                    [
                        ("article", pa.string()),
                        ("subject", pa.binary()),
                        ("object", pa.binary()),
                        ("claim", pa.binary()),
                        ("stub", pa.binary()),
                    ]
                )
            ),
        ),
    ]
)
"""What becomes of an input: a page and all that it says, or why it cannot be used.

`at` is another one in every row. `said` counts articles and claims; a text is an Article, a sheet its Page
without words, a stub the Article without words; `called` stands for the blocks, whose last bit says that they
are only answered.
"""

LINE = pa.schema([("line", pa.binary())])
STORIES = pa.schema([("article", pa.string()), ("story", pa.string())])

ENTITIES = pa.schema(
    [
        ("iri", pa.string()),
        ("kind", pa.string()),
        ("entity", pa.binary()),
        ("doubt", pa.binary()),
        ("members", pa.list_(pa.binary())),
        ("lines", LINES),
    ]
)
"""Entities, and what is doubtful about them: a row is one or the other."""

FACTS = pa.schema(
    [("iri", pa.string()), ("fact", pa.binary()), ("articles", pa.list_(pa.string())), ("lines", LINES)]
)

_CELLS = {
    "text": pa.string(),
    "texts": pa.list_(pa.string()),
    "whole": pa.int64(),
    "number": pa.float64(),
    "day": pa.date32(),
}


def _sheet(columns: Iterable[Column]) -> pa.DataType:
    return pa.list_(pa.struct([(column.name, _CELLS[column.kind]) for column in columns]))


NODES = pa.schema([("nodes", _sheet(tables.NODES))])
TOLD = pa.schema(
    [
        ("lines", LINES),
        ("figures", _sheet(tables.FIGURES)),
        ("edges", _sheet(tables.EDGES)),
        ("evidence", _sheet(tables.EVIDENCE)),
    ]
)
"""Rows of the tables that `kg export` writes too, and the annotations of what facts rest on."""


def mapped(rows: DataFrame, stage: Callable[..., Any], schema: pa.Schema) -> DataFrame:
    """Run a stage over batches of rows; the rows that it yields have the schema."""
    with warnings.catch_warnings():
        # Spark warns of each new pandas, which is not used here
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        return rows.mapInArrow(stage, ddl(schema))


def ddl(schema: pa.Schema) -> str:
    """Return a schema as Spark writes it.

    >>> ddl(STORIES)
    'article string, story string'
    """
    return ", ".join(f"{field.name} {_kind(field.type)}" for field in schema)


_KINDS = {
    pa.string(): "string",
    pa.binary(): "binary",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


def _kind(kind: Any) -> str:
    if pa.types.is_list(kind):
        return f"array<{_kind(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{field.name}: {_kind(field.type)}' for field in kind)}>"
    return _KINDS[kind]
