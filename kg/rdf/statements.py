"""Facts → quads: the direct triple, the statement about it, and the passages it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model import SINCE_EVER, Article, Evidence, Fact, Period, Status
from kg.model import Literal as Figure
from kg.ontology import Ontology
from kg.rdf import terms
from kg.rdf.terms import OA, ORG, PROV, RDF, TIME, kg, term, text

DURING = "#during"
"""The end of the IRI of the time for which a post is stated to be held."""
DEFAULT = DefaultGraph()
TYPE = term(RDF + "type")
Value = NamedNode | Literal
Pairs = Iterator[tuple[NamedNode, Value]]

_EVIDENCE = term(PROV + "wasDerivedFrom")


def state(fact: Fact, ontology: Ontology, base: str, organizations: Collection[str]) -> Iterator[Quad]:
    """Yield the direct triple, when asserted, and the statement.

    Facts that differ in qualifiers alone share the direct triple. A statement that somebody is a member of
    one of the organizations is an org:Membership too.

    Raises:
        OntologyError: the predicate is not declared.
    """
    subject, relation, target = _ends(fact, ontology)
    if fact.status is Status.ASSERTED:
        yield Quad(subject, relation, target, DEFAULT)
    node = NamedNode(fact.iri)
    yield Quad(node, TYPE, kg("Statement"), DEFAULT)
    yield Quad(node, term(RDF + "subject"), subject, DEFAULT)
    yield Quad(node, term(RDF + "predicate"), relation, DEFAULT)
    yield Quad(node, term(RDF + "object"), target, DEFAULT)
    parents = ontology.predicate(fact.predicate).parents
    if ORG + "memberOf" in parents and fact.object in organizations:
        yield Quad(node, TYPE, term(ORG + "Membership"), DEFAULT)
        yield Quad(node, term(ORG + "member"), subject, DEFAULT)
        yield Quad(node, term(ORG + "organization"), target, DEFAULT)
        if fact.valid is not None:
            during = NamedNode(fact.iri + DURING)
            yield Quad(node, term(ORG + "memberDuring"), during, DEFAULT)
            yield Quad(during, TYPE, term(TIME + "Interval"), DEFAULT)
            yield Quad(during, kg("edtf"), terms.edtf(fact.valid.period), DEFAULT)
    for name, value in _about(fact):
        yield Quad(node, name, value, DEFAULT)
    for evidence in fact.evidence:
        yield Quad(node, _EVIDENCE, terms.evidence_iri(base, evidence), DEFAULT)


def direct(fact: Fact, ontology: Ontology) -> Quad:
    """Return the triple that says the fact without saying anything about it."""
    return Quad(*_ends(fact, ontology), DEFAULT)


def _ends(fact: Fact, ontology: Ontology) -> tuple[NamedNode, NamedNode, Value]:
    target = text(fact.object.text) if isinstance(fact.object, Figure) else NamedNode(fact.object)
    return NamedNode(fact.subject), term(ontology.predicate(fact.predicate).iri), target


def _about(fact: Fact) -> Pairs:
    yield kg("status"), terms.status(fact.status)
    yield kg("confidence"), terms.number(fact.confidence)
    yield kg("articles"), terms.integer(len({evidence.article for evidence in fact.evidence}))
    for name, value in fact.qualifiers:
        yield terms.qualifier(name), text(value)
    if isinstance(fact.object, Figure):
        yield kg("literalKind"), text(fact.object.kind)
        if fact.object.value is not None:
            yield kg("amount"), terms.number(fact.object.value)
        if fact.object.unit is not None:
            yield kg("unit"), text(fact.object.unit)
        if fact.object.when is not None:
            yield from days(fact.object.when)
    if fact.reported is not None:
        yield kg("firstReported"), terms.day(fact.reported.start)
        if not fact.reported.period.open:
            yield kg("lastReported"), terms.day(fact.reported.end)
    if fact.valid is not None:
        if fact.valid.start != SINCE_EVER:
            yield kg("validFrom"), terms.day(fact.valid.start)
        if not fact.valid.period.open:
            yield kg("validUntil"), terms.day(fact.valid.end)
        yield kg("validText"), text(fact.valid.evidence)


def days(when: Period) -> Pairs:
    """Yield the first and the last day of a stretch, and both in one value that shows the precision."""
    yield kg("dateFrom"), terms.day(when.start)
    if not when.open:
        yield kg("dateUntil"), terms.day(when.end)
    yield kg("edtf"), terms.edtf(when)


def quote(evidence: Evidence, article: Article | None, base: str) -> Iterator[Quad]:
    """Yield a Web Annotation of the passage in the graph of its article; without the article only its place
    is known."""
    return cite(evidence, None if article is None else evidence.span.of(article.text), base)


def cite(evidence: Evidence, words: str | None, base: str) -> Iterator[Quad]:
    """Yield a Web Annotation of a passage, of which the words may be unknown, in the graph of its article.

    One selector gives both the position, in code points, and the words themselves. What stands around them
    is in the article's text, at the position.
    """
    graph = terms.article_iri(base, evidence.article)
    start, end = evidence.span.start, evidence.span.end
    node, passage = terms.evidence_iri(base, evidence), terms.passage_iri(graph, start, end)
    selector = NamedNode(passage.value + "&selector")
    yield Quad(node, TYPE, term(OA + "Annotation"), graph)
    yield Quad(node, term(OA + "hasTarget"), passage, graph)
    yield Quad(node, kg("finder"), text(evidence.finder), graph)
    yield Quad(node, kg("confidence"), terms.number(evidence.confidence), graph)
    yield Quad(passage, term(OA + "hasSource"), graph, graph)
    yield Quad(passage, term(OA + "hasSelector"), selector, graph)
    yield Quad(selector, TYPE, term(OA + "TextPositionSelector"), graph)
    yield Quad(selector, term(OA + "start"), terms.integer(start), graph)
    yield Quad(selector, term(OA + "end"), terms.integer(end), graph)
    if words is not None:
        yield Quad(selector, TYPE, term(OA + "TextQuoteSelector"), graph)
        yield Quad(selector, term(OA + "exact"), text(words), graph)
