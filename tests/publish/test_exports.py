"""GraphML and GEXF: what is written is what networkx reads back."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

import invented_pages
import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.config import packed
from kg.model import Graph
from kg.publish.exports import gexf, graphml

ONTOLOGY = ontology.load(packed("ontology"))


def graph_of(person: str, company: str, qualifiers: dict[str, str] | None = None) -> Graph:
    body = f"{person}走访{company}。{company}投资3亿元。{company}注册资本5亿元。"
    page: dict[str, Any] = {
        "source": "a.txt",
        "date": "2031-02-03",
        "articles": [
            {
                "body": body,
                "entities": [("Person", person), ("Organization", company, company + "甲", company + "乙")],
                "facts": [
                    (person, "inspected", company, f"{person}走访{company}", qualifiers or {"title": "市长"}),
                    (person, "met", company, f"{person}走访{company}", {"status": "planned"}),
                    (company, "totalInvestment", "3亿元", f"{company}投资3亿元", {}),
                    (company, "registeredCapital", "5亿元", f"{company}注册资本5亿元", {}),
                ],
            }
        ],
    }
    return invented_pages.graph(page)


def read(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def test_graphml_is_read_back_with_every_fact() -> None:
    graph = graph_of("林远山", "海蓝公司")
    back = read(graphml(graph, ONTOLOGY))
    names = {e.iri: e.label for e in graph.entities}
    assert {n: d["label"] for n, d in back.nodes(data=True)} == names
    company = next(iri for iri, name in names.items() if name == "海蓝公司")
    assert back.nodes[company] == {
        "label": "海蓝公司",
        "kind": "Organization",
        "kind_label": "组织",
        "articles": 1,
        "aliases": "海蓝公司乙；海蓝公司甲",
        "totalInvestment": "3亿元",
        "registeredCapital": "5亿元",
    }
    edges = {key: (names[a], names[b], d) for a, b, key, d in back.edges(keys=True, data=True)}
    assert edges.keys() == {f.iri for f in graph.facts if isinstance(f.object, str)}
    met = next(d for _, _, d in edges.values() if d["predicate"] == "met")
    assert {k: v for k, v in met.items() if k != "id"} == {
        "predicate": "met",
        "label": "会见",
        "status": "planned",
        "confidence": 0.8,
        "articles": 1,
        "first": "2031-02-03",
        "last": "2031-02-03",
        "sentences": "林远山走访海蓝公司。",
    }
    inspected = next(d for _, _, d in edges.values() if d["predicate"] == "inspected")
    assert inspected["title"] == "市长"


def test_graphml_of_nothing_is_an_empty_graph() -> None:
    assert len(read(graphml(Graph((), (), (), ()), ONTOLOGY))) == 0


def test_graphml_is_the_same_each_time() -> None:
    assert graphml(graph_of("甲", "乙"), ONTOLOGY) == graphml(graph_of("甲", "乙"), ONTOLOGY)


def test_gexf_is_read_back_with_the_attributes_of_the_graphml() -> None:
    graph = graph_of("林远山", "海蓝公司")
    data = gexf(graph, ONTOLOGY)
    back = nx.read_gexf(io.BytesIO(data))
    other = read(graphml(graph, ONTOLOGY))
    assert {n: d["label"] for n, d in back.nodes(data=True)} == {
        n: d["label"] for n, d in other.nodes(data=True)
    }
    for iri, node in other.nodes(data=True):
        assert {k: v for k, v in back.nodes[iri].items() if k != "label"} == {
            k: v for k, v in node.items() if k != "label"
        }
    edges = {d["id"]: (a, b, d) for a, b, d in back.edges(data=True)}
    assert {key: (a, b) for a, b, key in other.edges(keys=True)} == {k: v[:2] for k, v in edges.items()}
    for _, _, key, edge in other.edges(keys=True, data=True):
        assert {k: edges[key][2][k] for k in edge if k != "id"} == {k: edge[k] for k in edge if k != "id"}
    assert data == gexf(graph_of("林远山", "海蓝公司"), ONTOLOGY)
    assert b"lastmodified" not in data


@pytest.mark.parametrize("name", ["id", "key", "start", "weight", "label", "first", "sentences"])
def test_a_qualifier_of_any_name_takes_no_attribute_of_the_format(name: str) -> None:
    graph = graph_of("林远山", "海蓝公司", {name: "新"})
    met = next(f.iri for f in graph.facts if f.predicate == "inspected")
    edges = {d["id"]: d for _, _, d in nx.read_gexf(io.BytesIO(gexf(graph, ONTOLOGY))).edges(data=True)}
    assert (edges[met]["label"], edges[met][f"q_{name}"]) == ("走访考察", "新")
    back = {key: d for _, _, key, d in read(graphml(graph, ONTOLOGY)).edges(keys=True, data=True)}
    assert (back[met]["label"], back[met][f"q_{name}"]) == ("走访考察", "新")


@settings(max_examples=60)
@given(st.text(st.characters(), min_size=1, max_size=8))
def test_any_name_is_written_so_that_xml_can_be_read(name: str) -> None:
    person = f"甲{name}甲"
    data = graphml(graph_of(person, "乙公司"), ONTOLOGY)
    ElementTree.fromstring(data)
    ElementTree.fromstring(gexf(graph_of(person, "乙公司"), ONTOLOGY))
    kept = person.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c
        for c in kept
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    labels = {d["label"] for _, d in read(data).nodes(data=True)}
    assert labels == {kept, "乙公司"}
