"""Which decks make one headline, and which body it belongs to: both answered together, over the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kg.layout.story import Story
from kg.layout.topic import overlaps

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

_TOPIC = 4.0  # weight of the words in common
_LEAD = 0.4  # and of those that stand in the first lines already, as most do
_OPENING = 150  # so many characters
_FIRST = 1.5  # what it is worth that a body has a headline at all
_FIRST_OF_CAPTION = 0.3  # the same for the words under a photo
_SECOND = -0.35  # the worth of a second headline that stands elsewhere on the page
_MORE = (0.0, 0.0, 0.15, -0.6, -1.5)  # worth of so many fragments of decks in one headline
_SLOGAN = 0.3  # worth of a deck in two halves (携手并进 共赢发展) that stands over a plain one
_WHOLE = -0.8  # worth of adding to decks that stand together on their own
_STEP = 0.45  # cost of every body that stands between
_FAR = 2  # more of them cost no more
_SIDE = 0.5  # worth of standing on the side where this page prints its headlines
_NONE = -1.2  # worth of belonging nowhere
_STRAY = -0.2  # a headline far from a body with which it shares no words
_NO_WORDS = 0.1
_LONGEST = 4
_KEPT = 256  # ways to give out bodies that are followed at a time
_TOGETHER = 60  # bodies of a page that are looked at together

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Headed:
    """Which headline fragment belongs to which body, by their places on the page, and what that is worth.

    `side` is what it was worth that a headline stands before its body.
    """

    worth: float
    bodies: dict[int, int]
    side: float = 0.0


def attach_heads(
    page: Sequence[Story], heads: Sequence[int], bodies: Sequence[int], side: float | None = None
) -> Headed:
    """Give each headline fragment the body it belongs to, unless it belongs nowhere.

    Fragments that stand one after the other may make one headline. All ways to cut such runs into
    headlines and to give each body one of them are tried together. On which side of the bodies the page
    prints headlines is found out first, unless it is given.
    """
    worth, found, sides = 0.0, dict[int, int](), [side or 0.0]
    for start in range(0, len(bodies), _TOGETHER):
        some = bodies[start : start + _TOGETHER]
        low = 0 if not start else some[0]
        high = len(page) if start + _TOGETHER >= len(bodies) else bodies[start + _TOGETHER]
        near = [head for head in heads if low <= head < high]
        if near:
            search = _Search(page, near, some)
            part = search.best(search.side() if side is None else side)
            worth, found = worth + part.worth, found | part.bodies
            sides.append(part.side)
    return Headed(worth, found, sides[-1])


class _Search:
    """All ways to cut the headlines of a page, and what each is worth for each body."""

    def __init__(self, page: Sequence[Story], heads: Sequence[int], bodies: Sequence[int]) -> None:
        self.heads, self.bodies = heads, np.array(bodies)
        decks, texts = [page[h].text for h in heads], [page[b].text for b in bodies]
        topic = np.array(overlaps(decks, texts))
        topic += _LEAD * np.array(overlaps(decks, [text[:_OPENING] for text in texts]))
        first = [_FIRST_OF_CAPTION if page[b].caption else _FIRST for b in bodies]
        self.first = np.array(first)
        kinds = [story.kind for story in page]
        passed = np.array([0, *accumulate(kind == "body" for kind in kinds)])
        other = np.array([0, *accumulate(kind not in {"byline", "head"} for kind in kinds)])
        self.groups: list[list[tuple[int, Numbers, Numbers]]] = []
        for n in range(len(heads)):
            ways = []
            for size in self._sizes(n):
                group = tuple(heads[n : n + size])
                low = np.where(self.bodies > group[-1], group[-1], self.bodies)
                high = np.where(self.bodies > group[-1], self.bodies, group[0])
                between = passed[high] - passed[low + 1]
                shared = topic[n : n + size]
                worth = _TOPIC * shared.sum(axis=0) - _STEP * np.minimum(_FAR, between) + _decks(page, group)
                lost = (shared.max(axis=0) < _NO_WORDS) & (other[high] > other[low + 1])
                ways.append((size, worth + _STRAY * lost, np.where(self.bodies > group[-1], 1.0, -1.0)))
            self.groups.append(ways)

    def _sizes(self, n: int) -> Iterator[int]:
        """Yield of how many fragments a headline can be that begins with one of them."""
        for size in range(1, min(_LONGEST, len(self.heads) - n) + 1):
            if self.heads[n + size - 1] != self.heads[n] + size - 1:
                return
            yield size

    def side(self) -> float:
        """Return what it is worth that a headline stands before its body; less than 0 where behind it."""
        found = self.best(0.0).bodies
        before = sum(head < body for head, body in found.items())
        return _SIDE * (2 * before / len(found) - 1) if found else 0.0

    def best(self, side: float) -> Headed:
        """Return the best way to cut the headlines and to give them to bodies.

        A way is followed from the first headline to the last by which bodies have one; of those with the
        same bodies the best, and of all of them the best `_KEPT`.
        """
        count = len(self.bodies)
        bits = np.left_shift(np.int64(1), np.arange(count, dtype=np.int64))
        # of each number of heads given out: bodies that have one, worth, and where that comes from as one
        # number: heads given out before, which of the ways kept, body (0 for none)
        waiting: list[list[tuple[Indices, Numbers, Indices]]] = [[] for _ in range(len(self.heads) + 1)]
        waiting[0].append((np.zeros(1, np.int64), np.zeros(1), np.zeros(1, np.int64)))
        kept: list[tuple[Numbers, Indices]] = []
        for n, parts in enumerate(waiting):
            masks, worths, back = (np.concatenate(part) for part in zip(*parts, strict=True))
            order = np.lexsort((-worths, masks))
            ordered = masks[order]
            single = order[np.append(True, ordered[1:] != ordered[:-1])]
            if len(single) > _KEPT:
                single = single[np.argsort(-worths[single], kind="stable")[:_KEPT]]
            masks, worths, back = masks[single], worths[single], back[single]
            kept.append((worths, back))
            if n == len(self.heads):
                break
            source = (n * _KEPT + np.arange(len(masks))) * (count + 1)
            free, body = np.nonzero((masks[:, None] & bits) == 0)
            given, before, came = masks[free] | bits[body], worths[free], source[free] + body + 1
            for size, plain, sign in self.groups[n]:
                worth = plain + side * sign
                again = int(worth.argmax())
                second = float(worth[again]) + _SECOND
                rest = (second, again + 1) if second > _NONE else (_NONE, 0)
                waiting[n + size].append((masks, worths + rest[0], source + rest[1]))
                waiting[n + size].append((given, before + (worth + self.first)[body], came))
        return self._told(kept, side)

    def _told(self, kept: Sequence[tuple[Numbers, Indices]], side: float) -> Headed:
        worths, _ = kept[-1]
        state = int(worths.argmax())
        found: dict[int, int] = {}
        n, total = len(self.heads), float(worths[state])
        while n:
            source, body = divmod(int(kept[n][1][state]), len(self.bodies) + 1)
            start, state = divmod(source, _KEPT)
            if body:
                found |= dict.fromkeys(self.heads[start:n], int(self.bodies[body - 1]))
            n = start
        return Headed(total, found, side)


def _decks(page: Sequence[Story], group: Group) -> float:
    """Return what it is worth that fragments are the decks of one headline."""
    worth = _MORE[len(group)]
    if len(group) > 1:
        worth += _SLOGAN * (_halved(page[group[0]]) - _halved(page[group[-1]]))
        worth += _WHOLE if any(len(page[head].lines) > 1 for head in group) else 0.0
    return worth


def _halved(story: Story) -> bool:
    return len(story.lines) == 1 and len(story.text.split()) == 2
