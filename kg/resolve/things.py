"""Which organizations, places, projects, events and awards are one, by whatever name they are printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from math import inf

from kg.model import LocalKey
from kg.resolve.doubts import Doubtful
from kg.resolve.groups import Group, Groups
from kg.resolve.names import GROUP, UNKNOWN, Name, firm_form, nested
from kg.resolve.shorten import in_order
from kg.resolve.shortened import expand
from kg.resolve.slips import slips
from kg.resolve.tables import Tables

BRANDED = 0.4
"""What it costs to call a firm by its brand, with or without its form of law, whatever else its name says."""
SLACK = 0.3
"""Short forms of one thing may differ so much in how well they fit."""
Index = Mapping[str, set[LocalKey]]


def join_things(groups: Groups, known: Tables, doubts: Doubtful) -> None:
    """Join what bears one name, then what an alias, a place or a short form of a name makes one."""
    apart = timedelta(days=known.needed.event_days)
    _same_name(groups, apart)
    for step in (_by_alias, _by_place, _by_short_form):
        torn: set[LocalKey] = set()
        while step(groups, known, doubts, torn):
            torn.clear()
        groups.torn |= torn
    for a, b, weight, reasons in slips(groups.all(), known):
        if weight >= 0 and not _says_no(a, b, apart):
            groups.forest.join(a.root, b.root)
        doubts.note(a.root, b.root, weight, reasons)


def _same_name(groups: Groups, apart: timedelta) -> None:
    views, forest = groups.views, groups.forest
    bearers: dict[str, list[LocalKey]] = defaultdict(list)
    for key, view in views.items():
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
    for group in groups.all():
        for name in group.heads:
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
                others = (heads[root] for root in by_rest[name.kind, name.rest])
                found |= {other.root for other in others if _says_more(name, group, other)}
                if name.ranks:
                    found |= areas.get(name.text, set())
            if name.zone and name.zone == name.rest:
                others = (heads[root] for root in zones[name.area, name.zone])
                found |= {other.root for other in others if not other.pages & group.pages}
        targets[group.root] = found - {group.root}
    return _join_only(targets, groups, known, doubts, torn, "同名")


def _says_more(name: Name, group: Group, other: Group) -> bool:
    """Say whether another thing of a name has its town, or the area that a firm leaves off at home."""
    for head in other.heads:
        if head.rest == name.rest and head.area == name.area and head.town and not name.town:
            return True
        if head.rest == name.rest and head.printed and not name.area and group.homes & other.homes:
            return True
    return False


def _by_short_form(groups: Groups, known: Tables, doubts: Doubtful, torn: set[LocalKey]) -> bool:
    """Join a short form to the only thing in its city whose name it shortens."""
    found = {group.root: group for group in groups.all()}
    cities: dict[tuple[str, str], dict[tuple[LocalKey, Name], str]] = defaultdict(dict)
    at: dict[str, set[tuple[LocalKey, Name]]] = defaultdict(set)
    for root, group in found.items():
        for name, city in group.heads_at:
            at[city].add((root, name))
        for name, city in group.names_at:
            if name.kind in ("Organization", "Place") and name.rest and name.area != UNKNOWN:
                cities[name.kind, city][root, name] = name.rest
    targets: dict[LocalKey, set[LocalKey]] = defaultdict(set)
    for place in sorted(cities):
        names, city = cities[place], place[1]
        sure, unsure = expand(
            names,
            known,
            short=at[city].__contains__,
            fits=lambda a, b: a[0] != b[0] and _may_shorten(a, b, found) and not _of_town(a[1], b[1], known),
            one=lambda key: key[0],
            price=lambda a, b: BRANDED if _branded(a[1], b[1], known) else inf,
            slack=SLACK,
            opening=True,
        )
        for (root, _), (target, _) in sure.items():
            targets[root].add(target)
        for (root, name), several in unsure.items():
            whole = {target for target, of in several if _bare_group(name, of)}
            targets[root] |= whole if len(whole) == 1 else {target for target, _ in several}
    return _join_only(targets, groups, known, doubts, torn, "简称")


def _may_shorten(
    short: tuple[LocalKey, Name], long: tuple[LocalKey, Name], groups: Mapping[LocalKey, Group]
) -> bool:
    a, b = short[1], long[1]
    if a.numbers != b.numbers or (a.town and a.town != b.town) or not _may_lose(a.legal, b.legal):
        return False
    if a.places and a.places != b.places:
        return False
    if (not a.area and a.legal != GROUP) or a.rest[0] != b.rest.removeprefix("第")[0]:
        return False  # a name known everywhere is no short form, and a short form begins as its long one
    if not (nested(a.area, b.area) or firm_form(a, b)) or (a.printed and b.printed and a.area != b.area):
        return False
    return _bare_group(a, b) or not groups[short[0]].pages & groups[long[0]].pages


def _branded(short: Name, long: Name, known: Tables) -> bool:
    """Say whether a name is a firm's brand, alone or with its form of law.

    瑞澜 and 瑞澜股份 are such of 瑞澜精密股份有限公司, and so is 瑞澜栖川公司 of 瑞澜(栖川)精密有限公司.
    """
    if not long.legal or long.legal == "branch":
        return False
    form = next((form for form in known.legal if long.rest.endswith(form)), "")
    tails = (form, *known.shortened.get(form, ()))
    brand = next((short.rest.removesuffix(t) for t in tails if short.rest.endswith(t)), short.rest)
    brand = next((brand.removesuffix(place) for place in long.places if brand.endswith(place)), brand)
    return len(brand) in (2, 3) and long.core.startswith(brand)


def _bare_group(short: Name, long: Name) -> bool:
    """Say whether a name is that of a group without the word: 星辰 and 星辰集团."""
    return long.legal == GROUP and long.core == short.rest


def _of_town(short: Name, long: Name, known: Tables) -> bool:
    """Say whether a lake, a road or the like may have given a town its name: 东湖 and 东湖街道."""
    return bool(known.town.fullmatch(long.rest) and known.part.fullmatch(short.rest[-1]))


def _may_lose(short: str, long: str) -> bool:
    """Say whether a name that ends in one form of law may be short for one that ends in another."""
    return short in ("", "company", long) and (long != "branch" or short == "branch")


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
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return False
    return max(a.first, b.first) - min(a.last, b.last) > apart
