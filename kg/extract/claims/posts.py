"""Posts beside a name: 市委常委、组织部部长吴某; 公司董事长沈某; 市领导何某、金某; 原副院长蓝某."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.offices import Held, Segment, Titles, body_of
from kg.extract.claims.scene import Node, View

_BREAK = re.compile(r"[，。；：！？,:;“”\"‘’（()）《》\n\s…—]")
"""What ends the stretch of posts before a name."""
_LEAD = re.compile(r".*[的了是由向与和跟到对把被让请同给在]", re.S)
"""What comes before a post that names no body: 63岁的 in 63岁的村民张某."""
_SINGLE = re.compile(
    r"(?<!副)(?:书记|市长|县长|区长|镇长|乡长|州长|旗长|局长|厅长|部长|主任|主席|董事长|总经理|总裁|校长|院长)\Z"
)
"""A post that one person holds, so that the next name of a list does not share it."""
_SECTION = re.compile(
    r".{1,8}(?:部|处|科|室|中心|车间|组|区|股|系|委员会|所|队|厂|分公司|项目|班|站|部门|业务|事业群)\Z"
)
"""A section before a post: 外贸部 in 外贸部经理."""
_FROM = "来自"
"""Belongs to the posts: 来自甲镇的绣娘何某 is the subject."""
_FORMER = ("原", "时任", "前任", "前")
_AFTER = re.compile(r"(?:教授|博士|院士|研究员|主任医师|副教授|高级工程师|工程师|医生|老师|主任|总工程师)")
_TAIL = re.compile(
    r"(?:[（(][^（）()]{0,40}[）)])?(?:先生|女士|同志|博士|教授|院士|老人|夫妇|一行(?:\d+人)?|等人|等(?=[，出参陪]))?"
)


def read_posts(
    view: View, known: Titles, bodies: Bodies, recent: Sequence[Node], topic: Sequence[Node]
) -> list[Held]:
    """Return the posts of a sentence, and widen its nodes by them.

    `recent` are the names before the sentence, for a post whose body is named there.
    """
    out: list[Held] = []
    last: tuple[Node, list[Held]] | None = None
    before: list[Held] = []
    for i, node in enumerate(view.nodes):
        if node.kind != "Person" or node.said != "name":
            continue
        tail = _TAIL.match(view.text, node.end, view.end)
        right = tail.end() if tail else node.end
        segments = _segments(view, i, known)
        held: list[Held] = []
        if segments:
            earlier = [*recent, *view.nodes[:i]]
            held = _resolve(replace(node, right=right), segments, known, bodies, earlier, before, topic)
            left = segments[0].start
            if view.text[:left].endswith(_FROM):
                left -= len(_FROM)
            view.absorbed |= {n.start for n in view.nodes if left <= n.start < node.start}
            view.nodes[i] = replace(node, left=left, right=right)
        else:
            view.nodes[i] = replace(node, right=right)
            after = _AFTER.match(view.text, node.end)
            owner = view.nodes[i - 1] if i else None
            if last is not None and view.text[max(last[0].end, last[0].right) : node.start] in {
                "、",
                "和",
                "及",
            }:
                held = [
                    replace(h, person=view.nodes[i], end=node.end, sure=h.sure * 0.97)
                    for h in last[1]
                    if not _SINGLE.search(h.title)
                ]
            elif after and owner and owner.kind == "Organization":
                gap = view.text[owner.end : node.start]
                if gap in {"", "的"}:
                    held = [
                        Held(view.nodes[i], owner.key, after.group(), False, owner.start, after.end(), 0.9)
                    ]
        out += held
        before = held or before
        last = (view.nodes[i], held) if held else None
    return out


def _segments(view: View, i: int, known: Titles) -> list[Segment]:
    """Return the titles that stand before the i-th node, left to right."""
    node, base = view.nodes[i], view.start
    floor = max((n.end for n in view.nodes[:i] if n.kind in {"Person", "Event", "Award"}), default=base)
    stretch = view.masked[floor - base : node.start - base]
    breaks = [m.end() for m in _BREAK.finditer(stretch)]
    begin = floor + (breaks[-1] if breaks else 0)
    bounds = (
        [begin]
        + [at + 1 for at in range(begin, node.start) if view.masked[at - base] == "、"]
        + [node.start + 1]
    )
    found: list[Segment] = []
    for start, end in reversed(list(pairwise(bounds))):
        segment = _segment(view, start, end - 1, known)
        if segment is None:
            break
        found.append(segment)
        if segment.start > start:
            break
    return found[::-1]


def _segment(view: View, start: int, end: int, known: Titles) -> Segment | None:
    inside = [
        n for n in view.nodes if start <= n.start and n.end <= end and n.kind in {"Organization", "Place"}
    ]
    if inside and inside[-1].end == end:
        return _named_by_post(view, inside[-1], start, known)
    if inside:
        body = inside[-1]
        text = view.text[body.end : end].strip('“”"')
        former = view.text[max(view.start, body.start - 1) : body.start] == "原"
        bare = text[1:] if text.startswith("的") else text
        if bare == "长" and view.text[body.end - 1 : body.end] + bare in known.rows:
            bare = view.text[body.end - 1 : body.end] + bare
        for word in _FORMER:
            if bare.startswith(word) and len(bare) > len(word) + 1:
                bare, former = bare[len(word) :], True
        if known.is_title(bare) and len(bare) <= 16:
            if "的" in bare:
                bare = bare[bare.rindex("的") + 1 :]
            return Segment(
                body, bare, body.start - former * (view.text[body.start - 1 : body.start] == "原"), former
            )
        if not bare:
            return None
        start = body.end
    return _bare(view, start, end, known)


def _named_by_post(view: View, body: Node, start: int, known: Titles) -> Segment | None:
    """Read a post that is a name of its body: 副市长 where 市长 names the government."""
    found = known.known.search(view.text[start : body.end])
    if found is None or start + found.start() > body.start:
        return None
    row = known.rows.get(view.text[body.start : body.end])
    title = found.group()
    if row is not None and row["of"] == "place":
        title = title.removeprefix(row["level"])
    return Segment(body, title, start + found.start(), False)


def _bare(view: View, start: int, end: int, known: Titles) -> Segment | None:
    """Read a post that stands without a name: 63岁的村民, 外贸部经理."""
    text = view.text[start:end]
    found = known.known.search(text)
    if found is None:
        return None
    lead = _LEAD.match(text[: found.start()])
    before = text[lead.end() if lead else 0 : found.start()]
    title, at = found.group(), start + found.start()
    if before and (
        _SECTION.fullmatch(before)
        or any(before + title[: o == before + title[0]] == o for o, _ in known.organs)
    ):
        title, at = before + title, at - len(before)
    former = False
    for word in _FORMER:
        if title.startswith(word) and len(title) > len(word) + 1:
            title, former = title[len(word) :], True
    return Segment(None, title, at, former)


def _resolve(
    person: Node,
    segments: Sequence[Segment],
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    before: Sequence[Held],
    topic: Sequence[Node],
) -> list[Held]:
    out: list[Held] = []
    for segment in segments:
        body, title, sure = body_of(segment, known, bodies, earlier, out, before, topic)
        if body is None:
            continue
        if out and out[-1].body == body and segment.body is None:
            merged = out.pop()
            out.append(replace(merged, title=f"{merged.title}、{title}"))
            continue
        out.append(Held(person, body, title, segment.former, segment.start, person.end, sure))
    return out
