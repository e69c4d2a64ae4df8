"""The graph as tables: CSV as neo4j-admin imports it, and Parquet for pandas and its kind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kg.errors import InputError
from kg.model import Article, Entity, Evidence, Fact, Graph, Literal, Page, Status
from kg.ontology import Ontology
from kg.publish.networks import label
from kg.publish.passages import passage

Cell = str | int | float | date | tuple[str, ...] | None

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""A cell that begins with one of these is run as a formula by some spreadsheets."""

_NEO4J = {"text": "", "texts": ":string[]", "whole": ":int", "number": ":double", "day": ":date"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are (text, texts, whole, number, day), its header in a CSV file."""

    name: str
    kind: str = "text"
    role: str | None = None

    @property
    def header(self) -> str:
        """Return the header that neo4j-admin understands."""
        return self.name + _NEO4J[self.kind] if self.role is None else self.role


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; every row has as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


NODES = (
    Column("iri", role="iri:ID"),
    Column("kind", role=":LABEL"),
    Column("name"),
    Column("kind_label"),
    Column("aliases", "texts"),
    Column("articles", "whole"),
)
FIGURES = (
    Column("iri", role="iri:ID"),
    Column("kind", role=":LABEL"),
    Column("text"),
    Column("what"),
    Column("amount", "number"),
    Column("unit"),
    Column("edtf"),
)
EDGES = (
    Column("subject", role=":START_ID"),
    Column("object", role=":END_ID"),
    Column("predicate", role=":TYPE"),
    Column("iri"),
    Column("label"),
    Column("status"),
    Column("confidence", "number"),
    Column("articles", "whole"),
    Column("first", "day"),
    Column("last", "day"),
    Column("title"),
    Column("qualifiers"),
    Column("sentences"),
)
EVIDENCE = (
    Column("fact"),
    Column("article"),
    Column("start", "whole"),
    Column("end", "whole"),
    Column("words"),
    Column("sentence"),
    Column("finder"),
    Column("confidence", "number"),
    Column("headline"),
    Column("byline"),
    Column("day"),
    Column("newspaper"),
    Column("source"),
    Column("address"),
)


def sheets(graph: Graph, ontology: Ontology) -> Mapping[str, Sheet]:
    """Return the tables nodes, figures, edges and evidence, each in the order of IRIs.

    Nodes are entities; figures and dates are nodes too, each with the IRI of its fact. An edge is a fact that
    is not denied, from an entity to an entity or a figure; `qualifiers` is JSON, `sentences` has a line for
    each. Evidence has a row for each passage that a fact rests on, offsets in code points, the day of its
    article in EDTF.
    """
    told = [fact for fact in graph.facts if fact.status is not Status.NEGATED]
    articles = {article.id: article for article in graph.articles}
    pages = {page.id: page for page in graph.pages}
    return {
        "nodes": Sheet(NODES, tuple(_node(e, ontology) for e in graph.entities)),
        "figures": Sheet(FIGURES, tuple(_figure(f, f.object) for f in told if isinstance(f.object, Literal))),
        "edges": Sheet(EDGES, tuple(_edge(fact, ontology, articles) for fact in told)),
        "evidence": Sheet(
            EVIDENCE, tuple(_evidence(f, e, articles[e.article], pages) for f in told for e in f.evidence)
        ),
    }


def csv_files(graph: Graph, ontology: Ontology) -> Mapping[str, bytes]:
    """Return the tables as CSV in UTF-8, by file name; nodes, figures and edges have headers of neo4j-admin.

    A text that a spreadsheet would run as a formula gets an apostrophe in front. Several names are
    separated by `;`, in which a `;` of a name becomes `；`. Carriage returns become line feeds.
    """
    return {f"{name}.csv": _csv(sheet) for name, sheet in sheets(graph, ontology).items()}


def parquet_files(graph: Graph, ontology: Ontology) -> Mapping[str, bytes]:
    """Return the tables as Parquet, by file name: typed, and every text exactly as it is.

    Raises:
        InputError: the extra `parquet` is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        remedy = "pip install 'baozhi-kg[parquet]'"
        raise InputError("parquet", "it needs an extra", remedy=remedy) from error
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "whole": pa.int64(),
        "number": pa.float64(),
        "day": pa.date32(),
    }
    files = {}
    for name, sheet in sheets(graph, ontology).items():
        schema = pa.schema([(column.name, types[column.kind]) for column in sheet.columns])
        cells = zip(*sheet.rows, strict=True) if sheet.rows else ([] for _ in sheet.columns)
        arrays = [
            pa.array([_exact(cell) for cell in column], field.type)
            for column, field in zip(cells, schema, strict=True)
        ]
        out = io.BytesIO()
        parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
        files[f"{name}.parquet"] = out.getvalue()
    return files


def _node(entity: Entity, ontology: Ontology) -> tuple[Cell, ...]:
    kind = label(ontology, entity.kind)
    return entity.iri, entity.kind, entity.label, kind, entity.aliases, len(entity.articles)


def _figure(fact: Fact, figure: Literal) -> tuple[Cell, ...]:
    when = None if figure.when is None else figure.when.edtf
    return fact.iri, "Figure", figure.text, figure.kind, figure.value, figure.unit, when


def _edge(fact: Fact, ontology: Ontology, articles: Mapping[str, Article]) -> tuple[Cell, ...]:
    reported = None if fact.reported is None else fact.reported.period
    sentences = dict.fromkeys(_sentence(e, articles[e.article]) for e in fact.evidence)
    return (
        fact.subject,
        fact.iri if isinstance(fact.object, Literal) else fact.object,
        fact.predicate,
        fact.iri,
        label(ontology, fact.predicate),
        fact.status.value,
        fact.confidence,
        len({e.article for e in fact.evidence}),
        None if reported is None else reported.start,
        None if reported is None or reported.open else reported.end,
        dict(fact.qualifiers).get("title"),
        json.dumps(dict(fact.qualifiers), ensure_ascii=False, sort_keys=True) if fact.qualifiers else None,
        "\n".join(sentences),
    )


def _evidence(
    fact: Fact, evidence: Evidence, article: Article, pages: Mapping[str, Page]
) -> tuple[Cell, ...]:
    page = pages[article.page]
    return (
        fact.iri,
        article.id,
        evidence.span.start,
        evidence.span.end,
        evidence.span.of(article.text),
        _sentence(evidence, article),
        evidence.finder,
        evidence.confidence,
        "\n".join(article.headline),
        "；".join(f"{b.role} {b.name}".strip() for b in article.byline),
        None if article.date is None else article.date.period.edtf,
        page.newspaper,
        page.source,
        page.address,
    )


def _sentence(evidence: Evidence, article: Article) -> str:
    return " ".join(passage(article.text, evidence.span).sentence.of(article.text).split())


def _csv(sheet: Sheet) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.header for column in sheet.columns])
    writer.writerows([_cell(value) for value in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case str():
            return harmless(value.replace("\r\n", "\n").replace("\r", "\n"))
        case tuple():
            return harmless(";".join(_cell(one.replace(";", "；")) for one in value))
        case float():
            return repr(value)
    return str(value)


def harmless(text: str) -> str:
    """Return a text as no spreadsheet runs it.

    >>> harmless("=HYPERLINK(A1)"), harmless("-5℃"), harmless("平湖")
    ("'=HYPERLINK(A1)", "'-5℃", '平湖')
    """
    return f"'{text}" if text[:1] in FORMULA else text


def _exact(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_exact(one) for one in value] if isinstance(value, tuple) else value
