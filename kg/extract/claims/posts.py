"""Posts beside a name: 市委常委、组织部部长吴某; 公司董事长沈某; 市领导何某、金某; 何某（局长）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.offices import Held, body_of
from kg.extract.claims.scene import Node, View
from kg.extract.claims.segments import Segment, before, between, listed
from kg.extract.claims.titles import Titles
from kg.model import Status

_FROM = "来自"
"""Belongs to the posts: 来自甲镇的绣娘何某 is the subject."""
_ASIDE = re.compile(r"[（(]([^（）()]{2,60})[）)]")
"""An aside after a name: （市委副书记、市长） in 何某（市委副书记、市长）."""
_ENDS = "。！？ \u3000\n"
_TOLD = re.compile(
    r"，(?:(?:男|女|[^，。；、]{1,5}族|中共党员|(?:今年)?[\d一二三四五六七八九十]{1,4}岁|\d{4}年(?:\d{1,2}月)?(?:出)?生"
    r"|(?:初中|高中|中专|大专|大学|本科)(?:文化|学历)?|[^，。；、]{2,9}人)，)*(?:(?:原|现)?(?:是|系|为))?(?:一名|一位|普通)?"
)
"""What is told of somebody before the post in apposition: ，男，44岁，|甲公司总经理."""
_AND = frozenset("、和及")
_BESIDE = "”’）)，,：:的 "


def read_posts(
    view: View, known: Titles, bodies: Bodies, recent: Sequence[Node], topic: Sequence[Node]
) -> list[Held]:
    """Return the posts of a sentence, and widen its nodes by them.

    `recent` are the names before the sentence, for a post whose body is named there.
    """
    out: list[Held] = []
    last: tuple[Node, list[Held]] | None = None
    earlier_posts: list[Held] = []
    for i, node in enumerate(view.nodes):
        if node.kind != "Person" or node.said != "name":
            continue
        tail = known.tail.match(view.text, node.end, view.end)
        right = tail.end() if tail else node.end
        segments = before(view, i, known)
        earlier = [*recent, *view.nodes[:i]]
        held: list[Held] = []
        if segments:
            about = _about(view, i, segments[0].start, topic) or topic
            held = resolve(replace(node, right=right), segments, known, bodies, earlier, earlier_posts, about)
            left = segments[0].start
            if view.text[:left].endswith(_FROM):
                left -= len(_FROM)
            view.absorbed |= {n.start for n in view.nodes if left <= n.start < node.start}
            beside = _title_after(view, i, known)
            held += [h for h in beside if all(h.body != other.body for other in held)]
            view.nodes[i] = replace(node, left=left, right=right)
        else:
            view.nodes[i] = replace(node, right=right)
            if last is not None and view.text[max(last[0].end, last[0].right) : node.start] in _AND:
                held = [
                    replace(h, person=view.nodes[i], end=node.end, sure=h.sure * 0.97)
                    for h in last[1]
                    if not known.single.search(h.title)
                ]
            else:
                held = _title_after(view, i, known)
        behind, end = _behind(view, view.nodes[i], known)
        if behind:
            view.absorbed |= {n.start for n in view.nodes if node.end <= n.start < end}
            told = resolve(view.nodes[i], behind, known, bodies, earlier, (), topic)
            held = [*held, *(replace(h, start=node.start, end=end) for h in told)]
        out += held
        earlier_posts = held or earlier_posts
        last = (view.nodes[i], held) if held else None
    return out


def _about(view: View, i: int, start: int, topic: Sequence[Node]) -> Sequence[Node]:
    """Return the body that what stands before a post speaks of, marked as its subject.

    That is the subject of the sentence (甲公司由乙集团控股，丙公司参股，|总经理) or, where a post opens a
    sentence, that of the one before; not where a body stands right before the post.
    """
    some = [n for n in view.nodes[:i] if n.kind == "Organization" and n.said != "post" and n.end <= start]
    if some and not view.text[some[-1].end : start].strip(_BESIDE):
        return ()
    free = [n for n in some if not (n.start in view.absorbed or view.preposition(n) or view.modifies(n))]
    found = free[:1] or (topic if not some and not view.text[view.start : start].strip() else ())
    return tuple(replace(n, said="subject") for n in found)


def _title_after(view: View, i: int, known: Titles) -> list[Held]:
    """Read a title after a name whose body stands before it: 甲大学何某教授."""
    node = view.nodes[i]
    after = known.after.match(view.text, node.end)
    owner = view.nodes[i - 1] if i else None
    if after and owner and owner.kind == "Organization" and view.text[owner.end : node.start] in {"", "的"}:
        return [Held(node, owner.key, after.group(), Status.ASSERTED, owner.start, after.end(), 0.9)]
    return []


def _behind(view: View, node: Node, known: Titles) -> tuple[list[Segment], int]:
    """Return the posts behind a name, in brackets or in an item of a list, and where they end."""
    aside = _ASIDE.match(view.text, node.end, view.end)
    spans = [aside.span(1)] if aside else []
    if listed(view) and not any(n.kind == "Person" and n.start > node.start for n in view.nodes):
        start = aside.end() if aside else node.end
        end = view.end
        while start < end and view.text[start] in " \u3000":
            start += 1
        spans.append((start, end))
    for start, end in spans:
        opened = known.opens.match(view.text, start, end)
        start = opened.end() if opened else start
        found = between(view, start, end, known)
        if found and _reaches(view, found, end):
            return found, end
    told = _TOLD.match(view.text, aside.end() if aside else node.end, view.end)
    if told is not None and told.end() < view.end:
        end = view.clause_end(told.end())
        end -= len(view.text[:end]) - len(view.text[:end].rstrip(_ENDS))
        named = [n for n in view.nodes if told.end() <= n.start < end]
        alone = named and named[0].start == told.end() and all(n.kind != "Person" for n in named)
        found = between(view, told.end(), end, known) if alone else []
        if found and found[0].body is not None and _reaches(view, found, end):
            return found, end
    return [], node.end


def _reaches(view: View, found: Sequence[Segment], end: int) -> bool:
    """Say whether posts fill a stretch to its end and name a body, or an office that implies one."""
    last = found[-1]
    at = last.body.end if last.body is not None else last.start
    tail = view.text[at:end]
    return tail.endswith(last.title) and len(tail) <= len(last.title) + 8


def resolve(
    person: Node,
    segments: Sequence[Segment],
    known: Titles,
    bodies: Bodies,
    earlier: Sequence[Node],
    before: Sequence[Held],
    topic: Sequence[Node],
    given: bool = False,
) -> list[Held]:
    """Return the posts of a person with their bodies; two posts in one body are one with both titles."""
    out: list[Held] = []
    for segment in segments:
        body, title, sure = body_of(segment, known, bodies, earlier, out, before, topic, given)
        if body is None:
            continue
        status = Status.FORMER if segment.former else Status.ASSERTED
        if out and out[-1].body == body and segment.body is None and out[-1].status is status:
            merged = out.pop()
            out.append(replace(merged, title=f"{merged.title}、{title}"))
            continue
        out.append(Held(person, body, title, status, segment.start, person.end, sure))
    return out
