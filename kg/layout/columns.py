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

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kg.layout.blocks import units
from kg.layout.genre import Genre
from kg.layout.likely import odds
from kg.layout.lines import Clean
from kg.layout.stories import Story
from kg.layout.weave import Lines, woven
from kg.layout.words import Joints

_BROKEN = -1.0  # the odds of a headline below a line that is no end
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
    if len(lines) < _LEAST:
        return tuple(range(len(lines)))
    texts = [line.text for line in lines]
    wide = [units(text) for text in texts]
    width = median(sorted(wide)[len(wide) // 3 :])
    closed = [genre.closed(text) for text in texts]
    told = odds(texts, wide, closed, width)
    for n, line in enumerate(lines):
        if line.level:
            told[n, :] = 0.0
            told[:, n] = [0.0 if end else _BROKEN for end in closed]
    return woven(Lines(told, tuple(line.gap > 0 for line in lines), tuple(closed)))
