"""Which headline and which byline belongs to which body: one assignment over the whole page.

How sure a byline is tells what all bylines lose where this one gets another body, or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from kg.layout.headlines import attach_heads
from kg.layout.matching import assign_surely
from kg.layout.story import Story

_HEAD_BOND_TIGHT = 3.0  # a byline right under a headline belongs to the same body
_HEAD_BOND = 1.0  # the same with a blank line between
_BODY_BOND = 1.5  # a byline right above a body
_OPENED = 0.7  # which begins with the words that open one
_CAPTION = 120  # a text as short as this under a reporter's name is rather the caption of a photo
_IN_HEAP = 0.2  # the same for the last one of several bylines heaped up
_RANK = 0.9  # in such a heap, the cost of being far from one's rank among the bodies left over
# How likely a byline is right, as counted on composed pages of our own articles: `_DOUBT` in natural
# logarithms of the odds where nothing is lost when it gets another body, and so much more for each loss.
_DOUBT = 0.7
_PER_LOSS = 1.6
_FIRM = 2.5  # with so great a loss it is sure enough


@dataclass(frozen=True, slots=True)
class Attached:
    """A body with what belongs to it, all by their places among the page's stories.

    `photos` are bylines of other bodies whose photographers took the photo over this caption. `confidence`
    is how sure the least sure of its bylines is, from 0 to 1; 1 without one.
    """

    body: int
    heads: tuple[int, ...]
    bylines: tuple[int, ...]
    photos: tuple[int, ...] = ()
    confidence: float = 1.0


def attach(page: Sequence[Story]) -> tuple[Attached, ...]:
    """Return every body of the page with its headlines and bylines, in the order of the page."""
    bodies = [i for i, story in enumerate(page) if story.kind == "body"]
    heads = [i for i, story in enumerate(page) if story.kind == "head"]
    bylines = [i for i, story in enumerate(page) if story.kind == "byline"]
    of_head = attach_heads(page, heads, bodies).bodies
    of_byline, sure = _attach_bylines(page, bylines, bodies, of_head)
    return tuple(
        Attached(
            body,
            tuple(h for h in heads if of_head.get(h) == body),
            tuple(b for b in bylines if of_byline.get(b) == body),
            tuple(b for b in bylines if b + 1 == body and of_byline.get(b) != body)
            if _like_caption(page[body]) and not page[body].credit
            else (),
            min((sure[b] for b in bylines if of_byline.get(b) == body), default=1.0),
        )
        for body in bodies
    )


def _attach_bylines(
    page: Sequence[Story], bylines: list[int], bodies: list[int], of_head: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, float]]:
    """Return the body of each byline, and how sure each byline is of it.

    Of those torn off and heaped up, the last one belongs to the first body.
    """
    if not bylines or not bodies:
        return {}, {}
    firm = [[_bond(page, byline, body, of_head) for body in bodies] for byline in bylines]
    heap = [n for n, row in enumerate(firm) if max(row) <= _IN_HEAP]
    claimed = {max(range(len(bodies)), key=row.__getitem__) for row in firm if max(row) > _IN_HEAP}
    free = [
        m
        for m, body in enumerate(bodies)
        if m not in claimed and not page[body].credit and not _like_caption(page[body])
    ]
    costs: list[list[float]] = []
    for n, row in enumerate(firm):
        line = [-bond for bond in row]
        if n in heap:
            rank = len(heap) - 1 - heap.index(n)
            for m in free:
                line[m] -= 1.0 - _RANK * abs(rank - free.index(m)) / len(free)
        costs.append([*line, *[0.0] * len(bylines)])
    columns, losses = assign_surely(costs, _FIRM)
    found = {byline: bodies[n] for byline, n in zip(bylines, columns, strict=True) if n < len(bodies)}
    return found, {byline: _confidence(loss) for byline, loss in zip(bylines, losses, strict=True)}


def _confidence(loss: float) -> float:
    """Return how likely a byline is right, by what all bylines lose where it gets another body or none."""
    return round(1.0 / (1.0 + exp(-(_DOUBT + _PER_LOSS * loss))), 2)


def _like_caption(story: Story) -> bool:
    return story.caption or (not story.opened and len(story.text) < _CAPTION)


def _in_heap(page: Sequence[Story], byline: int) -> bool:
    return byline > 0 and page[byline - 1].kind == "byline"


def _bond(page: Sequence[Story], byline: int, body: int, of_head: Mapping[int, int]) -> float:
    """Return how surely a byline belongs to a body, by what stands right beside it."""
    worth = 0.0
    reporter = any("摄" not in person.role for line in page[byline].lines for person in line.people)
    before = next((i for i in range(byline - 1, -1, -1) if page[i].kind != "label"), None)
    after = next((i for i in range(byline + 1, len(page)) if page[i].kind != "label"), None)
    if before is not None and page[before].kind == "head" and of_head.get(before) == body:
        worth += _HEAD_BOND if page[byline].lines[0].gap else _HEAD_BOND_TIGHT
    if after == body and _in_heap(page, byline):
        worth += _IN_HEAP
    elif after == body:
        worth += _BODY_BOND + (_OPENED if page[body].opened else 0.0)
        if reporter and _like_caption(page[body]):
            worth -= _BODY_BOND
    if after is not None and page[after].kind == "head" and of_head.get(after) == body and body > byline:
        worth += _HEAD_BOND
    if page[body].credit:
        worth -= _BODY_BOND
    return worth
