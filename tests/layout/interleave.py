"""Prints articles in two or three columns and reads the print as a scan does: columns run into each other.

Lines stand on a grid of rows and columns. Each column is given as a stream of its own; but in some runs of
rows neighbouring columns are read as one line, from left to right, in the stream of one of them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from compose import HALF, wrap


@dataclass(frozen=True)
class Printed:
    """A body as a scan gives it, and its printed lines as they read on."""

    text: str
    lines: tuple[str, ...]
    given: tuple[int, ...]  # the numbers of the lines as the text has them
    gaps: tuple[bool, ...]  # and whether a blank line stands before them


@dataclass(frozen=True)
class _Row:
    cells: tuple[int, ...]  # numbers of lines, from left to right
    ends: bool  # a paragraph ends here


def printed(paragraphs: Sequence[str], rng: random.Random, *, rough: bool = False) -> Printed:
    """Set a body in columns of 14 to 24 hanzi and interleave it.

    A rough print has up to four columns of 11 to 28 hanzi, and characters that were misread or lost.
    """
    width = rng.randint(11, 28) if rough else rng.randint(14, 24)
    lines: list[str] = []
    last: set[int] = set()
    for paragraph in paragraphs:
        lines += wrap([" ".join(paragraph.translate(HALF).split())], width)
        last.add(len(lines) - 1)
    count = 3 if len(lines) >= 24 and rng.random() < 0.5 else 2
    if rough:
        count += len(lines) >= 36 and rng.random() < 0.3
        lines = [lines[0], *(_misread(line, rng) for line in lines[1:-1]), *lines[1:][-1:]]
    places = _set(len(lines), count, rng)
    streams = _streams(places, count, last, rng)
    blocks = [block for stream in streams for block in _blocks(stream, rng)]
    if len(blocks) > 3 and rng.random() < 0.15:
        i = rng.randrange(1, len(blocks) - 1)
        blocks[i], blocks[i + 1] = blocks[i + 1], blocks[i]
    rows = rng.random() < 0.2
    order = [
        (n, i == j == 0) for block in blocks for i, row in enumerate(block) for j, n in enumerate(row.cells)
    ]
    text = "\n\n".join(_text(block, lines, rows=rows) for block in blocks)
    return Printed(text, tuple(lines), tuple(n for n, _ in order), tuple(gap for _, gap in order))


def _misread(line: str, rng: random.Random) -> str:
    """Return a line as a scan may give it: 一 as a dash, a quotation mark halved, the last character lost."""
    if rng.random() < 0.1:
        line = line.replace("一", "-", 1)
    if rng.random() < 0.1:
        line = line.replace('"', "'", 1)
    return line[:-1] + "\ufffd" if len(line) > 6 and rng.random() < 0.02 else line


def _set(total: int, count: int, rng: random.Random) -> list[dict[int, int]]:
    """Return for each column which line stands in which row; columns begin and end at different rows."""
    height = total / count
    ends = [round(height * n + rng.uniform(-0.12, 0.12) * height) for n in range(1, count)] + [total]
    places: list[dict[int, int]] = []
    start = 0
    for end in ends:
        top = rng.choice((0, 0, 0, 1, 2, 3))
        places.append({top + n: line for n, line in enumerate(range(start, end))})
        start = end
    return places


def _streams(
    places: Sequence[dict[int, int]], count: int, last: set[int], rng: random.Random
) -> list[list[_Row]]:
    host: dict[tuple[int, int], int] = {}  # (column, row): the column in whose stream it is given
    for _ in range(rng.choice((1, 2, 2, 3))):
        left = rng.randrange(count - 1)
        group = range(count) if count == 3 and rng.random() < 0.15 else range(left, left + 2)
        shared = sorted(set.intersection(*(set(places[c]) for c in group)))
        if not shared:
            continue
        start = rng.randrange(len(shared))
        length = rng.choice((1, 1, 1, 2, 2, 3, 5))
        owner = rng.choice(list(group))
        for row in shared[start : start + length]:
            if all((c, row) not in host for c in group):
                host |= {(c, row): owner for c in group}
    streams: list[list[_Row]] = []
    for column in range(count):
        stream: list[_Row] = []
        for row in range(max(map(max, places)) + 1):
            cells = tuple(
                places[c][row] for c in range(count) if row in places[c] and host.get((c, row), c) == column
            )
            if cells:
                own = places[column].get(row)
                stream.append(_Row(cells, own in last))
        streams.append(stream)
    return streams


def _blocks(stream: Sequence[_Row], rng: random.Random) -> list[list[_Row]]:
    blocks: list[list[_Row]] = [[]]
    for n, row in enumerate(stream):
        blocks[-1].append(row)
        begins = n + 1 < len(stream) and len(stream[n + 1].cells) != len(row.cells)
        if rng.random() < (0.6 if row.ends else 0.25 if begins else 0.02):
            blocks.append([])
    return [block for block in blocks if block]


def _text(block: Sequence[_Row], lines: Sequence[str], *, rows: bool) -> str:
    given = [" ".join(lines[n] for n in row.cells) for row in block]
    return ("\n" if rows else " ").join(given)
