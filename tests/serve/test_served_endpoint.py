"""A server over another one: `kg serve --endpoint`, with a real SPARQL server behind it."""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from servers import IMAGE, Server, serving
from sparql_server import sparql_server

from kg.config import Settings
from kg.model import Graph
from kg.rdf import open_dataset
from kg.remote import push


@pytest.fixture(scope="module")
def behind(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, measuring: Mapping[str, str]
) -> Iterator[Server]:
    """A server over Oxigraph's, which holds the same graph as the folder."""
    place = tmp_path_factory.mktemp("oxigraph")
    with sparql_server(place) as address:
        push(f"{address}/store", folder, Settings())
        endpoint = ("--endpoint", f"{address}/query")
        with serving(place / "nothing", "--workers", "1", *endpoint, **measuring) as running:
            yield running


def told(server: Server, path: str, **query: str) -> dict[str, object]:
    said = server.get(f"{path}?{urllib.parse.urlencode(query)}", "application/json")
    assert said.status == 200, said.text
    return dict(json.loads(said.text))


@pytest.mark.parametrize(
    "act",
    [
        "search?q=img",
        "search?q=hekou",
        "narrowed?no=met&sure=0.1",
        "articles?q=",
        "type?name=Organization&n=5",
    ],
)
def test_the_viewer_is_told_the_same_as_from_the_folder(server: Server, behind: Server, act: str) -> None:
    at, _, query = f"/api/{act}".partition("?")
    given = dict(urllib.parse.parse_qsl(query))
    assert told(behind, at, **given) == told(server, at, **given)


def test_entities_facts_ways_and_prints_are_the_same(server: Server, behind: Server, graph: Graph) -> None:
    ids = [e.iri.rpartition("/")[2] for e in graph.entities]
    facts = "~".join(f.iri.rpartition("/")[2] for f in graph.facts)
    end = next(e.iri.rpartition("/")[2] for e in graph.entities if e.label == IMAGE)
    start = next(e.iri.rpartition("/")[2] for e in graph.entities if e.label == "王大力")
    for path, query in (
        ("/api/around", {"ids": "~".join(ids)}),
        ("/api/facts", {"ids": facts}),
        ("/api/stories", {"id": end}),
        ("/api/path", {"a": start, "b": end}),
        ("/api/article", {"id": graph.articles[0].id}),
        ("/api/print", {"id": graph.articles[0].id, "start": "0", "end": "4"}),
    ):
        here, there = told(server, path, **query), told(behind, path, **query)
        assert ordered(there) == ordered(here), path


def ordered(value: object) -> object:
    """Return a value in which the order of the catalogue's rows, that servers differ in, says nothing."""
    return sorted(json.dumps(value, sort_keys=True, ensure_ascii=False))


def test_queries_pages_and_the_search_are_answered(behind: Server, folder: Path, graph: Graph) -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    count = open_dataset(folder).query(asked).rows[0][0]
    assert count is not None
    for media in ("text/csv", "application/sparql-results+json", "application/sparql-results+xml"):
        assert count.value in behind.ask(asked, media).text
    triples = behind.ask("CONSTRUCT { ?e rdfs:label ?n } { ?e a kg:Place ; rdfs:label ?n }", "text/turtle")
    assert "河口经济技术开发区" in triples.text
    one = next(e for e in graph.entities if e.label == "柳青")
    assert "柳青" in behind.get(f"/entity/{one.iri.rpartition('/')[2]}", "text/html").text
    assert told(behind, "/search", q="会见")["articles"]
    assert behind.ask("DROP ALL").status == 400
    assert behind.ask("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }").status == 400
    assert behind.get("/view").status == 200
