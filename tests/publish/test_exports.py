"""GraphML: what is written is what networkx reads back."""

from __future__ import annotations

import io
from typing import Any
from xml.etree import ElementTree

import invented_pages
import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.config import packed
from kg.model import Graph
from kg.publish.exports import graphml

ONTOLOGY = ontology.load(packed("ontology"))


def graph_of(person: str, company: str) -> Graph:
    body = f"{person}走访{company}。{company}投资3亿元。{company}注册资本5亿元。"
    page: dict[str, Any] = {
        "source": "a.txt",
        "date": "2031-02-03",
        "articles": [
            {
                "body": body,
                "entities": [("Person", person), ("Organization", company, company + "甲", company + "乙")],
                "facts": [
                    (person, "inspected", company, f"{person}走访{company}", {"title": "市长"}),
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


@settings(max_examples=60)
@given(st.text(st.characters(), min_size=1, max_size=8))
def test_any_name_is_written_so_that_xml_can_be_read(name: str) -> None:
    person = f"甲{name}甲"
    data = graphml(graph_of(person, "乙公司"), ONTOLOGY)
    ElementTree.fromstring(data)
    kept = person.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        c
        for c in kept
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    labels = {d["label"] for _, d in read(data).nodes(data=True)}
    assert labels == {kept, "乙公司"}
