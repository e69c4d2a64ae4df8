"""A whole graph from a new ledger, as quads, without all of it ever being in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from kg.ledger.drafts import Draft
from kg.ledger.entering import enter
from kg.ledger.facts import save_lost
from kg.ledger.pieces import Pieces
from kg.ledger.settling import Work, entities, facts, stories
from kg.ledger.tables import index
from kg.ledger.work import Claims, Names, Resolved, Stated
from kg.ledger.work import work as work_on
from kg.model import Findings
from kg.rdf.review import reprint
from kg.rdf.sorting import written


def lines(
    base: sqlite3.Connection,
    pieces: Pieces,
    draft: Callable[[str], Draft],
    printed: Callable[[str], Findings],
    stage: Callable[[str], None] = lambda _: None,
    work: Work | None = None,
) -> Iterator[bytes]:
    """Resolve what the inputs of a new ledger say and yield the graph as N-Quads; some lines come twice.

    The ledger is whole when the last ones came.

    Args:
        base: a new ledger that knows its inputs.
        draft: returns the draft of a page by what its findings are kept by.
        printed: returns findings likewise, of which page and articles alone are looked at.
        stage: is told `resolve`, and then `write`.
        work: makes entities and facts, where other processes shall do that.
    """
    work = work or _alone(pieces)
    where = dict(chosen(base))
    stage("resolve")
    for one in enter(base, (draft(found) for found in where.values()), pieces):
        yield one.lines
    prints = stories(base, pieces, lambda page: printed(where[page]))
    yield written(reprint(id_, first, pieces.base) for id_, first in prints.items())
    yield from entities(base, prints, work)
    stage("write")
    yield from facts(base, pieces, work)
    index(base)
    save_lost(base)
    base.commit()  # so that others may read it


def _alone(pieces: Pieces) -> Work:
    """Return what does all work here."""

    def work(every: Iterable[Names | Claims]) -> Iterator[Resolved | Stated]:
        return (work_on(some, pieces) for some in every)

    return work


def chosen(base: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the pages in the order of their ids, each with what its findings are kept by.

    Of several inputs of one page the smallest stands for it.
    """
    before = None
    for page, found in base.execute("SELECT page, found FROM inputs ORDER BY page, source, found"):
        if page != before:
            yield page, found
        before = page
