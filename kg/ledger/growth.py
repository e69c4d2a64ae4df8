"""Pages come and go: what that changes in the graph, and nothing else, is worked out and written down."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.cache import jot, read
from kg.ledger import rows
from kg.ledger.facts import Facts
from kg.ledger.pieces import Pieces
from kg.ledger.rows import Head, KeyRow
from kg.ledger.stories import retell
from kg.ledger.tables import fill
from kg.model import Doubt, Entity, Findings, LocalKey
from kg.rdf import terms
from kg.rdf.patch import Before, Patch, Quads
from kg.rdf.project import head, member, mention, printed, sheet
from kg.rdf.review import doubt, reprint
from kg.resolve import Profile
from kg.resolve.clusters import PERSON


@dataclass(slots=True)
class Keys:
    """The keys that a change may give another entity, as they were, and what each becomes."""

    before: dict[int, KeyRow]
    entering: frozenset[int]
    leaving: frozenset[int]
    after: dict[LocalKey, str] = field(default_factory=dict)

    @property
    def moved(self) -> frozenset[int]:
        """Those that stay or enter and are of another entity than before."""
        stay = self.before.keys() - self.leaving
        return frozenset(i for i in stay if self.before[i].entity != self.after[self.before[i].key])


def change(
    base: sqlite3.Connection,
    pieces: Pieces,
    old: Before,
    *,
    enter: Sequence[Findings] = (),
    leave: Collection[str] = (),
    touched: Iterable[LocalKey] = (),
) -> Patch:
    """Write down that pages enter and others leave, and return what the store must change for it.

    Args:
        base: the ledger, which holds afterwards what the graph will be.
        pieces: resolution, under the decisions that hold from now on.
        old: the graph as it was.
        enter: the findings of pages that are not there.
        leave: the ids of pages that are there.
        touched: keys of which other decisions speak than before.
    """
    quads = Quads()
    graphs = _graphs(base, pieces.base, leave)
    entering = rows.insert(base, enter, pieces)
    texts = {a.id: a for one in enter for a in one.articles}
    fill(base, "leaving", leave)
    leaving = {i for (i,) in base.execute("SELECT id FROM leaving CROSS JOIN keys ON page = x")}
    retold = retell(base, old.article, texts)
    for id_, (was, now) in retold.items():
        quads.gone.update(reprint(id_, one, pieces.base) for one in (was,) if one is not None)
        quads.new.update(reprint(id_, one, pieces.base) for one in (now,) if one is not None)
    told = {*_ids(base, touched).values(), *_printed(base, retold)}
    reach = rows.reached(base, {*entering.values(), *leaving, *told}, _links(base, pieces))
    before = {row.id: row for row in rows.keys(base, reach)}
    found = Keys(before, frozenset(entering.values()), frozenset(leaving))
    entities, doubts = _resolved(base, pieces, found)
    found.after = {key: entity.iri for entity in entities for key in entity.members}
    heads = rows.heads(base, {row.entity for row in before.values() if row.entity})
    _names(base, pieces, heads, entities, quads)
    _doubts(base, heads, doubts, pieces.base, quads)
    kinds = {iri: old.kind for iri, old in heads.items()}
    facts = Facts(base, pieces, old, found.leaving, texts)
    moved = found.moved
    facts.before({*moved, *leaving, *told}, _retyped(kinds, entities), retold)
    base.executemany(
        "UPDATE keys SET entity = ? WHERE id = ?", [(found.after[before[i].key], i) for i in moved]
    )
    _members(found, moved, pieces.base, quads)
    _mentions(base, found, moved, pieces.base, quads)
    facts.after(quads)
    for one in enter:
        quads.new.update(sheet(one.page, pieces.base))
    for text in texts.values():
        quads.new.update(printed(text, pieces.base))
    _forget(base)
    return quads.patch(graphs)


def _graphs(base: sqlite3.Connection, iri: str, leave: Collection[str]) -> list[str]:
    found = [terms.page_iri(iri, page).value for page in leave]
    for page in leave:
        ids = base.execute("SELECT id FROM articles WHERE page = ?", (page,))
        found += [terms.article_iri(iri, id_).value for (id_,) in ids]
    return found


def _ids(base: sqlite3.Connection, keys: Iterable[LocalKey]) -> dict[LocalKey, int]:
    found = {}
    for key in keys:
        row = base.execute("SELECT id FROM keys WHERE key = ?", (jot(key),)).fetchone()
        if row is not None:
            found[key] = row[0]
    return found


def _printed(base: sqlite3.Connection, articles: Collection[str]) -> set[int]:
    """Return the keys of the pages of some articles."""
    fill(base, "wanted", articles)
    return {
        i
        for (i,) in base.execute(
            "SELECT keys.id FROM wanted CROSS JOIN articles ON articles.id = x "
            "CROSS JOIN keys ON keys.page = articles.page"
        )
    }


def _links(base: sqlite3.Connection, pieces: Pieces) -> Mapping[int, Collection[int]]:
    """Return what decisions tie together, by number."""
    pairs = pieces.links()
    ids = _ids(base, {key for pair in pairs for key in pair})
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        if a in ids and b in ids:
            found[ids[a]].add(ids[b])
            found[ids[b]].add(ids[a])
    return found


def _resolved(
    base: sqlite3.Connection, pieces: Pieces, found: Keys
) -> tuple[tuple[Entity, ...], tuple[Doubt, ...]]:
    closed = [row.profile for id_, row in found.before.items() if id_ not in found.leaving]
    people = {id_ for profile in closed if profile.key.kind == PERSON for id_ in profile.articles}
    return pieces.entities(closed, rows.stories(base, people), rows.marked(base))


def _retyped(kinds: Mapping[str, str], entities: Iterable[Entity]) -> set[str]:
    return {e.iri for e in entities if kinds.get(e.iri, e.kind) != e.kind}


def _names(
    base: sqlite3.Connection,
    pieces: Pieces,
    heads: Mapping[str, Head],
    entities: Sequence[Entity],
    quads: Quads,
) -> None:
    """Replace what entities are called."""
    now = {e.iri: Head(e.kind, e.label, e.aliases) for e in entities}
    for iri, old in heads.items():
        if now.get(iri) != old:
            quads.gone.update(head(iri, old.kind, old.label, old.aliases, pieces.ontology))
            base.execute("DELETE FROM entities WHERE iri = ?", (iri,))
    fresh = [entity for entity in entities if heads.get(entity.iri) != now[entity.iri]]
    for one in fresh:
        quads.new.update(head(one.iri, one.kind, one.label, one.aliases, pieces.ontology))
    save_entities(base, fresh)


def save_entities(base: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Write down what entities are called."""
    base.executemany(
        "INSERT INTO entities VALUES (?, ?)",
        [(one.iri, jot(Head(one.kind, one.label, one.aliases))) for one in entities],
    )


def _doubts(
    base: sqlite3.Connection, heads: Iterable[str], doubts: Iterable[Doubt], iri: str, quads: Quads
) -> None:
    """Replace what is doubtful about entities."""
    fill(base, "wanted", heads)
    before = {
        (a, b): text
        for end in "ab"
        for a, b, text in base.execute(f"SELECT a, b, doubt FROM wanted CROSS JOIN doubts ON {end} = x")  # noqa: S608
    }
    after = {(one.a, one.b): one for one in doubts}
    gone = [pair for pair, text in before.items() if pair not in after or jot(after[pair]) != text]
    fresh = [one for pair, one in after.items() if pair not in before or jot(one) != before[pair]]
    for pair in gone:
        quads.gone.update(doubt(read(before[pair], Doubt), iri))
    for new in fresh:
        quads.new.update(doubt(new, iri))
    base.executemany("DELETE FROM doubts WHERE a = ? AND b = ?", gone)
    save_doubts(base, fresh)


def save_doubts(base: sqlite3.Connection, doubts: Iterable[Doubt]) -> None:
    """Write down what is doubtful."""
    base.executemany(
        "INSERT OR REPLACE INTO doubts VALUES (?, ?, ?)", [(one.a, one.b, jot(one)) for one in doubts]
    )


def _members(found: Keys, moved: Iterable[int], iri: str, quads: Quads) -> None:
    for number in moved:
        row = found.before[number]
        if row.entity is not None:
            quads.gone.update(member(row.key, row.entity, iri))
        quads.new.update(member(row.key, found.after[row.key], iri))


def _mentions(base: sqlite3.Connection, found: Keys, moved: Iterable[int], iri: str, quads: Quads) -> None:
    """Replace which entities the articles of some keys mention; other keys may mention the same ones."""
    fill(base, "pages", {found.before[number].key.page for number in moved})
    ends = {end for i in moved for end in (found.before[i].entity, found.after[found.before[i].key])}
    fill(base, "ends", (end for end in ends if end is not None))
    for number, entity, text in base.execute(
        "SELECT id, entity, profile FROM pages CROSS JOIN keys ON page = x "
        "WHERE page NOT IN (SELECT x FROM leaving) AND entity IN (SELECT x FROM ends)"
    ):
        old = found.before[number].entity if number in found.before else entity
        for article in read(text, Profile).articles:
            if old is not None:
                quads.gone.add(mention(article, old, iri))
            quads.new.add(mention(article, entity, iri))


def _forget(base: sqlite3.Connection) -> None:
    """Delete the rows of pages that leave, and what only they were called."""
    called = {c for (c,) in base.execute("SELECT DISTINCT called FROM leaving CROSS JOIN keys ON page = x")}
    base.execute("DELETE FROM keys WHERE page IN (SELECT x FROM leaving)")
    for one in called:
        if base.execute("SELECT 1 FROM keys WHERE called = ?", (one,)).fetchone() is None:
            base.execute("DELETE FROM blocks WHERE called = ?", (one,))
    for name, column in (("bands", "article"), ("compared", "a"), ("compared", "b")):
        base.execute(
            f"DELETE FROM {name} WHERE {column} IN "  # noqa: S608
            "(SELECT id FROM articles WHERE page IN (SELECT x FROM leaving))"
        )
    base.execute("DELETE FROM articles WHERE page IN (SELECT x FROM leaving)")
