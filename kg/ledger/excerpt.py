"""The part of a graph that a picture can show, as values, from a ledger that was just made."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.cache import read_all
from kg.ledger import rows
from kg.ledger.settling import Read
from kg.ledger.tables import fill
from kg.model import Article, Entity, Fact, Graph, Page

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
    told = tuple(_facts(base, chosen))
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


def _facts(base: sqlite3.Connection, chosen: Sequence[str]) -> list[Fact]:
    fill(base, "shown_facts", chosen)
    asked = "SELECT told FROM scratch.told WHERE fact IN (SELECT x FROM shown_facts) ORDER BY fact"
    return read_all((text for (text,) in base.execute(asked)), Fact)


def _entities(base: sqlite3.Connection) -> Iterator[Entity]:
    where: dict[str, set[str]] = defaultdict(set)
    for iri, articles in base.execute(
        "SELECT entity, articles FROM scratch.became CROSS JOIN scratch.printed USING (id) "
        "WHERE entity IN (SELECT iri FROM shown)"
    ):
        where[iri].update(articles.split())
    found = base.execute(
        "SELECT iri, head FROM shown CROSS JOIN entities USING (iri) ORDER BY iri"
    ).fetchall()
    for (iri, _), head in zip(found, read_all((text for _, text in found), rows.Head), strict=True):
        yield Entity(iri, head.kind, head.label, head.aliases, (), (), tuple(sorted(where[iri])))
