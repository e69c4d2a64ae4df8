"""SPARQL: the union unless graphs are named, and nothing that leaves the store."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, QueryError
from kg.model import Graph
from kg.rdf import Dataset, Result

XSD = "http://www.w3.org/2001/XMLSchema#"


def values(result: Result) -> list[tuple[str | None, ...]]:
    return [tuple(None if term is None else term.value for term in row) for row in result.rows]


def test_a_select_gives_columns_and_typed_terms(dataset: Dataset) -> None:
    result = dataset.query(
        'SELECT ?p ?label ?amount ?none { ?p rdfs:label ?label . FILTER(?label = "星河项目"@zh) '
        "?s rdf:subject ?p ; kg:amount ?amount }"
    )
    assert (result.form, result.columns, result.truth) == ("select", ("p", "label", "amount", "none"), None)
    ((iri, label, amount, none),) = result.rows
    assert iri is not None
    assert label is not None
    assert amount is not None
    assert (iri.kind, label.language, amount.value) == ("iri", "zh", "120000000")
    assert amount.datatype == XSD + "decimal"
    assert none is None


def test_an_ask_gives_its_truth(dataset: Dataset) -> None:
    assert dataset.query("ASK { ?a kg:met ?b }").truth is True
    assert dataset.query("ASK { ?a kg:met ?a }").truth is False


def test_construct_and_describe_give_sorted_triples_each_once(dataset: Dataset) -> None:
    result = dataset.query("CONSTRUCT { ?a a kg:Thing } WHERE { ?s rdf:subject ?a }")
    assert result.form == "graph"
    assert result.columns == ("subject", "predicate", "object")
    assert len(set(result.rows)) == len(result.rows) == 8
    assert dataset.query("DESCRIBE ?a { ?a a kg:Award }").rows


def test_a_query_sees_entities_and_articles_together(dataset: Dataset, graph: Graph) -> None:
    result = dataset.query(
        "SELECT DISTINCT ?article { ?s rdf:predicate kg:met ; "
        "prov:wasDerivedFrom/oa:hasTarget/oa:hasSource ?article }"
    )
    assert len(result.rows) == 2


def test_a_query_that_names_a_graph_sees_that_graph_only(dataset: Dataset, graph: Graph) -> None:
    article = f"<https://kg.example.org/article/{graph.articles[0].id}>"
    inside = dataset.query(f"SELECT ?s {{ GRAPH {article} {{ ?s a oa:Annotation }} }}")
    named = dataset.query(f"SELECT ?s FROM {article} {{ ?s a oa:Annotation }}")
    both = dataset.query("SELECT ?s { ?s a oa:Annotation }")
    assert len(inside.rows) == len(named.rows) == 1
    assert len(both.rows) == 2
    assert dataset.query("SELECT ?s FROM <http://example.org/none> { ?s ?p ?o }").rows == ()
    assert dataset.query("SELECT ?s FROM <file:///etc/passwd> { ?s ?p ?o }").rows == ()


def test_the_word_from_in_names_and_strings_names_no_graph(dataset: Dataset) -> None:
    result = dataset.query(
        'SELECT ?from { ?from a oa:Annotation . BIND("FROM <x>" AS ?o) } # FROM <http://e/>'
    )
    assert len(result.rows) == 2


@pytest.fixture
def trap() -> Iterator[int]:
    """A port that hears it when a query calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server.getsockname()[1]
        with pytest.raises(TimeoutError):
            server.accept()


SERVICES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * {\n  ?a kg:met ?b .\n  SeRvIcE <URL> { ?s ?p ?o } }",
    "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?a kg:met ?b FILTER(?a<?b)SERVICE#>\n<URL> { ?s ?p ?o } }",
    "ASK { ?a kg:met ?b FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { ?service kg:met ?b OPTIONAL { SERVICE ?service { ?s ?p ?o } } }",
    'SELECT * { BIND("SERVICE" AS ?x) SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { LATERAL { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { # servicx servicz\n SERVICE <URL> { ?s ?p ?o } }",
)


@pytest.mark.parametrize("query", SERVICES)
def test_a_service_is_refused_however_it_is_written(dataset: Dataset, trap: int, query: str) -> None:
    with pytest.raises(QueryError):
        dataset.query(query.replace("URL", f"http://127.0.0.1:{trap}/sparql"))


def test_a_refused_service_is_named_with_its_place(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused") as caught:
        dataset.query(SERVICES[2])
    assert caught.value.position == (3, 3)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s rdfs:label "SERVICE <http://e/> {" }',
        "SELECT * { ?service rdfs:label ?o } # SERVICE <http://e/> { }",
        "PREFIX service: <http://e/service#> SELECT * { ?s service:service ?o }",
        "SELECT * { ?s <http://e/SERVICE> ?o FILTER(LANG(?o) = 'service') }",
    ],
)
def test_the_word_service_in_names_strings_and_comments_is_allowed(dataset: Dataset, query: str) -> None:
    assert dataset.query(query).form == "select"


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://e/a> <http://e/b> 1 }",
        "PREFIX e: <http://e/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP GRAPH <http://e/>",
        "WITH <http://e/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused_and_change_nothing(dataset: Dataset, update: str) -> None:
    before = len(dataset.store)
    with pytest.raises(QueryError, match="only SELECT, ASK, CONSTRUCT and DESCRIBE") as caught:
        dataset.query(update)
    assert caught.value.position == (update.count("\n") + 1, 1)
    assert len(dataset.store) == before


@pytest.mark.parametrize(
    ("query", "message", "position"),
    [
        ("", "is empty", (1, 1)),
        ("hello", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not 'hello'", (1, 1)),
        ("# 会见\n  SELEC ?x {}", "not 'SELEC'", (2, 3)),
        ("SELECT * { ?s ?p ?o", "at its end", (1, 20)),
        ('SELECT *\n{ "中文中文" ?x } }', "near '}'", (2, 13)),
        ("SELECT * { ?s nope:x ?o }", "the prefix nope: of nope:x is not declared", (1, 15)),
        ("SELECT *\n{ ?s a kg:Person ; <e:f> 'g:h' . # i:j\n ?s fo:b 1 }", "the prefix fo: of fo:b", (3, 5)),
        ("SELECT * { ?s ?p '\ud800' }", "lone surrogate", (1, 19)),
    ],
)
def test_what_is_no_query_is_refused_with_its_place(
    dataset: Dataset, query: str, message: str, position: tuple[int, int]
) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        dataset.query(query)
    assert caught.value.position == position


def test_a_triple_as_a_term_is_refused_aloud(dataset: Dataset) -> None:
    with pytest.raises(QueryError, match="triple as a term"):
        dataset.query("SELECT (TRIPLE(?a, kg:met, ?b) AS ?t) { ?a kg:met ?b }")


@given(st.text(st.characters(), max_size=40), st.sampled_from(("", "SELECT * { ?s ?p ?o ", "ASK { SERVICE ")))
def test_any_text_is_answered_or_refused_as_one_of_ours(dataset: Dataset, text: str, start: str) -> None:
    try:
        dataset.query(start + text)
    except KgError as error:
        assert isinstance(error, QueryError)  # noqa: PT017


LAST = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize("word", ["service", "from"])
def test_a_query_that_holds_every_spelling_of_a_word_is_answered_all_the_same(
    dataset: Dataset, word: str
) -> None:
    names = " ".join(f"?{word[:-1]}{letter}" for letter in LAST)
    result = dataset.query(f"SELECT {names} {{ ?{word} kg:met ?{word}x }}")
    assert len(result.columns) == 26
    assert result.rows
    assert dataset.query(f"SELECT {names} FROM <http://e/none> {{ ?{word} kg:met ?b }}").rows == ()


def test_a_service_among_every_spelling_of_it_is_refused_at_its_place(dataset: Dataset) -> None:
    names = " ".join(f"?servic{letter}" for letter in LAST)
    query = f"SELECT {names} {{ SERVICE <http://e/> {{ ?a ?b ?c }} }}"
    with pytest.raises(QueryError, match="asks no other machine") as refused:
        dataset.query(query)
    assert refused.value.position == (1, query.index("SERVICE") + 1)
