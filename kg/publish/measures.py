"""What matters in a graph: degree, importance, communities, and the way from one entity to another.

Every function is deterministic: nodes are numbered in their order, random choices are seeded, figures
are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np

from kg.model import Entity, Fact, Graph, Literal, Status

_SEED = 20
_PIVOTS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: from one entity to the next, by every fact between the two, surest first."""

    start: Entity
    end: Entity
    facts: tuple[Fact, ...]


def degree(network: nx.MultiDiGraph) -> Mapping[str, int]:
    """Return for each node the number of its different neighbours."""
    plain = _plain(network)
    return {node: plain.degree[i] for i, node in enumerate(network)}


def importance(network: nx.MultiDiGraph, damping: float = 0.85) -> Mapping[str, float]:
    """Return the PageRank of each node; facts count both ways, the sum is 1.

    Power iteration in numpy: networkx's own needs scipy.
    """
    size = len(network)
    if not size:
        return {}
    edges = [(u, v, d["weight"]) for u, v, d in _plain(network).edges(data=True)]
    ends = np.array([(u, v) for u, v, _ in edges] + [(v, u) for u, v, _ in edges], dtype=int).reshape(-1, 2)
    weight = np.array([w for _, _, w in edges] * 2, dtype=float)
    out = np.bincount(ends[:, 0], weight, size)
    rank = np.full(size, 1 / size)
    for _ in range(500):
        share = np.divide(rank, out, out=np.zeros(size), where=out > 0)
        flow = np.bincount(ends[:, 1], share[ends[:, 0]] * weight, size)
        new = damping * (flow + rank[out == 0].sum() / size) + (1 - damping) / size
        moved, rank = np.abs(new - rank).sum(), new
        if moved < 1e-12:
            break
    return {node: round(float(r), 9) for node, r in zip(network, rank, strict=True)}


def betweenness(network: nx.MultiDiGraph) -> Mapping[str, float]:
    """Return for each node the share of shortest ways that lead over it, from 0 to 1.

    Exact up to 200 nodes, estimated from 200 seeded pivots above.
    """
    plain = _plain(network)
    pivots = _PIVOTS if len(plain) > _PIVOTS else None
    found = nx.betweenness_centrality(plain, k=pivots, seed=_SEED)
    return {node: round(found[i], 9) for i, node in enumerate(network)}


def communities(network: nx.MultiDiGraph) -> tuple[tuple[str, ...], ...]:
    """Return the groups of nodes that have more to do with each other than with the rest (Louvain).

    Largest first, then by their first node; nodes within a group are sorted. Every node is in one group.
    """
    nodes = list(network)
    found = nx.community.louvain_communities(_plain(network), weight="weight", seed=_SEED)
    groups = [tuple(sorted(nodes[i] for i in group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def find_path(graph: Graph, start: Entity, end: Entity) -> tuple[Step, ...]:
    """Return the shortest way from one entity to another, whichever way its facts point.

    Of several ways of the same length the one with surer facts and fewer hubs is taken. Empty when there
    is none, and when both are the same.
    """
    between: dict[tuple[str, str], list[Fact]] = {}
    for fact in graph.facts:
        if not isinstance(fact.object, Literal) and fact.status is not Status.NEGATED:
            low, high = sorted((fact.subject, fact.object))
            between.setdefault((low, high), []).append(fact)
    plain = nx.Graph()
    plain.add_nodes_from((start.iri, end.iri))
    plain.add_edges_from(between)
    largest = max((d for _, d in plain.degree), default=0) or 1
    for low, high in plain.edges:
        unsure = 1 - max(f.confidence for f in between[min(low, high), max(low, high)])
        hub = max(plain.degree[low], plain.degree[high]) / largest
        plain.edges[low, high]["cost"] = 1 + (unsure + hub) / 1000
    try:
        nodes = nx.dijkstra_path(plain, start.iri, end.iri, weight="cost")
    except nx.NetworkXNoPath:
        return ()
    entities = {e.iri: e for e in graph.entities}
    return tuple(
        Step(
            entities[a],
            entities[b],
            tuple(sorted(between[min(a, b), max(a, b)], key=lambda f: (-f.confidence, f.iri))),
        )
        for a, b in pairwise(nodes)
    )


def _plain(network: nx.MultiDiGraph) -> nx.Graph:
    """Return the network with numbers for nodes, no direction, no loops; `weight` counts the facts."""
    number = {node: i for i, node in enumerate(network)}
    plain = nx.Graph()
    plain.add_nodes_from(range(len(number)))
    for u, v in network.edges():
        a, b = number[u], number[v]
        if a != b:
            plain.add_edge(a, b, weight=plain.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    return plain
