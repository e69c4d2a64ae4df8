"""The graph as a networkx graph."""

from __future__ import annotations

from dataclasses import replace

from invented_pages import meetings

from kg import ontology
from kg.config import packed
from kg.model import Graph, Status
from kg.publish.lookup import find_entity
from kg.publish.measures import find_path
from kg.publish.networks import label, to_networkx

ONTOLOGY = ontology.load(packed("ontology"))


def iri(graph: Graph, name: str) -> str:
    return find_entity(graph, name).iri


def test_nodes_and_edges_carry_what_the_graph_says() -> None:
    graph = meetings(("甲", "乙"), literals={"甲": "12"})
    network = to_networkx(graph, ONTOLOGY)
    assert list(network) == [e.iri for e in graph.entities]
    node = network.nodes[iri(graph, "甲")]
    assert {k: node[k] for k in ("label", "kind", "kind_label", "aliases", "articles")} == {
        "label": "甲",
        "kind": "Person",
        "kind_label": "人物",
        "aliases": ("甲同志",),
        "articles": 1,
    }
    assert [(n["predicate"], n["value"], n["sentences"]) for n in node["literals"]] == [
        ("headcount", "12", ("甲有12人。",))
    ]
    fact = next(f for f in graph.facts if f.predicate == "met")
    assert list(network.edges(keys=True)) == [(iri(graph, "甲"), iri(graph, "乙"), fact.iri)]
    assert network.edges[fact.subject, fact.object, fact.iri] == {
        "predicate": "met",
        "label": "会见",
        "status": "asserted",
        "confidence": 0.8,
        "qualifiers": {"title": "代表"},
        "sentences": ("甲会见乙。",),
        "articles": 1,
        "first": "2031-02-03",
        "last": "2031-02-03",
    }


def test_what_is_denied_is_no_edge_and_no_way() -> None:
    graph = meetings(("甲", "乙"))
    denied = replace(graph, facts=tuple(replace(f, status=Status.NEGATED) for f in graph.facts))
    assert to_networkx(denied, ONTOLOGY).number_of_edges() == 0
    assert find_path(denied, find_entity(denied, "甲"), find_entity(denied, "乙")) == ()


def test_a_label_is_chinese_or_else_the_name() -> None:
    assert label(ONTOLOGY, "Person") == "人物"
    assert label(ONTOLOGY, "Person", "en") == "Person"
    assert label(ONTOLOGY, "met", "fr") == "met"
    assert label(ONTOLOGY, "unheardOf") == "unheardOf"
