"""Facts as people read them in a terminal: what is stated, and the sentences that state it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.model import Article, Entity, Evidence, Fact, Graph, Literal, Page, Status
from kg.ontology import Ontology
from kg.publish import first_parts, label, passage

STATUS = {Status.PLANNED: "计划", Status.FORMER: "曾经", Status.NEGATED: "否认"}
"""How a fact that is not simply stated is marked."""


DISPUTED = "有矛盾"
"""How a fact is marked that another one contradicts."""


class Telling:
    """Turns the facts of one graph into lines.

    Args:
        disputed: the IRIs of the facts that are marked as contradicted by others.
        vaguely: whether an article's date is told even where it leaves a long time open.
    """

    def __init__(
        self, graph: Graph, ontology: Ontology, disputed: Collection[str] = (), *, vaguely: bool = False
    ) -> None:
        self.disputed = disputed
        self.vaguely = vaguely
        self.graph = graph
        self.ontology = ontology
        self.entities: dict[str, Entity] = {e.iri: e for e in graph.entities}
        self.articles: dict[str, Article] = {a.id: a for a in graph.articles}
        self.pages: dict[str, Page] = {p.id: p for p in graph.pages}
        self.firsts = first_parts(graph)

    def entity(self, entity: Entity) -> Iterator[str]:
        """Yield an entity with its type, other names and facts grouped by predicate, outgoing ones first."""
        yield f"{entity.label}  {label(self.ontology, entity.kind)}  {len(entity.articles)} 篇"
        if entity.aliases:
            yield f"  又称：{'、'.join(entity.aliases)}"
        groups: dict[tuple[bool, str], list[Fact]] = {}
        for fact in self.graph.facts:
            if fact.subject == entity.iri:
                groups.setdefault((False, fact.predicate), []).append(fact)
            elif fact.object == entity.iri:
                incoming = not self.ontology.predicate(fact.predicate).symmetric
                groups.setdefault((incoming, fact.predicate), []).append(fact)
        for incoming, predicate in sorted(groups):
            yield f"  {'← ' if incoming else ''}{label(self.ontology, predicate)}"
            for fact in sorted(groups[incoming, predicate], key=lambda f: (-f.confidence, f.iri)):
                other = fact.object if fact.subject == entity.iri else fact.subject
                yield f"    {self.end(other)}{self.details(fact)}"
                yield from (f"      {line}" for line in self.sources(fact))

    def statement(self, fact: Fact) -> Iterator[str]:
        """Yield a fact as subject, predicate, object, and its sentences."""
        predicate = label(self.ontology, fact.predicate)
        yield f"{self.end(fact.subject)} —{predicate}→ {self.end(fact.object)}{self.details(fact)}"
        yield from (f"  {line}" for line in self.sources(fact))

    def end(self, end: str | Literal) -> str:
        """Return an end of a fact in words: an entity's label, a literal as printed, a date with its days."""
        if not isinstance(end, Literal):
            return self.entities[end].label
        return end.text if end.when is None else f"{end.text}（{end.when.shown}）"

    def details(self, fact: Fact) -> str:
        """Return qualifiers, times, status and contradiction in brackets, or nothing."""
        parts = [
            value if name == "title" else f"{label(self.ontology, name)} {value}"
            for name, value in fact.qualifiers
        ]
        if fact.valid is not None:
            parts.append(f"{fact.valid.period.shown}「{fact.valid.evidence}」")
        if fact.reported is not None and self.ontology.predicate(fact.predicate).one_holder:
            parts.append(f"见报 {fact.reported.period.shown}")
        if fact.status in STATUS:
            parts.append(STATUS[fact.status])
        if fact.iri in self.disputed:
            parts.append(DISPUTED)
        return f"（{'，'.join(parts)}）" if parts else ""

    def sources(self, fact: Fact) -> Iterator[str]:
        """Yield each sentence that states a fact, with the page, the headline, the day and the address."""
        seen = set()
        for evidence in fact.evidence:
            line = self._source(evidence)
            if line not in seen:
                seen.add(line)
                yield line

    def _source(self, evidence: Evidence) -> str:
        article = self.articles[evidence.article]
        sentence = " ".join(passage(article.text, evidence.span).sentence.of(article.text).split())
        return f"「{sentence}」 {self.where(article)}"

    def where(self, article: Article) -> str:
        """Return the page of an article, its headline, day and address."""
        page = self.pages[article.page]
        # what goes on from another page is told under the headline it has there
        first = self.articles[self.firsts.get(article.id, article.id)]
        where = [page.source, *(first.headline or article.headline)[:1]]
        if article.date is not None and (self.vaguely or not article.date.period.vague):
            where.append(article.date.period.shown)
        if page.address is not None:
            where.append(page.address)
        return " · ".join(where)
