"""Which articles are prints of one story, after pages came and went."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping

from kg.ledger.pieces import Pieces
from kg.ledger.tables import fill
from kg.model import Article

_NEXT = """
SELECT DISTINCT b.article FROM front CROSS JOIN bands AS a ON a.article = front.x CROSS JOIN bands AS b
ON b.band = a.band WHERE b.article NOT IN (SELECT x FROM alike)
"""


def retell(
    base: sqlite3.Connection,
    pieces: Pieces,
    article: Callable[[str], Article | None],
    entering: Mapping[str, Article],
) -> dict[str, tuple[str | None, str | None]]:
    """Find the prints of one story anew where articles enter or leave; return what changed, old and new.

    What leaves is what the table `leaving` names.
    """
    leaving = {
        id_ for (id_,) in base.execute("SELECT id FROM leaving CROSS JOIN articles ON page = leaving.x")
    }
    changed: dict[str, tuple[str | None, str | None]] = {}
    for group in _groups(base, {*entering, *leaving}):
        stay = sorted(group - leaving)
        if len(group) == 1:
            continue
        texts = [entering.get(id_) or article(id_) for id_ in stay]
        found = pieces.stories(one for one in texts if one is not None)
        fill(base, "wanted", stay)
        for id_, story in base.execute(
            "SELECT id, story FROM wanted CROSS JOIN articles ON id = x"
        ).fetchall():
            if found.get(id_) != story:
                base.execute("UPDATE articles SET story = ? WHERE id = ?", (found.get(id_), id_))
                changed[id_] = (story, found.get(id_))
    return changed


def _groups(base: sqlite3.Connection, seeds: Iterable[str]) -> list[set[str]]:
    """Return the sets, closed under shared bands, that some articles are in."""
    groups: list[set[str]] = []
    left = set(seeds)
    while left:
        front = {left.pop()}
        group = set(front)
        fill(base, "alike", group)
        while front:
            fill(base, "front", front)
            front = {id_ for (id_,) in base.execute(_NEXT)}
            group |= front
            base.executemany("INSERT OR IGNORE INTO alike VALUES (?)", ((one,) for one in front))
        left -= group
        groups.append(group)
    return groups
