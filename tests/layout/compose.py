"""Composes pages as scans give them: articles whose text is known, set in columns and then damaged."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

NO_START = "，。、；：！？”’）》】…,.;:!?)"  # printers never begin a line with one of these
HALF = str.maketrans("，。；：！？（）“”", ',。;:!?()""')


@dataclass(frozen=True)
class Piece:
    """An article as written: decks, people as (role, name), paragraphs."""

    decks: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        return "".join("".join(self.paragraphs).split())


def units(text: str) -> float:
    return sum(0.5 if c.isascii() and (c.isalnum() or c == " ") else 1.0 for c in text)


def wrap(paragraphs: Sequence[str], width: int) -> list[str]:
    """Set paragraphs in a column: first lines indented by two (the indent itself is not printed)."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line, room = "", width - 2.0
        for i, char in enumerate(paragraph):
            follows = paragraph[i + 1 : i + 2]
            full = units(line + char) > room or (
                follows and follows in NO_START and units(line + char) > room - 0.5
            )
            if full and line and char not in NO_START:
                lines.append(line)
                line, room = "", float(width)
            line += char
        lines.append(line)
    return [line.strip() for line in lines]


def columns(lines: Sequence[str], height: int) -> list[list[str]]:
    return [list(lines[i : i + height]) for i in range(0, len(lines), height)]


def byline(piece: Piece, *, narrow: bool) -> list[str]:
    """Print the people: in a narrow column one role a line, roles and names of two characters spaced out."""
    groups: dict[str, list[str]] = {}
    for role, name in piece.people:
        groups.setdefault(role, []).append(name)
    if narrow and len(groups) > 1:
        parts = [
            (role if len(role) > 2 else " ".join(role))
            + " "
            + " ".join(" ".join(name) if len(name) == 2 else name for name in names)
            for role, names in groups.items()
        ]
        return ["■" + parts[0], *parts[1:]]
    if set(groups) == {"作者"}:
        return ["■" + " ".join(groups["作者"])]
    return ["■" + " ".join(f"{role} {' '.join(names)}" for role, names in groups.items())]


def in_columns(piece: Piece, width: int, height: int) -> str:
    """Return a body in a narrow column: blank lines between paragraphs and wherever a column ends."""
    parts = columns(_marked(piece.paragraphs, width), height)
    return "\n\n".join("\n".join(part).replace("\n¶", "\n\n").replace("¶", "") for part in parts)


def _marked(paragraphs: Sequence[str], width: int) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        first, *rest = wrap([paragraph], width)
        lines += ["¶" + first, *rest]
    return lines


def overprint(line: str, times: int) -> str:
    """Print each part of a line several times over."""
    return " ".join(part * times for part in line.split(" "))


def clean_page(pieces: Sequence[Piece]) -> str:
    """Headline, byline, paragraphs: nothing is damaged."""
    return "\n\n".join(
        "\n".join(p.decks) + "\n\n" + "\n".join(byline(p, narrow=False)) + "\n\n" + "\n\n".join(p.paragraphs)
        for p in pieces
    )


def heads_behind(pieces: Sequence[Piece], rng: random.Random, *, late: int = 1, doubled: bool = False) -> str:
    """Byline before the body, headline behind it; of some bodies only at the end of the page."""
    blocks: list[str] = []
    ends: list[str] = []
    for n, piece in enumerate(pieces):
        width, height = rng.randint(13, 22), rng.randint(9, 40)
        decks = [overprint(d, 2) if doubled and units(d) >= 6 else d for d in piece.decks]
        blocks += ["\n".join(byline(piece, narrow=width < 18)), in_columns(piece, width, height)]
        (ends if n < late else blocks).append("\n".join(decks))
    return "\n\n".join([*blocks, *ends])


def bodies_first(pieces: Sequence[Piece], rng: random.Random) -> str:
    """Bodies without bylines, then all headlines, a blank line between the decks; the last deck doubled."""
    bodies = [in_columns(p, rng.randint(13, 22), rng.randint(9, 40)) for p in pieces]
    heads = [[*p.decks[:-1], p.decks[-1] * 2 if units(p.decks[-1]) >= 6 else p.decks[-1]] for p in pieces]
    rng.shuffle(heads)
    return "\n\n".join([*bodies, *("\n\n".join(decks) for decks in heads)])


def interleaved(piece: Piece, rng: random.Random, width: int, zones: int = 1) -> tuple[str, list[str]]:
    """Print a body in two columns as a scan gives it: in some rows, both columns side by side.

    Returns the text (printed lines separated by spaces, blocks by blank lines) and the lines as they read on.
    """
    lines = wrap([p.translate(HALF) for p in piece.paragraphs], width)
    height = (len(lines) + 1) // 2
    left, right = lines[:height], lines[height:]
    taken: set[int] = set()
    for _ in range(zones):
        start = rng.randrange(1, max(2, len(right) - 2))
        taken |= set(range(start, min(start + rng.randint(1, 3), len(right))))
    first: list[str] = []
    for row, line in enumerate(left):
        first.append(line)
        if row in taken:
            first.append(right[row])
    second = [line for row, line in enumerate(right) if row not in taken]
    return " ".join(first) + "\n\n" + " ".join(second), lines
