"""Where words go: answers to stdout, all else to stderr; nothing that a page prints steers a terminal."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 10_000
"""Columns of a table that goes into a file or a pipe: nothing is broken or cut off there."""


def say(text: str) -> None:
    """Say something about the run, on stderr."""
    click.echo(printable(text), err=True)


def answer(text: str) -> None:
    """Write an answer for people to stdout."""
    click.echo(printable(text))


def printable(text: str) -> str:
    r"""Return the text with control and direction characters made visible.

    >>> printable("王强\x1b[31m\u202e")
    '王强\\x1b[31m\\u202e'
    """
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"} else ascii(c)[1:-1]
        for c in text
    )


def console(*, err: bool = False, plain: bool = False) -> Console:
    """Return a rich console as wide as what it writes to; a plain one writes text only, no control codes."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else WIDE,
        highlight=False,
        markup=False,
        emoji=False,
        color_system=None if plain else "auto",
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, err: bool = False) -> str:
    """Return a table for people, as wide as the stream allows; columns of figures are set to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    cells = [[printable(cell) for cell in row] for row in rows]
    out = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for number, column in enumerate(columns):
        figures = bool(cells) and all(_figure(row[number]) for row in cells)
        out.add_column(printable(column), justify="right" if figures else "left", overflow="fold")
    for row in cells:
        out.add_row(*row)
    to = console(err=err, plain=True)
    with to.capture() as capture:
        to.print(out)
    return "\n".join(line.rstrip() for line in capture.get().splitlines() if line.strip())


def _figure(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).isdecimal() or not cell
