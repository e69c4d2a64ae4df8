"""Tables: what is written is what pandas, pyarrow and an import into neo4j read."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import invented_pages
import pandas as pd
import pytest
from hypothesis import given, settings
from pyarrow import parquet
from strategies import pages

from kg import ontology
from kg.config import Settings, packed
from kg.model import Graph, Literal, Status
from kg.publish import csv_files, parquet_files
from kg.publish.tables import FORMULA, harmless
from kg.resolve import resolve

ONTOLOGY = ontology.load(packed("ontology"))
SENTENCE = "林远山走访海蓝公司。"

PAGE: dict[str, Any] = {
    "source": "a.txt",
    "date": "2031-02-03",
    "newspaper": "河口日报",
    "articles": [
        {
            "headline": ["一条消息"],
            "byline": [("记者", "柳青")],
            "body": f"{SENTENCE}海蓝公司投资3亿元。",
            "entities": [("Person", "林远山"), ("Organization", "海蓝公司", "海蓝;甲", "海蓝乙")],
            "facts": [
                ("林远山", "inspected", "海蓝公司", "林远山走访海蓝公司", {"title": "市长"}),
                ("林远山", "met", "海蓝公司", "林远山走访海蓝公司", {"status": "negated"}),
                ("海蓝公司", "totalInvestment", "3亿元", "海蓝公司投资3亿元", {}),
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return invented_pages.graph(PAGE)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_csv_has_every_entity_and_every_fact_that_is_not_denied(graph: Graph) -> None:
    files = {name: rows(data) for name, data in csv_files(graph, ONTOLOGY).items()}
    assert {row["iri:ID"]: row["name"] for row in files["nodes.csv"]} == {
        e.iri: e.label for e in graph.entities
    }
    (company,) = (row for row in files["nodes.csv"] if row["name"] == "海蓝公司")
    assert company[":LABEL"] == "Organization"
    assert company["aliases:string[]"].split(";") == ["海蓝；甲", "海蓝乙"]
    told = {f.iri: f for f in graph.facts if f.status is not Status.NEGATED}
    assert {row["iri"] for row in files["edges.csv"]} == set(told)
    (visit,) = (row for row in files["edges.csv"] if row[":TYPE"] == "inspected")
    assert (visit["title"], json.loads(visit["qualifiers"])) == ("市长", {"title": "市长"})
    assert (visit["sentences"], visit["first:date"], visit["status"]) == (SENTENCE, "2031-02-03", "asserted")
    (figure,) = files["figures.csv"]
    assert (figure["text"], figure[":LABEL"]) == ("3亿元", "Figure")
    (evidence,) = (row for row in files["evidence.csv"] if row["fact"] == visit["iri"])
    text = graph.articles[0].text
    assert text[int(evidence["start:int"]) : int(evidence["end:int"])] == evidence["words"]
    assert (evidence["headline"], evidence["byline"], evidence["newspaper"], evidence["day"]) == (
        "一条消息",
        "记者 柳青",
        "河口日报",
        "2031-02-03",
    )


# Fields of a header as neo4j-admin documents them: name[:type], or one of its own with or without a name.
HEADER = re.compile(r"\w+(:(int|double|date|string\[\]|ID))?|:(ID|LABEL|TYPE|START_ID|END_ID)")


def test_an_import_into_neo4j_finds_its_headers_and_both_ends_of_every_edge(graph: Graph) -> None:
    files = csv_files(graph, ONTOLOGY)
    ids: list[str] = []
    for name in ("nodes.csv", "figures.csv"):
        read = rows(files[name])
        assert all(HEADER.fullmatch(field) for field in read[0])
        assert {"iri:ID", ":LABEL"} <= read[0].keys()
        ids += [row["iri:ID"] for row in read]
    edges = rows(files["edges.csv"])
    assert all(HEADER.fullmatch(field) for field in edges[0])
    assert len(ids) == len(set(ids))
    assert {row[end] for row in edges for end in (":START_ID", ":END_ID")} <= set(ids)
    assert all(re.fullmatch(r"\w+", row[":TYPE"]) for row in edges)


def test_parquet_is_typed_and_pandas_reads_the_same_as_pyarrow(graph: Graph) -> None:
    files = parquet_files(graph, ONTOLOGY)
    edges = parquet.read_table(io.BytesIO(files["edges.parquet"])).to_pylist()
    (visit,) = (row for row in edges if row["predicate"] == "inspected")
    assert (visit["confidence"], visit["articles"], visit["first"]) == (0.8, 1, date(2031, 2, 3))
    nodes = parquet.read_table(io.BytesIO(files["nodes.parquet"])).to_pylist()
    assert ["海蓝;甲", "海蓝乙"] in [row["aliases"] for row in nodes]
    for name, data in files.items():
        frame = pd.read_parquet(io.BytesIO(data))
        assert list(frame.columns) == parquet.read_schema(io.BytesIO(data)).names, name
        assert len(frame) == parquet.read_metadata(io.BytesIO(data)).num_rows


def test_pandas_reads_the_same_from_csv_and_from_parquet(graph: Graph) -> None:
    tables, typed = csv_files(graph, ONTOLOGY), parquet_files(graph, ONTOLOGY)
    for name, data in tables.items():
        left = pd.read_csv(io.BytesIO(data))
        right = pd.read_parquet(io.BytesIO(typed[name.replace(".csv", ".parquet")]))
        assert len(left) == len(right)
        column = {"nodes.csv": "name", "figures.csv": "text", "edges.csv": "iri", "evidence.csv": "sentence"}
        assert list(left[column[name]]) == list(right[column[name]])


@settings(max_examples=15)
@given(pages(), pages())
def test_any_graph_is_read_back_exactly_from_parquet_and_harmlessly_from_csv(first: Any, second: Any) -> None:
    graph = resolve([first, second], Settings())
    exact = parquet.read_table(io.BytesIO(parquet_files(graph, ONTOLOGY)["nodes.parquet"])).to_pylist()
    assert [(row["iri"], row["name"], tuple(row["aliases"])) for row in exact] == [
        (e.iri, e.label, e.aliases) for e in graph.entities
    ]
    files = csv_files(graph, ONTOLOGY)
    nodes = rows(files["nodes.csv"])
    assert [row["name"] for row in nodes] == [
        harmless(e.label.replace("\r\n", "\n").replace("\r", "\n")) for e in graph.entities
    ]
    figures = [f.object.text for f in graph.facts if isinstance(f.object, Literal) and f.status != "negated"]
    assert len(rows(files["figures.csv"])) == len(figures)
    for data in files.values():
        for row in rows(data):
            assert not any(cell[:1] in FORMULA and cell for cell in row.values() if not _number(cell))


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(e[+-]?\d+)?|-inf", cell) is not None


def test_a_graph_without_anything_has_tables_without_rows() -> None:
    empty = Graph((), (), (), ())
    assert all(len(data.splitlines()) == 1 for data in csv_files(empty, ONTOLOGY).values())
    for data in parquet_files(empty, ONTOLOGY).values():
        assert parquet.read_table(io.BytesIO(data)).num_rows == 0


def test_the_same_graph_gives_the_same_bytes(graph: Graph) -> None:
    assert csv_files(graph, ONTOLOGY) == csv_files(graph, ONTOLOGY)
    assert parquet_files(graph, ONTOLOGY) == parquet_files(graph, ONTOLOGY)
