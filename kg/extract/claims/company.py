"""Who acts together: pairs in a row, and who goes along with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.memory import End, Hit, Memory
from kg.extract.claims.scene import Node, View
from kg.model import LocalKey


def couples(view: View, hit: Hit) -> list[tuple[Node, Node]]:
    """Return two or more pairs that stand in a row before a trigger: 甲与乙、丙与丁分别签约."""
    kinds = hit.frame.predicate.domain
    floor = view.clause_start(hit.start)
    nodes = [n for n in view.free() if floor <= n.start and n.end <= hit.start and n.kind in kinds]
    nodes = [n for i, n in enumerate(nodes) if i + 1 == len(nodes) or not view.nested(n, nodes[i + 1])]
    out: list[tuple[Node, Node]] = []
    for left, right in zip(nodes[::2], nodes[1::2], strict=False):
        if view.preposition(right) not in view.grammar.roles["with"]:
            return []
        out.append((left, right))
    return out if len(out) > 1 and len(nodes) == 2 * len(out) else []


def company(view: View, hit: Hit, subjects: Sequence[End], memory: Memory) -> Sequence[Node]:
    """Return who goes along: 乙团 in 甲率乙团到访, 乙 in 甲与乙走访; 甲 where 乙团 is told of later."""
    kinds = hit.frame.predicate.domain
    mine = {s.key for s in subjects if isinstance(s, Node)}
    found: dict[LocalKey, Node] = {}
    clause = view.clause(hit.start)
    for node in view.free():
        if node.end > hit.start or node.kind not in kinds or view.clause(node.start) > clause:
            continue
        if view.preposition(node) in view.grammar.roles["led"]:
            head = next((n for n in reversed(view.free()) if n.end <= node.left and n.kind == "Person"), None)
            if head is not None:
                memory.leads[node.key] = head
                if head.key in mine:
                    group = [n for n in view.group(node, view.free()) if node.start <= n.start < hit.start]
                    found |= {n.key: n for n in group if n.kind in kinds}
    if not hit.frame.predicate.symmetric:
        found |= {n.key: n for n in _beside(view, hit, subjects)}
    for key in mine:
        head = memory.leads.get(key)
        if head is not None and head.kind in kinds:
            found[head.key] = replace(head, sure=head.sure * 0.8, said="topic")
    return [n for k, n in found.items() if k not in mine]


def _beside(view: View, hit: Hit, subjects: Sequence[End]) -> Sequence[Node]:
    """Return the people with whom somebody does something: 乙, 丙 in 甲则与乙、丙走访."""
    people = [s for s in subjects if isinstance(s, Node) and s.kind == "Person" and s.end <= hit.start]
    floor = max((s.end for s in people), default=view.end)
    nodes = [n for n in view.free() if floor <= n.start and n.end <= hit.start and n.kind == "Person"]
    first = next((n for n in nodes if view.preposition(n) in view.grammar.roles["with"]), None)
    if first is None or view.clause(first.start) != view.clause(people[-1].start):
        return ()
    return [n for n in view.group(first, view.free()) if first.start <= n.start < hit.start]
