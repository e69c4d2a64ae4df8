"""Quads → Graph: the other way round, so that nothing needs to be kept beside the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import (
    OPEN,
    SINCE_EVER,
    Article,
    Byline,
    Doubt,
    Entity,
    Evidence,
    Fact,
    Given,
    Graph,
    LocalKey,
    Page,
    Segment,
    SourceMap,
    Span,
    Status,
    When,
)
from kg.model import Literal as Figure
from kg.rdf.terms import DCTERMS, OA, PROV, RDF, RDFS, SCHEMA, SKOS, id_of, kg, local, qualifier_name

_TYPE = RDF + "type"
_NAME = kg("nameOnPage").value
_KIND = kg("typeOnPage").value
_PRINT = kg("reprintOf").value
_REPLACED = DCTERMS + "isReplacedBy"


class _Node:
    """All that the quads say about one subject, by predicate; of one-valued ones the first counts."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}

    def add(self, predicate: str, value: str) -> None:
        self._values.setdefault(predicate, []).append(value)

    def all(self, predicate: str) -> list[str]:
        return sorted(set(self._values.get(predicate, ())))

    def get(self, predicate: str) -> str | None:
        found = self._values.get(predicate)
        return found[0] if found else None

    def one(self, predicate: str) -> str:
        return self._values[predicate][0]

    def ours(self, name: str) -> str:
        return self.one(kg(name).value)

    def names(self) -> list[str]:
        return sorted(self._values)

    def when(self, start: str, end: str, words: str | None) -> When | None:
        first, last = self.get(kg(start).value), self.get(kg(end).value)
        evidence = "" if words is None else self.get(kg(words).value) or ""
        if first is None and (last is None or not evidence):
            return None
        since = SINCE_EVER if first is None else date.fromisoformat(first)
        return When(since, OPEN if last is None else date.fromisoformat(last), evidence)


_Nodes = Mapping[str, _Node]


def read_back(quads: Iterable[Quad]) -> Graph:
    """Return the graph that the quads were projected from, but for the printed lines of its pages.

    Raises:
        KeyError, ValueError: the quads are not those of a graph.
    """
    nodes: dict[str, _Node] = defaultdict(_Node)
    literal: set[str] = set()
    pages_of: dict[str, str] = {}
    types: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        subject, predicate, target = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, NamedNode) or not isinstance(target, NamedNode | Literal):
            raise ValueError(f"no quad of ours: {quad}")
        nodes[subject.value].add(predicate, target.value)
        if predicate == _TYPE:
            types[target.value].append(subject.value)
        elif predicate == _NAME and isinstance(quad.graph_name, NamedNode):
            pages_of[subject.value] = id_of(quad.graph_name.value)
        elif predicate == RDF + "object" and isinstance(target, Literal):
            literal.add(subject.value)
    statements = sorted(set(types[kg("Statement").value]))
    return Graph(
        pages=tuple(sorted((_page(i, nodes) for i in types[kg("Page").value]), key=lambda p: p.id)),
        articles=tuple(sorted((_article(i, nodes) for i in types[kg("Article").value]), key=lambda a: a.id)),
        entities=_entities(nodes, pages_of),
        facts=tuple(_fact(iri, nodes, iri in literal) for iri in statements),
        doubts=tuple(
            sorted((_doubt(nodes[i]) for i in types[kg("Doubt").value]), key=lambda d: (-d.score, d.a, d.b))
        ),
        reprints=tuple(
            sorted(
                (id_of(i), id_of(first)) for i in types[kg("Article").value] for first in nodes[i].all(_PRINT)
            )
        ),
    )


def read_article(quads: Iterable[Quad], iri: str) -> Article | None:
    """Return the article of a named graph, or None when the graph is not there."""
    nodes: dict[str, _Node] = defaultdict(_Node)
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            nodes[quad.subject.value].add(quad.predicate.value, quad.object.value)
    return _article(iri, nodes) if iri in nodes else None


def _page(iri: str, nodes: _Nodes) -> Page:
    node = nodes[iri]
    headline = node.get(kg("givenHeadline").value)
    return Page(
        id=id_of(iri),
        source=node.ours("source"),
        text=node.ours("text"),
        lines=(),
        date=node.when("dateFrom", "dateUntil", "dateText"),
        newspaper=node.get(kg("newspaper").value),
        encoding=node.ours("encoding"),
        address=node.get(SCHEMA + "url"),
        number=node.get(kg("pageNumber").value),
        given=None if headline is None else Given(_decks(headline), _byline(node, nodes)),
    )


def _article(iri: str, nodes: _Nodes) -> Article:
    node = nodes[iri]
    headline = node.get(SCHEMA + "headline") or ""
    return Article(
        id=id_of(iri),
        page=id_of(node.one(SCHEMA + "isPartOf")),
        kind=node.ours("articleKind"),
        headline=_decks(headline),
        byline=_byline(node, nodes),
        date=node.when("dateFrom", "dateUntil", "dateText"),
        text=node.ours("text"),
        body=Span(int(node.ours("bodyStart")), int(node.ours("bodyEnd"))),
        source_map=mapped(node.ours("sourceMap")),
        confidence=float(node.ours("confidence")),
        onward=node.get(kg("goesOnTo").value),
        back=node.get(kg("comesFrom").value),
    )


def _decks(headline: str) -> tuple[str, ...]:
    return tuple(headline.split("\n")) if headline else ()


def _byline(node: _Node, nodes: _Nodes) -> tuple[Byline, ...]:
    people = sorted(node.all(kg("byline").value), key=lambda i: int(i[i.rfind("=") + 1 :]))
    return tuple(Byline(nodes[i].ours("role"), nodes[i].one(SCHEMA + "name")) for i in people)


def mapped(code: str) -> SourceMap:
    """Return the way from an article to its page, as `kg:sourceMap` says it."""
    return SourceMap(tuple(map(_segment, code.split())))


def _segment(code: str) -> Segment:
    article, _, rest = code.partition(":")
    page, _, length = rest.partition("+")
    return Segment(int(article), int(page), int(length))


def _entities(nodes: _Nodes, pages_of: Mapping[str, str]) -> tuple[Entity, ...]:
    members: dict[str, list[str]] = defaultdict(list)
    for iri in pages_of:
        members[nodes[iri].get(_REPLACED) or iri].append(iri)
    articles: dict[str, list[str]] = defaultdict(list)
    labelled = []
    for iri, node in nodes.items():
        for entity in node.all(SCHEMA + "mentions"):
            articles[entity].append(id_of(iri))
        if node.get(RDFS + "label") is not None:
            labelled.append(iri)
    found = []
    for iri in sorted(labelled):
        node = nodes[iri]
        kind = local(node.one(_TYPE))
        keys = (LocalKey(pages_of[i], nodes[i].one(_KIND), nodes[i].one(_NAME)) for i in members[iri])
        found.append(
            Entity(
                iri=iri,
                kind=kind,
                label=node.one(RDFS + "label"),
                aliases=tuple(node.all(SKOS + "altLabel")),
                members=tuple(sorted(keys)),
                redirects=tuple(sorted(set(members[iri]) - {iri})),
                articles=tuple(sorted(articles[iri])),
            )
        )
    return tuple(found)


def _doubt(node: _Node) -> Doubt:
    a, b = node.all(kg("between").value)
    return Doubt(a, b, float(node.ours("confidence")), tuple(node.all(kg("reason").value)))


def _fact(iri: str, nodes: _Nodes, literal: bool) -> Fact:
    node = nodes[iri]
    target: str | Figure = node.one(RDF + "object")
    if literal:
        amount = node.get(kg("amount").value)
        when = node.when("dateFrom", "dateUntil", None)
        target = Figure(
            text=node.one(RDF + "object"),
            kind=node.ours("literalKind"),
            value=None if amount is None else float(amount),
            unit=node.get(kg("unit").value),
            when=None if when is None else when.period,
        )
    named = ((qualifier_name(name), node.one(name)) for name in node.names())
    return Fact(
        iri=iri,
        subject=node.one(RDF + "subject"),
        predicate=local(node.one(RDF + "predicate")),
        object=target,
        qualifiers=tuple(sorted((name, value) for name, value in named if name is not None)),
        status=Status(local(node.ours("status"))),
        evidence=tuple(sorted(_evidence(nodes[i], nodes) for i in node.all(PROV + "wasDerivedFrom"))),
        confidence=float(node.ours("confidence")),
        reported=node.when("firstReported", "lastReported", None),
        valid=node.when("validFrom", "validUntil", "validText"),
    )


def _evidence(node: _Node, nodes: _Nodes) -> Evidence:
    passage = nodes[node.one(OA + "hasTarget")]
    selector = nodes[passage.one(OA + "hasSelector")]
    return Evidence(
        article=id_of(passage.one(OA + "hasSource")),
        span=Span(int(selector.one(OA + "start")), int(selector.one(OA + "end"))),
        finder=node.ours("finder"),
        confidence=float(node.ours("confidence")),
    )
