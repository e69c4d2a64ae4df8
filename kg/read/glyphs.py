"""Single characters with their places on paper to printed lines, each within one column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.model import Box

_GAP = 0.75
"""A gap of so many character heights parts a printed line: columns stand further apart than words."""
_LARGE = 15.0
_LARGE_GAP = 0.5
"""The same for type of so many points and more: headlines of two articles may stand close together."""
_BACK = 0.5
_LEVEL = 0.25
_SAME_SIZE = 0.8
_TWICE = 0.35
_STACK = 3
_SPACE = 0.15


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character: its box and its base line in points, origin top left."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    base: float

    @property
    def size(self) -> float:
        """Return the height of its box, about the size of the font."""
        return self.bottom - self.top


def printed(glyphs: Iterable[Glyph]) -> Iterator[tuple[str, Box]]:
    """Yield the printed lines of a page in the order of the file, with their boxes.

    A printed line that runs across columns is cut at every wide gap; a letter printed twice at one place
    (a shadow, a false bold) counts once; letters that stand one under the other become one line.
    """
    runs: list[list[Glyph]] = []
    for glyph in _once(glyphs):
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        elif not glyph.char.isspace():
            runs.append([glyph])
    for run in _stacked(_joined(runs)):
        text = _text(run)
        if text:
            yield text, _box(run)


def _once(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Leave out a character that is printed again within a third of its size."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = max(glyph.size * _TWICE, 0.1)
        column, row = int(glyph.left // 20), int(glyph.base // 20)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.char, column + dx, row + dy), ())
        )
        if glyph.char.isspace() or not any(
            abs(other.left - glyph.left) < reach and abs(other.base - glyph.base) < reach for other in near
        ):
            seen.setdefault((glyph.char, column, row), []).append(glyph)
            yield glyph


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a character goes on the line on which the last one stands."""
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    return (
        abs(glyph.base - last.base) < _LEVEL * size
        and min(last.size, glyph.size) > (_SAME_SIZE * size if gap > _SPACE * size else 0.5 * size)
        and -_BACK * size < gap < (_GAP if size < _LARGE else _LARGE_GAP) * size
    )


def _joined(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Join runs that stand side by side though the file has others between them."""
    out: list[list[Glyph]] = []
    for run in runs:
        for other in reversed(out[-_STACK:]):
            if _follows(other[-1], run[0]):
                other.extend(run)
                break
        else:
            out.append(run)
    return out


def _stacked(runs: list[list[Glyph]]) -> Iterator[list[Glyph]]:
    """Join single characters that stand one under the other: a vertical headline."""
    stack: list[list[Glyph]] = []
    for run in [*runs, []]:
        if stack and not (len(run) == 1 and _under(stack[-1][0], run[0])):
            yield from [[run[0] for run in stack]] if len(stack) >= _STACK else stack
            stack = []
        if len(run) == 1:
            stack.append(run)
        elif run:
            yield run


def _under(upper: Glyph, lower: Glyph) -> bool:
    size = max(upper.size, lower.size)
    near = 0.6 * size < lower.base - upper.base < 1.6 * size
    return near and abs(upper.left - lower.left) < 0.4 * size and min(upper.size, lower.size) > 0.8 * size


def _text(run: list[Glyph]) -> str:
    """Return the text of a run; a gap between Latin words that is not printed as a space becomes one."""
    parts = [run[0].char]
    for last, glyph in pairwise(run):
        gap = glyph.left - last.right
        latin = last.char.isascii() and glyph.char.isascii() and last.char.isalnum() and glyph.char.isalnum()
        if latin and gap > _SPACE * glyph.size:
            parts.append(" ")
        parts.append(glyph.char)
    return "".join(parts).strip()


def _box(run: list[Glyph]) -> Box:
    run = [glyph for glyph in run if not glyph.char.isspace()]
    if len(run) > 1 and _under(run[0], run[1]):
        top, bottom = run[0].top, run[-1].bottom
    else:
        top, bottom = median(g.top for g in run), median(g.bottom for g in run)
    places = (min(g.left for g in run), top, max(g.right for g in run), bottom)
    return Box(*(round(place, 1) for place in places))
