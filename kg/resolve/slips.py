"""Names that differ in one character: a slip of the scan where it looks alike or the context agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.resolve.groups import Group
from kg.resolve.names import Name
from kg.resolve.tables import Tables
from kg.resolve.views import shapes

LONG = 8
"""A name of so many characters is long, a sign of a slip. Looking alike counts two, every shared name
of the context up to two, a name that is printed three times as often as the other one."""
CROWD = 20


def slips(groups: Iterable[Group], known: Tables) -> Iterator[tuple[Group, Group, float, tuple[str, ...]]]:
    """Yield pairs of names with a character between them, what speaks for a slip (0 is enough) and why."""
    bearers: dict[tuple[str, str, str, str], list[tuple[Group, Name]]] = defaultdict(list)
    for group in groups:
        for name in group.heads:
            for shape in shapes(name):
                bearers[name.kind, name.area, name.town, shape].append((group, name))
    seen = set()
    for key in sorted(bearers):
        if not 1 < len(bearers[key]) <= CROWD:
            continue
        at = key[3].index("\x00")
        for (a, x), (b, y) in combinations(bearers[key], 2):
            pair = (a.root, b.root)
            if a.root == b.root or x.rest == y.rest or pair in seen:
                continue
            seen.add(pair)
            one, other = x.rest[at], y.rest[at]
            if {one, other} <= known.telling or x.numbers != y.numbers:
                continue
            yield a, b, *_weigh(a, b, len(x.text), other in known.lookalikes.get(one, ()), known.needed.slips)


def _weigh(a: Group, b: Group, length: int, similar: bool, needed: float) -> tuple[float, tuple[str, ...]]:
    shared = min(2, len(a.tokens & b.tokens))
    few, many = sorted((len(a.pages), len(b.pages)))
    signs = {
        "字形相近": 2 * similar,
        "同现名称": shared,
        "罕见写法": int(many >= 3 * few),
        "名称较长": int(length >= LONG),
    }
    return sum(signs.values()) - needed, (
        "一字之差",
        *(word for word, count in signs.items() if count),
    )
