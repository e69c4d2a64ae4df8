"""Which entities a page opens with: what matters, and what it is linked to."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping


def choose(rank: Mapping[str, float], links: Iterable[tuple[str, str]], limit: int) -> tuple[list[str], int]:
    """Order entities by what a page shows first, and say how many it opens with.

    First whole components, the largest first, while they fit into `limit`; of one that does not fit, the
    part that grows from its most important entity over the most important neighbours. These are what
    the page opens with, by importance. Then what else has links, by importance; last what has none. Without
    any
    link the most important entities open the page.

    >>> rank = {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1}
    >>> choose(rank, [("b", "c"), ("c", "d")], 2)
    (['b', 'c', 'd', 'a'], 2)
    """
    near: dict[str, set[str]] = {}
    for a, b in links:
        if a != b:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    chosen: set[str] = set()
    for part in sorted(_parts(near), key=lambda part: (-len(part), _first(part, rank))):
        if len(chosen) >= limit:
            break
        chosen |= part if len(part) <= limit - len(chosen) else _core(part, near, rank, limit - len(chosen))
    ordered = sorted(rank, key=lambda n: (n not in chosen, n not in near, -rank[n], n))
    return ordered, len(chosen) or min(limit, len(ordered))


def _first(part: Iterable[str], rank: Mapping[str, float]) -> tuple[float, str]:
    return min((-rank[n], n) for n in part)


def _parts(near: Mapping[str, set[str]]) -> list[set[str]]:
    left, parts = dict.fromkeys(near), []
    while left:
        todo = [left.popitem()[0]]
        part = set(todo)
        while todo:
            fresh = near[todo.pop()] - part
            part |= fresh
            todo.extend(fresh)
        for node in part:
            left.pop(node, None)
        parts.append(part)
    return parts


def _core(part: set[str], near: Mapping[str, set[str]], rank: Mapping[str, float], size: int) -> set[str]:
    heap = [_first(part, rank)]
    seen, core = {heap[0][1]}, set[str]()
    while heap and len(core) < size:
        node = heapq.heappop(heap)[1]
        core.add(node)
        for other in near[node] - seen:
            seen.add(other)
            heapq.heappush(heap, (-rank[other], other))
    return core if len(core) > 1 else set()
