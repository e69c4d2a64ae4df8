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

from kg.layout.exchange import exchanged
from kg.layout.genre import Genre
from kg.layout.likely import odds
from kg.layout.lines import Clean
from kg.layout.story import Story
from kg.layout.traced import units
from kg.layout.weave import Lines, woven
from kg.layout.words import Joints

_BROKEN = -1.0  # the odds of a headline below a line that is no end
_STUB = 3.5  # a line so much shorter than the column, and open, was cut off: rather the last one
_CUT_OFF = 6.0
_OPENING = -15.0  # of the words that open a body below any line
_LEAST = 6  # a column has at least so many lines
_TWICE = (1.6, 2.2)  # a line so many times as wide as the column holds two


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
    joints: Joints | None = None
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
        joints = joints or Joints(other.text for other in lines)
        score = joints.score
        cut = min(places, key=lambda i: (score(text[:i], text[i:]), abs(units(text[i:]) - width)))
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
        if not closed[n] and width - wide[n] > _STUB:
            told[n, :] -= _CUT_OFF
        if line.level:
            told[n, :] = 0.0
            told[:, n] = [0.0 if end else _BROKEN for end in closed]
    first = next((n for n, text in enumerate(texts) if genre.opens_story(text)), 0)
    first = 0 if genre.opens_note(texts[0]) else first
    if first:
        told[:, first] = _OPENING
    gaps = tuple(line.gap > 0 for line in lines)
    return exchanged(told, gaps, closed, woven(Lines(told, gaps, tuple(closed), first)))
