"""Which decks make one headline, and which body it belongs to: both answered together, over the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kg.layout.giving import Offers, given_out, worths_of
from kg.layout.story import Story
from kg.layout.topic import topics

Numbers = NDArray[np.float64]

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
_TOGETHER = 60  # bodies of a page that are looked at together


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
    for known, told in _last:
        if known is page and side is None:
            return told
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
    headed = Headed(worth, found, sides[-1])
    if side is None:
        _last[:] = [(page, headed)]
    return headed


_last: list[tuple[Sequence[Story], Headed]] = []  # of the page that was asked for last


def worths(pages: Sequence[Sequence[Story]], side: float) -> list[float]:
    """Return what the headlines of pages are worth that differ only in where their bodies are parted.

    They have the same headlines and equally many bodies.
    """
    heads, bodies = zip(*(places(page) for page in pages), strict=True)
    if not heads[0] or len(bodies[0]) > _TOGETHER:
        return [attach_heads(page, *places(page), side).worth for page in pages]
    plain, sign, first = _tables(pages, heads, bodies)
    return worths_of([_offers(plain[n] + side * sign[n], first[n]) for n in range(len(pages))])


def places(page: Sequence[Story]) -> tuple[list[int], list[int]]:
    """Return where the headlines of a page stand and where its bodies do."""
    kinds = [story.kind for story in page]
    heads, bodies = ([n for n, kind in enumerate(kinds) if kind == told] for told in ("head", "body"))
    return heads, bodies


def _tables(
    pages: Sequence[Sequence[Story]], heads: Sequence[Sequence[int]], bodies: Sequence[Sequence[int]]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return for pages what headlines are worth for bodies wherever they stand, on which side, what any is.

    Of the first two the axes are pages, first fragments, further ones, bodies.
    """
    decks = [pages[0][h] for h in heads[0]]
    told = topics(tuple(deck.text for deck in decks))
    texts = [[page[b].text for b in some] for page, some in zip(pages, bodies, strict=True)]
    topic = told.overlaps(np.array([[told.held(text) for text in some] for some in texts]))
    opened = [[told.held(text[:_OPENING]) for text in some] for some in texts]
    topic += _LEAD * told.overlaps(np.array(opened))
    captions = np.array([[page[b].caption for b in some] for page, some in zip(pages, bodies, strict=True)])
    kinds = [[story.kind for story in page] for page in pages]
    each = np.arange(len(pages))[:, None, None]
    passed = np.array([[0, *accumulate(kind == "body" for kind in row)] for row in kinds])
    other = np.array([[0, *accumulate(kind not in {"byline", "head"} for kind in row)] for row in kinds])
    where, there = np.array(heads), np.array(bodies)[:, None, :]
    count = len(decks)
    plain = np.full((len(pages), count, _LONGEST, there.shape[2]), -np.inf)
    sign = np.ones(plain.shape)
    halved = np.array([_halved(deck) for deck in decks], dtype=np.float64)
    deep = np.array([0, *accumulate(len(deck.lines) > 1 for deck in decks)])
    shared, most = np.zeros(topic.shape), np.zeros(topic.shape)
    for size in range(1, min(_LONGEST, count) + 1):
        starts = count - size + 1
        shared = shared[:, :starts] + topic[:, size - 1 :]
        most = np.maximum(most[:, :starts], topic[:, size - 1 :])
        last, begin = where[:, size - 1 :, None], where[:, :starts, None]
        behind = there > last
        low, high = np.where(behind, last, there), np.where(behind, there, begin)
        between = passed[each, high] - passed[each, low + 1]
        decked = np.full(starts, _MORE[size])
        if size > 1:
            decked += _SLOGAN * (halved[:starts] - halved[size - 1 :])
            tall = deep[size : starts + size] > deep[:starts]
            decked += np.where(tall, _WHOLE, 0.0)
        worth = _TOPIC * shared - _STEP * np.minimum(_FAR, between) + decked[:, None]
        lost = (most < _NO_WORDS) & (other[each, high] > other[each, low + 1])
        together = last == begin + size - 1
        plain[:, :starts, size - 1] = np.where(together, worth + _STRAY * lost, -np.inf)
        sign[:, :starts, size - 1] = np.where(behind, 1.0, -1.0)
    return plain, sign, np.where(captions, _FIRST_OF_CAPTION, _FIRST)


def _offers(worth: Numbers, first: Numbers) -> Offers:
    second = worth.max(axis=2) + _SECOND
    good = second > _NONE
    rest = np.where(worth[:, :, 0] > -np.inf, np.where(good, second, _NONE), -np.inf)
    return Offers(worth + first, rest, np.where(good, worth.argmax(axis=2) + 1, 0))


class _Search:
    """All ways to cut the headlines of a page, and what each is worth for each body."""

    def __init__(self, page: Sequence[Story], heads: Sequence[int], bodies: Sequence[int]) -> None:
        self.heads, self.bodies = heads, bodies
        (self.plain,), (self.sign,), (self.first,) = _tables([page], [heads], [bodies])

    def side(self) -> float:
        """Return what it is worth that a headline stands before its body; less than 0 where behind it."""
        found = self.best(0.0).bodies
        before = sum(head < body for head, body in found.items())
        return _SIDE * (2 * before / len(found) - 1) if found else 0.0

    def best(self, side: float) -> Headed:
        """Return the best way to cut the headlines and to give them to bodies."""
        total, given = given_out(_offers(self.plain + side * self.sign, self.first))
        found: dict[int, int] = {}
        for start, end, body in given:
            if body:
                found |= dict.fromkeys(self.heads[start:end], self.bodies[body - 1])
        return Headed(total, found, side)


def _halved(story: Story) -> bool:
    return len(story.lines) == 1 and len(story.text.split()) == 2
