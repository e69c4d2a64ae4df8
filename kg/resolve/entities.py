"""Entities of the graph: class, label, aliases, IRI and articles of a cluster of page-local entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import attrgetter

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
    forest, doubts, every = cluster(profiles, known, decisions, reprints, marks)
    called = {one.key: (one.line, one.name) for one in decisions.named}
    typed = {one.key: (one.line, one.kind) for one in decisions.typed}
    entities = []
    iris_of: dict[LocalKey, str] = {}
    for keys in forest.clusters():
        profiles = [profile for key in keys for profile in every[key].said]
        members = _sorted(profiles, one_view=len(keys) == 1)
        label = _said(members, called) or _label(profiles)
        names = {name for key in keys for name in (key.name, *every[key].profile.aliases)}
        iris = sorted({entity_iri(base, key) for key in members})
        entities.append(
            Entity(
                iri=iris[0],
                kind=_said(members, typed) or _most(key.kind for key in members),
                label=label,
                aliases=tuple(sorted(names - {label})),
                members=members,
                redirects=tuple(iris[1:]),
                articles=tuple(sorted({article for one in profiles for article in one.articles})),
            )
        )
        iris_of.update(dict.fromkeys(keys, iris[0]))
    entities.sort(key=lambda entity: entity.iri)
    return tuple(entities), doubts.settle(forest, iris_of)


def _said(members: Iterable[LocalKey], decided: Mapping[LocalKey, tuple[int, str]]) -> str:
    """Return what the last line says that is about one of the members; nothing when none is."""
    if not decided:
        return ""
    return max((decided[key] for key in members if key in decided), default=(0, ""))[1]


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _sorted(profiles: Iterable[Profile], *, one_view: bool) -> tuple[LocalKey, ...]:
    """Return the keys of a cluster in their order, which those of one view stand in already."""
    keys = [one.key for one in profiles]
    return tuple(keys if one_view else sorted(keys, key=attrgetter("page", "kind", "name")))


def _label(members: Iterable[Profile]) -> str:
    """Return the name on most pages; of equals the longest, of these the first by code points."""
    counts: Counter[str] = Counter()
    for (name, printed), pages in Counter((one.key.name, one.printed) for one in members).items():
        for each in {name, *printed}:
            counts[each] += pages
    return min(counts, key=lambda name: (-counts[name], -len(name), name))
