"""Answers as text, compared with the engine's own serializers and read by other parsers."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from rdflib.compare import isomorphic
from rdflib.query import Result as RdflibResult
from strategies import HOSTILE, texts

from kg.errors import QueryError
from kg.rdf import FORMATS, Dataset, Result, Term, serialize
from kg.rdf.terms import PREFIXES

SELECT = """SELECT ?s ?label ?amount {
  ?s a ?class OPTIONAL { ?s rdfs:label ?label } OPTIONAL { ?s kg:amount ?amount } }"""
STRING = "http://www.w3.org/2001/XMLSchema#string"
KINDS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
}


def hostile(value: str) -> Result:
    return Result("select", ("a", "b"), ((Term("literal", value, STRING), None),))


@pytest.mark.parametrize("form", sorted(KINDS))
def test_a_select_is_written_as_the_engine_writes_it(dataset: Dataset, form: str) -> None:
    engine = dataset.store.query(SELECT, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    expected = (engine.serialize(format=KINDS[form]) or b"").decode()
    found = serialize(dataset.query(SELECT), form)
    if form == "json":
        assert json.loads(found)["head"] == json.loads(expected)["head"]
        rows = [json.loads(text)["results"]["bindings"] for text in (found, expected)]
        assert rows[0] == rows[1]
    else:
        assert found == expected
    assert len(found) > 500


def test_rdflib_reads_the_json(dataset: Dataset) -> None:
    result = dataset.query(SELECT)
    read = RdflibResult.parse(io.BytesIO(serialize(result, "json").encode()), format="json")
    assert len(read) == len(result.rows)
    assert [str(variable) for variable in read.vars or ()] == list(result.columns)


@given(texts)
def test_any_text_comes_back_from_csv_and_json(text: str) -> None:
    rows = list(csv.reader(io.StringIO(serialize(hostile(text), "csv"), newline="")))
    assert rows == [["a", "b"], [text, ""]]
    (binding,) = json.loads(serialize(hostile(text), "json"))["results"]["bindings"]
    assert binding == {"a": {"type": "literal", "value": text}}


def test_turtle_of_a_construct_holds_its_triples(dataset: Dataset) -> None:
    result = dataset.query(
        "CONSTRUCT { ?s ?p ?o . ?s kg:see _:b } WHERE { ?s a kg:Project ; ?p ?o . FILTER(?p != kg:met) }"
    )
    read = rdflib.Graph().parse(data=serialize(result, "ttl"), format="turtle")
    expected = rdflib.Graph()
    for row in result.rows:
        expected.add(tuple(map(_node, row)))  # type: ignore[arg-type]
    assert len(read) == len(result.rows) > 9
    assert isomorphic(read, expected)


def _node(term: Term | None) -> rdflib.term.Node:
    assert term is not None
    if term.kind == "iri":
        return rdflib.URIRef(term.value)
    if term.kind == "bnode":
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype == STRING else rdflib.URIRef(term.datatype or STRING)
    return rdflib.Literal(term.value, datatype=datatype)


def test_a_table_is_aligned_for_wide_characters_and_shortens_iris() -> None:
    rows = (
        (Term("iri", "https://kg.example.org/ontology#Person"), Term("literal", "平湖", STRING)),
        (Term("iri", "https://kg.example.org/entity/1"), None),
        (Term("bnode", "x"), Term("literal", "a", STRING)),
    )
    assert serialize(Result("select", ("类", "b"), rows), "table").splitlines() == [
        "类                                 b",
        "─────────────────────────────────  ────",
        "kg:Person                          平湖",
        "<https://kg.example.org/entity/1>",
        "_:x                                a",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_sends_no_control_characters_to_the_terminal(text: str) -> None:
    shown = serialize(hostile(text), "table")
    assert len(shown.splitlines()) == 3
    assert not set(shown) & set("\x00\x1b\x7f\x85\r\t\u202e\u2066\u2069\u200b\ufeff")


def test_an_answer_without_rows_keeps_its_columns() -> None:
    empty = Result("select", ("a", "b"), ())
    assert serialize(empty, "table") == "a  b\n─  ─\n"
    assert serialize(empty, "csv") == "a,b\r\n"
    assert json.loads(serialize(empty, "json")) == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}


@pytest.mark.parametrize(("truth", "word"), [(True, "yes\n"), (False, "no\n")])
def test_an_ask_is_one_word_or_a_boolean(truth: bool, word: str) -> None:
    result = Result("ask", (), (), truth)
    assert serialize(result, "table") == word
    assert json.loads(serialize(result, "json")) == {"head": {}, "boolean": truth}


@pytest.mark.parametrize(
    ("form", "wanted"),
    [("ask", "csv"), ("ask", "tsv"), ("ask", "ttl"), ("select", "ttl"), ("select", "xlsx")],
)
def test_a_format_that_does_not_fit_is_refused_aloud(form: str, wanted: str) -> None:
    with pytest.raises(QueryError, match=wanted):
        serialize(Result(form, ("a",) if form == "select" else (), (), True), wanted)


def test_every_format_named_is_written(dataset: Dataset) -> None:
    result = dataset.query("CONSTRUCT WHERE { ?a kg:met ?b }")
    written = {form: serialize(result, form) for form in FORMATS}
    assert all("met" in text for text in written.values())


def test_turtle_of_an_answer_is_the_same_in_every_process(dataset: Dataset) -> None:
    text = serialize(dataset.query("CONSTRUCT { ?a kg:met ?b } WHERE { ?a kg:met ?b }"), "ttl")
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert len(prefixes) > 5
    assert prefixes == sorted(prefixes)
