"""The graph in the formats of other tools."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

from kg.model import Graph
from kg.ontology import Ontology
from kg.publish.networks import to_networkx

SEPARATOR = "；"
"""Stands between several values of one GraphML attribute."""

# What XML 1.0 cannot hold: control characters, surrogates, U+FFFE and U+FFFF.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def graphml(graph: Graph, ontology: Ontology) -> bytes:
    """Return the graph as GraphML in UTF-8; each fact between entities is an edge with its sentences.

    Figures and dates are attributes of their node, named by the predicate, and qualifiers attributes of
    their edge; several values are joined by `；`. Characters that XML 1.0 cannot hold are left out.
    """
    network = to_networkx(graph, ontology)
    flat = nx.MultiDiGraph()
    for iri, node in network.nodes(data=True):
        flat.add_node(iri, **_clean(_flat_node(node)))
    for start, end, key, edge in network.edges(keys=True, data=True):
        flat.add_edge(start, end, key=key, **_clean(_flat_edge(edge)))
    out = io.BytesIO()
    nx.write_graphml_xml(flat, out)
    return out.getvalue()


def _flat_node(node: Mapping[str, Any]) -> dict[str, Any]:
    literals: dict[str, list[str]] = {}
    for literal in node["literals"]:
        literals.setdefault(literal["predicate"], []).append(literal["value"])
    plain = {key: node[key] for key in ("label", "kind", "kind_label", "articles")}
    return plain | {"aliases": _joined(node["aliases"])} | {p: _joined(v) for p, v in literals.items()}


def _flat_edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = dict(edge["qualifiers"])
    plain |= {key: value for key, value in edge.items() if key not in {"qualifiers", "sentences"}}
    return plain | {"sentences": "\n".join(edge["sentences"])}


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def _clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        _NO_XML.sub("", key): _NO_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        if isinstance(value, str)
        else value
        for key, value in attributes.items()
    }
