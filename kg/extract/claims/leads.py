"""Where a sentence opens: the place that it leads with, for the clauses after it and for visits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.claims.collect import Collector
from kg.extract.claims.frames import Frame
from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import Hit, Memory
from kg.extract.claims.scene import Node, View
from kg.model import Status

_ROOM = re.compile(rf"(?:的[^，。；：、{NAME}]{{1,8}}|[^，。；：、的{NAME}]{{1,6}}[里内上旁前中])?")
"""What may lead from a place that a sentence opens with to the pause after it: 的生产车间内."""

_LEAD = 2
"""How much may stand before the word that a stop stands behind; a longer word than that (第一站是) can be the
whole sentence with it."""


def innermost(view: View, node: Node) -> Node:
    """Return the last place of a chain: 督正村 of 永安镇督正村."""
    nodes = view.free()
    while True:
        after = next((n for n in nodes if n.start == node.end and n.kind == "Place" == node.kind), None)
        if after is None:
            return node
        node = after


def led(view: View, hit: Hit, kinds: frozenset[str]) -> Sequence[Node]:
    """Return the place that a sentence opens with: 甲公司 in 在甲公司，李某走进车间."""
    number = view.clause(hit.start)
    if not number:
        return ()
    stop = view.pauses[number - 1]
    for node in view.free():
        if (
            node.kind in kinds
            and view.text.endswith(view.grammar.into, 0, node.left)
            and view.clause(node.start) == number - 1
        ):
            last = innermost(view, node)
            gap = view.masked[last.end - view.start : stop - view.start]
            if len(gap) <= 3 or _ROOM.fullmatch(gap):
                return (last,)
    return ()


def read_stops(view: View, frame: Frame, memory: Memory, out: Collector) -> None:
    """Read where a visit goes on, by the name that its sentence opens with behind a word of the row.

    The subjects are those of the claims of the predicate before, as long as no event came between: 何某
    考察了乙镇。在甲公司的车间里，他拿起样品.
    """
    name = frame.predicate.name
    if memory.activity != name or view.sentence.headline:
        return
    nodes = view.free()
    lead = view.masked[: nodes[0].left - view.start] if nodes else ""
    word = next((w for w in frame.triggers if lead.endswith(w)), "")
    rest = view.grammar.opening.sub("", lead.removesuffix(word))
    if not word or len(rest) > _LEAD or not (view.pauses or len(word) > _LEAD):
        return
    stop = nodes[0]
    for node in nodes[1:]:
        if not view.nested(stop, node):
            break
        stop = node
    if stop.kind == "Place" and any(n.kind in {"Organization", "Project"} for n in nodes):
        return  # 在甲区，何某走进乙公司: the company is the stop
    gap = view.masked[stop.end - view.start : view.clause_end(stop.end) - view.start].rstrip("。！？")
    if stop.kind not in frame.predicate.range or not _ROOM.fullmatch(gap):
        return
    hit = Hit(frame, lead, stop.start, stop.end)
    for subject in memory.subjects.get(name, ()):
        out.clause(view, hit, subject, stop, Status.ASSERTED, {})
    memory.take(name, (stop,))
