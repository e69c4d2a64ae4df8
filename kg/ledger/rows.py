"""Rows of the ledger: written page by page, read back as keys, parts and claims."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.cache import read, read_all
from kg.ledger.drafts import Draft, draft
from kg.ledger.pieces import Pieces
from kg.ledger.tables import fill
from kg.model import Article, Claim, Findings, LocalKey
from kg.resolve import Marks, Profile

TOGETHER = 1_000
"""Keys that are read together."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A page-local entity: the number of its row, the entity that it is, when that is known, its profile."""

    id: int
    entity: str | None
    profile: Profile

    @property
    def key(self) -> LocalKey:
        """Which it is."""
        return self.profile.key


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim: the number of its row, those of its ends, and the fact that it states, if it states one."""

    id: int
    subject: int
    object: int | None
    fact: str | None
    claim: Claim


@dataclass(frozen=True, slots=True)
class Head:
    """What an entity is and how it is called."""

    kind: str
    label: str
    aliases: tuple[str, ...]


def insert(base: sqlite3.Connection, findings: Iterable[Findings], pieces: Pieces) -> dict[LocalKey, int]:
    """Write the rows of pages that are not there yet; entities, facts and stories stay open.

    Returns the new keys.
    """
    new: dict[LocalKey, int] = {}
    next_key = 1 + (base.execute("SELECT max(id) FROM keys").fetchone()[0] or 0)
    for one in findings:
        made = draft(one, pieces, lines=False)
        save_rows(base, made, next_key)
        for number, row in enumerate(made.keys, next_key):
            new[read(row.key, LocalKey)] = number
            if base.execute("SELECT 1 FROM blocks WHERE called = ?", (row.called,)).fetchone() is None:
                base.executemany("INSERT INTO blocks VALUES (?, ?)", [(b, row.called) for b in row.blocks])
        base.executemany(
            "INSERT INTO bands VALUES (?, ?)", [(b, a.id) for a in made.articles for b in a.bands]
        )
        next_key += len(made.keys)
    return new


def save_rows(base: sqlite3.Connection, made: Draft, first: int) -> None:
    """Write down keys, numbered from `first` on, articles and claims of a page in their order."""
    base.executemany(
        "INSERT INTO keys VALUES (?, ?, ?, ?, NULL, ?)",
        [(n, made.page, row.key, row.called, row.profile) for n, row in enumerate(made.keys, first)],
    )
    base.executemany(
        "INSERT INTO articles VALUES (?, ?, NULL, ?, ?)",
        [(row.id, made.page, row.stub, row.marks) for row in made.articles],
    )
    base.executemany(
        "INSERT INTO claims (article, subject, object, claim) VALUES (?, ?, ?, ?)",
        [
            (row.article, first + row.subject, None if row.object is None else first + row.object, row.claim)
            for row in made.claims
        ],
    )


def marked(base: sqlite3.Connection) -> Marks:
    """Return a function from an article to the marks of what stands in it."""
    ask = "SELECT marks FROM articles WHERE id = ?"

    @lru_cache(maxsize=50_000)
    def marks(article: str) -> tuple[str, ...]:
        found = base.execute(ask, (article,)).fetchone()
        return () if found is None else tuple(found[0].split())

    return marks


_NEAR = """
INSERT OR IGNORE INTO near
SELECT block & -2 FROM front CROSS JOIN blocks ON called = front.x
UNION SELECT block | 1 FROM front CROSS JOIN blocks ON called = front.x WHERE NOT block & 1
"""
"""Who asks for a block matters to those who ask for it and who answer; who answers, to those who ask."""
_NEXT = """
SELECT DISTINCT called FROM near CROSS JOIN blocks ON block = near.x
WHERE near.x NOT IN (SELECT x FROM seen) AND called NOT IN (SELECT x FROM called)
"""


def reached(base: sqlite3.Connection, seeds: Iterable[int], linked: Mapping[int, Collection[int]]) -> str:
    """Make a table of all keys to which a chain of blocks and links leads from some, and return its name."""
    fill(base, "reach", seeds)
    fill(base, "called", ())
    fill(base, "seen", ())
    fill(base, "near", ())
    front = {c for (c,) in base.execute("SELECT DISTINCT called FROM reach CROSS JOIN keys ON id = x")}
    ties = _ties(base, linked)
    while front:
        base.executemany("INSERT OR IGNORE INTO called VALUES (?)", ((one,) for one in front))
        fill(base, "front", front)
        base.execute("DELETE FROM near")
        base.execute(_NEAR)
        found = {one for (one,) in base.execute(_NEXT)}
        base.execute("INSERT OR IGNORE INTO seen SELECT x FROM near")
        known = {one for (one,) in base.execute("SELECT x FROM called")} if ties else set()
        front = (found | {other for one in front for other in ties.get(one, ())}) - known
    base.execute("INSERT OR IGNORE INTO reach SELECT id FROM called CROSS JOIN keys ON called = called.x")
    return "reach"


def _ties(base: sqlite3.Connection, linked: Mapping[int, Collection[int]]) -> dict[int, set[int]]:
    """Return links between keys as links between what these are called."""
    fill(base, "asked", linked)
    called = dict(base.execute("SELECT id, called FROM asked CROSS JOIN keys ON id = x"))
    found: dict[int, set[int]] = {}
    for key, others in linked.items():
        found.setdefault(called[key], set()).update(called[other] for other in others)
    return found


def keys(base: sqlite3.Connection, where: str) -> Iterator[KeyRow]:
    """Yield the keys whose numbers a table of one column lists."""
    rows = base.execute(f"SELECT id, entity, profile FROM {where} CROSS JOIN keys ON id = x")  # noqa: S608
    while some := rows.fetchmany(TOGETHER):
        profiles = read_all((text for _, _, text in some), Profile)
        for (id_, entity, _), profile in zip(some, profiles, strict=True):
            yield KeyRow(id_, entity, profile)


def became(base: sqlite3.Connection, where: str) -> dict[LocalKey, str]:
    """Return the entities of the keys whose numbers a table of one column lists, so far as they are known."""
    found = base.execute(f"SELECT key, entity FROM {where} CROSS JOIN keys ON id = x")  # noqa: S608
    return {read(key, LocalKey): entity for key, entity in found if entity is not None}


def claims(base: sqlite3.Connection, condition: str) -> list[ClaimRow]:
    """Return the claims for which a condition holds, in the order in which they came."""
    found = base.execute(
        f"SELECT id, subject, object, fact, claim FROM claims WHERE {condition} ORDER BY id"  # noqa: S608
    )
    return [
        ClaimRow(id_, subject, target, fact, read(claim, Claim))
        for id_, subject, target, fact, claim in found
    ]


def stubs(base: sqlite3.Connection, ids: Iterable[str]) -> tuple[dict[str, Article], dict[str, str]]:
    """Return articles without their words, by id, and the stories of those that are printed several times."""
    fill(base, "wanted", ids)
    found = base.execute("SELECT id, story, stub FROM wanted CROSS JOIN articles ON id = x").fetchall()
    stories = {id_: story for id_, story, _ in found if story is not None}
    return {id_: read(text, Article) for id_, _, text in found}, stories


def stories(base: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return, for articles that are printed several times, what stands for all prints of each."""
    fill(base, "wanted", ids)
    return dict(
        base.execute("SELECT id, story FROM wanted CROSS JOIN articles ON id = x WHERE story IS NOT NULL")
    )


def heads(base: sqlite3.Connection, iris: Iterable[str]) -> dict[str, Head]:
    """Return what entities are and how they are called."""
    fill(base, "wanted", iris)
    found = base.execute("SELECT iri, head FROM wanted CROSS JOIN entities ON iri = x")
    return {iri: read(text, Head) for iri, text in found}
