"""Quads of any number → sorted N-Quads lines: sorted piece by piece in files, and merged."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, serialize

from kg.rdf.terms import RDF

PIECE = 200_000
"""Quads that are sorted in memory at a time: about 60 MB."""
_TYPE, _FIRST = f"> <{RDF}type> ".encode(), b"> \x01"
"""What stands between a subject and its class, and what is sorted in its place, before other predicates."""


def sorted_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Return N-Quads lines in the order of subject, rdf:type first, then code points; each once.

    A store, which writes its quads itself, takes half the time of others.
    """
    return [_restored(line) for line in _sorted(written(quads), once=isinstance(quads, Store))]


def written(quads: Iterable[Quad]) -> bytes:
    """Return N-Quads lines in the order of the quads."""
    buffer = BytesIO()
    if isinstance(quads, Store):
        quads.dump(buffer, RdfFormat.N_QUADS)
    else:
        serialize(quads, buffer, format=RdfFormat.N_QUADS)
    return buffer.getvalue()


def parts(quads: Iterable[Quad], together: int = 10_000) -> Iterator[bytes]:
    """Yield N-Quads lines in the order of the quads, so many at a time."""
    rest = iter(quads)
    while lines := written(islice(rest, together)):
        yield lines


def merged_lines(some: Iterable[bytes], folder: Path, piece: int = PIECE) -> Iterator[bytes]:
    """Yield N-Quads lines, which come some at a time, in the order of `sorted_lines`, each once.

    Little more than `piece` lines are ever in memory.

    What does not fit is kept in an existing, empty folder, which is left as it was.

    Raises:
        OSError: the folder cannot be written.
    """
    rest = iter(some)
    files: list[Path] = []
    try:
        while lines := _sorted(b"".join(_gathered(rest, piece))):
            files.append(folder / f"{len(files)}.sorted")
            with files[-1].open("wb") as out:
                out.writelines(lines)
            del lines
        with ExitStack() as left:
            before = b""
            for line in heapq.merge(*[left.enter_context(file.open("rb")) for file in files]):
                if line != before:
                    yield _restored(line)
                before = line
    finally:
        for file in files:
            file.unlink(missing_ok=True)


def _gathered(some: Iterator[bytes], piece: int) -> Iterator[bytes]:
    """Yield what comes until it is so many lines."""
    left = piece
    while left > 0 and (lines := next(some, None)) is not None:
        left -= lines.count(b"\n")
        yield lines


def _sorted(data: bytes, *, once: bool = False) -> list[bytes]:
    # no text holds the control character, which the grammar escapes: what is put in is what is taken out
    lines = data.replace(_TYPE, _FIRST).splitlines(keepends=True)
    if not once:
        lines = list(dict.fromkeys(lines))  # in the order in which they came, which is half sorted
    return sorted(lines)


def _restored(line: bytes) -> bytes:
    return line.replace(_FIRST, _TYPE) if b"\x01" in line else line
