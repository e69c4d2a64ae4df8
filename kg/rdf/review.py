"""What resolution leaves to people, and which articles are prints of one story, as quads."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.model import Doubt
from kg.model.digest import digest
from kg.rdf import terms
from kg.rdf.terms import RDF, kg, text

GRAPH = "review"
"""The named graph of doubts, under the base."""
_TYPE = NamedNode(RDF + "type")


def doubt(one: Doubt, base: str) -> Iterator[Quad]:
    """Yield that two entities may be one, in the graph of doubts."""
    graph = NamedNode(base + GRAPH)
    node = NamedNode(f"{base}doubt/{digest(one.a, one.b)}")
    yield Quad(node, _TYPE, kg("Doubt"), graph)
    yield Quad(node, kg("between"), NamedNode(one.a), graph)
    yield Quad(node, kg("between"), NamedNode(one.b), graph)
    yield Quad(node, kg("confidence"), terms.number(one.score), graph)
    for reason in one.reasons:
        yield Quad(node, kg("reason"), text(reason), graph)


def reprint(article: str, first: str, base: str) -> Quad:
    """Return that an article is a print of the same story as another one, the first of them by id."""
    node = terms.article_iri(base, article)
    return Quad(node, kg("reprintOf"), terms.article_iri(base, first), node)
