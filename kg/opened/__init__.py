"""A graph on disk, opened to be asked from Python: `kg.open("output")`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg.config import Settings
from kg.model import Graph, Literal
from kg.ontology import Ontology, load
from kg.opened.answer import Answer
from kg.opened.tables import table
from kg.opened.told import Known, Told, Way, tell
from kg.publish import find_entity, find_path, label, to_networkx
from kg.rdf import open_dataset, queries

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

__all__ = ["Answer", "KnowledgeGraph", "Known", "Told", "Way", "open_graph"]


def open_graph(folder: str | PathLike[str] = "output", settings: Settings | None = None) -> KnowledgeGraph:
    """Open the graph that a build wrote into a folder; `settings` say which ontology names its classes.

    Raises:
        StoreError: there is no graph, it is damaged, or another version of kg wrote it.
    """
    return KnowledgeGraph(Path(folder), Settings() if settings is None else settings)


class KnowledgeGraph:
    """An open graph, read-only. `folder` is where it lies; what is read of it is read once."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self._settings = settings
        self._dataset = open_dataset(folder)

    def query(self, sparql: str) -> Answer:
        """Return the answer of a SPARQL query; the prefixes of the ontology need no declaration.

        Raises:
            QueryError: it is no query, or it asks for SERVICE or an update.
        """
        return Answer(self._dataset.query(sparql))

    def ask(self, question: str, **values: str) -> Answer:
        """Return the answer of a question that is ready, as `kg query --list` names it, with its parameters.

        Raises:
            OntologyError: there is no such question.
            InputError: there is no such parameter, or a value is not of its kind.
        """
        return self.query(queries.find(self._settings.ontology, question).bind(values))

    def questions(self) -> Mapping[str, str]:
        """Return the questions that are ready, with their titles."""
        return {question.name: question.title for question in queries.load(self._settings.ontology)}

    def graph(self) -> Graph:
        """Return the whole graph as values: pages, articles, entities and facts."""
        return self._graph

    def entity(self, name: str) -> Known:
        """Return what is known under a name: any that the pages print, a part of it, or an IRI.

        Raises:
            InputError: nobody and nothing has the name, or several do.
        """
        return Known(find_entity(self._graph, name), self._graph, self._ontology)

    def neighbours(self, name: str) -> tuple[Known, ...]:
        """Return what a fact links with an entity, whichever way it points, by name; denied facts count not.

        Raises:
            InputError: nobody and nothing has the name, or several do.
        """
        centre = find_entity(self._graph, name).iri
        linked = set()
        for fact in self._graph.facts:
            if not isinstance(fact.object, Literal) and fact.status != "negated":
                linked |= {fact.subject, fact.object} if centre in (fact.subject, fact.object) else set()
        found = (e for e in self._graph.entities if e.iri in linked - {centre})
        return tuple(
            Known(e, self._graph, self._ontology) for e in sorted(found, key=lambda e: (e.label, e.iri))
        )

    def path(self, start: str, end: str) -> Way:
        """Return the shortest way from one entity to another; it has no steps when there is none.

        Raises:
            InputError: a name is nobody's, or several have it.
        """
        graph, ontology = self._graph, self._ontology
        steps = find_path(graph, find_entity(graph, start), find_entity(graph, end))
        return Way(
            tuple(
                (step.start.label, step.end.label, tuple(tell(fact, graph, ontology) for fact in step.facts))
                for step in steps
            )
        )

    def to_networkx(self) -> nx.MultiDiGraph:
        """Return entities as nodes and facts as edges, with labels, sentences and confidence."""
        return to_networkx(self._graph, self._ontology)

    def to_rdflib(self) -> rdflib.Graph:
        """Return the default graph, entities and statements, in rdflib's memory."""
        import rdflib

        from kg.rdf import export

        return rdflib.Graph().parse(data=export(self.folder, "nt", self._settings), format="nt")

    def __repr__(self) -> str:
        return f"kg.open({str(self.folder)!r})"

    def _repr_html_(self) -> str:
        kinds: dict[str, int] = {}
        for entity in self._graph.entities:
            kinds[entity.kind] = kinds.get(entity.kind, 0) + 1
        rows = [(label(self._ontology, kind), kind, str(kinds[kind])) for kind in sorted(kinds)]
        rows.append(("陈述", "Statement", str(len(self._graph.facts))))
        rows.append(("报道", "Article", str(len(self._graph.articles))))
        return table(("类", "class", "number"), rows, title=str(self.folder))

    @cached_property
    def _graph(self) -> Graph:
        return self._dataset.graph()

    @cached_property
    def _ontology(self) -> Ontology:
        return load(self._settings.ontology)
