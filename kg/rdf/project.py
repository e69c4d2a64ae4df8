"""Graph → quads. Offsets in them are code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.errors import OntologyError
from kg.model import Article, Byline, Graph, LocalKey, Page, When
from kg.ontology import Ontology
from kg.rdf import terms
from kg.rdf.review import doubt, reprint
from kg.rdf.statements import DEFAULT, TYPE, Pairs, days, quote, state
from kg.rdf.terms import DCTERMS, ORG, RDFS, SCHEMA, SKOS, chinese, kg, term, text
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
        yield from head(entity.iri, entity.kind, entity.label, entity.aliases, ontology)
        for key in entity.members:
            yield from member(key, entity.iri, base)
        for id_ in entity.articles:
            yield mention(id_, entity.iri, base)
    bodies = organizations(ontology)
    inside = frozenset(entity.iri for entity in graph.entities if entity.kind in bodies)
    for fact in graph.facts:
        yield from state(fact, ontology, base, inside)
        for evidence in fact.evidence:
            yield from quote(evidence, articles.get(evidence.article), base)
    for article in graph.articles:
        yield from printed(article, base)
    for page in graph.pages:
        yield from sheet(page, base)
    for one in graph.doubts:
        yield from doubt(one, base)
    for id_, first in graph.reprints:
        yield reprint(id_, first, base)


def organizations(ontology: Ontology) -> frozenset[str]:
    """Return the classes of what somebody can be a member of."""
    return frozenset(c.name for c in ontology.classes.values() if ORG + "Organization" in c.parents)


def head(iri: str, kind: str, label: str, aliases: Iterable[str], ontology: Ontology) -> Iterator[Quad]:
    """Yield what an entity is and how it is called.

    Raises:
        OntologyError: its class is not declared.
    """
    node = NamedNode(iri)
    if kind not in ontology.classes:
        raise OntologyError("ontology", f"no class {kind!r}", remedy="declare it in kg.ttl")
    yield Quad(node, TYPE, term(ontology.classes[kind].iri), DEFAULT)
    yield Quad(node, term(RDFS + "label"), chinese(label), DEFAULT)
    for alias in aliases:
        yield Quad(node, term(SKOS + "altLabel"), chinese(alias), DEFAULT)


def member(key: LocalKey, iri: str, base: str) -> Iterator[Quad]:
    """Yield what a page calls an entity, and which entity its own IRI leads to."""
    own, place = NamedNode(entity_iri(base, key)), terms.page_iri(base, key.page)
    yield Quad(own, kg("nameOnPage"), text(key.name), place)
    yield Quad(own, kg("typeOnPage"), text(key.kind), place)
    if own.value != iri:
        yield Quad(own, term(DCTERMS + "isReplacedBy"), NamedNode(iri), place)


def mention(article: str, iri: str, base: str) -> Quad:
    """Return that an article mentions an entity."""
    node = terms.article_iri(base, article)
    return Quad(node, term(SCHEMA + "mentions"), NamedNode(iri), node)


def printed(article: Article, base: str) -> Iterator[Quad]:
    """Yield an article without its mentions and evidence."""
    iri = terms.article_iri(base, article.id)
    for predicate, value in _article(article, base):
        yield Quad(iri, predicate, value, iri)
    yield from _byline(article.byline, iri)


def sheet(page: Page, base: str) -> Iterator[Quad]:
    """Yield a page without the names on it."""
    iri = terms.page_iri(base, page.id)
    for predicate, value in _page(page):
        yield Quad(iri, predicate, value, iri)
    if page.given is not None:
        yield from _byline(page.given.byline, iri)


def _article(article: Article, base: str) -> Pairs:
    yield TYPE, kg("Article")
    yield term(SCHEMA + "isPartOf"), terms.page_iri(base, article.page)
    yield kg("articleKind"), text(article.kind)
    if article.headline:
        yield term(SCHEMA + "headline"), text("\n".join(article.headline))
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
        yield Quad(node, term(SCHEMA + "name"), text(person.name), graph)


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
        yield term(SCHEMA + "url"), terms.address(page.address)
    if page.given is not None:
        yield kg("givenHeadline"), text("\n".join(page.given.headline))
    yield from _dates(page.date)


def _dates(when: When | None) -> Pairs:
    if when is not None:
        yield from days(when.period)
        yield kg("dateText"), text(when.evidence)
