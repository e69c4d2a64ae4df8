"""Where words go: answers to stdout, all else to stderr; nothing that a page prints steers a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any, cast

import click

from kg.hanzi.shown import grid, printable

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 10_000
"""Columns of a table that goes into a file or a pipe: nothing is broken or cut off there."""


class UnwrittenError(Exception):
    """Standard output does not take an answer; the cause is the OSError."""


class Lenient:
    """A stream that takes everything: what cannot be written is dropped, from then on silently."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text, or drop it."""
        try:
            self.stream.write(text)
        except OSError:
            mute(self.stream)
        return len(text)

    def flush(self) -> None:
        """Hand on what was written, or drop it."""
        try:
            self.stream.flush()
        except OSError:
            mute(self.stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def mute(stream: IO[str]) -> None:
    """Let a stream that cannot be written, and what still waits in it, end in nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def say(text: str) -> None:
    """Say something about the run, on stderr; when nobody can hear it, the run goes on."""
    click.echo(printable(text), file=cast(IO[str], Lenient(sys.stderr)))


def answer(text: str) -> None:
    """Write an answer for people to stdout, and end the line.

    Raises:
        UnwrittenError: stdout does not take it.
    """
    emit(printable(text) + "\n")


def emit(data: str | bytes) -> None:
    """Write text or bytes to stdout as they are; on a terminal what would steer it is made visible.

    Raises:
        UnwrittenError: stdout does not take it.
    """
    try:
        if sys.stdout.isatty():
            text = data if isinstance(data, str) else data.decode("utf-8", "backslashreplace")
            data = printable(text.replace("\r\n", "\n"))
        click.echo(data, nl=False, color=True)  # or click would leave out what looks like a colour
    except OSError as error:
        raise UnwrittenError from error


def console(*, err: bool = False) -> Console:
    """Return a rich console that colours nothing by itself and is as wide as what it writes to."""
    from rich.console import Console

    stream = cast(IO[str], Lenient(sys.stderr)) if err else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() else WIDE,
        highlight=False,
        markup=False,
        emoji=False,
    )


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, err: bool = False) -> str:
    """Return a table for people, as wide as the stream allows; columns of figures are set to the right.

    It is text only, without control codes, whatever the stream is.
    """
    cells = [list(row) for row in rows]
    right = {n for n in range(len(columns)) if cells and all(_figure(row[n]) for row in cells)}
    return grid([columns, *cells], right=right, wide=console(err=err).width).rstrip("\n")


def _figure(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).isdecimal() or not cell
