"""Which headline and which byline belongs to which body: one assignment over the whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.layout.matching import assign
from kg.layout.stories import Story
from kg.layout.topic import overlaps

_TOPIC = 4.0  # weight of the words in common
_FIRST = 1.5  # what it is worth that a body has a headline at all
_LATER = (0.0, -0.35, -0.8)  # the first, the second, the third fragment of decks on one body
_STEP = 0.45  # cost of every body and headline that stands between
_FAR = 3  # more of them cost no more
_SIDE = 0.25  # worth of standing on the side where this page prints its headlines
_APART = 0.9  # cost of a second deck that does not stand beside the first
_NONE = -1.2  # worth of belonging nowhere
_STRAY = -0.5  # a headline far from a body with which it shares no words
_NO_WORDS = 0.1

_HEAD_BOND_TIGHT = 3.0  # a byline right under a headline belongs to the same body
_HEAD_BOND = 1.0  # the same with a blank line between
_BODY_BOND = 1.5  # a byline right above a body
_OPENED = 0.7  # which begins with the words that open one
_CAPTION = 120  # a text as short as this under a reporter's name is rather the caption of a photo
_IN_HEAP = 0.2  # the same for the last one of several bylines heaped up
_RANK = 0.9  # in such a heap, the cost of being far from one's rank among the bodies left over


@dataclass(frozen=True, slots=True)
class Attached:
    """A body with what belongs to it, all by their places among the page's stories.

    `photos` are bylines of other bodies whose photographers took the photo over this caption.
    """

    body: int
    heads: tuple[int, ...]
    bylines: tuple[int, ...]
    photos: tuple[int, ...] = ()


def attach(page: Sequence[Story]) -> tuple[Attached, ...]:
    """Return every body of the page with its headlines and bylines, in the order of the page."""
    bodies = [i for i, story in enumerate(page) if story.kind == "body"]
    heads = [i for i, story in enumerate(page) if story.kind == "head"]
    bylines = [i for i, story in enumerate(page) if story.kind == "byline"]
    of_head = _attach_heads(page, heads, bodies)
    of_byline = _attach_bylines(page, bylines, bodies, of_head)
    return tuple(
        Attached(
            body,
            tuple(h for h in heads if of_head.get(h) == body),
            tuple(b for b in bylines if of_byline.get(b) == body),
            tuple(b for b in bylines if b + 1 == body and of_byline.get(b) != body)
            if _like_caption(page[body]) and not page[body].credit
            else (),
        )
        for body in bodies
    )


def _attach_heads(page: Sequence[Story], heads: list[int], bodies: list[int]) -> dict[int, int]:
    if not heads or not bodies:
        return {}
    topic = overlaps([page[h].text for h in heads], [page[b].text for b in bodies])
    found = _solve(page, heads, bodies, topic, 0.0, {})
    before = sum(head < body for head, body in found.items())
    side = _SIDE * (2 * before / len(found) - 1) * 2 if found else 0.0
    found = _solve(page, heads, bodies, topic, side, {})
    return _solve(page, heads, bodies, topic, side, found)


def _solve(
    page: Sequence[Story],
    heads: list[int],
    bodies: list[int],
    topic: list[list[float]],
    side: float,
    earlier: dict[int, int],
) -> dict[int, int]:
    costs: list[list[float]] = []
    for h, head in enumerate(heads):
        row: list[float] = []
        for b, body in enumerate(bodies):
            worth = _TOPIC * topic[h][b] - _STEP * min(_FAR, _between(page, head, body))
            worth += side if head < body else -side
            worth -= _stray(page, head, body, heads, earlier)
            if topic[h][b] < _NO_WORDS and not _beside(page, head, body):
                worth += _STRAY
            row.extend(-(worth + later + (_FIRST if n == 0 else 0.0)) for n, later in enumerate(_LATER))
        row.extend([-_NONE] * len(heads))
        costs.append(row)
    width = len(_LATER)
    return {
        heads[h]: bodies[column // width]
        for h, column in enumerate(assign(costs))
        if column < width * len(bodies)
    }


def _between(page: Sequence[Story], one: int, other: int) -> int:
    """Return how many bodies stand between, and half of the other things but bylines."""
    low, high = sorted((one, other))
    return sum(page[i].kind == "body" for i in range(low + 1, high))


def _beside(page: Sequence[Story], head: int, body: int) -> bool:
    low, high = sorted((head, body))
    return all(page[i].kind in {"byline", "head"} for i in range(low + 1, high))


def _stray(page: Sequence[Story], head: int, body: int, heads: list[int], earlier: dict[int, int]) -> float:
    """Return the cost of a deck on a body whose other decks stand elsewhere."""
    others = [h for h in heads if h != head and earlier.get(h) == body]
    if not others or any(all(page[i].kind == "head" for i in range(*sorted((head, h)))) for h in others):
        return 0.0
    return _APART


def _attach_bylines(
    page: Sequence[Story], bylines: list[int], bodies: list[int], of_head: Mapping[int, int]
) -> dict[int, int]:
    """Give each byline its body; of those torn off and heaped up, the last one belongs to the first body."""
    if not bylines or not bodies:
        return {}
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
    return {bylines[n]: bodies[column] for n, column in enumerate(assign(costs)) if column < len(bodies)}


def _like_caption(story: Story) -> bool:
    return not story.opened and len(story.text) < _CAPTION


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
