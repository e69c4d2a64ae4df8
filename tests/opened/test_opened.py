"""`kg.open`: rows, frames, entities, ways and graphs of other libraries, and their tables in a notebook."""

from __future__ import annotations

import re
import sys
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from builders import page_of

import kg
from kg import ontology
from kg.errors import InputError, StoreError
from kg.model import Literal
from kg.opened import KnowledgeGraph
from kg.rdf import write
from kg.resolve import resolve

FIRST = "柳青会见王大力。"
SECOND = "王大力任星辰公司董事长，公司投资3亿元。"
HOSTILE = "<img src=x onerror=alert(1)>\u202e"
KINDS = {"柳青": "Person", "王大力": "Person", "星辰公司": "Organization", "河口镇": "Place"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = [
        page_of(FIRST, [("柳青", "met", "王大力")], KINDS, issued=date(2024, 5, 1)),
        page_of(
            SECOND + HOSTILE,
            [
                ("王大力", "holdsPosition", "星辰公司", {"title": "董事长"}),
                ("星辰公司", "totalInvestment", Literal("3亿元", "money", 3e8, "CNY")),
                ("柳青", "inspected", "星辰公司", {"status": "negated"}),
                (HOSTILE, "locatedIn", "星辰公司"),
            ],
            {**KINDS, HOSTILE: "Place"},
            aliases={"星辰公司": ["星辰"]},
            source="b.txt",
        ),
    ]
    out = tmp_path_factory.mktemp("opened")
    write(resolve(pages, kg.Settings()), ontology.load(kg.Settings().ontology), kg.Settings(), out)
    return out


@pytest.fixture(scope="module")
def graph(folder: Path) -> KnowledgeGraph:
    return kg.open(str(folder))


def test_a_query_gives_rows_of_python_values(graph: KnowledgeGraph) -> None:
    answer = graph.query(
        "SELECT ?amount ?n ?day ?none ?p { ?s kg:amount ?amount ; kg:articles ?n ; rdf:predicate ?p . "
        "?t kg:firstReported ?day }"
    )
    assert list(answer) == [
        (Decimal(300_000_000), 1, date(2024, 5, 1), None, "https://kg.example.org/ontology#totalInvestment")
    ]
    assert (len(answer), bool(answer), answer.columns[0]) == (1, True, "amount")
    assert bool(graph.query("ASK { ?a kg:met ?b }")) is True
    assert not graph.query("ASK { ?a kg:attended ?b }")


def test_a_literal_that_is_not_of_its_datatype_stays_text(graph: KnowledgeGraph) -> None:
    assert list(graph.query('SELECT ?x { BIND("eins"^^xsd:integer AS ?x) }')) == [("eins",)]


def test_an_answer_is_a_frame_of_pandas(graph: KnowledgeGraph) -> None:
    frame = graph.query(
        "SELECT ?label ?amount { ?s rdf:subject/rdfs:label ?label ; kg:amount ?amount }"
    ).frame()
    assert list(frame.columns) == ["label", "amount"]
    assert frame["amount"].sum() == 3e8
    assert frame["label"].tolist() == ["星辰公司"]
    assert graph.query("SELECT ?a { ?a kg:attended ?b }").frame().empty


def test_without_pandas_the_extra_is_named(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputError, match=r"baozhi-kg\[pandas\]"):
        graph.query("SELECT ?a { ?a a kg:Person }").frame()


def test_a_ready_question_is_asked_by_name_with_its_parameters(graph: KnowledgeGraph) -> None:
    answer = graph.ask("posts-of-a-person", name="王大力")
    assert [row[:3] for row in answer] == [("王大力", "董事长", "星辰公司")]
    assert not graph.ask("posts-of-a-person", name="柳青")
    assert graph.questions()["who-met-whom"] == "谁会见了谁"
    with pytest.raises(InputError, match="least"):
        graph.ask("posts-of-a-person", least="1")


def test_an_entity_tells_its_facts_with_their_sentences(graph: KnowledgeGraph) -> None:
    wang = graph.entity("王大力")
    assert (wang.name, wang.kind) == ("王大力", "Person")
    assert {(f.subject, f.label, f.object, f.sentences, f.sources) for f in wang.facts} == {
        ("柳青", "会见", "王大力", (FIRST,), ("a.txt",)),
        ("王大力", "任职于", "星辰公司", (SECOND + HOSTILE,), ("b.txt",)),
    }
    assert graph.entity("星辰").iri == graph.entity("星辰公司").iri
    with pytest.raises(InputError, match="nobody"):
        graph.entity("nobody")


def test_neighbours_are_linked_by_a_fact_that_is_not_denied(graph: KnowledgeGraph) -> None:
    assert {other.name for other in graph.neighbours("王大力")} == {"柳青", "星辰公司"}
    assert {other.name for other in graph.neighbours("柳青")} == {"王大力"}


def test_a_path_names_its_steps_and_their_facts(graph: KnowledgeGraph) -> None:
    way = graph.path("柳青", "星辰公司")
    assert way.names == ("柳青", "王大力", "星辰公司")
    assert [fact.predicate for _, _, facts in way.steps for fact in facts] == ["met", "holdsPosition"]
    assert len(graph.path("柳青", "河口镇")) == 0
    assert repr(graph.path("柳青", "河口镇")) == "no way"


def test_networkx_and_rdflib_hold_the_same_facts(graph: KnowledgeGraph) -> None:
    network, triples = graph.to_networkx(), graph.to_rdflib()
    assert network.number_of_nodes() == len(graph.graph().entities)
    (met,) = triples.query("SELECT ?a ?b { ?a <https://kg.example.org/ontology#met> ?b }")
    assert network.has_edge(str(met[0]), str(met[1]))
    told = [f for f in graph.graph().facts if isinstance(f.object, str) and f.status != "negated"]
    assert network.number_of_edges() == len(told)


class Elements(HTMLParser):
    """Gathers the names of elements, and fails at any attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.names.add(tag)


def test_tables_in_a_notebook_hold_no_markup_of_a_page(graph: KnowledgeGraph) -> None:
    shown = [
        graph._repr_html_(),
        graph.query("SELECT ?s ?label { ?s rdfs:label ?label }")._repr_html_(),
        graph.query("ASK { ?s ?p ?o }")._repr_html_(),
        graph.entity("星辰公司")._repr_html_(),
        graph.path("柳青", "星辰公司")._repr_html_(),
    ]
    for html in shown:
        assert Elements(html).names <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
        assert "\u202e" not in html
    assert "&lt;img src=x" in shown[1]
    assert "&lt;img src=x" in shown[3]


def test_a_long_answer_says_what_it_does_not_show(graph: KnowledgeGraph) -> None:
    values = " ".join(map(str, range(1000)))
    html = graph.query(f"SELECT ?n {{ VALUES ?n {{ {values} }} }}")._repr_html_()
    assert html.count("<tr>") == 201
    assert "800 more" in re.sub(r"<[^>]*>", " ", html)


def test_where_there_is_no_graph_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open(tmp_path)
