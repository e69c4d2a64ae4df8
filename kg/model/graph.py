"""The merged graph over all pages."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.doubt import Doubt
from kg.model.findings import Evidence, Literal, LocalKey, Qualifiers, Status
from kg.model.text import Article, Page, When


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organization, place, project, event or award over all pages.

    Attributes:
        iri: opaque and deterministic; one of the IRIs of its members, chosen without regard to order.
        kind: the local name of its class.
        label: the name to show.
        aliases: every other name, sorted.
        members: the page-local entities that were merged, sorted.
        redirects: the IRIs of the other members, sorted: once published, an IRI always resolves.
        articles: the ids of the articles that mention it, sorted.
    """

    iri: str
    kind: str
    label: str
    aliases: tuple[str, ...]
    members: tuple[LocalKey, ...]
    redirects: tuple[str, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with all its evidence.

    Attributes:
        iri: a hash of what it states, so that the same statement has the same IRI in every build.
        subject: the IRI of an entity.
        predicate: the local name of a predicate of the ontology.
        object: the IRI of an entity, or a literal.
        evidence: sorted; never empty.
        confidence: computed from the evidence, rounded to two decimals.
        reported: from the first to the last issue date of its evidence, when any is known.
        valid: the time for which it is stated to hold, when stated.
    """

    iri: str
    subject: str
    predicate: str
    object: str | Literal
    qualifiers: Qualifiers
    status: Status
    evidence: tuple[Evidence, ...]
    confidence: float
    reported: When | None = None
    valid: When | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that all pages say, merged. Each tuple is sorted by IRI or id, doubts likeliest first.

    `reprints` has for every article that is printed more than once the first, by id, of its prints.
    """

    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    doubts: tuple[Doubt, ...] = ()
    reprints: tuple[tuple[str, str], ...] = ()
