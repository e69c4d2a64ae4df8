"""A server answers `kg query` as the folder does that was pushed to it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import QueryError, TimeUpError
from kg.rdf import FORMATS, open_dataset, serialize
from kg.remote import ask, push
from kg.remote.http import ServerError

QUERIES = {
    "select": "SELECT ?name ?day { ?p a kg:Person ; rdfs:label ?name OPTIONAL { ?p kg:edtf ?day } } "
    "ORDER BY ?name",
    "union": "SELECT (count(*) AS ?n) { ?s ?p ?o }",
    "named": "SELECT (count(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "ask": "ASK { ?p a kg:Person }",
    "graph": "CONSTRUCT { ?p rdfs:label ?n } { ?p a kg:Person ; rdfs:label ?n }",
}


def test_every_form_and_format_answers_as_the_folder_does(server: str, graph: Path) -> None:
    push(f"{server}/store", graph, Settings())
    dataset = open_dataset(graph)
    for name, sparql in QUERIES.items():
        for form in FORMATS:
            here = told(lambda q=sparql, f=form: serialize(dataset.query(q), f))
            there = told(lambda q=sparql, f=form: ask(f"{server}/query", q, f))
            assert there == here, (name, form)


def told(answer: Callable[[], str]) -> str:
    """Return an answer, or the words of its refusal."""
    try:
        return answer()
    except QueryError as error:
        return str(error)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?x { ?x",
        "",
        "DROP ALL",
        "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }",
        "ASK { a:b a a:c }",
    ],
)
def test_what_the_folder_refuses_is_refused_before_anybody_is_asked(sparql: str, graph: Path) -> None:
    with pytest.raises(QueryError) as here:
        open_dataset(graph).query(sparql)
    with pytest.raises(QueryError) as there:
        ask("http://127.0.0.1:9/query", sparql, "table")
    assert str(there.value) == str(here.value)


def test_a_server_that_is_silent_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/query"
        with pytest.raises(TimeUpError, match=r"not answered after 0\.2 s"):
            ask(url, "ASK { ?s ?p ?o }", "table", 0.2)


def test_an_address_that_answers_no_sparql_is_named(server: str) -> None:
    with pytest.raises(ServerError, match="answers 404 Not Found"):
        ask(f"{server}/nowhere", "ASK { ?s ?p ?o }", "table")
