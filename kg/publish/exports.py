"""The graph in the formats of other tools."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from kg.model import Graph
from kg.ontology import Ontology
from kg.publish.networks import to_networkx

SEPARATOR = "；"
"""Stands between several values of one attribute of GraphML or GEXF."""
TAKEN = frozenset({"id", "key", "weight", "type", "start", "end", "viz", "sentences"})
"""What the formats themselves mean by a name: a qualifier or predicate called so is written as q_NAME."""

# What XML 1.0 cannot hold: control characters, surrogates, U+FFFE and U+FFFF.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def graphml(graph: Graph, ontology: Ontology) -> bytes:
    """Return the graph as GraphML in UTF-8; each fact between entities is an edge with its sentences.

    Figures and dates are attributes of their node, named by the predicate, and qualifiers attributes of
    their edge; several values are joined by `；`. Characters that XML 1.0 cannot hold are left out.
    """
    out = io.BytesIO()
    nx.write_graphml_xml(_flat(graph, ontology), out)
    return out.getvalue()


def gexf(graph: Graph, ontology: Ontology) -> bytes:
    """Return the graph as GEXF 1.2 in UTF-8, as Gephi reads it, with the attributes of the GraphML."""
    network = _flat(graph, ontology)
    for _, _, key, edge in network.edges(keys=True, data=True):
        edge["id"] = key
    writer = GEXFWriter(network)
    meta = writer.xml.find("meta")
    meta.attrib.clear()  # the day of writing: the same graph gives the same bytes on every day
    meta.find("creator").text = "kg"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _flat(graph: Graph, ontology: Ontology) -> nx.MultiDiGraph:
    """Return the network with attributes that are text and numbers only."""
    network = to_networkx(graph, ontology)
    flat = nx.MultiDiGraph()
    for iri, node in network.nodes(data=True):
        flat.add_node(iri, **_clean(_flat_node(node)))
    for start, end, key, edge in network.edges(keys=True, data=True):
        flat.add_edge(start, end, key=key, **_clean(_flat_edge(edge)))
    return flat


def _flat_node(node: Mapping[str, Any]) -> dict[str, Any]:
    literals: dict[str, list[str]] = {}
    for literal in node["literals"]:
        literals.setdefault(literal["predicate"], []).append(literal["value"])
    plain = {key: node[key] for key in ("label", "kind", "kind_label", "articles")}
    plain |= {"aliases": _joined(node["aliases"])}
    return plain | {_free(p, plain): _joined(v) for p, v in literals.items()}


def _flat_edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in edge.items() if key not in {"qualifiers", "sentences"}}
    qualifiers = {_free(name, edge): value for name, value in edge["qualifiers"].items()}
    return qualifiers | plain | {"sentences": "\n".join(edge["sentences"])}


def _free(name: str, taken: Iterable[str]) -> str:
    return f"q_{name}" if name in TAKEN or name in set(taken) else name


def _joined(values: Iterable[str]) -> str:
    return SEPARATOR.join(values)


def _clean(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        _NO_XML.sub("", key): _NO_XML.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        if isinstance(value, str)
        else value
        for key, value in attributes.items()
    }
