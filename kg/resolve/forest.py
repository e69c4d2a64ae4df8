"""Clusters that grow by joining and keep apart what may not be joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from kg.model import LocalKey

Pair = tuple[LocalKey, LocalKey]


class Forest:
    """Union-find over page-local keys whose root is the smallest member, with pairs that stay apart.

    Args:
        keys: all there are.
        apart: pairs that no joining may bring together; those of unknown keys say nothing.

    Attributes:
        grown: how often clusters have become others than they were.
    """

    def __init__(self, keys: Iterable[LocalKey], apart: Iterable[Pair] = ()) -> None:
        self.grown = 0
        self._parent = {key: key for key in keys}
        self._members: dict[LocalKey, list[LocalKey]] = {}
        self._apart: dict[LocalKey, set[LocalKey]] = defaultdict(set)
        for a, b in apart:
            if a in self._parent and b in self._parent:
                self._apart[a].add(b)
                self._apart[b].add(a)

    def __contains__(self, key: LocalKey) -> bool:
        return key in self._parent

    def root(self, key: LocalKey) -> LocalKey:
        """Return the smallest member of a key's cluster."""
        parent = self._parent
        above = parent[key]
        while (top := parent[above]) is not above:  # a root is its own parent
            parent[key] = top
            key, above = above, top
        return above

    def members(self, key: LocalKey) -> list[LocalKey]:
        """Return a key's cluster, in no promised order."""
        root = self.root(key)
        return self._members.get(root, [root])

    def forbidden(self, a: LocalKey, b: LocalKey) -> bool:
        """Say whether two clusters hold a pair that stays apart."""
        return self.root(b) in self._apart.get(self.root(a), ())

    def join(self, a: LocalKey, b: LocalKey) -> bool:
        """Make two clusters one, unless they are to stay apart, and say whether they are one now."""
        low, high = sorted((self.root(a), self.root(b)))
        if low == high:
            return True
        if high in self._apart.get(low, ()):
            return False
        self.grown += 1
        few, many = sorted((self.members(low), self.members(high)), key=len)
        many.extend(few)
        self._members.pop(high, None)
        self._members[low] = many
        self._parent[high] = low
        for other in self._apart.pop(high, ()):
            self._apart[other].discard(high)
            self._apart[other].add(low)
            self._apart[low].add(other)
        return True

    def gather(self, keys: Iterable[LocalKey]) -> None:
        """Join all of some keys; where pairs stay apart, each goes to the first group that takes it."""
        groups: list[LocalKey] = []
        for key in sorted(keys):
            if not any(self.join(group, key) for group in groups):
                groups.append(key)

    def clusters(self) -> tuple[tuple[LocalKey, ...], ...]:
        """Return all clusters; each and the whole are sorted."""
        found: dict[LocalKey, list[LocalKey]] = defaultdict(list)
        for key in sorted(self._parent, key=attrgetter("page", "kind", "name")):
            found[self.root(key)].append(key)
        return tuple(map(tuple, found.values()))  # whose roots are their first ones, and so sorted
