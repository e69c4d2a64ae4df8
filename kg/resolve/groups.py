"""Clusters as they are compared with one another: what their members say, together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from kg.model import LocalKey
from kg.resolve.forest import Forest
from kg.resolve.names import Name
from kg.resolve.views import View

T = TypeVar("T")
Views = Mapping[LocalKey, View]


@dataclass(frozen=True)
class Group:
    """The members of one cluster, taken together.

    Attributes:
        root: its smallest member, by which the forest knows it.
        heads: the canonical names of its members.
        names: all names of its members.
        heads_at: its canonical names, each with an area that it holds or whose paper prints it.
        names_at: all its names, likewise.
        homes: the areas whose papers print it, so far as known.
        members: the views of its members.
    """

    root: LocalKey
    heads: frozenset[Name]
    names: frozenset[Name]
    heads_at: frozenset[tuple[Name, str]]
    names_at: frozenset[tuple[Name, str]]
    homes: frozenset[str]
    bodies: frozenset[str]
    areas: frozenset[str]
    held: frozenset[Name]
    members: tuple[View, ...]

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What stands around it, and the bodies of its posts."""
        return _union(one.tokens for one in self.members)

    @cached_property
    def pages(self) -> frozenset[str]:
        """The ids of the pages that print it."""
        return _union(one.pages for one in self.members)

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of which its articles are, so far as known."""
        said = [profile for one in self.members for profile in one.said]
        firsts = [one.first for one in said if one.first is not None]
        lasts = [one.last for one in said if one.last is not None]
        return (min(firsts), max(lasts)) if firsts and lasts else None


class Groups:
    """The clusters of a forest as groups; one that did not grow is not put together again.

    Args:
        every: the views of all keys that a cluster may hold.
        views: those that are looked at.

    Attributes:
        torn: roots of clusters that could be any of several others.
    """

    def __init__(self, every: Views, views: Views, forest: Forest) -> None:
        self._every = every
        self.views = views
        self.torn: set[LocalKey] = set()
        self.forest = forest
        self._known: dict[LocalKey, tuple[int, Group]] = {}
        self._all: tuple[int, list[Group]] = -1, []

    def of(self, keys: Iterable[LocalKey]) -> list[Group]:
        """Return the groups of some keys, each once, sorted by root."""
        return [self.group(root) for root in sorted({self.forest.root(key) for key in keys})]

    def all(self) -> list[Group]:
        """Return all groups, sorted by root."""
        if self._all[0] != self.forest.grown:
            self._all = self.forest.grown, self.of(self.views)
        return self._all[1]

    def group(self, key: LocalKey) -> Group:
        """Return the group of a key."""
        root = self.forest.root(key)
        size = len(self.forest.members(root))
        known = self._known.get(root)
        if known is None or known[0] != size:
            known = self._known[root] = size, group_of(root, self.forest, self._every)
        return known[1]


def group_of(root: LocalKey, forest: Forest, views: Views) -> Group:
    """Return the cluster of a key as a group."""
    members = [views[key] for key in forest.members(root)]
    bodies = _union(one.bodies for one in members)
    return Group(
        root=forest.root(root),
        heads=frozenset(one.names[0] for one in members),
        names=_union(one.names for one in members),
        heads_at=_union(_at(one, one.names[:1]) for one in members),
        names_at=_union(_at(one, one.names) for one in members),
        homes=frozenset(one.profile.home for one in members if one.profile.home),
        bodies=bodies,
        areas=_union(one.areas for one in members),
        held=_union(one.held for one in members),
        members=tuple(members),
    )


def _at(view: View, names: Iterable[Name]) -> Iterator[tuple[Name, str]]:
    for name in names:
        for area in {name.area, view.profile.home} - {""}:
            yield name, area


def _union(parts: Iterable[Iterable[T]]) -> frozenset[T]:
    found: set[T] = set()
    for part in parts:
        found.update(part)
    return frozenset(found)
