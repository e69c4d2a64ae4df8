"""What is measured on a graph, and the ways through it."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_pages import meetings

from kg import ontology
from kg.config import packed
from kg.model import Graph
from kg.publish.lookup import find_entity
from kg.publish.measures import betweenness, communities, degree, find_path, importance
from kg.publish.networks import to_networkx

ONTOLOGY = ontology.load(packed("ontology"))


def iri(graph: Graph, name: str) -> str:
    return find_entity(graph, name).iri


def test_degree_counts_neighbours_once() -> None:
    graph = meetings(("甲", "乙"), ("乙", "甲"), ("甲", "丙"), ("丁", "丁"))
    assert degree(to_networkx(graph, ONTOLOGY)) == {
        iri(graph, "甲"): 2,
        iri(graph, "乙"): 1,
        iri(graph, "丙"): 1,
        iri(graph, "丁"): 0,
    }


pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=30)


@given(pairs)
def test_importance_is_the_pagerank_that_networkx_defines(edges: list[tuple[int, int]]) -> None:
    network = nx.MultiDiGraph()
    network.add_nodes_from(f"n{i:02}" for i in range(12))
    network.add_edges_from((f"n{a:02}", f"n{b:02}") for a, b in edges)
    plain = nx.Graph()
    plain.add_nodes_from(network)
    for a, b in network.edges():
        if a != b:
            plain.add_edge(a, b, weight=plain.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    values, vectors = np.linalg.eig(nx.google_matrix(plain).T)
    first = np.real(vectors[:, np.argmax(values.real)])
    expected = first / first.sum()
    assert list(importance(network).values()) == pytest.approx(expected.tolist(), abs=1e-6)


def test_importance_and_betweenness_of_nothing_are_nothing() -> None:
    assert importance(nx.MultiDiGraph()) == {}
    assert betweenness(nx.MultiDiGraph()) == {}
    assert communities(nx.MultiDiGraph()) == ()


def test_betweenness_is_highest_where_all_ways_meet() -> None:
    graph = meetings(("甲", "乙"), ("丙", "乙"), ("乙", "丁"))
    assert betweenness(to_networkx(graph, ONTOLOGY)) == {
        e.iri: (1.0 if e.label == "乙" else 0.0) for e in graph.entities
    }


def test_betweenness_of_many_nodes_is_estimated_alike_each_time() -> None:
    network = nx.MultiDiGraph(nx.barabasi_albert_graph(260, 2, seed=3))
    exact = nx.betweenness_centrality(nx.Graph(network))
    found = betweenness(network)
    assert found == betweenness(network)
    assert max(found, key=lambda n: found[n]) == max(exact, key=lambda n: exact[n])


def test_communities_are_the_groups_that_hang_together() -> None:
    ring = [("甲", "乙"), ("乙", "丙"), ("丙", "甲")]
    other = [("子", "丑"), ("丑", "寅"), ("寅", "子"), ("卯", "子"), ("卯", "丑")]
    graph = meetings(*ring, *other, ("甲", "子"))
    names = {e.iri: e.label for e in graph.entities}
    found = communities(to_networkx(graph, ONTOLOGY))
    assert [{names[n] for n in group} for group in found] == [set("子丑寅卯"), set("甲乙丙")]
    assert all(list(group) == sorted(group) for group in found)


def test_a_path_is_shortest_and_holds_every_fact_of_each_step() -> None:
    graph = meetings(("甲", "乙"), ("丙", "乙"), ("乙", "丙"), ("丙", "丁"), ("甲", "戊"), ("戊", "己"))
    path = find_path(graph, find_entity(graph, "甲"), find_entity(graph, "丁"))
    assert [(s.start.label, s.end.label, len(s.facts)) for s in path] == [
        ("甲", "乙", 1),
        ("乙", "丙", 2),
        ("丙", "丁", 1),
    ]
    texts = {a.id: a.text for a in graph.articles}
    evidence = path[0].facts[0].evidence[0]
    assert evidence.span.of(texts[evidence.article]) == "甲会见乙"


def test_of_two_short_ways_the_one_with_fewer_links_in_the_middle_is_taken() -> None:
    hub = [("中", str(i)) for i in range(8)]
    graph = meetings(*hub, ("甲", "中"), ("中", "乙"), ("甲", "小"), ("小", "乙"))
    path = find_path(graph, find_entity(graph, "甲"), find_entity(graph, "乙"))
    assert [s.end.label for s in path] == ["小", "乙"]


def test_there_is_no_way_between_strangers_and_none_to_oneself() -> None:
    graph = meetings(("甲", "乙"), ("丙", "丁"))
    assert find_path(graph, find_entity(graph, "甲"), find_entity(graph, "丙")) == ()
    assert find_path(graph, find_entity(graph, "甲"), find_entity(graph, "甲")) == ()
