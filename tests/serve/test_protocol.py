"""The query part of the SPARQL 1.1 Protocol, as clients of all kinds use it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import urllib.parse
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from servers import Server
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from kg.model import Graph
from kg.rdf import open_dataset

SELECT = "SELECT ?e ?name { ?e a kg:Organization ; rdfs:label ?name } ORDER BY ?name ?e"
CONSTRUCT = "CONSTRUCT { ?e rdfs:label ?name } WHERE { ?e rdfs:label ?name }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
INSIDE = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def count(said: str) -> int:
    return int(json.loads(said)["results"]["bindings"][0]["n"]["value"])


def expected(folder: Path) -> list[tuple[str, str]]:
    rows = open_dataset(folder).query(SELECT).rows
    return [(e.value, name.value) for e, name in rows if e is not None and name is not None]


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_every_format_of_rows_holds_what_the_store_says(
    server: Server, folder: Path, media: str, form: ox.QueryResultsFormat
) -> None:
    said = server.ask(SELECT, media)
    assert (said.status, said.kind) == (200, media)
    found = ox.parse_query_results(said.data, form)
    assert isinstance(found, ox.QuerySolutions)
    assert [(row["e"].value, row["name"].value) for row in found] == expected(folder)


def test_csv_is_that_of_the_recommendation(server: Server, folder: Path) -> None:
    import csv
    import io

    said = server.ask(SELECT, "text/csv")
    rows = [tuple(row) for row in csv.reader(io.StringIO(said.text, newline=""))]
    assert rows == [("e", "name"), *expected(folder)]


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_every_format_of_triples_holds_the_same(
    server: Server, folder: Path, media: str, form: ox.RdfFormat
) -> None:
    said = server.ask(CONSTRUCT, media)
    assert (said.status, said.kind) == (200, media)
    found = {(q.subject.value, q.predicate.value, q.object.value) for q in ox.parse(said.data, form)}
    rows = open_dataset(folder).query(CONSTRUCT).rows
    assert found == {tuple(term.value for term in row if term is not None) for row in rows}


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_an_ask_says_yes_or_no(server: Server, media: str) -> None:
    form = ox.QueryResultsFormat.JSON if media.endswith("json") else ox.QueryResultsFormat.XML
    for query, truth in (("ASK { ?a kg:met ?b }", True), ("ASK { ?a kg:met ?a }", False)):
        assert bool(ox.parse_query_results(server.ask(query, media).data, form)) is truth


def test_the_three_ways_to_send_a_query_give_one_answer(server: Server) -> None:
    got = server.ask(SELECT)
    form = server.post("/sparql", urllib.parse.urlencode({"query": SELECT}).encode(), FORM)
    direct = server.post("/sparql", SELECT.encode(), DIRECT + "; charset=utf-8")
    assert got.status == 200
    assert got.data == form.data == direct.data


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.5", "application/sparql-results+xml"),
        ("text/turtle, text/*;q=0.1", "text/csv"),
        ("application/json", "application/json"),
    ],
)
def test_accept_chooses_the_format(server: Server, accept: str | None, kind: str) -> None:
    assert server.ask(SELECT, accept).kind == kind


def test_a_person_who_opens_a_query_comes_to_the_editor(server: Server) -> None:
    said = server.ask("ASK {}", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (said.status, said.headers["location"]) == (303, "/editor#query=ASK%20%7B%7D")


def test_graphs_of_the_request_take_the_place_of_those_of_the_query(server: Server, graph: Graph) -> None:
    article = f"https://kg.example.org/article/{graph.articles[0].id}"
    page = f"https://kg.example.org/page/{graph.articles[0].page}"
    alone = count(server.ask(f"SELECT (COUNT(*) AS ?n) FROM <{article}> {{ ?s ?p ?o }}").text)
    assert 0 < alone < count(server.ask(COUNT).text)
    assert count(server.ask(COUNT, **{"default-graph-uri": article}).text) == alone
    assert (
        count(server.ask(COUNT.replace("{", f"FROM <{page}> {{"), **{"default-graph-uri": article}).text)
        == alone
    )
    assert count(server.ask(INSIDE, **{"default-graph-uri": article}).text) == 0
    assert count(server.ask(INSIDE, **{"named-graph-uri": article}).text) == alone
    assert count(server.ask(COUNT, **{"named-graph-uri": article}).text) == 0
    both = urllib.parse.urlencode([("default-graph-uri", article), ("default-graph-uri", page)])
    said = server.post(f"/sparql?{both}", COUNT.encode(), DIRECT)
    assert count(said.text) > alone


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_default_and_named_graphs_are_given_in_every_way(server: Server, graph: Graph, way: str) -> None:
    article = f"https://kg.example.org/article/{graph.articles[0].id}"
    page = f"https://kg.example.org/page/{graph.articles[0].page}"
    both = (
        "ASK { ?a kg:text ?said . GRAPH ?g { ?p kg:source ?file } "
        f"FILTER(?g = <{page}>) FILTER NOT EXISTS {{ GRAPH <{article}> {{ ?s ?o ?q }} }} }}"
    )
    for named, truth in (([page], True), ([article], False), ([page, article], False)):
        given = [("default-graph-uri", article), *(("named-graph-uri", one) for one in named)]
        if way == "get":
            said = server.get("/sparql?" + urllib.parse.urlencode([("query", both), *given]))
        elif way == "form":
            said = server.post("/sparql", urllib.parse.urlencode([("query", both), *given]).encode(), FORM)
        else:
            said = server.post("/sparql?" + urllib.parse.urlencode(given), both.encode(), DIRECT)
        assert said.status == 200, said.text
        assert json.loads(said.text)["boolean"] is truth


@pytest.mark.parametrize(
    "query", ["DESCRIBE <{iri}>", "DESCRIBE ?e {{ ?e rdfs:label ?n FILTER(?e = <{iri}>) }}"]
)
def test_a_describe_tells_what_a_thing_is(server: Server, graph: Graph, query: str) -> None:
    one = graph.entities[0]
    said = server.ask(query.format(iri=one.iri), "application/n-triples")
    assert said.status == 200
    found = rdflib.Graph().parse(data=said.data, format="nt")
    assert str(found.value(rdflib.URIRef(one.iri), rdflib.RDFS.label)) == one.label


@pytest.mark.parametrize("graph_uri", ["http://example.org/none", "file:///etc/passwd", "not an iri"])
def test_a_graph_that_the_store_has_not_is_refused(server: Server, graph_uri: str) -> None:
    said = server.ask(COUNT, **{"default-graph-uri": graph_uri})
    assert said.status == 400
    assert "graph" in said.text


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status", "told"),
    [
        ("POST", "/sparql", b"", FORM, 400, "give one query"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400, "not several"),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400, "not several"),
        ("POST", "/sparql?query=ASK%20%7B%7D", b"ASK {}", DIRECT, 400, "not several"),
        ("POST", "/sparql", b"ASK {}", None, 415, "sparql-query"),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415, "sparql-query"),
        ("POST", "/sparql", b"ASK {}", DIRECT + ";charset=UTF-16", 415, "UTF-8"),
        ("POST", "/sparql", b'ASK { ?s ?p "\xff" }', DIRECT, 400, "byte 13"),
        ("POST", "/sparql", b"query=%FF", FORM, 400, "UTF-8"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", None, 415, "sparql-query"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", "text/plain", 415, "sparql-query"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", FORM + "; charset=iso-8859-1", 415, "UTF-8"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D", DIRECT, 400, "a query begins with"),
        ("POST", "/sparql", b"ASK {}", FORM, 400, "give one query"),
        ("POST", "/sparql", b"query=", FORM, 400, "the query is empty"),
        ("POST", "/sparql", b"query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", FORM, 400, "not several"),
        ("POST", "/sparql?query=ASK%20%7B%7D", b"query=ASK%20%7B%7D", FORM, 400, "not several"),
        ("GET", "/sparql?query=%FF", None, None, 400, "UTF-8"),
        ("GET", "/sparql?query=DROP%20ALL", None, None, 400, "only SELECT"),
        ("GET", "/sparql?update=DROP%20ALL", None, None, 400, "read-only"),
        ("POST", "/sparql", b"update=DROP%20ALL&query=ASK%20%7B%7D", FORM, 400, "read-only"),
        ("POST", "/sparql?using-graph-uri=http://a.example/", b"ASK {}", DIRECT, 400, "read-only"),
        ("POST", "/sparql?using-named-graph-uri=http://a.example/", b"ASK {}", DIRECT, 400, "read-only"),
        ("PATCH", "/sparql", b"ASK {}", DIRECT, 405, "method"),
        ("POST", "/sparql", b"update=DROP%20ALL", FORM, 400, "read-only"),
        ("POST", "/sparql", b"DROP ALL", "application/sparql-update", 415, "sparql-query"),
        ("POST", "/sparql", b"DROP ALL", DIRECT, 400, "line 1, column 1: only SELECT"),
        ("POST", "/sparql", b"SELECT * {\n ?s ?p }", DIRECT, 400, "line 2, column"),
        ("POST", "/sparql", b"SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", DIRECT, 400, "SERVICE"),
        ("POST", "/sparql", b"a" * 1_100_000, DIRECT, 413, "bytes"),
        ("PUT", "/sparql", b"ASK {}", DIRECT, 405, "method"),
        ("DELETE", "/sparql", None, None, 405, "method"),
        ("GET", "/sparql?query=" + "%20" * 30_000, None, None, 400, ""),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(
    server: Server, method: str, path: str, body: bytes | None, kind: str | None, status: int, told: str
) -> None:
    try:
        said = server.send(method, path, body, **({"Content-Type": kind or ""} if body is not None else {}))
    except (ConnectionError, OSError):
        assert status == 413  # it hung up while we were still sending
        return
    assert said.status == status, said.text
    assert told in said.text


@pytest.mark.parametrize(
    ("query", "accept"),
    [("ASK {}", "text/turtle"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png")],
)
def test_a_format_that_does_not_fit_the_query_is_refused(server: Server, query: str, accept: str) -> None:
    assert server.ask(query, accept).status == 406


def test_a_problem_has_its_place_as_numbers_for_programs(server: Server) -> None:
    said = server.ask("SELECT * {\n  ?s ?p ?o\n  nonsense }", "application/problem+json, application/json")
    told = json.loads(said.text)
    assert said.kind == "application/problem+json"
    assert (told["status"], told["line"]) == (400, 3)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's JSON-LD reader
@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_the_service_describes_itself(server: Server, media: str) -> None:
    said = server.get("/sparql", media)
    form = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld"}.get(
        media, "xml"
    )
    found = rdflib.Graph().parse(data=said.data, format=form)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert [str(o) for o in found.objects(None, sd.endpoint)] == [server.at + "/sparql"]
    assert (None, sd.feature, sd.UnionDefaultGraph) in found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_rows_and_triples(server: Server, folder: Path, method: str) -> None:
    client = SPARQLWrapper(server.at + "/sparql")
    client.setTimeout(60)
    client.setMethod(method)
    client.setQuery("PREFIX kg: <https://kg.example.org/ontology#> " + SELECT)
    client.setReturnFormat(JSON)
    rows = client.query().convert()["results"]["bindings"]
    assert [(row["e"]["value"], row["name"]["value"]) for row in rows] == expected(folder)
    client.setReturnFormat(XML)
    assert len(client.query().convert().getElementsByTagName("result")) == len(rows)
    client.setReturnFormat(CSV)
    assert client.query().convert().startswith(b"e,name\r\n")
    client.setQuery("PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + CONSTRUCT)
    client.setReturnFormat(TURTLE)
    found = rdflib.Graph().parse(data=client.query().convert(), format="turtle")
    assert len(found) == len(open_dataset(folder).query(CONSTRUCT).rows)


def test_rdflib_uses_it_as_a_store(server: Server, folder: Path) -> None:
    graph = rdflib.Graph(SPARQLStore(server.at + "/sparql", timeout=60))
    prefixed = (
        "PREFIX kg: <https://kg.example.org/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    )
    rows = [(str(e), str(name)) for e, name in graph.query(prefixed + SELECT)]
    assert rows == expected(folder)
    assert graph.query(prefixed + "ASK { ?a kg:met ?b }").askAnswer is True
    labels = {(str(s), str(o)) for s, o in graph.subject_objects(rdflib.RDFS.label)}
    assert set(rows) <= labels


def test_curl_asks_it(server: Server) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    command = [
        curl,
        "-sf",
        "-m",
        "60",
        "--noproxy",
        "*",
        server.at + "/sparql",
        "--data-urlencode",
        "query=" + COUNT,
    ]
    assert count(subprocess.run(command, check=True, capture_output=True, text=True, timeout=90).stdout) > 100


def test_a_head_has_the_headers_of_a_get(server: Server) -> None:
    got, head = (
        server.ask(COUNT),
        server.send("HEAD", "/sparql?" + urllib.parse.urlencode({"query": COUNT}), None),
    )
    assert (head.status, head.kind, head.data) == (200, got.kind, b"")


def test_a_service_is_not_called(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        said = server.ask(f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        assert said.status == 400
        with pytest.raises(TimeoutError):
            trap.accept()
