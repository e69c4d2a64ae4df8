"""Which page-local names mean one thing: by name, and by an alias that only one thing bears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.hanzi.fold import fold
from kg.model import LocalKey

Name = tuple[str, str]
"""A class and a folded canonical name: all page-local entities that share it are one cluster."""


def name_of(key: LocalKey) -> Name:
    """Return what a page-local entity is merged by.

    >>> name_of(LocalKey("p", "Organization", "平湖（ＡＢ）公司"))
    ('Organization', '平湖(ab)公司')
    """
    return key.kind, fold(key.name)


def cluster(
    aliases: Mapping[LocalKey, Iterable[str]], openers: Iterable[str]
) -> tuple[tuple[LocalKey, ...], ...]:
    """Part the page-local entities into clusters; every cluster and the whole are sorted.

    Keys of one class and one folded name are together. A name joins the only cluster of its class
    that has it as an alias; when several have it, it is ambiguous and stays apart. Joining can only
    make an alias less ambiguous, so whatever is joined first, the outcome is the same.

    Args:
        aliases: every page-local entity with its other names.
        openers: words that make a name mean another thing on every page when it starts with one
            (市委, 该公司, 我市): such an alias joins nothing over pages.
    """
    deictic = folded(openers)
    forest = _Forest(sorted({name_of(key) for key in aliases}))
    bearers: dict[Name, set[Name]] = defaultdict(set)
    for key, others in aliases.items():
        for other in map(fold, others):
            name = (key.kind, other)
            if name in forest and name != name_of(key) and not other.startswith(deictic):
                bearers[name].add(name_of(key))
    changed = True
    while changed:
        changed = False
        for name in sorted(bearers):
            roots = {forest.root(bearer) for bearer in bearers[name]}
            if len(roots) == 1:
                changed |= forest.join(name, roots.pop())
    groups: dict[Name, list[LocalKey]] = defaultdict(list)
    for key in sorted(aliases):
        groups[forest.root(name_of(key))].append(key)
    return tuple(sorted(map(tuple, groups.values())))


def folded(openers: Iterable[str]) -> tuple[str, ...]:
    """Return the openers as names are compared, for `str.startswith`; without any, nothing starts so."""
    return tuple(sorted(fold(word) for word in openers))


class _Forest:
    """Union-find whose root is always the smallest of its tree."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._parent = {name: name for name in names}

    def __contains__(self, name: Name) -> bool:
        return name in self._parent

    def root(self, name: Name) -> Name:
        parent = self._parent
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    def join(self, a: Name, b: Name) -> bool:
        """Make both one tree and say whether they were two."""
        low, high = sorted((self.root(a), self.root(b)))
        self._parent[high] = low
        return low != high
