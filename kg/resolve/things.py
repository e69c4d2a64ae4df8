"""Which organizations, places, projects, events and awards are one, by whatever name they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

from kg.model import LocalKey
from kg.resolve.called import Expanded, Named, bare_group, shortenings
from kg.resolve.doubts import Doubtful
from kg.resolve.groups import Group, Groups
from kg.resolve.names import UNKNOWN, Name, nested
from kg.resolve.shorten import in_order
from kg.resolve.slips import slips
from kg.resolve.tables import Tables


def join_things(groups: Groups, known: Tables, doubts: Doubtful) -> None:
    """Join what bears one name, then what an alias, a place or a short form of a name makes one."""
    apart = timedelta(days=known.needed.event_days)
    _same_name(groups, known, apart)
    for step in (_by_alias, _by_place, partial(_by_short_form, {})):
        torn: set[LocalKey] = set()
        while step(groups, known, doubts, torn):
            torn.clear()
        groups.torn |= torn
    for a, b, weight, reasons in slips(groups.all(), known):
        if weight >= 0 and not _says_no(a, b, apart):
            groups.forest.join(a.root, b.root)
        doubts.note(a.root, b.root, weight, reasons)


def _same_name(groups: Groups, known: Tables, apart: timedelta) -> None:
    views, forest = groups.views, groups.forest
    bearers: dict[str, list[LocalKey]] = defaultdict(list)
    for key, view in views.items():
        if view.names[0].text in known.passing:
            continue
        bearers[view.names[0].identity].append(key)
        if view.names[0].entered:
            bearers[f"entered|{view.names[0].text}"].append(key)
    for identity in sorted(bearers):
        keys = bearers[identity]
        if views[keys[0]].names[0].kind == "Event":
            for some in _by_time(keys, groups, apart):
                forest.gather(some)
        else:
            forest.gather(keys)


def _by_time(keys: Iterable[LocalKey], groups: Groups, apart: timedelta) -> Iterator[list[LocalKey]]:
    """Part events of one name by when they are reported; undated ones go with the only ones there are."""
    undated: list[LocalKey] = []
    dated: list[tuple[date, date, LocalKey]] = []
    for key in keys:
        name, one = groups.views[key].names[0], groups.views[key].profile
        if one.first is None or one.last is None or name.numbers:
            undated.append(key)
        else:
            dated.append((one.first, one.last, key))
    runs: list[list[LocalKey]] = []
    until = date.min
    for first, last, key in sorted(dated):
        if not runs or first - until > apart:
            runs.append([])
        runs[-1].append(key)
        until = max(last, until)
    if len(runs) == 1:
        runs[0] += undated
    elif undated:
        runs.append(undated)
    yield from runs


def _by_alias(groups: Groups, known: Tables, doubts: Doubtful, torn: set[LocalKey]) -> bool:
    """Join a name to the only thing that has it as an alias."""
    bearers: dict[str, set[LocalKey]] = defaultdict(set)
    for group in groups.all():
        own = {name.identity for name in group.heads}
        for name in group.names:
            if name.identity not in own:
                bearers[name.identity].add(group.root)
    targets = {
        group.root: set().union(*(bearers.get(name.identity, set()) for name in group.heads)) - {group.root}
        for group in groups.all()
    }
    return _join_only(targets, groups, known, doubts, torn, "另一名称")


def _by_place(groups: Groups, known: Tables, doubts: Doubtful, torn: set[LocalKey]) -> bool:
    """Join a name to the only thing of that name that says more of where it is."""
    by_text: dict[tuple[str, str], set[LocalKey]] = defaultdict(set)
    by_rest: dict[tuple[str, str], set[LocalKey]] = defaultdict(set)
    areas: dict[str, set[LocalKey]] = defaultdict(set)
    zones: dict[tuple[str, str], set[LocalKey]] = defaultdict(set)
    towns: dict[tuple[str, str], set[LocalKey]] = defaultdict(set)
    for group in groups.all():
        for name in group.heads:
            if name.town:
                towns[name.area, name.rest].add(group.root)
            if name.kind == "Place" and not name.rest:
                areas[name.text].add(group.root)
            elif name.zone:
                zones[name.area, name.zone].add(group.root)
        for name in group.names:
            if name.area != UNKNOWN:
                by_text[name.kind, name.text].add(group.root)
        for name in group.heads:
            if name.rest and name.area != UNKNOWN:
                by_rest[name.kind, name.rest].add(group.root)
    heads = {group.root: group for group in groups.all()}
    targets: dict[LocalKey, set[LocalKey]] = {}
    for group in groups.all():
        found: set[LocalKey] = set()
        for name in group.heads:
            if name.area == UNKNOWN:
                found |= by_text[name.kind, name.text] or by_rest[name.kind, name.rest]
            elif name.rest and not name.printed:
                others = by_rest[name.kind, name.rest]
                if not name.town:
                    found |= others & towns.get((name.area, name.rest), set())
                if not name.area:
                    found |= {root for root in others if _at_home(name, group, heads[root])}
                if name.ranks:
                    found |= areas.get(name.text, set())
            if name.zone and name.zone == name.rest:
                others = zones[name.area, name.zone]
                found |= {root for root in others if not heads[root].pages & group.pages}
        targets[group.root] = found - {group.root}
    return _join_only(targets, groups, known, doubts, torn, "同名")


def _at_home(name: Name, group: Group, other: Group) -> bool:
    """Say whether another thing of a name has the area that a firm leaves off at home."""
    said = any(head.rest == name.rest and head.printed for head in other.heads)
    return said and bool(group.homes & other.homes)


def _by_short_form(
    expanded: dict[tuple[str, str], tuple[Mapping[LocalKey, int], Expanded]],
    groups: Groups,
    known: Tables,
    doubts: Doubtful,
    torn: set[LocalKey],
) -> bool:
    """Join a short form to the only thing in its city whose name it shortens.

    Args:
        expanded: what was found in a city, while no group in it has grown; empty at first.
    """
    found = {group.root: group for group in groups.all()}
    cities: dict[tuple[str, str], dict[Named, str]] = defaultdict(dict)
    at: dict[str, set[Named]] = defaultdict(set)
    for root, group in found.items():
        for name, city in group.heads_at:
            at[city].add((root, name))
        for name, city in group.names_at:
            if name.kind in ("Organization", "Place") and name.rest and name.area != UNKNOWN:
                cities[name.kind, city][root, name] = name.rest
    targets: dict[LocalKey, set[LocalKey]] = defaultdict(set)
    for place in sorted(cities):
        names, of = cities[place], at[place[1]]
        sizes = {root: len(groups.forest.members(root)) for root, _ in names}
        if place not in expanded or expanded[place][0] != sizes:
            expanded[place] = sizes, shortenings(names, of, found, known)
        sure, unsure = expanded[place][1]
        for (root, _), (target, _) in sure.items():
            targets[root].add(target)
        for (root, name), several in unsure.items():
            whole = {target for target, of in several if bare_group(name, of)}
            targets[root] |= whole if len(whole) == 1 else {target for target, _ in several}
    return _join_only(targets, groups, known, doubts, torn, "简称")


def _join_only(
    targets: Mapping[LocalKey, Iterable[LocalKey]],
    groups: Groups,
    known: Tables,
    doubts: Doubtful,
    torn: set[LocalKey],
    reason: str,
) -> bool:
    """Join each cluster to its only target, and say whether any two became one.

    Those that have several are added to `torn`; what a surer step left so is not joined by another.
    """
    forest, apart = groups.forest, timedelta(days=known.needed.event_days)
    joins = []
    for root in sorted(targets):
        good = sorted(
            t
            for t in targets[root]
            if not _says_no(groups.group(root), groups.group(t), apart) and not forest.forbidden(root, t)
        )
        if len(good) == 1 and root not in groups.torn:
            joins.append((root, good[0]))
        elif len(good) > 1:
            torn.add(root)
        for target in good[1:] and good:
            doubts.note(root, target, 0.5 - len(good) / 4, (reason, f"可指 {len(good)} 个"))
    joined = False
    for a, b in joins:
        if forest.root(a) != forest.root(b):
            joined |= forest.join(a, b)
    return joined


def _says_no(a: Group, b: Group, apart: timedelta) -> bool:
    """Say whether two clusters cannot be one: other areas, other brackets, other dates, two full names."""
    for x in a.heads:
        for y in b.heads:
            if _opposed(x, y) or (_two_firms(x, y) and x not in b.names and y not in a.names):
                return True
    return _other_time(a, b, apart)


def _two_firms(a: Name, b: Name) -> bool:
    """Say whether two firms are printed under full names of which neither shortens or misprints the other."""
    if not a.entered or not b.entered or a.rest == b.rest:
        return False
    if len(a.rest) == len(b.rest):
        return sum(x != y for x, y in zip(a.rest, b.rest, strict=True)) > 1
    short, long = sorted((a.rest, b.rest), key=len)
    return not in_order(short, long)


def _opposed(a: Name, b: Name) -> bool:
    if a.kind != b.kind or (a.kind == "Place" and None is not a.rank != b.rank is not None):
        return True
    if a.printed and b.printed and not nested(a.area, b.area):
        return True
    if a.places and b.places and a.places != b.places:
        return True
    return (a.legal == "branch") != (b.legal == "branch")


def _other_time(a: Group, b: Group, apart: timedelta) -> bool:
    if not any(name.kind == "Event" for name in a.heads) or any(name.numbers for name in a.heads):
        return False
    if a.days is None or b.days is None:
        return False
    return max(a.days[0], b.days[0]) - min(a.days[1], b.days[1]) > apart
