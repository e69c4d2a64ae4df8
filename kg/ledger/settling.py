"""What a new ledger leaves open is settled: stories, entities, facts, with a part of them in memory.

One part of names, all that hang together over blocks, is resolved at a time, or several small ones together.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter

import numpy as np

from kg.cache import jot
from kg.ledger.entering import components
from kg.ledger.pieces import Pieces
from kg.ledger.stories import save_compared
from kg.ledger.tables import fill
from kg.ledger.work import ClaimRow, Claims, Names, Resolved, Stated
from kg.model import Findings

TOGETHER = 2_000
"""Names that are resolved together, where parts are smaller; claims that are, likewise."""
ARTICLES = 500
"""Articles whose words are compared at a time, where fewer hang together."""
Read = Callable[[str], Findings]
"""Returns the findings of a page by its id, of which page and articles alone are looked at."""


def stories(base: sqlite3.Connection, pieces: Pieces, read_page: Read) -> dict[str, str]:
    """Find the articles that are prints of one story, write it down and return it."""
    found: dict[str, str] = {}
    for some in _alike(base):
        fill(base, "wanted", some)
        pages = base.execute("SELECT DISTINCT page FROM wanted CROSS JOIN articles ON id = x").fetchall()
        texts = (a for (page,) in pages for a in read_page(page).articles if a.id in some)
        compared: dict[tuple[str, str], bool] = {}
        found.update(pieces.stories(texts, compared))
        save_compared(base, compared)
    base.executemany("UPDATE articles SET story = ? WHERE id = ?", [(s, id_) for id_, s in found.items()])
    return found


def _alike(base: sqlite3.Connection) -> Iterator[set[str]]:
    """Yield sets of articles, closed under shared bands."""
    shared = "SELECT band FROM bands GROUP BY band HAVING count(*) > 1"
    numbers: dict[str, int] = {}
    one, other = [], []
    for _, group in groupby(
        base.execute(f"SELECT band, article FROM bands WHERE band IN ({shared}) ORDER BY band"),  # noqa: S608
        itemgetter(0),
    ):
        first, *rest = (numbers.setdefault(article, len(numbers)) for _, article in group)
        one += [first] * len(rest)
        other += rest
    labels = components(len(numbers), np.array(one, dtype=np.int64), np.array(other, dtype=np.int64))
    groups: dict[int, set[str]] = defaultdict(set)
    for article, label in zip(numbers, labels.tolist(), strict=True):
        groups[label].add(article)
    together: set[str] = set()
    for group_ in groups.values():
        together |= group_
        if len(together) >= ARTICLES:
            yield together
            together = set()
    if together:
        yield together


Work = Callable[[Iterable[Names | Claims]], Iterable[Resolved | Stated]]
"""Does what is to be done with names and claims, in their order, here or in other processes."""


def entities(base: sqlite3.Connection, found: Mapping[str, str], work: Work) -> Iterator[bytes]:
    """Resolve all names, write down what they became, and yield their quads part by part.

    Args:
        base: a ledger with all names.
        found: what stands for all prints of an article that is printed several times.
        work: resolves some of them.
    """
    for made in work(_parts(base, found)):
        assert isinstance(made, Resolved)  # noqa: S101 - of names
        base.executemany("INSERT INTO scratch.became VALUES (?, ?)", made.became)
        base.executemany("INSERT INTO scratch.heads VALUES (?, ?, ?)", made.heads)
        base.executemany("INSERT OR REPLACE INTO doubts VALUES (?, ?, ?)", made.doubts)
        yield made.lines
    base.execute("INSERT INTO scratch.kinds SELECT iri, kind FROM scratch.heads ORDER BY iri")
    base.execute("INSERT INTO entities SELECT iri, head FROM scratch.heads ORDER BY iri")
    base.execute("DELETE FROM scratch.heads")
    base.execute("UPDATE keys SET entity = (SELECT entity FROM scratch.became AS b WHERE b.id = keys.id)")


def _parts(base: sqlite3.Connection, found: Mapping[str, str]) -> Iterator[Names]:
    """Yield names, those that hang together always together."""
    ids: list[int] = []
    profiles: list[bytes] = []
    where: set[str] = set()
    part = None
    for now, id_, profile, articles in base.execute(
        "SELECT part, keys.id, profile, articles FROM scratch.parts "
        "CROSS JOIN keys ON keys.called = parts.called CROSS JOIN scratch.printed AS p ON p.id = keys.id"
    ):
        if now != part and len(ids) >= TOGETHER:
            yield _names(base, ids, profiles, where, found)
            ids, profiles, where = [], [], set()
        part = now
        ids.append(id_)
        profiles.append(profile)
        where.update(articles.split())
    if ids:
        yield _names(base, ids, profiles, where, found)


def _names(
    base: sqlite3.Connection, ids: list[int], profiles: list[bytes], where: set[str], found: Mapping[str, str]
) -> Names:
    fill(base, "wanted", where)
    marks = dict(base.execute("SELECT id, marks FROM wanted CROSS JOIN articles ON id = x"))
    return Names(ids, profiles, marks, {id_: found[id_] for id_ in where if id_ in found})


_SAID = """
SELECT s.entity AS one, o.entity AS other, meant, claims.id, words, claim, article FROM claims
CROSS JOIN scratch.said ON said.id = claims.id CROSS JOIN scratch.became AS s ON s.id = subject
LEFT JOIN scratch.became AS o ON o.id = object
ORDER BY min(one, coalesce(other, one)), max(one, coalesce(other, one)), meant, claims.id
"""
"""Claims, those that may state one fact next to each other: it may be told of its ends in either order."""


def facts(base: sqlite3.Connection, pieces: Pieces, work: Work) -> Iterator[bytes]:
    """Merge the claims into facts, write them down, and yield their quads some at a time.

    Entities must be settled.
    """
    for made in work(_claims(base, pieces)):
        assert isinstance(made, Stated)  # noqa: S101 - of claims
        base.executemany("INSERT INTO scratch.stated VALUES (?, ?)", made.stated)
        base.executemany("INSERT INTO scratch.facts VALUES (?, ?)", made.facts)
        base.executemany("INSERT INTO scratch.ends VALUES (?, ?, ?)", made.ends)
        base.executemany("INSERT INTO scratch.told VALUES (?, ?)", made.told)
        base.executemany("INSERT INTO unsure VALUES (?)", made.unsure)
        yield made.lines
    base.execute("INSERT INTO facts SELECT fact, plain FROM scratch.facts ORDER BY fact")
    base.execute("DELETE FROM scratch.facts")
    base.execute("UPDATE claims SET fact = (SELECT fact FROM scratch.stated AS s WHERE s.id = claims.id)")


def _claims(base: sqlite3.Connection, pieces: Pieces) -> Iterator[Claims]:
    """Yield claims, those of one fact always together."""
    ask = "SELECT key, entity FROM keys WHERE key = ?"
    asked = (base.execute(ask, (jot(key),)).fetchone() for key in pieces.spoken_of())
    spoken = [row for row in asked if row is not None]
    some: list[ClaimRow] = []
    where: set[str] = set()
    before = None
    for one, other, meant, id_, words, claim, article in base.execute(_SAID):
        now = (meant, *((one, other) if other is None or one < other else (other, one)))
        if now != before and len(some) >= TOGETHER:
            yield _stating(base, some, where, spoken)
            some, where = [], set()
        before = now
        some.append(ClaimRow(id_, one, other, words, claim))
        where.add(article)
    if some:
        yield _stating(base, some, where, spoken)


def _stating(
    base: sqlite3.Connection, some: list[ClaimRow], where: set[str], spoken: list[tuple[bytes, str]]
) -> Claims:
    ends = {row.subject for row in some} | {row.object for row in some if row.object is not None}
    fill(base, "wanted", ends | {iri for _, iri in spoken})
    kinds = dict(base.execute("SELECT iri, kind FROM wanted CROSS JOIN scratch.kinds ON iri = x"))
    fill(base, "wanted", where)
    stubs = base.execute("SELECT id, story, stub FROM wanted CROSS JOIN articles ON id = x").fetchall()
    return Claims(some, kinds, stubs, spoken)
