"""What a new ledger leaves open is settled: stories, entities, facts, with a part of them in memory.

One part of names, all that hang together over blocks, is resolved at a time, or several small ones together.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import numpy as np

from kg.cache import jot, read, read_all
from kg.ledger import rows
from kg.ledger.entering import components
from kg.ledger.facts import save_facts, sure_enough
from kg.ledger.growth import save_doubts, save_entities
from kg.ledger.pieces import Pieces
from kg.ledger.stories import save_compared
from kg.ledger.tables import fill
from kg.model import Claim, Doubt, Entity, Evidence, Fact, Findings, LocalKey
from kg.resolve import Profile

TOGETHER = 2_000
"""Names that are resolved together, where parts are smaller; claims that are, likewise."""
ARTICLES = 500
"""Articles whose words are compared at a time, where fewer hang together."""
Read = Callable[[str], Findings]
"""Returns the findings of a page by its id."""


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


def entities(
    base: sqlite3.Connection, pieces: Pieces, found: Mapping[str, str]
) -> Iterator[tuple[tuple[Entity, ...], tuple[Doubt, ...]]]:
    """Resolve all names, write down what they became, and yield it part by part.

    Args:
        found: what stands for all prints of an article that is printed several times.
    """
    marks = rows.marked(base)
    for some in _parts(base):
        ids = {profile.key: id_ for id_, profile in some}
        made, doubts = pieces.entities((profile for _, profile in some), found, marks)
        base.executemany(
            "UPDATE keys SET entity = ? WHERE id = ?",
            [(entity.iri, ids[key]) for entity in made for key in entity.members],
        )
        save_entities(base, made)
        save_doubts(base, doubts)
        yield made, doubts


def _parts(base: sqlite3.Connection) -> Iterator[list[tuple[int, Profile]]]:
    """Yield names with their numbers, those that hang together always together."""
    ids: list[int] = []
    texts: list[bytes] = []
    part = None
    for now, id_, text in base.execute(
        "SELECT part, id, profile FROM scratch.parts CROSS JOIN keys ON keys.called = parts.called"
    ):
        if now != part and len(ids) >= TOGETHER:
            yield list(zip(ids, read_all(texts, Profile), strict=True))
            ids, texts = [], []
        part = now
        ids.append(id_)
        texts.append(text)
    if ids:
        yield list(zip(ids, read_all(texts, Profile), strict=True))


def facts(
    base: sqlite3.Connection, pieces: Pieces
) -> Iterator[tuple[Sequence[Fact], Mapping[str, str], Mapping[Evidence, str | None]]]:
    """Merge the claims into facts, write them down, and yield them some at a time.

    With them come the classes of what they speak of, and the words that they rest on. Entities must be
    settled.
    """
    merging = Merging(base, pieces)
    for number in range(0, _last(base), TOGETHER):
        some = merging.claims("claims.id > ? AND claims.id <= ?", (number, number + TOGETHER))
        became, kinds = merging.ends(some)
        stated = zip(pieces.stated([row.claim for row in some], became, kinds), some, strict=True)
        base.executemany(
            "UPDATE claims SET fact = ? WHERE id = ?", [(iri, row.id) for iri, row in stated if iri]
        )
    after = ""
    while True:
        some = merging.claims("fact > ? ORDER BY fact LIMIT ?", (after, TOGETHER))
        if not some:
            return
        after = some[-1].fact or ""
        known = {row.id for row in some}  # of the last fact all claims must be there
        some += [row for row in merging.claims("fact = ?", (after,)) if row.id not in known]
        merged, kinds = merging.merged(some)
        made = sure_enough(base, merged, pieces)
        save_facts(base, made, pieces)
        base.executemany(
            "INSERT INTO scratch.ends VALUES (?, ?, ?)",
            [(f.iri, f.subject, f.object if isinstance(f.object, str) else None) for f in made],
        )
        yield made, kinds, {row.claim.evidence: row.words for row in some}


class Merging:
    """Makes facts of claims whose ends are settled."""

    def __init__(self, base: sqlite3.Connection, pieces: Pieces) -> None:
        self._base = base
        self._pieces = pieces
        ask = "SELECT entity FROM keys WHERE key = ?"
        spoken = ((key, base.execute(ask, (jot(key),)).fetchone()) for key in pieces.spoken_of())
        self._spoken = {key: row[0] for key, row in spoken if row is not None}
        self._kind = lru_cache(maxsize=100_000)(self._kind_of)

    def claims(self, condition: str, values: Collection[str | int]) -> list[Row]:
        """Return claims for which a condition holds, with what their ends became."""
        found = self._base.execute(
            "SELECT claims.id, fact, s.entity, o.entity, words, claim FROM claims "  # noqa: S608
            "CROSS JOIN keys AS s ON s.id = subject LEFT JOIN scratch.words ON words.id = claims.id "
            f"LEFT JOIN keys AS o ON o.id = object WHERE {condition}",
            tuple(values),
        ).fetchall()
        claims = read_all((row[-1] for row in found), Claim)
        return [
            Row(id_, fact, subject, target, words, claim)
            for (id_, fact, subject, target, words, _), claim in zip(found, claims, strict=True)
        ]

    def ends(self, some: Iterable[Row]) -> tuple[dict[LocalKey, str], dict[str, str]]:
        """Return what the ends of claims and what people speak of became, and the classes of these."""
        became = dict(self._spoken)
        for row in some:
            became[row.claim.subject] = row.subject
            if isinstance(row.claim.object, LocalKey) and row.object is not None:
                became[row.claim.object] = row.object
        return became, {iri: self._kind(iri) for iri in became.values()}

    def merged(self, some: Sequence[Row]) -> tuple[tuple[Fact, ...], dict[str, str]]:
        """Return the facts of claims, of each fact all, and the classes of what they speak of."""
        became, kinds = self.ends(some)
        articles, prints = rows.stubs(self._base, {row.claim.evidence.article for row in some})
        made = self._pieces.facts([row.claim for row in some], became, kinds, articles, prints)
        return made, kinds

    def _kind_of(self, iri: str) -> str:
        (head,) = self._base.execute("SELECT head FROM entities WHERE iri = ?", (iri,)).fetchone()
        return read(head, rows.Head).kind


class Row:
    """A claim: the number of its row, the fact that it states, what its ends became, what it rests on."""

    __slots__ = ("claim", "fact", "id", "object", "subject", "words")

    def __init__(
        self,
        id_: int,
        fact: str | None,
        subject: str,
        target: str | None,
        words: bytes | None,
        claim: Claim,
    ) -> None:
        self.id, self.fact, self.claim, self.subject, self.object = id_, fact, claim, subject, target
        self.words = None if words is None else words.decode("utf-8", "surrogatepass")


def _last(base: sqlite3.Connection) -> int:
    return base.execute("SELECT max(id) FROM claims").fetchone()[0] or 0
