"""Entities, facts and ways between entities in words, as a notebook shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Entity, Fact, Graph, Literal
from kg.ontology import Ontology
from kg.opened.tables import table
from kg.publish import label, passage

_COLUMNS = ("subject", "predicate", "object", "status", "sentence", "source")


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in words, with the sentences that state it and the file of each.

    `label` is the predicate's in Chinese; `fact` is the value itself.
    """

    subject: str
    predicate: str
    label: str
    object: str
    status: str
    qualifiers: Mapping[str, str]
    confidence: float
    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    fact: Fact

    def row(self) -> tuple[str, ...]:
        """Return the cells of a table: one row for all sentences."""
        said = "\n".join(self.sentences)
        return (
            self.subject,
            self.label,
            self.object,
            self.status,
            said,
            "\n".join(dict.fromkeys(self.sources)),
        )


class Known:
    """An entity and every fact about it, surest first."""

    def __init__(self, entity: Entity, graph: Graph, ontology: Ontology) -> None:
        self.entity = entity
        self.iri, self.name, self.kind, self.aliases = entity.iri, entity.label, entity.kind, entity.aliases
        self._graph = graph
        self._ontology = ontology

    @cached_property
    def facts(self) -> tuple[Told, ...]:
        """Every fact that has the entity at one of its ends."""
        about = [f for f in self._graph.facts if self.iri in (f.subject, f.object)]
        about.sort(key=lambda f: (f.predicate, -f.confidence, f.iri))
        return tuple(tell(fact, self._graph, self._ontology) for fact in about)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"

    def _repr_html_(self) -> str:
        also = f" ({'、'.join(self.aliases)})" if self.aliases else ""
        title = f"{self.name}{also} · {label(self._ontology, self.kind)}"
        return table(_COLUMNS, [fact.row() for fact in self.facts], title=title)


@dataclass(frozen=True, slots=True)
class Way:
    """A way between entities: for each step both names and the facts that link them; none, no way."""

    steps: tuple[tuple[str, str, tuple[Told, ...]], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The entities on the way, both ends included."""
        return (*(step[0] for step in self.steps[:1]), *(step[1] for step in self.steps))

    def __len__(self) -> int:
        return len(self.steps)

    def __repr__(self) -> str:
        return " — ".join(self.names) or "no way"

    def _repr_html_(self) -> str:
        rows = [fact.row() for _, _, facts in self.steps for fact in facts]
        return table(_COLUMNS, rows, title=repr(self))


def tell(fact: Fact, graph: Graph, ontology: Ontology) -> Told:
    """Return a fact of a graph in words."""
    names = {
        entity.iri: entity.label for entity in graph.entities if entity.iri in (fact.subject, fact.object)
    }
    wanted = {evidence.article for evidence in fact.evidence}
    articles = {article.id: article for article in graph.articles if article.id in wanted}
    pages = {page.id: page for page in graph.pages}
    said: dict[tuple[str, str], None] = {}
    for evidence in fact.evidence:
        article = articles[evidence.article]
        sentence = passage(article.text, evidence.span).sentence.of(article.text)
        said[" ".join(sentence.split()), pages[article.page].source] = None
    return Told(
        subject=names[fact.subject],
        predicate=fact.predicate,
        label=label(ontology, fact.predicate),
        object=fact.object.text if isinstance(fact.object, Literal) else names[fact.object],
        status=fact.status.value,
        qualifiers=dict(fact.qualifiers),
        confidence=fact.confidence,
        sentences=tuple(sentence for sentence, _ in said),
        sources=tuple(source for _, source in said),
        fact=fact,
    )
