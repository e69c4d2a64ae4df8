"""Where the ends of a claim stand: one function per slot of a frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from types import MappingProxyType

from kg.extract.claims import figures
from kg.extract.claims.bearers import bearer, several
from kg.extract.claims.grammar import NAME
from kg.extract.claims.leads import innermost, led
from kg.extract.claims.memory import End, Hit, Memory
from kg.extract.claims.scene import Node, View

_REACH = 40
"""How many code points may lie between a trigger and the name after it."""
_ALL = "上述"
"""Takes up all that was told, visits and events: 参加上述活动."""
_OF = re.compile(rf"[^，。；：、和与及等{NAME}][^，。；：、{NAME}]{{0,7}}的[“‘《「]?")
"""What stands between a name that only describes and the one that is meant."""
_WHOSE = re.compile(rf"的(?:[^，。；：、{NAME}]{{1,3}})?[“‘\"]*\Z")
"""What stands before a name that clauses or others' names describe: 他带出来的徒弟[何某]."""
_FRESH = 1
"""How many sentences back a subject may stand that is carried on; a person is carried as far as need be."""
SlotReader = Callable[[View, Hit, frozenset[str], Memory], Sequence[End]]


def _before(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    free = [n for n in view.free() if n.end <= hit.start]
    clause = view.clause(hit.start)
    found: dict[int, Node] = {}
    for node, after in zip_longest(free, free[1:]):
        if node.kind not in kinds or view.modifies(node):
            continue
        if after is not None and after.kind in kinds and view.nested(node, after):
            continue  # 甲镇 in 甲镇|乙公司获奖
        group = view.group(node, free)
        if not hit.frame.predicate.literal and len(group) < 2 and view.counts(node):
            continue
        if view.preposition(group[0]):
            continue
        at = view.clause(node.start)
        if at != clause and node.kind == "Person" and "Organization" in kinds and view.says(node):
            continue
        if at == clause or view.opens(group[0]):
            described = bool(_WHOSE.search(view.masked, 0, node.left - view.start))
            if at == clause and (described or not (at in found and view.opens(found[at]))):
                found[at] = node
            else:
                found.setdefault(at, node)
    if found:
        if max(found) < clause and _unnamed(view, hit):
            return ()
        node = found[max(found)]
        return tuple(n for n in view.group(node, free) if n.kind in kinds)
    if "Person" in kinds:
        return ()
    owners = [n for n in view.named() if n.end <= hit.start and n.kind in kinds and n.start in view.absorbed]
    owners = [n for n in owners if view.clause(n.start) < clause]
    if hit.frame.predicate.literal:
        owners = [n for n in owners if not n.key.name.endswith(view.grammar.offices)]
    return owners[-1:]


def _own(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the subject of the clause itself: 甲 in ，甲在会上说."""
    clause = view.clause(hit.start)
    found = _before(view, hit, kinds, memory)
    return found if any(view.clause(n.start) == clause for n in found) else ()


def _near(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    found = [n for n in view.named() if n.end <= hit.start and n.kind in kinds]
    return found[-1:]


def _unnamed(view: View, hit: Hit) -> bool:
    """Say whether a clause has a subject that has no name, or none: 两家企业 in 两家企业入选; 去年启动的…."""
    lead = view.masked[view.clause_start(hit.start) - view.start : hit.start - view.start]
    if view.text[hit.end : hit.end + 1] == "的" and hit.frame.object[0].place in {"after", "on"}:
        return True
    return bool(view.grammar.unnamed.search(lead))


def _topic(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    if _unnamed(view, hit):
        return ()
    for kind in reversed(memory.order):
        if kind in kinds:
            if kind != "Person" and memory.now - memory.spoken[kind] > _FRESH:
                return ()
            return tuple(replace(n, sure=n.sure * 0.8, said="topic") for n in memory.topic[kind])
    return ()


def _dropped(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the topic where a sentence has no subject at all: 昨天，还荣获…."""
    lead = view.masked[: hit.start - view.start]
    for date in view.dates:
        if date.end <= hit.start:
            lead = lead.replace(view.text[date.start : date.end], "")
    lead = view.grammar.opening.sub("", lead)
    return _topic(view, hit, kinds, memory) if len(lead.strip("，还又也并曾已先后均正刚将")) <= 1 else ()


def _earlier(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    found = [n for n in view.named() if n.end <= hit.start and n.kind in kinds]
    if found:
        return found[-1:]
    return [replace(n, sure=n.sure * 0.85, said="topic") for n in memory.before if n.kind in kinds][-1:]


def _new(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return what an earlier clause ends with and brings up: 乙公司 in 甲公司设立乙公司，注册资本…."""
    clause = view.clause(hit.start)
    for node in reversed([n for n in view.free() if n.end <= hit.start and n.kind in kinds]):
        at = view.clause(node.start)
        if at == clause or view.clause_end(node.end) - node.end > 3:
            continue
        lead = view.masked[view.clause_start(node.start) - view.start : node.start - view.start]
        if view.grammar.brings.search(lead):
            opened = any(
                view.clause(n.start) > at and view.opens(n) for n in view.free() if n.end <= hit.start
            )
            return () if opened else (node,)
    return ()


def _after(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    stop = view.clause_end(hit.end + (view.text[hit.end : hit.end + 1] in {"：", ":"}))
    free = [n for n in view.free() if n.start >= hit.end]
    inside = [n for n in free if n.start < stop and n.start - hit.end <= _REACH and n.kind in kinds]
    if not inside:
        return ()
    head = next((n for n in inside if not view.modifies(n)), inside[-1])
    head = innermost(view, _headed(view, head, inside))
    group = [n for n in view.group(head, free) if n.kind in kinds]
    return [n for n in group if n.start == head.start or not view.modifies(n)] or [head]


def _headed(view: View, head: Node, nodes: Sequence[Node]) -> Node:
    """Return the name that a clause before it describes: 乙公司 in 走访买下甲县茶园的乙公司."""
    for node in nodes:
        if node.start > head.start and _OF.fullmatch(
            view.masked, head.end - view.start, node.left - view.start
        ):
            head = node
    return head


def _on(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    inside = any(n.left <= hit.start < n.start for n in view.nodes)  # 来自甲校的 before a name
    nodes = view.named() if inside else view.free()
    for node in nodes:
        if node.start >= hit.end:
            if node.start - hit.end > 3 or node.kind not in kinds:
                return ()
            last = innermost(view, node)
            return [n for n in view.group(last, nodes) if n.kind in kinds and n.start >= hit.end]
    return ()


def _head(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    free = [n for n in view.free() if n.start >= hit.end]
    stop = view.clause_end(hit.end)
    for node in free:
        if node.start >= stop:
            return ()
        gap = view.masked[hit.end - view.start : node.start - view.start]
        if node.kind in kinds and "的" in gap:
            return tuple(n for n in view.group(node, free) if n.kind in kinds)
    return ()


def _prepositional(role: str) -> SlotReader:
    def read(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
        floor = view.clause_start(hit.start)
        words = view.grammar.roles[role]
        free = [n for n in view.free() if n.end <= hit.start]
        for node in reversed([n for n in free if n.start >= floor]):
            if node.kind in kinds and view.preposition(node) in words:
                first = innermost(view, node)
                rest = [n for n in free if n.start >= first.start]
                group = [n for n in view.group(first, rest) if n.kind in kinds]
                return group or [first]
        return led(view, hit, kinds) if role == "in" else ()

    return read


def _event(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    if memory.activity and hit.word in memory.contested and _ALL not in hit.word:
        return ()
    here = [n for n in view.nodes if n.kind == "Event" and n.start < hit.start]
    last = (here or memory.events)[-1:]
    if not last and hit.frame.predicate.range == kinds:  # somebody's doings, told before the event is named
        last = list(memory.coming[:1])
    return tuple(replace(n, sure=n.sure * 0.85, said=n.said if here else "topic") for n in last)


def _same(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    name = hit.frame.predicate.name
    if memory.activity != name:
        return ()
    return tuple(replace(n, sure=n.sure * 0.9, said="topic") for n in memory.objects.get(name, ()))


def _again(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    name = hit.frame.predicate.name
    if memory.activity != name:
        return ()
    found = memory.subjects.get(name, ())
    return tuple(replace(n, sure=n.sure * 0.85, said="topic") for n in found if n.kind in kinds)


def _at(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    for node in view.named():
        if (
            node.kind in kinds
            and view.text[node.end : hit.start].strip('”’"》」称号荣誉') == ""
            and node.end <= hit.start
        ):
            return (node,)
    return ()


def _later(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    found = [n for n in view.free() if n.start >= hit.end and n.kind in kinds]
    if not found or found[0].start - hit.end > _REACH:
        return ()
    return found[:1]


def _listed(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the list of names that the clauses after open with: 甲, 乙 in 资源丰富，甲、乙都不远."""
    stop = view.clause_end(hit.end)
    free = [n for n in view.free() if n.start > stop]
    if not free or not view.opens(free[0]):
        return ()
    group = [n for n in view.group(free[0], free) if n.kind in kinds]
    return group if len(group) > 1 else ()


def _both(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    group = _own(view, hit, kinds, memory)
    if len(group) < 2:
        group = _prepositional("by")(view, hit, kinds, memory)
    return group if len(group) > 1 else ()


def _parties(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return both sides of what is done together: 甲, 乙 in 甲与乙共建."""
    partners = _prepositional("with")(view, hit, kinds, memory)
    first = next((n.start for n in partners if isinstance(n, Node)), 0)
    heads = _prepositional("by")(view, hit, kinds, memory) or _before(view, hit, kinds, memory)
    heads = [n for n in heads if n.end <= first]
    return [*heads, *partners] if heads and partners else ()


READERS: Mapping[str, SlotReader] = MappingProxyType(
    {
        "before": _before,
        "own": _own,
        "near": _near,
        "topic": _topic,
        "dropped": _dropped,
        "new": _new,
        "earlier": _earlier,
        "after": _after,
        "on": _on,
        "head": _head,
        "by": _prepositional("by"),
        "in": _prepositional("in"),
        "with": _prepositional("with"),
        "to": _prepositional("to"),
        "event": _event,
        "same": _same,
        "again": _again,
        "at": _at,
        "later": _later,
        "listed": _listed,
        "both": _both,
        "parties": _parties,
        "bearer": bearer,
        "several": several,
        "value": figures.value,
        "value-before": figures.value_before,
        "date": figures.date,
        "date-after": figures.date_after,
    }
)
