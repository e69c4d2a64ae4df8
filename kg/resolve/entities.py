"""Entities of the graph: label, aliases, IRI and articles of a cluster of page-local entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.hanzi.fold import fold
from kg.model import Entity, Findings, LocalEntity, LocalKey
from kg.resolve.clusters import cluster, folded
from kg.resolve.iris import entity_iri


def merge_entities(
    pages: Sequence[Findings], base: str, openers: Iterable[str]
) -> tuple[tuple[Entity, ...], Mapping[LocalKey, str]]:
    """Return the entities over all pages, sorted by IRI, and the entity that each local key became.

    An entity that only a claim names is taken as its page's own, without aliases. Aliases that mean another
    thing on every page (市委, 全市) stay with the page-local entity and its mentions.
    """
    aliases: dict[LocalKey, set[str]] = defaultdict(set)
    articles: dict[LocalKey, set[str]] = defaultdict(set)
    for findings in pages:
        for local in findings.entities:
            aliases[local.key] |= _names(local)
            articles[local.key] |= {mention.article for mention in local.mentions}
        for claim in findings.claims:
            for end in (claim.subject, claim.object):
                if isinstance(end, LocalKey):
                    aliases.setdefault(end, set())
                    articles[end].add(claim.evidence.article)
    clusters = cluster(aliases, openers)
    deictic = folded(openers)
    lasting = {
        key: {name for name in names if not fold(name).startswith(deictic)} for key, names in aliases.items()
    }
    entities = sorted(
        (_entity(members, lasting, articles, base) for members in clusters),
        key=lambda entity: entity.iri,
    )
    return tuple(entities), {key: entity.iri for entity in entities for key in entity.members}


def _names(local: LocalEntity) -> set[str]:
    return {name for name in local.aliases if name.strip()}


def _entity(
    members: tuple[LocalKey, ...],
    aliases: Mapping[LocalKey, set[str]],
    articles: Mapping[LocalKey, set[str]],
    base: str,
) -> Entity:
    iris = sorted({entity_iri(base, key) for key in members})
    label = _label(key.name for key in members)
    names = {name for key in members for name in (key.name, *aliases[key])}
    return Entity(
        iri=iris[0],
        kind=members[0].kind,
        label=label,
        aliases=tuple(sorted(names - {label})),
        members=members,
        redirects=tuple(iris[1:]),
        articles=tuple(sorted({article for key in members for article in articles[key]})),
    )


def _label(names: Iterable[str]) -> str:
    """Return the name that most pages use; of equals the longest, of these the first by code points.

    >>> _label(["海宁经开", "海宁经济开发区"])
    '海宁经济开发区'
    """
    counts = Counter(names)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))
