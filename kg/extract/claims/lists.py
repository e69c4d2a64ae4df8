"""Lists under a heading: 一等奖：何某、吴某; a line 优秀社员（3名） and a line for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.claims.collect import Collector
from kg.extract.claims.frames import Frame
from kg.extract.claims.scene import Node, View

_COUNT = (
    r"(?:称号|荣誉|奖项|获得者|名单|人选|得主|奖)?"
    r"(?:共?[一二三四五六七八九十两\d]+[名个家项人席位]+)?(?:[（(][^（）()]{0,20}[）)])?"
)
_WORK = r"(?:《[^《》]{1,40}》\s*)?"
_COLON = re.compile(rf'[”"]?{_COUNT}\s*[：:]\s*{_WORK}')
"""What stands between a heading and its first name: （3名）： in 一等奖（3名）：何某."""
_PAUSE = re.compile(rf'[”"]?{_COUNT}(?:，|，?\s*{_WORK}|，?分别(?:是|为))')
"""The same where no colon stands: 金奖，甲队; 一等奖（1名）《青禾》何某."""
_HEAD = re.compile(rf'[”"]?{_COUNT}[：:]?\s*(?:[（(][^（）()]{{0,40}}[）)])?[：:]?\s*\Z')
"""What ends a line that is a heading: （按姓氏笔画排序）."""
_ORDER = re.compile(r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.、．])?[“\"]?\Z")
"""What may begin it: 一、."""
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
_SPEAKS = re.compile(r"[。！？]|说|表示|将|获|授予|被|由|是|为|正在|举行|召开")
"""What is in sentences and in no list."""
_PART = re.compile(r"[；;]")
_LINE = 80
"""How long a line of a list is at most, in code points."""
_MOST = 60
"""How many lines a list has at most."""


@dataclass
class Heading:
    """The heading of a list whose lines are being read."""

    node: Node
    frame: Frame
    left: int = _MOST


def read_lists(view: View, frame: Frame, heading: Heading | None, out: Collector) -> Heading | None:
    """Read the lists of a sentence; return the heading that the next line stands under, if any.

    The frame's object is the heading, its subject the names of the list.
    """
    heads = [n for n in view.nodes if n.kind in frame.predicate.range and n.said == "name"]
    goes_on = None
    for i, head in enumerate(heads):
        stop = heads[i + 1].start if i + 1 < len(heads) else view.end
        for node in _inline(view, head, stop, frame):
            out.pair(frame, node, head)
            goes_on = head if stop == view.end and not _SPEAKS.search(view.text[head.end : stop]) else None
    if goes_on or (heads and _is_heading(view, heads[-1])):
        return Heading(heads[-1], frame)
    if heading is None or heads or not _is_line(view) or not heading.left:
        return None
    for node in _entries(view, view.start, view.end, frame):
        out.pair(frame, node, heading.node)
    heading.left -= 1
    return heading


def _inline(view: View, head: Node, stop: int, frame: Frame) -> Sequence[Node]:
    domain = frame.predicate.domain
    first = next((n for n in view.free() if n.start >= head.end and n.kind in domain), None)
    if first is None:
        return ()
    lead = view.text[head.end : first.left]
    opens = bool(_ORDER.fullmatch(view.text[view.clause_start(head.start) : head.start].strip()))
    if not (_COLON.fullmatch(lead) or (opens and lead and _PAUSE.fullmatch(lead))):
        return ()
    if not _SPEAKS.search(view.masked[head.end - view.start : stop - view.start]):
        return _entries(view, head.end, stop, frame)
    return [n for n in view.group(first, view.free()) if n.kind in domain]


def _is_heading(view: View, head: Node) -> bool:
    before = view.text[max(view.start, head.start - 4) : head.start]
    return bool(_HEAD.match(view.text[head.end : view.end]) and _ORDER.fullmatch(before.strip()))


def _is_line(view: View) -> bool:
    said = _ASIDE.sub("", view.masked)
    return view.end - view.start <= _LINE and not _SPEAKS.search(said)


def _entries(view: View, start: int, stop: int, frame: Frame) -> Sequence[Node]:
    """Return the names of a list: of each part between semicolons its people, else its bodies.

    What stands in brackets only describes.
    """
    asides = [m.span() for m in _ASIDE.finditer(view.text, start, stop)]
    free = [
        n
        for n in view.free()
        if start <= n.start < stop
        and n.kind in frame.predicate.domain
        and n.said == "name"
        and not any(a <= n.start < b for a, b in asides)
    ]
    found: list[Node] = []
    cuts = [start, *(m.end() for m in _PART.finditer(view.text, start, stop)), stop]
    for left, right in pairwise(cuts):
        part = [n for n in free if left <= n.start < right]
        people = [n for n in part if n.kind == "Person"]
        bodies = [n for i, n in enumerate(part) if i + 1 == len(part) or not view.nested(n, part[i + 1])]
        found += people or bodies
    return found
