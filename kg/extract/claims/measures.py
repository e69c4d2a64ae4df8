"""Figures that no trigger took: a figure in its clause, with a word that says what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.claims.bearers import bearer
from kg.extract.claims.figures import fits
from kg.extract.claims.frames import Frame
from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import Figure, Hit, Memory
from kg.extract.claims.scene import Node, View
from kg.hanzi.quantity import Quantity
from kg.model import Literal

_BEFORE = 14
"""How many code points before a figure its word may start."""
_AFTER = 8
"""How many code points behind it."""
_CHANGED = re.compile(
    r"(?:增至|增加到|提高到|提升到|提升至|扩大到|扩至|升至|扩大至|减到|减至|降至|增长到|发展到|到|升到)(?:了)?"
)
"""What leads from a figure to the one that takes its place: 620人|增至|1500人."""
_AGAIN = re.compile(rf"[，,；;][^，。；,;{NAME}]{{0,14}}(?:完成|实现|达到?|突破|超过?|冲刺)了?")
"""What leads from a figure of one year to that of another: 去年产值7.4亿元|，今年前十个月完成|6.9亿元."""

Taken = Mapping[tuple[int, int], tuple[Frame, Sequence[Node]]]


def read_measures(
    view: View, frames: Sequence[Frame], memory: Memory, taken: Taken
) -> Iterator[tuple[Hit, Node, Figure]]:
    """Yield what the figures of a sentence measure, as a frame at its place, the bearer and the figure.

    `taken` are the figures that triggers took, with their frames and bearers: a figure that takes the place
    of one of them (由5万吨提高到8万吨), is of the same frame.
    """
    known = dict(taken)
    before: Quantity | None = None
    for q in view.quantities:
        last = before
        if (q.start, q.end) in known:
            before = q
            continue
        carried = known.get((last.start, last.end)) if last is not None else None
        hit: Hit | None = None
        bearers: Sequence[Node] = ()
        if last is not None and carried is not None and last.unit == q.unit:
            gap = view.masked[last.end - view.start : q.start - view.start]
            if _CHANGED.fullmatch(gap) or _again(view, carried[0], last.end, q.start, gap):
                hit, bearers = Hit(carried[0], "", q.start, q.end), carried[1]
        if hit is None:
            hit, bearers = _measured(view, q, frames, memory)
        if hit is None or not bearers:
            continue
        known[q.start, q.end] = (hit.frame, bearers)
        before = q
        for node in bearers:
            yield hit, node, Figure(q.start, q.end, Literal(q.text, q.kind, q.value, q.unit))


def _again(view: View, frame: Frame, start: int, stop: int, gap: str) -> bool:
    """Say whether the same is told of another time: only what is told by the year."""
    if "year" not in frame.reads or not _AGAIN.fullmatch(gap):
        return False
    return any(start <= date.start and date.end <= stop for date in view.dates)


def _measured(
    view: View, q: Quantity, frames: Sequence[Frame], memory: Memory
) -> tuple[Hit | None, Sequence[Node]]:
    base = view.start
    floor = max(view.clause_start(q.start), q.start - _BEFORE)
    lead = view.masked[floor - base : q.start - base]
    tail = view.masked[q.end - base : min(view.clause_end(q.end), q.end + _AFTER) - base]
    for frame in frames:
        if not fits(q.kind, frame.predicate.literal) or _barred(frame, lead, tail):
            continue
        if frame.need is not None and not frame.need.search(q.text):
            continue
        word, start, end = _word(frame, lead, tail, floor, q)
        if not word:
            continue
        hit = Hit(frame, word, start, end)
        for slot in frame.subject:
            kinds = frozenset(slot.kinds) or frame.predicate.domain
            found = [n for n in bearer(view, hit, kinds, memory) if isinstance(n, Node)]
            found = found if len(found) == 1 else []
            if found:
                return hit, found
    return None, ()


def _word(frame: Frame, lead: str, tail: str, floor: int, q: Quantity) -> tuple[str, int, int]:
    """Return the word that says what a figure measures, and the stretch from it to the figure."""
    for word in frame.triggers:
        if word[0] == "~":
            if tail.startswith((word[1:], "的" + word[1:])):
                return word[1:], q.start, q.end
            continue
        at = lead.rfind(word)
        if at >= 0:
            return word, floor + at, q.end
    return "", 0, 0


def _barred(frame: Frame, lead: str, tail: str) -> bool:
    return any(w in lead for w in frame.before) or any(tail.startswith(w) for w in frame.after)
