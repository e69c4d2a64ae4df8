"""Texts as a screen shows them: nothing in them steers it, and columns are as wide as their characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_GAP = "  "
_NARROWEST = 8
"""No column is made narrower than that, however narrow the screen is."""


def printable(text: str, keep: str = "\n\t") -> str:
    r"""Return the text with control, direction and line characters made visible, but for those to keep.

    >>> printable("王强\x1b[31m\u202e")
    '王强\\x1b[31m\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c in keep or unicodedata.category(c) not in _STEERING else ascii(c)[1:-1] for c in text
    )


def width(text: str) -> int:
    """Return how many columns a terminal gives a text.

    >>> width("平湖ab")
    6
    """
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def grid(rows: Sequence[Sequence[str]], *, right: Collection[int] = (), wide: int | None = None) -> str:
    r"""Return padded columns with a rule under the first row, each line with its end.

    `right` are the columns that are set to the right. With `wide`, no line is longer: the widest columns give
    way, and their cells go on in further lines.

    >>> print(grid([("地方", "n"), ("平湖\n", "12")], right={1}), end="")
    地方     n
    ──────  ──
    平湖\n  12
    """
    cells = [[printable(cell, keep="") for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    room = None if wide is None else wide - len(_GAP) * (len(widths) - 1)
    while room is not None and sum(widths) > room and max(widths) > _NARROWEST:
        widest = max(range(len(widths)), key=widths.__getitem__)
        others = sum(widths) - widths[widest]
        below = max((w for i, w in enumerate(widths) if i != widest and w < widths[widest]), default=0)
        widths[widest] = max(_NARROWEST, min(widths[widest] - 1, max(room - others, below)))
    rule = ["─" * w for w in widths]
    return "".join(line for row in [cells[0], rule, *cells[1:]] for line in _lines(row, widths, right))


def _lines(row: Sequence[str], widths: Sequence[int], right: Collection[int]) -> Iterable[str]:
    parts = [_folded(cell, most) for cell, most in zip(row, widths, strict=True)]
    for number in range(max(map(len, parts), default=0)):
        padded = []
        for column, (part, most) in enumerate(zip(parts, widths, strict=True)):
            cell = part[number] if number < len(part) else ""
            space = " " * (most - width(cell))
            padded.append(space + cell if column in right else cell + space)
        yield _GAP.join(padded).rstrip() + "\n"


def _folded(cell: str, most: int) -> list[str]:
    """Return a cell in lines that are no wider than that."""
    if width(cell) <= most:
        return [cell]
    lines, line, used = [], "", 0
    for character in cell:
        if used + _width(character) > most:
            lines.append(line)
            line, used = "", 0
        line, used = line + character, used + _width(character)
    return [*lines, line]


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
