"""Printed lines found again where the page has several of them on one line, separated by spaces.

Which spaces part printed lines and which stand inside one is decided for a whole line of the page at once:
printed lines of a column are equally wide, but for the first and the last one of a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.layout.genre import Genre
from kg.layout.lines import Clean
from kg.layout.traced import Traced, units

_COLUMN = (9.0, 27.0)  # widths of printed columns, in hanzi
_FULL = (1.5, 1.0)  # a full line is at most so much narrower or wider
_INDENT = 3.2  # the first line of a paragraph is at most so much narrower
_LEAST = 4  # full lines that show how wide a column is
_SHARE = 0.45  # of the pieces of a column that are full lines

_FIRST = 0.5  # cost of a line that is indented
_LAST = 1.5  # of a short one that ends a sentence
_TORN = 2.0  # of a short one at the end of the page's line
_OPEN = 4.0  # of any other short one
_SPACE = 1.0  # of a space inside a line
_SENTENCE = 4.0  # of one behind a sentence
_WIDE = 99.0


def unfold_columns(lines: Iterable[Clean], genre: Genre) -> tuple[Clean, ...]:
    """Cut lines that hold the lines of a printed column, separated by spaces, into those lines.

    The lines cut so have the width of their column as `column`.
    """
    done: list[Clean] = []
    for run in _runs(lines):
        pieces = [line.traced.split() for line in run]
        width = _column_width([units(piece.text) for part in pieces for piece in part])
        for line, part in zip(run, pieces, strict=True):
            done.extend([line] if width is None else _unfolded(line, part, width, genre))
    return tuple(done)


def _runs(lines: Iterable[Clean]) -> Iterator[list[Clean]]:
    """Yield the lines between headings and bylines; these by themselves."""
    run: list[Clean] = []
    for line in lines:
        if line.people or 0 < line.level < 4 or line.label:
            yield run
            yield [line]
            run = []
        else:
            run.append(line)
    yield run


def _column_width(widths: Sequence[float]) -> float | None:
    """Return how wide the printed lines are, or None when the pieces are no such lines."""
    inside = sorted(width for width in widths if _COLUMN[0] <= width <= _COLUMN[1])
    if len(inside) < _LEAST:
        return None
    counts = {w: bisect_right(inside, w + 0.5) - bisect_left(inside, w - 1.0) for w in set(inside)}
    best = max(counts, key=lambda w: (counts[w], w))
    full = sum(best - _FULL[0] <= width <= best + _FULL[1] for width in inside)
    return best if full >= _LEAST and full >= _SHARE * len(widths) else None


def _unfolded(line: Clean, pieces: Sequence[Traced], width: float, genre: Genre) -> Iterator[Clean]:
    """Yield the printed lines of a line of the page."""
    if units(line.text) <= width + _FULL[1]:
        yield line
        return
    wide = [units(piece.text) for piece in pieces]
    if not any(width - _INDENT <= piece <= width + _FULL[1] for piece in wide):
        yield line
        return
    where = {offset: place for place, offset in enumerate(line.traced.offsets)}
    first = True
    for start, end in _cuts(pieces, width, genre):
        begin, stop = where[pieces[start].offsets[0]], where[pieces[end - 1].offsets[-1]] + 1
        yield replace(
            line,
            traced=line.traced.cut(begin, stop),
            gap=line.gap if first else 0,
            level=line.level if first else 0,
            column=width,
        )
        first = False


def _cuts(pieces: Sequence[Traced], width: float, genre: Genre) -> list[tuple[int, int]]:
    """Return which pieces make printed lines, the cheapest way to see them so."""
    count = len(pieces)
    wide = [units(piece.text) for piece in pieces]
    ends = [genre.closed(piece.text) for piece in pieces]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, count + 1):
        found = (float("inf"), end - 1)
        total = inside = 0.0
        for start in range(end - 1, -1, -1):
            total += wide[start]
            if start < end - 1:
                total += 0.5
                inside += _inside(pieces[start].text, pieces[start + 1].text, ended=ends[start], genre=genre)
                if total > width + _FULL[1] + 0.5:
                    break
            cost = best[start][0] + inside + _shape(total, width, ended=ends[end - 1], last=end == count)
            found = min(found, (cost, start))
        best.append(found)
    bounds = [count]
    while bounds[-1]:
        bounds.append(best[bounds[-1]][1])
    return list(pairwise(reversed(bounds)))


def _inside(before: str, after: str, *, ended: bool, genre: Genre) -> float:
    """Return what it costs that a space stands inside a line."""
    if genre.opens_story(before) and len(before) < 8:
        return 0.0
    if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum():
        return 0.0
    return _SENTENCE if ended else _SPACE


def _shape(wide: float, width: float, *, ended: bool, last: bool) -> float:
    """Return what it costs that a line is as wide as it is."""
    missing = width - wide
    if missing <= _FULL[0]:
        return 0.0
    if missing <= _INDENT:
        return _FIRST
    if ended:
        return _LAST
    return _TORN if last else _OPEN
