"""Which people of one name are one: a post, a body, a place or the company they are named in must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from kg.model import LocalKey
from kg.resolve.doubts import Doubtful
from kg.resolve.forest import Forest
from kg.resolve.groups import Group, Groups
from kg.resolve.names import UNKNOWN
from kg.resolve.shorten import alike
from kg.resolve.tables import Tables
from kg.resolve.views import near

RARE = 3
"""A name of so many characters is seldom borne by two people of one city."""
BODY, SHARED, ELSEWHERE, OTHERWISE, SELDOM = 4.0, 1.5, -4.0, -2.0, 1.0
"""What speaks for one person, of which `Resolving.people` is enough: a body under another form of its name, a
name in the same articles (up to `MOST`), posts in another area, posts in other bodies, a rare name."""
MOST = 4
CROWD = 40
"""What so many people of one name have in common tells nothing."""


def join_persons(groups: Groups, known: Tables, doubts: Doubtful) -> None:
    """Join the people of one name that are one, name by name, and note those that may be."""
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    for key, view in groups.views.items():
        for text in {name.text for name in view.names}:
            by_name[text].append(key)
    for text in sorted(by_name):
        keys = by_name[text]
        if len(keys) > 1:
            _same_body(text, keys, groups)
            _posted(text, keys, groups, known, doubts)
            _bare(text, keys, groups, doubts)


def _same_body(text: str, keys: Iterable[LocalKey], groups: Groups) -> None:
    bearers: dict[str, list[LocalKey]] = defaultdict(list)
    for key in keys:
        for body in groups.views[key].bodies:
            if f"|{UNKNOWN}|" not in body or len(text) >= RARE:
                bearers[body].append(key)
    for body in sorted(bearers):
        groups.forest.gather(bearers[body])


def _posted(text: str, keys: list[LocalKey], groups: Groups, known: Tables, doubts: Doubtful) -> None:
    sums = {}
    for a, b in _pairs(g for g in groups.of(keys) if g.bodies):
        sums[a.root, b.root] = _weigh(text, a, b, known)
    for pair, (weight, reasons) in sorted(sums.items(), key=lambda item: (-item[1][0], item[0])):
        if weight >= known.needed.people:
            groups.forest.join(*pair)
        doubts.note(*pair, weight - known.needed.people, reasons)


def _weigh(text: str, a: Group, b: Group, known: Tables) -> tuple[float, tuple[str, ...]]:
    reasons = ["同名"]
    weight = SELDOM if len(text) >= RARE else 0.0
    shared = min(MOST, len(a.tokens & b.tokens))
    if shared:
        weight += SHARED * shared
        reasons.append(f"同现名称 {shared}")
    if any(alike(x, y, known) for x in a.held for y in b.held):
        return weight + BODY, (*reasons, "单位相近")
    weight += OTHERWISE
    reasons.append("单位不同")
    if not near(a.areas or a.homes, b.areas or b.homes):
        weight += ELSEWHERE
        reasons.append("地区不同")
    return weight, tuple(reasons)


def _bare(text: str, keys: list[LocalKey], groups: Groups, doubts: Doubtful) -> None:
    """Attach those without a post to the only one of the name in their city, or as their company says."""
    forest = groups.forest
    found = groups.of(keys)
    posted = [g for g in found if g.bodies]
    left: dict[str, list[Group]] = defaultdict(list)
    joins = []
    for group in found:
        if group.bodies:
            continue
        home = min(group.homes, default="")
        ranked = sorted(
            ((_company(group, one), one) for one in posted if _meets(group, one)),
            key=lambda item: (-item[0], item[1].root),
        )
        needed = 0 if len(text) >= RARE and _at(ranked, home) == 1 else 1
        best = ranked[0] if ranked else None
        clear = best is not None and (len(ranked) == 1 or best[0] > ranked[1][0])
        if best is not None and clear and best[0] >= needed + (0 if _of(best[1], home) else 1):
            joins.append((group.root, best[1].root))
            continue
        left[home].append(group)
        for shared, one in ranked[:CROWD]:
            doubts.note(group.root, one.root, shared - 1.0, ("同名", "一方无职务", f"同现名称 {shared}"))
    for a, b in joins:
        forest.join(a, b)
    _by_company(left, forest)
    for home in sorted(left):
        if len(text) >= RARE and not any(_of(one, home) for one in posted):
            forest.gather(g.root for g in left[home])


def _by_company(left: Mapping[str, Iterable[Group]], forest: Forest) -> None:
    """Join those whom one city's articles, or articles of no known city, name in the same company."""
    bearers: dict[str, dict[str, list[LocalKey]]] = defaultdict(lambda: defaultdict(list))
    for home in sorted(left):
        for group in left[home]:
            for token in group.tokens:
                bearers[token][home].append(group.root)
    for token in sorted(bearers):
        cities = bearers[token]
        known = len(cities.keys() - {""})
        for keys in cities.values() if known > 1 else (list(chain.from_iterable(cities.values())),):
            if 1 < len(keys) <= CROWD:
                forest.gather(keys)


def _company(bare: Group, posted: Group) -> int:
    return len(bare.tokens & posted.tokens)


def _of(one: Group, home: str) -> bool:
    """Say whether somebody is printed in a city's paper or holds a post there; unknown cities are one."""
    return home in one.homes or home in one.areas or (not home and not one.homes)


def _at(ranked: Iterable[tuple[int, Group]], home: str) -> int:
    return sum(_of(one, home) for _, one in ranked)


def _meets(bare: Group, posted: Group) -> bool:
    return _of(posted, min(bare.homes, default="")) or bool(bare.tokens & posted.tokens)


def _pairs(groups: Iterable[Group]) -> Iterator[tuple[Group, Group]]:
    """Yield the pairs that share a city, an area or a name in their articles, each once."""
    bearers: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for token in {*group.tokens, *group.homes, *group.areas, *([] if group.homes else [UNKNOWN])}:
            bearers[token].append(group)
    seen = set()
    for token in sorted(bearers):
        if len(bearers[token]) <= CROWD:
            for a, b in combinations(bearers[token], 2):
                if (a.root, b.root) not in seen:
                    seen.add((a.root, b.root))
                    yield a, b
