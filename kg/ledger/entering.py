"""The rows of a new ledger: written page by page, put in order once, and parted into what hangs together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt

from kg.cache import jot
from kg.ledger import rows
from kg.ledger.drafts import Draft
from kg.ledger.pieces import Pieces
from kg.ledger.tables import index_names

KNOWN = 200_000
"""How many names are remembered as written; of one that was forgotten, the same rows are written again."""
_Numbers = npt.NDArray[np.int64]


def enter(base: sqlite3.Connection, drafts: Iterable[Draft], pieces: Pieces) -> Iterator[Draft]:
    """Write the rows of all pages into a new ledger, each page once, and yield what was written down.

    Entities and facts stay open. When the last page came, the ledger is put in order.
    """
    known: set[int] = set()
    next_key = next_claim = 1
    for one in drafts:
        rows.save_rows(base, one, next_key)
        base.executemany(
            "INSERT INTO scratch.printed VALUES (?, ?)",
            [(n, row.articles) for n, row in enumerate(one.keys, next_key)],
        )
        if len(known) >= KNOWN:
            known.clear()
        fresh = {row.called: row.blocks for row in one.keys if row.called not in known}
        known.update(fresh)
        base.executemany(
            "INSERT INTO scratch.blocks VALUES (?, ?)",
            [(b, c) for c, blocks in fresh.items() for b in blocks],
        )
        base.executemany(
            "INSERT INTO scratch.bands VALUES (?, ?)",
            [(b, row.id) for row in one.articles for b in row.bands],
        )
        base.executemany(
            "INSERT INTO scratch.said VALUES (?, ?, ?)",
            [(n, row.meant, row.words) for n, row in enumerate(one.claims, next_claim)],
        )
        next_key += len(one.keys)
        next_claim += len(one.claims)
        yield one
    # in their order, since what grows at its end only grows fast
    base.execute("INSERT INTO blocks SELECT DISTINCT block, called FROM scratch.blocks ORDER BY 1, 2")
    base.execute("INSERT INTO bands SELECT DISTINCT band, article FROM scratch.bands ORDER BY 1, 2")
    base.execute("DELETE FROM scratch.blocks")
    base.execute("DELETE FROM scratch.bands")
    index_names(base)
    _part(base, pieces)


def _part(base: sqlite3.Connection, pieces: Pieces) -> None:
    """Write down which names hang together over blocks, and over decisions, by the number of their part."""
    called = np.fromiter(
        (c for (c,) in base.execute("SELECT DISTINCT called FROM keys ORDER BY 1")), np.int64
    )
    pairs = np.fromiter(chain(_met(base), _tied(base, pieces)), np.dtype("i8,i8"))
    one, other = (np.searchsorted(called, pairs[end]) for end in ("f0", "f1"))
    labels = components(len(called), one, other)
    base.executemany(
        "INSERT INTO scratch.parts VALUES (?, ?)", zip(labels.tolist(), called.tolist(), strict=True)
    )


def _met(base: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Yield what is called so that it meets in a block: who asks, with all who ask too or answer."""
    now, first = -1, None
    # those who ask (even) come before those who answer; where nobody asks, nobody meets
    for block, called in base.execute("SELECT block, called FROM blocks ORDER BY block, called"):
        if block >> 1 != now:
            now, first = block >> 1, None if block & 1 else called
        elif first is not None:
            yield first, called


def _tied(base: sqlite3.Connection, pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Yield what keys are called that decisions tie together."""
    ask = "SELECT called FROM keys WHERE key = ?"
    for pair in pieces.links():
        a, b = (base.execute(ask, (jot(key),)).fetchone() for key in pair)
        if a is not None and b is not None:
            yield a[0], b[0]


def components(size: int, one: _Numbers, other: _Numbers) -> _Numbers:
    """Return for each of the numbers below `size` the least number to which a chain of pairs leads from it.

    >>> components(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    labels = np.arange(size, dtype=np.int64)
    while True:
        low = np.minimum(labels[one], labels[other])
        new = labels.copy()
        for ends in (one, other):
            np.minimum.at(new, labels[ends], low)
            np.minimum.at(new, ends, low)
        new = new[new]
        if np.array_equal(new, labels):
            return labels
        labels = new
