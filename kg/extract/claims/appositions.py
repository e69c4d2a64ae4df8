"""What stands before a person's name and only describes it: 甲镇果农何某, 来自乙校的吴某, 、丙市市长金某."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.grammar import NAME
from kg.extract.claims.scene import Node, View
from kg.extract.claims.titles import Titles

_UNLISTED = re.compile(rf"[^的了在由与和对向把将被从让请是有{NAME}\s，。；：、！？“”（）()\d]{{2,16}}\Z")
"""A stretch without small words, a body that is no name of the page: 丙市 in 、丙市市长金某."""
_AGE = re.compile(r"(?:现年)?\d{1,3}岁的?")
_FROM = "来自"
_BODIES = ("Organization", "Place")


def attach(view: View, known: Titles) -> None:
    """Widen the people of a sentence by what describes them, so that lists of them hold together.

    `read_posts` has taken in the posts it knows; this takes in names of bodies with a word for somebody
    (甲镇|果农|何某), with 的 (乙校|的|吴某), and what stands between a pause of a list and a post.
    """
    for i, node in enumerate(view.nodes):
        if node.kind != "Person" or node.said != "name":
            continue
        left = _left(view, i, known)
        if left < node.left:
            view.absorbed |= {n.start for n in view.nodes if left <= n.start < node.start}
            view.nodes[i] = replace(node, left=left)


def _left(view: View, i: int, known: Titles) -> int:
    node = view.nodes[i]
    left = node.left
    before = [n for n in view.nodes[:i] if n.said != "post"]
    if left == node.start or view.text[left - 1 : left] == "的":
        left = _described(view, before, node, known)
    for other in reversed(before):
        if other.end == left < node.start and other.kind in _BODIES:
            left = other.start
    return _unlisted(view, before, left) if left < node.start else left


def _described(view: View, before: Sequence[Node], node: Node, known: Titles) -> int:
    """Return where a body starts that a word for somebody, or 的, ties to a name."""
    if not before or before[-1].kind not in _BODIES:
        return node.left
    body = before[-1]
    gap = _AGE.sub("", view.text[body.end : node.start])
    tied = gap in {"", "的"} or (
        len(gap) <= 12
        and "的" not in gap[1:]
        and bool(view.grammar.somebody.search(gap) or known.is_title(gap))
    )
    if not tied or (gap == "的" and body.kind == "Organization" and node.left < node.start):
        return node.left
    start = body.start
    return start - len(_FROM) if view.text[:start].endswith(_FROM) else start


def _unlisted(view: View, before: Sequence[Node], left: int) -> int:
    """Return where the stretch starts that a pause of a list leaves before a post."""
    floor = before[-1].end if before else view.start
    floor = max((n.end for n in before if n.end <= left), default=view.start)
    lead = view.text[floor:left]
    at = lead.rfind("、")
    found = _UNLISTED.match(lead, at + 1) if at >= 0 else None
    return floor + at + 1 if found else left
