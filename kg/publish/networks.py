"""The graph as a networkx graph."""

from __future__ import annotations

import networkx as nx

from kg.model import Fact, Graph, Literal, Status
from kg.ontology import Ontology
from kg.publish.passages import passage


def to_networkx(graph: Graph, ontology: Ontology) -> nx.MultiDiGraph:
    """Return entities as nodes and facts between them as edges; nodes and edges are in the order of IRIs.

    A node is an entity's IRI with `label`, `kind`, `kind_label`, `aliases` (tuple), `articles` (how many) and
    `literals`: a tuple of the facts with figures and dates, each a dict like an edge's with `value` as
    printed. An edge's key is the fact's IRI; it has `predicate`, `label`, `status`, `confidence`,
    `qualifiers` (dict), `sentences` (tuple), `articles` (how many) and, when known, `first` and `last`
    (days of report). Labels are Chinese. What is denied is no edge.
    """
    network = nx.MultiDiGraph()
    texts = {a.id: a.text for a in graph.articles}
    for entity in graph.entities:
        network.add_node(
            entity.iri,
            label=entity.label,
            kind=entity.kind,
            kind_label=label(ontology, entity.kind),
            aliases=entity.aliases,
            articles=len(entity.articles),
            literals=(),
        )
    for fact in graph.facts:
        if fact.status is Status.NEGATED:
            continue
        attributes = _attributes(fact, ontology, texts)
        if isinstance(fact.object, Literal):
            node = network.nodes[fact.subject]
            node["literals"] = (*node["literals"], {"value": fact.object.text, **attributes})
        else:
            network.add_edge(fact.subject, fact.object, key=fact.iri, **attributes)
    return network


def label(ontology: Ontology, name: str, language: str = "zh") -> str:
    """Return the label of a class, predicate or qualifier, or its name when it has none in this language."""
    found = ontology.classes.get(name) or ontology.predicates.get(name)
    labels = ontology.qualifiers.get(name, {}) if found is None else found.labels
    return labels.get(language, name)


def _attributes(fact: Fact, ontology: Ontology, texts: dict[str, str]) -> dict[str, object]:
    sentences = dict.fromkeys(
        passage(texts[e.article], e.span).sentence.of(texts[e.article]) for e in fact.evidence
    )
    attributes: dict[str, object] = {
        "predicate": fact.predicate,
        "label": label(ontology, fact.predicate),
        "status": fact.status.value,
        "confidence": fact.confidence,
        "qualifiers": dict(fact.qualifiers),
        "sentences": tuple(sentences),
        "articles": len({e.article for e in fact.evidence}),
    }
    if fact.reported:
        attributes["first"] = fact.reported.start.isoformat()
        if not fact.reported.period.open:
            attributes["last"] = fact.reported.end.isoformat()
    return attributes
