"""Which articles are prints of one story, after pages came and went."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache

from kg.ledger.tables import fill
from kg.model import Article
from kg.resolve import alike, join_prints, shingles
from kg.resolve.reprints import Hashes, Pair

HELD = 256
"""Articles of which the shingles are held while others are compared with them."""
_FIRSTS = """
SELECT (SELECT min(article) FROM bands WHERE band = b.band AND article NOT IN (SELECT x FROM leave)) AS first,
b.article FROM stay CROSS JOIN bands AS b ON b.article = stay.x
"""


def retell(
    base: sqlite3.Connection,
    article: Callable[[str], Article | None],
    entering: Mapping[str, Article],
) -> dict[str, tuple[str | None, str | None]]:
    """Find the prints of one story anew where articles enter or leave; return what changed, old and new.

    What leaves is what the table `leaving` names. Only articles that gain or lose somebody whom they are
    compared with, and their stories, are looked at; what was compared before is not read again.
    """
    leaving = {
        id_ for (id_,) in base.execute("SELECT id FROM leaving CROSS JOIN articles ON page = leaving.x")
    }
    fill(base, "leave", leaving)
    stories = _stories(base, _touched(base, entering.keys(), leaving))
    stay = stories.keys() - leaving
    fill(base, "stay", stay)
    pairs = [pair for pair in base.execute(_FIRSTS) if pair[0] in stay and pair[0] != pair[1]]
    asked = base.execute("SELECT a, b, alike FROM stay CROSS JOIN compared ON a = x")
    known = {(a, b): bool(said) for a, b, said in asked}
    compared = dict(known)
    found = join_prints(pairs, _comparing(article, entering), compared)
    save_compared(base, {pair: said for pair, said in compared.items() if pair not in known})
    changed = {id_: (stories[id_], found.get(id_)) for id_ in stay if stories[id_] != found.get(id_)}
    base.executemany(
        "UPDATE articles SET story = ? WHERE id = ?", [(now, id_) for id_, (_, now) in changed.items()]
    )
    return changed


def _touched(base: sqlite3.Connection, entering: Collection[str], leaving: Collection[str]) -> set[str]:
    """Return the articles that are compared with others than before, where some enter and others leave."""
    touched: set[str] = set()
    fill(base, "moving", (*entering, *leaving))
    asked = base.execute("SELECT DISTINCT band FROM moving CROSS JOIN bands ON article = x").fetchall()
    for band in asked:
        ask = "SELECT article FROM bands WHERE band = ? ORDER BY article"
        members = [id_ for (id_,) in base.execute(ask, band)]
        before = next((id_ for id_ in members if id_ not in entering), None)
        after = next((id_ for id_ in members if id_ not in leaving), None)
        if before != after:
            touched.update(members)
        else:
            touched.update(id_ for id_ in members if id_ == after or id_ in entering or id_ in leaving)
    return touched


def _stories(base: sqlite3.Connection, touched: Iterable[str]) -> dict[str, str | None]:
    """Return articles and all other prints of their stories, each with what stands for its story."""
    fill(base, "touched", touched)
    own = dict(base.execute("SELECT id, story FROM touched CROSS JOIN articles ON id = x"))
    fill(base, "told", {story for story in own.values() if story is not None})
    return own | dict(base.execute("SELECT id, story FROM told CROSS JOIN articles ON story = x"))


def _comparing(
    article: Callable[[str], Article | None], entering: Mapping[str, Article]
) -> Callable[[str, str], bool]:
    """Return what compares two articles by their words."""

    @lru_cache(maxsize=HELD)
    def hashes(id_: str) -> Hashes | None:
        text = entering.get(id_) or article(id_)
        return None if text is None else shingles(text)

    def compare(one: str, other: str) -> bool:
        a, b = hashes(one), hashes(other)
        return a is not None and b is not None and alike(a, b)

    return compare


def save_compared(base: sqlite3.Connection, compared: Mapping[Pair, bool]) -> None:
    """Write down which articles were compared, and whether they are alike."""
    base.executemany(
        "INSERT INTO compared VALUES (?, ?, ?)", ((*pair, said) for pair, said in compared.items())
    )
