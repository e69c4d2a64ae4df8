"""Names become entities and claims facts, a closed set of them at a time, from bytes to bytes.

Neither looks at the ledger, so that other processes can do it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from kg.cache import jot, read, read_all
from kg.ledger.pieces import Pieces
from kg.ledger.rows import Head
from kg.ledger.tables import number
from kg.model import Article, Claim, Doubt, Entity, Evidence, Fact, LocalKey, Status
from kg.rdf.project import head, member, mention, organizations
from kg.rdf.review import doubt
from kg.rdf.sorting import written
from kg.rdf.statements import cite, direct, state
from kg.resolve import Profile

if TYPE_CHECKING:
    from pyoxigraph import Quad


class Names(NamedTuple):
    """Names that hang together, and what resolving them needs.

    Attributes:
        ids: the number of each.
        profiles: as `jot` writes them.
        marks: of each article what stands in it for telling people apart.
        stories: what stands for all prints of an article that is printed several times.
    """

    ids: list[int]
    profiles: list[bytes]
    marks: dict[str, str]
    stories: dict[str, str]


class Resolved(NamedTuple):
    """What names became, as rows of the ledger, and their quads."""

    became: list[tuple[int, str]]
    heads: list[tuple[str, str, bytes]]
    doubts: list[tuple[str, str, bytes]]
    lines: bytes


class ClaimRow(NamedTuple):
    """A claim: its number, what its ends became, the words that it rests on, and what it says."""

    id: int
    subject: str
    object: str | None
    words: bytes | None
    claim: bytes


class Claims(NamedTuple):
    """All claims of some facts.

    Attributes:
        rows: these.
        kinds: the classes of the entities that they are about.
        articles: those that they stand in: id, what stands for all its prints if it has several, the stub.
        spoken: what people speak of, and what it became.
    """

    rows: list[ClaimRow]
    kinds: dict[str, str]
    articles: list[tuple[str, str | None, bytes]]
    spoken: list[tuple[bytes, str]]


class Stated(NamedTuple):
    """What claims state, as rows of the ledger, and the quads of the facts that are sure enough.

    Attributes:
        stated: of each claim the fact that it states, if it states one.
        facts: those of the graph, asserted ones with what they say plainly.
        ends: what these are about.
        told: these as `jot` writes them.
        unsure: the facts that are less sure than asked for.
        lines: N-Quads.
    """

    stated: list[tuple[int, str]]
    facts: list[tuple[str, int | None]]
    ends: list[tuple[str, str, str | None]]
    told: list[tuple[str, bytes]]
    unsure: list[tuple[str]]
    lines: bytes


def work(some: Names | Claims, pieces: Pieces) -> Resolved | Stated:
    """Do what is to be done with either."""
    return resolve_names(some, pieces) if isinstance(some, Names) else state_claims(some, pieces)


def resolve_names(some: Names, pieces: Pieces) -> Resolved:
    """Make entities of names."""
    profiles = read_all(some.profiles, Profile)
    ids = {profile.key: id_ for id_, profile in zip(some.ids, profiles, strict=True)}
    split: dict[str, tuple[str, ...]] = {}

    def marks(article: str) -> tuple[str, ...]:
        if article not in split:
            split[article] = tuple(some.marks.get(article, "").split())
        return split[article]

    made, doubts = pieces.entities(profiles, some.stories, marks)
    return Resolved(
        [(ids[key], one.iri) for one in made for key in one.members],
        [(one.iri, one.kind, jot(Head(one.kind, one.label, one.aliases))) for one in made],
        [(one.a, one.b, jot(one)) for one in doubts],
        written(_of_entities(made, doubts, pieces)),
    )


def _of_entities(made: Iterable[Entity], doubts: Iterable[Doubt], pieces: Pieces) -> Iterator[Quad]:
    for entity in made:
        yield from head(entity.iri, entity.kind, entity.label, entity.aliases, pieces.ontology)
        for key in entity.members:
            yield from member(key, entity.iri, pieces.base)
        for id_ in entity.articles:
            yield mention(id_, entity.iri, pieces.base)
    for unsure in doubts:
        yield from doubt(unsure, pieces.base)


def state_claims(some: Claims, pieces: Pieces) -> Stated:
    """Make facts of claims."""
    claims = read_all((row.claim for row in some.rows), Claim)
    stubs = read_all((stub for _, _, stub in some.articles), Article)
    stories = {id_: story for id_, story, _ in some.articles if story is not None}
    became = {read(key, LocalKey): iri for key, iri in some.spoken}
    for row, claim in zip(some.rows, claims, strict=True):
        became[claim.subject] = row.subject
        if isinstance(claim.object, LocalKey) and row.object is not None:
            became[claim.object] = row.object
    made, named = pieces.facts_and_names(claims, became, some.kinds, {a.id: a for a in stubs}, stories)
    facts = [fact for fact in made if fact.confidence >= pieces.least]
    said = {claim.evidence: row.words for row, claim in zip(some.rows, claims, strict=True)}
    words = {
        evidence: None if text is None else text.decode("utf-8", "surrogatepass")
        for evidence, text in said.items()
    }
    return Stated(
        [(row.id, iri) for row, iri in zip(some.rows, named, strict=True) if iri is not None],
        [(fact.iri, plain(fact, pieces)) for fact in facts],
        [(f.iri, f.subject, f.object if isinstance(f.object, str) else None) for f in facts],
        [(fact.iri, jot(fact)) for fact in facts],
        [(fact.iri,) for fact in made if fact.confidence < pieces.least],
        written(_of_facts(facts, some.kinds, words, pieces)),
    )


def _of_facts(
    facts: Iterable[Fact], kinds: Mapping[str, str], words: Mapping[Evidence, str | None], pieces: Pieces
) -> Iterator[Quad]:
    bodies = organizations(pieces.ontology)
    inside = frozenset(end for end, kind in kinds.items() if kind in bodies)
    for fact in facts:
        yield from state(fact, pieces.ontology, pieces.base, inside)
        for evidence in fact.evidence:
            yield from cite(evidence, words[evidence], pieces.base)


def plain(fact: Fact, pieces: Pieces) -> int | None:
    """Return what stands for the triple that says a fact plainly, when it is asserted."""
    return number(str(direct(fact, pieces.ontology))) if fact.status is Status.ASSERTED else None
