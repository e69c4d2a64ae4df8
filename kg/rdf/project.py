"""Graph → quads. Offsets in them are code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.errors import OntologyError
from kg.model import Article, Byline, Entity, Graph, Page, When
from kg.ontology import Ontology
from kg.rdf import terms
from kg.rdf.statements import DEFAULT, TYPE, Pairs, days, quote, state
from kg.rdf.terms import DCTERMS, ORG, RDFS, SCHEMA, SKOS, chinese, kg, text
from kg.resolve.iris import entity_iri


def project(graph: Graph, ontology: Ontology, base: str) -> Iterator[Quad]:
    """Yield every quad of the graph; some come twice, in no promised order.

    The default graph holds entities, direct triples of asserted facts and statements; each article and
    each page has a named graph of its own.

    Raises:
        OntologyError: an entity or a fact uses a class or predicate that is not declared.
    """
    articles = {article.id: article for article in graph.articles}
    for entity in graph.entities:
        yield from _entity(entity, ontology, base)
    organizations = _organizations(graph, ontology)
    for fact in graph.facts:
        yield from state(fact, ontology, base, organizations)
        for evidence in fact.evidence:
            yield from quote(evidence, articles.get(evidence.article), base)
    for article in graph.articles:
        iri = terms.article_iri(base, article.id)
        for predicate, value in _article(article, base):
            yield Quad(iri, predicate, value, iri)
        yield from _byline(article.byline, iri)
    for page in graph.pages:
        iri = terms.page_iri(base, page.id)
        for predicate, value in _page(page):
            yield Quad(iri, predicate, value, iri)
        if page.given is not None:
            yield from _byline(page.given.byline, iri)


def _organizations(graph: Graph, ontology: Ontology) -> frozenset[str]:
    kinds = {c.name for c in ontology.classes.values() if ORG + "Organization" in c.parents}
    return frozenset(entity.iri for entity in graph.entities if entity.kind in kinds)


def _entity(entity: Entity, ontology: Ontology, base: str) -> Iterator[Quad]:
    node = NamedNode(entity.iri)
    if entity.kind not in ontology.classes:
        raise OntologyError("ontology", f"no class {entity.kind!r}", remedy="declare it in kg.ttl")
    yield Quad(node, TYPE, NamedNode(ontology.classes[entity.kind].iri), DEFAULT)
    yield Quad(node, NamedNode(RDFS + "label"), chinese(entity.label), DEFAULT)
    for alias in entity.aliases:
        yield Quad(node, NamedNode(SKOS + "altLabel"), chinese(alias), DEFAULT)
    for key in entity.members:
        member, place = NamedNode(entity_iri(base, key)), terms.page_iri(base, key.page)
        yield Quad(member, kg("nameOnPage"), text(key.name), place)
        if member != node:
            yield Quad(member, NamedNode(DCTERMS + "isReplacedBy"), node, place)
    for id_ in entity.articles:
        article = terms.article_iri(base, id_)
        yield Quad(article, NamedNode(SCHEMA + "mentions"), node, article)


def _article(article: Article, base: str) -> Pairs:
    yield TYPE, kg("Article")
    yield NamedNode(SCHEMA + "isPartOf"), terms.page_iri(base, article.page)
    yield kg("articleKind"), text(article.kind)
    if article.headline:
        yield NamedNode(SCHEMA + "headline"), text("\n".join(article.headline))
    yield from _dates(article.date)
    yield kg("text"), text(article.text)
    yield kg("bodyStart"), terms.integer(article.body.start)
    yield kg("bodyEnd"), terms.integer(article.body.end)
    segments = article.source_map.segments
    yield kg("sourceMap"), text(" ".join(f"{s.article}:{s.page}+{s.length}" for s in segments))
    yield kg("confidence"), terms.number(article.confidence)
    if article.onward is not None:
        yield kg("goesOnTo"), text(article.onward)
    if article.back is not None:
        yield kg("comesFrom"), text(article.back)


def _byline(people: Iterable[Byline], graph: NamedNode) -> Iterator[Quad]:
    for number, person in enumerate(people, 1):
        node = terms.part_iri(graph, f"byline={number}")
        yield Quad(graph, kg("byline"), node, graph)
        yield Quad(node, kg("role"), text(person.role), graph)
        yield Quad(node, NamedNode(SCHEMA + "name"), text(person.name), graph)


def _page(page: Page) -> Pairs:
    yield TYPE, kg("Page")
    yield kg("source"), text(page.source)
    yield kg("text"), text(page.text)
    yield kg("encoding"), text(page.encoding)
    if page.newspaper is not None:
        yield kg("newspaper"), text(page.newspaper)
    if page.number is not None:
        yield kg("pageNumber"), text(page.number)
    if page.address is not None:
        yield NamedNode(SCHEMA + "url"), terms.address(page.address)
    if page.given is not None:
        yield kg("givenHeadline"), text("\n".join(page.given.headline))
    yield from _dates(page.date)


def _dates(when: When | None) -> Pairs:
    if when is not None:
        yield from days(when.period)
        yield kg("dateText"), text(when.evidence)
