"""The part of a graph that a picture can show, as values, from a ledger that was just made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.cache import read
from kg.ledger import rows
from kg.ledger.pieces import Pieces
from kg.ledger.settling import TOGETHER, Merging, Read
from kg.ledger.tables import fill
from kg.model import Article, Entity, Fact, Graph, Page
from kg.resolve import Profile

ENTITIES = 5_000
FACTS = 12_000
"""No excerpt holds more: the entities with the most facts, and the facts among these."""

_RANKED = """
INSERT INTO shown SELECT row_number() OVER (ORDER BY number DESC, iri), iri FROM
(SELECT iri, count(fact) AS number FROM entities LEFT JOIN
(SELECT subject AS iri, fact FROM scratch.ends UNION ALL SELECT object, fact FROM scratch.ends) USING (iri)
GROUP BY iri ORDER BY number DESC, iri LIMIT ?)
"""
_AMONG = """
SELECT fact FROM scratch.ends CROSS JOIN shown AS s ON s.iri = subject LEFT JOIN shown AS o ON o.iri = object
WHERE object IS NULL OR o.iri IS NOT NULL ORDER BY max(s.rank, coalesce(o.rank, 0)), fact LIMIT ?
"""


def excerpt(
    base: sqlite3.Connection,
    pieces: Pieces,
    pages: Iterable[str],
    read_page: Read,
    *,
    entities: int = ENTITIES,
    facts: int = FACTS,
) -> Graph:
    """Return the graph of so many entities and facts at most, without members, redirects and doubts.

    Where these are all entities, it has all pages and articles; else those alone that its facts rest on, and
    entities name articles that are not there. Its pages have no printed lines.
    """
    base.execute("CREATE TEMP TABLE shown (rank INTEGER, iri TEXT PRIMARY KEY) WITHOUT ROWID")
    base.execute(_RANKED, (entities,))
    whole = base.execute("SELECT count(*) FROM entities").fetchone()[0] <= entities
    chosen = sorted(fact for (fact,) in base.execute(_AMONG, (facts,)))
    told = tuple(_facts(base, pieces, chosen))
    wanted = None if whole else {evidence.article for fact in told for evidence in fact.evidence}
    if wanted is not None:
        fill(base, "wanted", wanted)
        found = base.execute("SELECT DISTINCT page FROM wanted CROSS JOIN articles ON id = x")
        pages = sorted(page for (page,) in found)
    printed: list[Page] = []
    articles: list[Article] = []
    for page in pages:
        one = read_page(page)
        printed.append(replace(one.page, lines=()))
        articles += [a for a in one.articles if wanted is None or a.id in wanted]
    return Graph(
        pages=tuple(printed),
        articles=tuple(sorted(articles, key=lambda article: article.id)),
        entities=tuple(_entities(base)),
        facts=told,
    )


def _facts(base: sqlite3.Connection, pieces: Pieces, chosen: Sequence[str]) -> Iterator[Fact]:
    merging = Merging(base, pieces)
    for start in range(0, len(chosen), TOGETHER):
        fill(base, "told", chosen[start : start + TOGETHER])
        yield from merging.merged(merging.claims("fact IN (SELECT x FROM told)", ()))[0]


def _entities(base: sqlite3.Connection) -> Iterator[Entity]:
    ask = "SELECT iri, head FROM shown CROSS JOIN entities USING (iri) ORDER BY iri"
    for iri, text in base.execute(ask).fetchall():
        head = read(text, rows.Head)
        profiles = base.execute("SELECT profile FROM keys WHERE entity = ?", (iri,))
        where = {article for (text,) in profiles for article in read(text, Profile).articles}
        yield Entity(iri, head.kind, head.label, head.aliases, (), (), tuple(sorted(where)))
