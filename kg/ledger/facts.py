"""The facts that a change makes other than they were, and the passages they rest on."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from kg.cache import jot
from kg.ledger import rows
from kg.ledger.pieces import Pieces
from kg.ledger.rows import ClaimRow
from kg.ledger.tables import fill, number
from kg.ledger.work import plain as plainly
from kg.model import Article, Evidence, Fact, LocalKey
from kg.rdf.patch import Before, Quads
from kg.rdf.project import organizations
from kg.rdf.statements import quote, state

STANDS = "EXISTS (SELECT 1 FROM facts WHERE facts.fact = claims.fact)"
"""What is true of the claims whose fact is in the graph."""


class Facts:
    """The claims that a change touches: look at them `before` keys change their entities, and `after`."""

    def __init__(
        self,
        base: sqlite3.Connection,
        pieces: Pieces,
        before: Before,
        leaving: Collection[int],
        entering: Mapping[str, Article],
    ) -> None:
        self.base = base
        self.pieces = pieces
        self.old = before
        self.leaving = leaving
        self.entering = entering
        self.rows: list[ClaimRow] = []
        self.spoken: set[str] = set()
        self.quoted: dict[str, set[int]] = {}

    def before(self, hot: Iterable[int], retyped: Iterable[str], retold: Iterable[str]) -> None:
        """Find the claims whose facts may change.

        Args:
            hot: keys that go or get another entity, or of which other decisions speak.
            retyped: entities that get another class.
            retold: articles that are prints of another story than before.
        """
        fill(self.base, "hot", hot)
        fill(self.base, "retyped", retyped)
        fill(self.base, "retold", retold)
        self.base.execute(
            "INSERT OR IGNORE INTO hot SELECT id FROM retyped CROSS JOIN keys ON entity = retyped.x"
        )
        self.rows = rows.claims(
            self.base,
            "id IN (SELECT id FROM hot CROSS JOIN claims ON subject = x "
            "UNION SELECT id FROM hot CROSS JOIN claims ON object = x "
            "UNION SELECT id FROM retold CROSS JOIN claims ON article = x)",
        )
        self.spoken = {row.claim.evidence.article for row in self.rows}
        self.quoted = self._quoted(self.spoken)

    def after(self, quads: Quads) -> None:
        """Replace the facts, once the keys have their new entities."""
        stay = [row for row in self.rows if row.subject not in self.leaving]
        iris = self._stated(stay)
        stated = {row.fact for row in self.rows if row.fact is not None}
        affected = {*stated, *(iri for iri in iris.values() if iri is not None)}
        self.base.executemany("UPDATE claims SET fact = ? WHERE id = ?", [(f, i) for i, f in iris.items()])
        fill(self.base, "gone_keys", self.leaving)
        self.base.execute("DELETE FROM claims WHERE subject IN (SELECT x FROM gone_keys)")
        fill(self.base, "affected", affected)
        group = rows.claims(self.base, "fact IN (SELECT x FROM affected)")
        entities, kinds = self._entities(group)
        articles, stories = rows.stubs(self.base, {row.claim.evidence.article for row in group})
        facts = self.pieces.facts([row.claim for row in group], entities, kinds, articles, stories)
        turned = self._turned(affected, facts)
        # what such a fact rests on comes or goes too, in articles that nothing else touches
        more = {row.claim.evidence.article for row in group if row.fact in turned}
        self.quoted |= self._quoted(more - self.spoken)
        self.base.executemany("DELETE FROM unsure WHERE fact = ?", [(iri,) for iri in affected])
        self._replace(affected, sure_enough(self.base, facts, self.pieces), kinds, quads)
        self._passages({row.claim.evidence.article for row in stay} | more, quads)
        fill(self.base, "wanted", {row.claim.evidence.article for row in (*self.rows, *group)})
        save_lost(self.base, "SELECT page FROM wanted CROSS JOIN articles ON id = x")

    def _stated(self, group: Collection[ClaimRow]) -> dict[int, str | None]:
        """Return the fact that each claim states by itself, if it states one."""
        entities, kinds = self._entities(group)
        articles, _ = rows.stubs(self.base, {row.claim.evidence.article for row in group})
        found: dict[int, str | None] = {}
        for row in group:
            facts = self.pieces.facts([row.claim], entities, kinds, articles, {})
            found[row.id] = facts[0].iri if facts else None
        return found

    def _entities(self, group: Iterable[ClaimRow]) -> tuple[dict[LocalKey, str], dict[str, str]]:
        """Return the entities of the ends of claims and of what people speak of, and the classes of these."""
        fill(self.base, "asked", {i for row in group for i in (row.subject, row.object) if i is not None})
        for key in self.pieces.spoken_of():
            self.base.execute("INSERT OR IGNORE INTO asked SELECT id FROM keys WHERE key = ?", (jot(key),))
        found = rows.became(self.base, "asked")
        return found, {iri: head.kind for iri, head in rows.heads(self.base, found.values()).items()}

    def _replace(
        self, affected: Iterable[str], facts: Collection[Fact], kinds: Mapping[str, str], quads: Quads
    ) -> None:
        bodies = organizations(self.pieces.ontology)
        inside = frozenset(iri for iri, kind in kinds.items() if kind in bodies)
        for fact in facts:
            quads.new.update(state(fact, self.pieces.ontology, self.pieces.base, inside))
        plain = set()
        for iri in affected:
            quads.gone.update(self.old.statement(iri))
            plain |= self.old.direct(iri)
        self.base.executemany("DELETE FROM facts WHERE fact = ?", [(iri,) for iri in affected])
        save_facts(self.base, facts, self.pieces)
        for quad in plain:  # unless another fact says so too
            if (
                self.base.execute("SELECT 1 FROM facts WHERE plain = ?", (number(str(quad)),)).fetchone()
                is None
            ):
                quads.gone.add(quad)

    def _turned(self, affected: Iterable[str], facts: Iterable[Fact]) -> set[str]:
        """Return the facts that become sure enough for the graph, or cease to be."""
        fill(self.base, "affected", affected)
        before = {f for (f,) in self.base.execute("SELECT x FROM affected CROSS JOIN unsure ON fact = x")}
        return {one.iri for one in facts if (one.iri in before) != (one.confidence < self.pieces.least)}

    def _quoted(self, articles: Collection[str]) -> dict[str, set[int]]:
        """Return, for each of some articles, the claims whose facts are in the graph."""
        fill(self.base, "spoken", articles)
        found: dict[str, set[int]] = defaultdict(set)
        for article, id_ in self.base.execute(
            f"SELECT article, id FROM spoken CROSS JOIN claims ON article = x WHERE {STANDS}"  # noqa: S608
        ):
            found[article].add(id_)
        return found

    def _passages(self, articles: Collection[str], quads: Quads) -> None:
        """Replace the passages that facts rest on, in articles that stay or enter."""
        now, base = self._quoted(articles), self.pieces.base
        for id_ in articles:
            before, after = self.quoted.get(id_, set()), now.get(id_, set())
            if before != after:
                text = self.entering.get(id_) or self.old.article(id_)
                for one in self._passage(before):
                    quads.gone.update(quote(one, text, base))
                for one in self._passage(after):
                    quads.new.update(quote(one, text, base))

    def _passage(self, claims: Collection[int]) -> set[Evidence]:
        fill(self.base, "asked", claims)
        return {row.claim.evidence for row in rows.claims(self.base, "id IN (SELECT x FROM asked)")}


def sure_enough(base: sqlite3.Connection, facts: Iterable[Fact], pieces: Pieces) -> list[Fact]:
    """Return the facts that are sure enough for the graph, and write down which are not."""
    sure: list[Fact] = []
    unsure: list[Fact] = []
    for fact in facts:
        (sure if fact.confidence >= pieces.least else unsure).append(fact)
    base.executemany("INSERT INTO unsure VALUES (?)", [(fact.iri,) for fact in unsure])
    return sure


def save_facts(base: sqlite3.Connection, facts: Iterable[Fact], pieces: Pieces) -> None:
    """Write down the facts of the graph, asserted ones with the triple that says each plainly."""
    base.executemany("INSERT INTO facts VALUES (?, ?)", [(fact.iri, plainly(fact, pieces)) for fact in facts])


def save_lost(base: sqlite3.Connection, pages: str = "SELECT DISTINCT page FROM articles") -> None:
    """Count anew, for the pages that a question gives, the claims that became no fact of the graph."""
    base.execute(f"DELETE FROM lost WHERE page IN ({pages})")  # noqa: S608
    base.execute(
        "INSERT INTO lost SELECT articles.page, CASE WHEN fact IS NOT NULL THEN 'unsure' "  # noqa: S608
        "WHEN s.entity = o.entity THEN 'itself' ELSE 'decided' END AS why, count(*) "
        "FROM articles CROSS JOIN claims ON article = articles.id CROSS JOIN keys AS s ON s.id = subject "
        "LEFT JOIN keys AS o ON o.id = object "
        f"WHERE articles.page IN ({pages}) AND NOT {STANDS} GROUP BY 1, 2"
    )
