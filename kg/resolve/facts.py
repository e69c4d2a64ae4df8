"""Facts of the graph: claims that state the same are one fact with all their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import prod
from types import MappingProxyType

from kg.model import Article, Claim, Evidence, Fact, Literal, LocalKey, Qualifiers, Rejected, Status, When
from kg.resolve.iris import statement_iri

SPEAKER = "speaker"
Ends = tuple[str, str | Literal]
_Meant = tuple[str, Qualifiers, Status]
_Refusal = tuple[str, str, _Meant]


def merge_facts(
    claims: Iterable[Claim],
    entities: Mapping[LocalKey, str],
    articles: Mapping[str, Article],
    symmetric: Collection[str],
    base: str,
    rejected: Iterable[Rejected] = (),
    reprints: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Fact, ...]:
    """Return the facts, sorted by IRI.

    Who says it does not make another fact. What would tie an entity to itself after merging is no
    fact and is left out.

    Args:
        claims: of all pages.
        entities: the IRI of the entity that each local key became.
        articles: by id, for their dates.
        symmetric: names of the predicates that say the same turned round.
        base: what every IRI starts with.
        rejected: what people say is no fact.
        reprints: for every article that is printed more than once, what stands for all its prints.
    """
    return merge_and_name(claims, entities, articles, symmetric, base, rejected, reprints)[0]


def merge_and_name(
    claims: Iterable[Claim],
    entities: Mapping[LocalKey, str],
    articles: Mapping[str, Article],
    symmetric: Collection[str],
    base: str,
    rejected: Iterable[Rejected] = (),
    reprints: Mapping[str, str] = MappingProxyType({}),
) -> tuple[tuple[Fact, ...], list[str | None]]:
    """Return what `merge_facts` does, and for each claim the IRI of the fact that it is part of, or None."""
    groups: dict[str, list[tuple[Ends, Claim]]] = defaultdict(list)
    named: list[str | None] = []
    for claim, iri, ends in _stated(claims, entities, symmetric, base, rejected):
        named.append(iri)
        if iri is not None:
            groups[iri].append((ends, claim))
    return tuple(_fact(iri, groups[iri], articles, reprints) for iri in sorted(groups)), named


def meant(claim: Claim, symmetric: Collection[str]) -> str:
    """Return what a claim says of its ends, whatever entities they become; all of a fact say the same.

    A figure or date at its end is part of it.
    """
    ends = ("", claim.object if isinstance(claim.object, Literal) else "")
    turned, said = claim.predicate in symmetric, _said(claim)
    return statement_iri("", ends, claim.predicate, said, claim.status, turned, claim.valid)


def _stated(
    claims: Iterable[Claim],
    entities: Mapping[LocalKey, str],
    symmetric: Collection[str],
    base: str,
    rejected: Iterable[Rejected],
) -> Iterator[tuple[Claim, str | None, Ends]]:
    """Yield claims with the IRIs of the facts that they state, and with what these tie."""
    refused = _refused(rejected, entities)
    for claim in claims:
        target = claim.object if isinstance(claim.object, Literal) else entities[claim.object]
        ends: Ends = (entities[claim.subject], target)
        qualifiers = _said(claim)
        turned = claim.predicate in symmetric
        stated = (claim.predicate, qualifiers, Status(claim.status))
        if ends[0] == target or (refused and _is_refused(ends, stated, turned, refused)):
            yield claim, None, ends
            continue
        iri = statement_iri(base, ends, claim.predicate, qualifiers, claim.status, turned, claim.valid)
        yield claim, iri, ends


def _said(claim: Claim) -> Qualifiers:
    """Return the qualifiers that tell facts apart."""
    return tuple(pair for pair in claim.qualifiers if pair[0] != SPEAKER)


def _refused(rejected: Iterable[Rejected], entities: Mapping[LocalKey, str]) -> frozenset[_Refusal]:
    """Return the rejected facts, their ends as the entities that these have become."""
    found = set()
    for one in rejected:
        target = one.object if isinstance(one.object, str) else entities.get(one.object)
        if target is not None and one.subject in entities:
            pairs = tuple(sorted(pair for pair in one.qualifiers if pair[0] != SPEAKER))
            found.add((entities[one.subject], target, (one.predicate, pairs, Status(one.status))))
    return frozenset(found)


def _is_refused(ends: Ends, stated: _Meant, symmetric: bool, refused: Collection[_Refusal]) -> bool:
    subject, target = ends[0], ends[1].text if isinstance(ends[1], Literal) else ends[1]
    return (subject, target, stated) in refused or (symmetric and (target, subject, stated) in refused)


def _fact(
    iri: str,
    group: Sequence[tuple[Ends, Claim]],
    articles: Mapping[str, Article],
    reprints: Mapping[str, str],
) -> Fact:
    claims = [claim for _, claim in group]
    subject, target = _direction(group)
    evidence = tuple(sorted({claim.evidence for claim in claims}))
    return Fact(
        iri=iri,
        subject=subject,
        predicate=claims[0].predicate,
        object=target,
        qualifiers=_qualifiers(claims),
        status=Status(claims[0].status),
        evidence=evidence,
        confidence=combine(evidence, reprints),
        reported=_reported(evidence, articles),
        valid=min((c.valid for c in claims if c.valid is not None), key=lambda w: w.evidence, default=None),
    )


def _direction(group: Sequence[tuple[Ends, Claim]]) -> Ends:
    """Return subject and object as most claims state them; of equals as the first evidence does."""
    counts = Counter(ends for ends, _ in group)
    first: dict[Ends, Evidence] = {}
    for ends, claim in group:
        first[ends] = min(first.get(ends, claim.evidence), claim.evidence)
    return min(counts, key=lambda ends: (-counts[ends], first[ends], str(ends)))


def _qualifiers(claims: Sequence[Claim]) -> Qualifiers:
    """Return the common qualifiers, and who says it unless one of the pages says it by itself."""
    common = tuple(pair for pair in claims[0].qualifiers if pair[0] != SPEAKER)
    speakers = {dict(claim.qualifiers).get(SPEAKER, "") for claim in claims}
    if "" in speakers:
        return common
    return tuple(sorted((*common, (SPEAKER, "、".join(sorted(speakers))))))


def combine(evidence: Iterable[Evidence], reprints: Mapping[str, str] = MappingProxyType({})) -> float:
    """Return how sure a fact is: articles that err apart all err with the product of their doubts.

    Of several stretches of one article the surest counts, and so it does of several prints of one story.
    """
    best: dict[str, float] = {}
    for one in evidence:
        story = reprints.get(one.article, one.article)
        best[story] = max(best.get(story, 0.0), one.confidence)
    return round(1.0 - prod(sorted(1.0 - confidence for confidence in best.values())), 2)


def _reported(evidence: Iterable[Evidence], articles: Mapping[str, Article]) -> When | None:
    known = [articles[id_].date for id_ in {one.article for one in evidence} if id_ in articles]
    dates = [date for date in known if date is not None and not date.period.vague]
    if not dates:
        return None
    return When(min(date.start for date in dates), max(date.end for date in dates), "")
