"""Posts behind or before a verb that gives them: 何某任总经理; 院长由何某兼任; 厂长是何某."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import Hit, Memory
from kg.extract.claims.offices import Held
from kg.extract.claims.posts import resolve
from kg.extract.claims.scene import Node, View
from kg.extract.claims.segments import between
from kg.extract.claims.slots import READERS
from kg.extract.claims.titles import Titles

_NEAR = 4
"""Code points between a name and a verb that it stands directly before: 则, 同时."""
_BREAK = frozenset("，。；：！？,;:（()）\n")
"""What ends the posts behind a verb."""
_LASTING = re.compile(r"[\d一二两三四五六七八九十多几来半]+(?:余|多)?个?(?:年|届|个月)(?:多|半)?的?")
"""How long a post was held, between verb and post: 十三年 in 当了十三年校长."""
_CHOSEN = "选"
"""In a verb before which a body only is the scene: 在会员大会上当选."""
_CANDIDATE = "人选"
"""Behind a post that somebody is proposed for."""


def appoint(
    view: View,
    hits: Sequence[Hit],
    memory: Memory,
    known: Titles,
    bodies: Bodies,
    recent: Sequence[Node],
) -> tuple[Hit, list[Held]] | None:
    """Return the frame of a trigger that gives posts to people, and the posts; None when none does.

    They stand behind the verb, or before it where the frame says so (object `before`). `recent` are the
    names of the sentences before.
    """
    for hit in hits:
        if hit.frame.shape != "post":
            continue
        people = _people(view, hit, memory)
        held = _given(view, hit, people, known, bodies, recent, memory) if people else []
        if held:
            return hit, held
    return None


def _people(view: View, hit: Hit, memory: Memory) -> list[Node]:
    for slot in hit.frame.subject:
        kinds = frozenset(slot.kinds) or hit.frame.predicate.domain
        if slot.place == "at":
            found = _directly(view, hit, kinds)
        else:
            found = [n for n in READERS[slot.place](view, hit, kinds, memory) if isinstance(n, Node)]
        if found:
            return found
    return []


def _directly(view: View, hit: Hit, kinds: frozenset[str]) -> list[Node]:
    """Return the people whose list ends just before a verb: 康某 in 任命何某为市长、康某为局长."""
    free = [n for n in view.free() if n.end <= hit.start]
    last = free[-1] if free else None
    if last is None or last.kind not in kinds or hit.start - max(last.end, last.right) > _NEAR:
        return []
    if view.clause(last.start) != view.clause(hit.start):
        return []
    return [n for n in view.group(last, free) if n.kind in kinds]


def _given(
    view: View,
    hit: Hit,
    people: Sequence[Node],
    known: Titles,
    bodies: Bodies,
    recent: Sequence[Node],
    memory: Memory,
) -> list[Held]:
    before = hit.frame.object[0].place == "before"
    start, end = _ahead(view, hit, people) if before else _behind(view, hit)
    of = None if before else _led(view, start, end)
    end = end if of is None else of.start - 1
    segments = between(view, start, end, known) if start < end else []
    if segments and segments[0].body is None and not before:
        of = of or _where(view, hit, memory)
        segments = [replace(segments[0], body=of), *segments[1:]]
    beside = view.text[end - 1 : end] not in "、和" and any(
        n.start == end and n.kind == "Person" for n in view.nodes
    )
    if beside and not before:
        return []  # 现任局长|童某: the posts stand beside a name
    if not segments or (before and not _whole(view, segments[-1].title, end)):
        return []
    earlier = [*recent, *(n for n in view.free() if n.end <= hit.start)]
    topic = memory.topic.get("Organization", ())
    first = resolve(people[0], segments, known, bodies, earlier, (), topic, given=True)
    return [
        replace(held, person=person, start=min(person.start, start, hit.start), end=max(person.end, end))
        for person in people
        for held in first
    ]


def _behind(view: View, hit: Hit) -> tuple[int, int]:
    """Return the stretch from a verb to the next pause, event or person."""
    end = next((at for at in range(hit.end, view.end) if view.masked[at - view.start] in _BREAK), view.end)
    stops = [n.start for n in view.nodes if n.start >= hit.end and n.kind in {"Person", "Event", "Award"}]
    end = min([end, *stops])
    if view.text[:end].endswith(_CANDIDATE):
        end -= len(_CANDIDATE)
    start = hit.end
    while start < end and view.text[start] in "了过为的":
        start += 1
    lasting = _LASTING.match(view.text, start, end)
    return (lasting.end() if lasting else start), end


def _led(view: View, start: int, end: int) -> Node | None:
    """Return the body that the posts behind a verb lead to: 甲代表团 in 由何某任团长的|甲代表团."""
    for node in view.nodes:
        if start < node.start < end and node.kind == "Organization":
            stretch = view.masked[start - view.start : node.start - view.start]
            return node if stretch.endswith("的") and NAME not in stretch else None
    return None


def _where(view: View, hit: Hit, memory: Memory) -> Node | None:
    """Return the body that somebody has a post in: 在甲中学|当了三年校长."""
    if _CHOSEN in hit.word:
        return None
    found = READERS["in"](view, hit, frozenset({"Organization"}), memory)
    held = [n for n in found if isinstance(n, Node) and view.clause(n.start) == view.clause(hit.start)]
    return held[-1] if held and view.preposition(held[0]) == "在" else None


def _ahead(view: View, hit: Hit, people: Sequence[Node]) -> tuple[int, int]:
    """Return the stretch from where the clause starts to the verb, or to the 由 before the people."""
    first = min(people[0].left, people[0].start)
    end = hit.start if first > hit.start else first - 1
    start = view.clause_start(end)
    opening = view.grammar.opening.match(view.masked, start - view.start)
    return (opening.end() + view.start if opening else start), end


def _whole(view: View, title: str, end: int) -> bool:
    """Say whether a title reaches to where it should end, but for 一职."""
    return view.text[:end].removesuffix("一职").removesuffix("则").endswith(title)
