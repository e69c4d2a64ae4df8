"""`ontology/` as values: classes, predicates and the frames that say how a text states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import OntologyError
from kg.table import Row

NAMESPACE = "https://kg.example.org/ontology#"
LITERAL_KINDS = frozenset({"money", "area", "count", "date", "text"})


@dataclass(frozen=True, slots=True)
class Class:
    """A kind of entity: its local name, IRI, labels by language and the IRIs it is declared a subclass of."""

    name: str
    iri: str
    labels: Mapping[str, str]
    parents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Predicate:
    """A kind of fact.

    Attributes:
        name: local name, the word used in code, files and queries.
        domain: local names of the classes its subject may have.
        range: local names of the classes its object may have; empty when the object is a literal.
        literal: money, area, count, date or text when the object is a literal, else None.
        symmetric: turned round it says the same; it is stated once.
        one_valued: several values for one subject are reported as a conflict.
        one_holder: so are several subjects at one time for an object and a title that one person holds.
        parents: IRIs of the properties it is declared a subproperty of.
    """

    name: str
    iri: str
    labels: Mapping[str, str]
    domain: frozenset[str]
    range: frozenset[str]
    literal: str | None
    symmetric: bool
    one_valued: bool
    parents: frozenset[str] = frozenset()
    one_holder: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything that `ontology/` declares for extraction; all mappings keep the order of names.

    `qualifiers` are the labels, by language, of what a statement may say beside its ends.
    """

    classes: Mapping[str, Class]
    predicates: Mapping[str, Predicate]
    frames: tuple[Row, ...]
    qualifiers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def predicate(self, name: str) -> Predicate:
        """Return a predicate by its local name.

        Raises:
            OntologyError: it is not declared.
        """
        try:
            return self.predicates[name]
        except KeyError:
            raise OntologyError("ontology", f"no predicate {name!r}", remedy="declare it in kg.ttl") from None


def load(folder: Path) -> Ontology:
    """Read `kg.ttl` and `frames.tsv` of a folder.

    Raises:
        OntologyError: no Turtle, a predicate without domain or range, a frame for a predicate that is
            not declared.
    """
    from kg.ontology.reading import (
        read_ontology,  # rdflib takes a while: not all who know the names read them
    )

    return read_ontology(folder)
