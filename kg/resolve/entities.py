"""Entities of the graph: class, label, aliases, IRI and articles of a cluster of page-local entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import NONE, Decisions, Doubt, Entity, LocalKey
from kg.resolve.clusters import cluster
from kg.resolve.iris import entity_iri
from kg.resolve.profiles import Marks, Profile
from kg.resolve.tables import Tables
from kg.resolve.views import unmarked


def merge_entities(
    profiles: Iterable[Profile],
    base: str,
    known: Tables,
    decisions: Decisions = NONE,
    reprints: Mapping[str, str] | None = None,
    marks: Marks = unmarked,
) -> tuple[tuple[Entity, ...], tuple[Doubt, ...]]:
    """Return the entities that a set of profiles becomes, sorted by IRI, and which of them may be one.

    What a profile becomes depends on those alone that `kg.resolve.blocks` leads to from it, and on the
    decisions that name one of these, so that a part of all profiles which is closed under both gives
    the same entities as all do. Aliases that mean another thing on every page (市委, 全市) are not theirs.

    Args:
        profiles: of all pages, in any order.
        base: what every IRI starts with.
        reprints: for every article that is printed more than once, what stands for all its prints.
        marks: what stands in articles, where profiles do not say it.
    """
    every = {profile.key: profile for profile in profiles}
    forest, doubts = cluster(every.values(), known, decisions, reprints, marks)
    called = {one.key: (one.line, one.name) for one in decisions.named}
    typed = {one.key: (one.line, one.kind) for one in decisions.typed}
    entities = []
    for members in forest.clusters():
        label = _said(members, called) or _label(every[key] for key in members)
        names = {name for key in members for name in (key.name, *every[key].aliases)}
        iris = sorted({entity_iri(base, key) for key in members})
        entities.append(
            Entity(
                iri=iris[0],
                kind=_said(members, typed) or _most(key.kind for key in members),
                label=label,
                aliases=tuple(sorted(names - {label})),
                members=members,
                redirects=tuple(iris[1:]),
                articles=tuple(sorted({article for key in members for article in every[key].articles})),
            )
        )
    entities.sort(key=lambda entity: entity.iri)
    iris_of = {key: entity.iri for entity in entities for key in entity.members}
    return tuple(entities), doubts.settle(forest, iris_of)


def _said(members: Iterable[LocalKey], decided: Mapping[LocalKey, tuple[int, str]]) -> str:
    """Return what the last line says that is about one of the members; nothing when none is."""
    return max((decided[key] for key in members if key in decided), default=(0, ""))[1]


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _label(members: Iterable[Profile]) -> str:
    """Return the name on most pages; of equals the longest, of these the first by code points."""
    counts: Counter[str] = Counter()
    for one in members:
        counts.update({one.key.name, *one.printed})
    return min(counts, key=lambda name: (-counts[name], -len(name), name))
