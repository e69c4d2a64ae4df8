"""Facts that contradict each other: several values where one is expected, two holders of one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from kg.config import Resolving
from kg.model import Fact, Graph, Literal, Period, Status
from kg.ontology import Ontology

APART = Resolving().figures
"""Figures that differ by a smaller share are one, told more or less exactly."""
_OFTEN = frozenset({"speaker"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one subject and predicate, or of one post, of which at most one holds.

    Attributes:
        about: the IRI of the subject, or of the body whose post it is.
        predicate: the local name.
        title: the post, or nothing.
        facts: the facts, the surest first.
    """

    about: str
    predicate: str
    title: str
    facts: tuple[Fact, ...]


def find_conflicts(
    graph: Graph, ontology: Ontology, single: Collection[str], apart: float = APART
) -> tuple[Conflict, ...]:
    """Return the contradictions among asserted facts, those of most articles first.

    Only predicates count that the ontology marks: one-valued ones, and those with one holder at a time.

    Args:
        single: titles of posts that one person holds at a time.
        apart: the share by which figures must differ.
    """
    values: dict[tuple[str, str, tuple[tuple[str, str], ...]], list[Fact]] = defaultdict(list)
    holders: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        if fact.status is not Status.ASSERTED:
            continue
        predicate = ontology.predicate(fact.predicate)
        said = tuple(pair for pair in fact.qualifiers if pair[0] not in _OFTEN)
        if predicate.one_valued:
            values[fact.subject, fact.predicate, said].append(fact)
        title = dict(said).get("title", "")
        if predicate.one_holder and isinstance(fact.object, str) and title in single:
            holders[fact.object, fact.predicate, title].append(fact)
    found = []
    for (about, name, _), facts in values.items():
        if opposed := _opposed(facts, partial(_differ, apart)):
            found.append(Conflict(about, name, "", opposed))
    for (about, name, title), facts in holders.items():
        if opposed := _opposed(facts, _rival):
            found.append(Conflict(about, name, title, opposed))
    return tuple(sorted(found, key=lambda c: (-_weight(c), c.about, c.predicate, c.title)))


def _weight(conflict: Conflict) -> int:
    return len({one.article for fact in conflict.facts for one in fact.evidence})


def _opposed(facts: Sequence[Fact], contradict: Callable[[Fact, Fact], bool]) -> tuple[Fact, ...]:
    """Return those of some facts that another one of them contradicts."""
    found = {fact.iri: fact for a, b in combinations(facts, 2) if contradict(a, b) for fact in (a, b)}
    return tuple(sorted(found.values(), key=lambda fact: (-fact.confidence, fact.iri)))


def _differ(apart: float, a: Fact, b: Fact) -> bool:
    x, y = a.object, b.object
    if not isinstance(x, Literal) or not isinstance(y, Literal):
        return x != y
    if x.kind == "date":
        return x.when is not None and y.when is not None and not _meet(x.when, y.when)
    if x.value is None or y.value is None or x.unit != y.unit:
        return False  # not to be compared
    return abs(x.value - y.value) > apart * max(abs(x.value), abs(y.value))


def _rival(a: Fact, b: Fact) -> bool:
    """Say whether two people hold a post at one time: as stated, else as reported; undated, they may."""
    if a.subject == b.subject:
        return False
    one, other = a.valid or a.reported, b.valid or b.reported
    return one is None or other is None or _meet(one.period, other.period)


def _meet(a: Period, b: Period) -> bool:
    return a.start <= b.end and b.start <= a.end
