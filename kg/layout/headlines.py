"""Which decks make one headline, and which body it belongs to: both answered together, over the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from kg.layout.matching import assign
from kg.layout.stories import Story
from kg.layout.topic import overlaps

_TOPIC = 4.0  # weight of the words in common
_FIRST = 1.5  # what it is worth that a body has a headline at all
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
_MOST = 10  # a longer run of decks is not cut in all ways
_LONGEST = 4
_TRIED = 32  # of the ways to cut a run, so many are tried

Group = tuple[int, ...]


def attach_heads(page: Sequence[Story], heads: Sequence[int], bodies: Sequence[int]) -> dict[int, int]:
    """Return for each headline fragment the body it belongs to, both by their places on the page.

    Fragments that stand one after the other may make one headline. All ways to cut such a run into
    headlines are tried, each with the best assignment of headlines to bodies.
    """
    if not heads or not bodies:
        return {}
    rows = overlaps([page[h].text for h in heads], [page[b].text for b in bodies])
    topic = dict(zip(heads, rows, strict=True))
    groups: list[Group] = [(head,) for head in heads]
    found = _solve(page, groups, bodies, topic, 0.0)[1]
    before = sum(group[0] < body for group, body in found.items())
    side = _SIDE * (2 * before / len(found) - 1) if found else 0.0
    for run in _runs(heads):
        others = [group for group in groups if group[0] not in run]
        cuts = _likely(page, [list(cut) for cut in _cuts(run)], bodies, topic, side)
        groups = max(
            ([*others, *cut] for cut in cuts), key=lambda tried: _solve(page, tried, bodies, topic, side)[0]
        )
    best = _solve(page, groups, bodies, topic, side)[1]
    return {head: body for group, body in best.items() for head in group}


def _likely(
    page: Sequence[Story],
    cuts: list[list[Group]],
    bodies: Sequence[int],
    topic: dict[int, list[float]],
    side: float,
) -> list[list[Group]]:
    """Return the cuts that would be worth most if every headline had the body it fits best to itself."""
    if len(cuts) <= _TRIED:
        return cuts
    best = {
        group: max(_worth(page, group, n, body, topic, side) for n, body in enumerate(bodies)) + _FIRST
        for group in {group for cut in cuts for group in cut}
    }

    def worth(cut: list[Group]) -> float:
        fits = sorted((best[group] for group in cut), reverse=True)
        second = sum(max(fit - _FIRST + _SECOND, _NONE) for fit in fits[len(bodies) :])
        return sum(max(fit, _NONE) for fit in fits[: len(bodies)]) + second

    return sorted(cuts, key=worth, reverse=True)[:_TRIED]


def _runs(heads: Sequence[int]) -> list[list[int]]:
    """Return headline fragments with nothing else between them."""
    runs: list[list[int]] = []
    for head in heads:
        if runs and runs[-1][-1] == head - 1 and len(runs[-1]) < _MOST:
            runs[-1].append(head)
        else:
            runs.append([head])
    return [run for run in runs if len(run) > 1]


def _cuts(run: Sequence[int]) -> Iterator[tuple[Group, ...]]:
    """Yield the ways to cut a run into headlines."""
    for marks in product((True, False), repeat=len(run) - 1):
        groups: list[list[int]] = [[run[0]]]
        for head, apart in zip(run[1:], marks, strict=True):
            if apart:
                groups.append([head])
            else:
                groups[-1].append(head)
        if max(map(len, groups)) <= _LONGEST:
            yield tuple(map(tuple, groups))


def _solve(
    page: Sequence[Story],
    groups: Sequence[Group],
    bodies: Sequence[int],
    topic: dict[int, list[float]],
    side: float,
) -> tuple[float, dict[Group, int]]:
    """Return the worth of the best assignment, and the assignment."""
    worths = [
        [_worth(page, group, n, body, topic, side) for n, body in enumerate(bodies)] for group in groups
    ]
    costs = [
        [*(-w - _FIRST for w in row), *(-w - _SECOND for w in row), *[-_NONE] * len(groups)] for row in worths
    ]
    columns = assign(costs)
    count = len(bodies)
    total = sum(-costs[n][column] for n, column in enumerate(columns))
    return total, {
        groups[n]: bodies[column % count] for n, column in enumerate(columns) if column < 2 * count
    }


def _worth(
    page: Sequence[Story],
    group: Group,
    number: int,
    body: int,
    topic: dict[int, list[float]],
    side: float,
) -> float:
    shared = [topic[head][number] for head in group]
    near = group[-1] if group[-1] < body else group[0]
    low, high = sorted((near, body))
    between = [page[i].kind for i in range(low + 1, high)]
    worth = _TOPIC * sum(shared) - _STEP * min(_FAR, between.count("body"))
    worth += side if near < body else -side
    worth += _MORE[len(group)]
    if len(group) > 1:
        worth += _SLOGAN * (_halved(page[group[0]]) - _halved(page[group[-1]]))
        worth += _WHOLE if any(len(page[head].lines) > 1 for head in group) else 0.0
    if max(shared) < _NO_WORDS and any(kind not in {"byline", "head"} for kind in between):
        worth += _STRAY
    return worth


def _halved(story: Story) -> bool:
    return len(story.lines) == 1 and len(story.text.split()) == 2
