"""Whose a figure is: the slot `bearer` of the literal predicates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.figures import EACH, value
from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import End, Figure, Hit, Memory
from kg.extract.claims.scene import Node, View

_MODIFIED = re.compile(
    rf"(?:[、，](?![^，。；]{{0,20}}{NAME})[^，。；]{{0,20}})?的[^，。；：{NAME}]{{0,8}}(?={NAME})"
)
"""What leads from a figure to the name it stands before: 总投资5亿元、占地20亩的|某项目."""
_BESIDE = re.compile(r"[“”\"（）()一二三四首期年共的总计划概算估动静态约预计可设已]{0,8}")
"""What may stand between a name and the word of its figure: 某项目|计划|总投资5亿元."""
_SEVERAL = re.compile(r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})个[^，。；]{0,8}(?:项目|工程)")
"""Things without names: 22个重大项目."""
_FRESH = 2
"""How many sentences back the bearer of a figure may stand."""


def bearer(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return what a figure belongs to.

    That is the name it modifies, the name beside its word, the subject of its clause or of the clauses
    before, what one of these brings up, or what the article speaks of.
    """
    figures = [f for f in value(view, hit, kinds, memory) if isinstance(f, Figure)]
    modified = _modified(view, figures[-1].end if figures else hit.end, kinds)
    if modified is not None:
        return (modified,)
    if hit.word == "的" or _counted(view, hit):
        return ()  # 50亩的 says something of what follows alone
    free = [n for n in view.free() if n.end <= hit.start]
    last = free[-1] if free else None
    if last is not None and last.kind in kinds and _beside(view, last, hit):
        return _group(view, last, free, kinds)
    for number in range(view.clause(hit.start), -1, -1):
        inside = [n for n in free if view.clause(n.start) == number]
        found = _subject(view, inside, free, hit, kinds)
        if found:
            return found
    return _spoken(view, hit, kinds, memory)


def several(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the bearers of a list of figures: 甲, 乙 in 甲、乙分别占地80亩、95亩."""
    if not EACH.search(view.text, max(view.start, hit.start - 4), min(view.end, hit.end + 4)):
        return ()
    free = [n for n in view.free() if n.end <= hit.start]
    return next((g for n in reversed(free) if len(g := _group(view, n, free, kinds)) > 1), ())


def _counted(view: View, hit: Hit) -> bool:
    """Say whether a number of things without names has the figure: 22个项目，总投资…."""
    said = view.masked[: hit.start - view.start]
    found = list(_SEVERAL.finditer(said))
    return bool(found) and "其中" not in said[found[-1].end() :] and NAME not in said[found[-1].end() :]


def _modified(view: View, end: int, kinds: frozenset[str]) -> Node | None:
    gap = _MODIFIED.match(view.masked, end - view.start)
    if gap is None:
        return None
    start = gap.end() + view.start
    return next((n for n in view.free() if n.start >= start - 1 and n.kind in kinds), None)


def _beside(view: View, node: Node, hit: Hit) -> bool:
    gap = view.masked[max(node.end, node.right) - view.start : hit.start - view.start]
    return bool(_BESIDE.fullmatch(gap)) and not view.preposition(node)


def _subject(
    view: View, inside: Sequence[Node], free: Sequence[Node], hit: Hit, kinds: frozenset[str]
) -> Sequence[Node]:
    """Return the subject of a clause, or what it brings up at its end."""
    if not inside:
        return ()
    last = inside[-1]
    own = view.clause(last.start) == view.clause(hit.start)
    lead = view.masked[view.clause_start(last.start) - view.start : last.start - view.start]
    brought = view.clause_end(last.end) - last.end <= 3 and bool(view.grammar.brings.search(lead))
    if not own and brought and last.kind in kinds:
        return _group(view, last, free, kinds)
    for node in inside:
        group = view.group(node, free)
        if view.modifies(node) or view.preposition(group[0]) or not _opens(view, group[0]):
            continue
        if node.kind in kinds:
            return _group(view, node, free, kinds)
    return ()


def _opens(view: View, node: Node) -> bool:
    """Say whether only words of time or order, or what modifies it, stand before a node in its clause."""
    floor = view.clause_start(node.left)
    lead = view.masked[floor - view.start : node.left - view.start]
    for date in view.dates:
        if floor <= date.start and date.end <= node.left:
            lead = lead.replace(view.text[date.start : date.end], "")
    lead = view.grammar.opening.sub("", lead).strip('“‘"《「●■▲—一二三四是')
    return not lead or lead.endswith("的")


def _group(view: View, node: Node, free: Sequence[Node], kinds: frozenset[str]) -> Sequence[Node]:
    return tuple(n for n in view.group(node, free) if n.kind in kinds)


def _spoken(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[Node]:
    """Return what the sentences before speak of."""
    lead = view.masked[view.clause_start(hit.start) - view.start : hit.start - view.start]
    if view.grammar.unnamed.search(lead):
        return ()
    for kind in reversed(memory.order):
        if kind in kinds and kind != "Place" and memory.now - memory.spoken[kind] <= _FRESH:
            return tuple(replace(n, sure=n.sure * 0.8, said="topic") for n in memory.topic[kind])
    return ()
