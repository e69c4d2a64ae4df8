"""Interleaved columns: the printed lines of a body put into the order in which they read on.

Where a scan has two columns side by side, the page gives lines of the second between those of the first.
The order is found over the whole body at once, not join by join, as the cheapest way through all lines:

- a join is cheap when it completes words or strings that the page has elsewhere, and when it keeps to how
  paragraphs are set (the first line indented, the last one short);
- a step of the page, from one of its lines to the next, is cheap when the lines follow each other, or when
  they stand side by side: then they are one column apart, by nearly the same number of lines all through
  the body. That number is tried out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kg.layout.blocks import units
from kg.layout.genre import Genre
from kg.layout.lines import Clean
from kg.layout.stories import Story
from kg.layout.words import Joints

_STRONG = -4.0  # a join so cheap is evidence by itself
_WEAK = -2.0
_LEAST = 6  # a column has at least so many lines
_SLACK = 2  # columns differ in length by so many lines
_HEIGHTS = 10  # so many heights of columns are tried
_GAIN = 3.0  # the order of the page is left only for so much
_PIECES = (1, 2, 3)  # lines in a row that move together
_ZONE = (2, 3, 4)  # every second line, so many of them, that move together

_SKIP = 0.3  # cost of a step over one line
_SIDE = 1.5  # cost of a step to the next column, of a step to the one after it
_FAR_SIDE = 2.0
_OFF = 0.3  # for each line that the step misses the height of the column by
_LEAP = 4.0  # cost of any other step
_AT_GAP = 0.7  # share of these where the page leaves a blank line

_TWICE = (1.6, 2.2)  # a line so many times as wide as the column holds two
_STUB = 3.5  # a line so much shorter than the column, and open, lost its full stop or was cut off
_INDENT = 1.5
_OPEN_INDENT = 2.0
_OPEN_END = 2.0


def in_order(story: Story, genre: Genre) -> Story:
    """Return a body with its lines as they read on; the first one stays where it is."""
    lines = _parted(story.lines)
    moved = {id(line): n for n, line in enumerate(story.lines)}
    path = reading_order(lines, genre)
    ordered = tuple(
        lines[i] if n == 0 or i == path[n - 1] + 1 else replace(lines[i], gap=0) for n, i in enumerate(path)
    )
    subheads = {n for n, i in enumerate(path) if moved.get(id(lines[i]), -1) in story.subheads}
    return replace(story, lines=ordered, subheads=frozenset(subheads))


def _parted(lines: Sequence[Clean]) -> tuple[Clean, ...]:
    """Cut lines as wide as two columns: two printed lines that lost the space between them.

    Of the places where both parts would be as wide as printed lines are, the border is where they have
    least to do with each other. A line cut in vain is joined again when the order is found.
    """
    width = median(sorted(units(line.text) for line in lines)[len(lines) // 3 :])
    joints = Joints(line.text for line in lines)
    result: list[Clean] = []
    for n, line in enumerate(lines):
        text = line.text
        beside = [units(other.text) for other in (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2])]
        wide = _TWICE[0] * width <= units(text) <= _TWICE[1] * width
        if line.level or not wide or max(beside, default=0.0) > _TWICE[0] * width:
            result.append(line)
            continue
        places = [i for i in range(1, len(text)) if abs(units(text[i:]) - width) <= 1.0]
        if not places:
            result.append(line)
            continue
        cut = min(places, key=lambda i: (joints.score(text[:i], text[i:]), abs(units(text[i:]) - width)))
        result.append(replace(line, traced=line.traced.cut(0, cut)))
        result.append(replace(line, traced=line.traced.cut(cut), gap=0))
    return tuple(result)


def reading_order(lines: Sequence[Clean], genre: Genre) -> tuple[int, ...]:
    """Return the numbers of the lines in the order in which they read on."""
    count = len(lines)
    same = tuple(range(count))
    if count < _LEAST:
        return same
    body = _Body(
        _joins(lines, Joints(line.text for line in lines), genre),
        tuple(line.gap > 0 for line in lines),
        tuple(0.0 if genre.closed(line.text) else _OPEN_END for line in lines),
    )
    best = body.cost(same, _steps(count, 0)) - _GAIN
    order = same
    for height in (0, *_heights(body.joins)):
        cost, path = _search(body, height)
        if cost < best:
            best, order = cost, path
    return order


@dataclass(frozen=True, slots=True)
class _Body:
    joins: tuple[tuple[float, ...], ...]
    gaps: tuple[bool, ...]
    ends: tuple[float, ...]

    def cost(self, path: Sequence[int], steps: Sequence[float]) -> float:
        """Return what a way costs: its joins, and the steps of the page as seen from it."""
        joins, gaps = self.joins, self.gaps
        count = len(path)
        place = [0] * count
        for n, line in enumerate(path):
            place[line] = n
        cost = self.ends[path[-1]]
        for n in range(count - 1):
            cost += joins[path[n]][path[n + 1]]
            step = steps[place[n + 1] - place[n] + count]
            cost += step * _AT_GAP if gaps[n + 1] else step
        return cost


def _joins(lines: Sequence[Clean], joints: Joints, genre: Genre) -> tuple[tuple[float, ...], ...]:
    """Return the cost of reading on from each line to each other one."""
    texts = [line.text for line in lines]
    wide = [units(text) for text in texts]
    width = median(sorted(wide)[len(wide) // 3 :])
    closed = [genre.closed(text) for text in texts]
    apart = [bool(line.level) for line in lines]
    indented = [_indented(width - wide[j], closed[j]) for j in range(len(lines))]

    def join(i: int, j: int) -> float:
        if i == j:
            return 0.0
        if apart[i] or apart[j]:
            return 0.0 if closed[i] or apart[i] else 1.0
        if closed[i]:
            return -_INDENT * indented[j] * min(1.0, max(0.0, (width - wide[i] - 0.5) / 1.5))
        score = joints.score(texts[i], texts[j])
        if width - wide[i] >= _STUB:
            return _INDENT - indented[j] - score / 2
        return _OPEN_INDENT * max(0.0, indented[j]) - score

    return tuple(tuple(join(i, j) for j in range(len(lines))) for i in range(len(lines)))


def _indented(missing: float, closed: bool) -> float:
    """Return from -1 (a full line) to 1 (indented by two) how a line looks whose width misses so much."""
    if missing > 4.5 or (closed and missing > 3.0):
        return 0.0
    return max(-1.0, min(1.0, missing - 1.0))


def _heights(joins: Sequence[Sequence[float]]) -> list[int]:
    """Return the heights of columns that cheap joins across the page speak for, the likeliest first."""
    count = len(joins)
    votes: Counter[int] = Counter()
    for i in range(count):
        for j in range(1, count):
            leap = abs(j - i)
            if leap < _LEAST or joins[i][j] > _STRONG:
                continue
            if (i + 1 < count and joins[i][i + 1] < _WEAK) or joins[j - 1][j] < _WEAK:
                continue
            for off in range(-_SLACK, _SLACK + 1):
                votes[leap + off] += _SLACK + 1 - abs(off)
    ranked = sorted(votes, key=lambda height: (-votes[height], height))
    return [height for height in ranked if height >= _LEAST][:_HEIGHTS]


def _steps(count: int, height: int) -> list[float]:
    """Return the cost of a step of the page by how far it leads in the reading order, from -count on."""
    return [_step(far, height) for far in range(-count, count + 1)]


def _step(far: int, height: int) -> float:
    if far == 1:
        return 0.0
    if 2 <= far <= 4:
        return _SKIP * (far - 1)
    costs = [_LEAP]
    for columns, cost in ((1, _SIDE), (2, _FAR_SIDE)) if height else ():
        aim = columns * height
        off = min(abs(far - aim), abs(far + aim), abs(far + aim - 1))
        if off <= _SLACK:
            costs.append(cost + _OFF * off)
    return min(costs)


def _search(body: _Body, height: int) -> tuple[float, tuple[int, ...]]:
    """Move lines, always those that save most, until nothing saves; return cost and way."""
    steps = _steps(len(body.joins), height)
    path = tuple(range(len(body.joins)))
    best = body.cost(path, steps)
    while True:
        costs = ((body.cost(other, steps), other) for other in _moves(body, path, height))
        cost, other = min(costs, default=(best, path))
        if cost >= best - 1e-6:
            return best, path
        best, path = cost, other


def _moves(body: _Body, path: tuple[int, ...], height: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways in which some lines stand elsewhere that a join or the geometry speaks for."""
    count = len(path)
    for start in range(1, count):
        picks = [tuple(range(start, start + size)) for size in _PIECES]
        picks += [tuple(range(start, start + 2 * size, 2)) for size in _ZONE]
        for pick in picks:
            if pick[-1] >= count:
                continue
            moved = tuple(path[n] for n in pick)
            rest = tuple(line for n, line in enumerate(path) if n not in pick)
            places = set(_drawn(body.joins, moved, rest))
            if height and _saved(body.joins, path, pick) >= 0.5:
                places.update(
                    start + way * height + off for way in (1, -1) for off in range(-_SLACK, _SLACK + 1)
                )
            for place in places:
                if 1 <= place <= len(rest) and place != start:
                    yield rest[:place] + moved + rest[place:]


def _drawn(joins: Sequence[Sequence[float]], moved: tuple[int, ...], rest: tuple[int, ...]) -> Iterator[int]:
    """Yield the places where a strong join draws the lines to."""
    first, last = joins, joins[moved[-1]]
    for place in range(1, len(rest)):
        if first[rest[place - 1]][moved[0]] <= _STRONG or last[rest[place]] <= _STRONG:
            yield place


def _saved(joins: Sequence[Sequence[float]], path: tuple[int, ...], pick: tuple[int, ...]) -> float:
    """Return what the joins gain when some lines are taken out."""
    low, high = pick[0] - 1, min(len(path), pick[-1] + 2)
    stretch = path[low:high]
    gone = set(pick)
    kept = [line for n, line in enumerate(stretch, low) if n not in gone]
    return _sum(joins, stretch) - _sum(joins, kept) - _sum(joins, [path[n] for n in pick])


def _sum(joins: Sequence[Sequence[float]], lines: Sequence[int]) -> float:
    return sum(joins[a][b] for a, b in pairwise(lines))
