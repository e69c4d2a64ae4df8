"""Pieces of a graph as the network page takes them: entities and facts of the catalogue, no sentences."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.publish.webpage.picture import look

FACT = "fact.id, fact.iri, s, p, o, status, c, n, first, last"
Row = tuple[Any, ...]
AROUND = 300
"""Facts of an entity that are handed over at once, the surest first."""
TOGETHER = 4000
"""No piece has more facts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What all pieces of a graph have in common.

    Attributes:
        types: classes by name with their number on the page.
        styles: colour and shape of each.
        most: the number of neighbours of the entity that has the most.
        entity, fact: what the ids of entities and facts lack of an IRI.
    """

    types: Mapping[str, int]
    styles: Sequence[tuple[str, str]]
    most: int
    entity: str
    fact: str


def piece(
    base: sqlite3.Connection, plan: Plan, ids: Sequence[int], facts: Sequence[Row] = ()
) -> dict[str, Any]:
    """Return entities, in this order, and facts with all their ends as a page takes them.

    Facts are without sentences and qualifiers, which their `thin` says.
    """
    place: dict[int, int] = {}
    for id_ in (*ids, *(end for fact in facts for end in (fact[2], fact[4]) if end is not None)):
        place.setdefault(id_, len(place))
    told = {row[0]: row for row in things(base, list(place))}
    rows = [told[id_] for id_ in place]
    return {
        "entities": [entity(row, plan) for row in rows],
        "nodes": [look(row[3], plan.styles[plan.types[row[2]]], row[6], plan.most) for row in rows],
        "facts": [_fact(fact, place, plan) for fact in facts],
        "edges": edges([(place[fact[2]], None if fact[4] is None else place[fact[4]]) for fact in facts]),
        "passages": [],
        "articles": [],
        "pages": [],
        "readings": {},
        "qualifiers": {},
    }


def things(base: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """Return the rows of entities: id, iri, kind, label, text, weight, degree, facts."""
    ask = (
        "SELECT thing.id, iri, kind, label, text, weight, degree, facts FROM json_each(?) AS wanted "
        "JOIN thing ON thing.id = wanted.value"
    )
    return base.execute(ask, [json.dumps(list(ids))]).fetchall()


def entity(row: Row, plan: Plan) -> dict[str, Any]:
    """Return an entity as the page holds it; `total` is the number of its facts, `in` comes later."""
    _, iri, kind, label, text, weight, _, facts = row
    return {
        "id": iri.removeprefix(plan.entity),
        "name": label,
        "type": plan.types[kind],
        "aliases": text.split("\n") if text else [],
        "articles": weight,
        "in": [],
        "total": facts,
    }


def _fact(row: Row, place: Mapping[int, int], plan: Plan) -> dict[str, Any]:
    _, iri, s, p, o, status, c, n, first, last = row
    out: dict[str, Any] = {"id": iri.removeprefix(plan.fact), "s": place[s], "p": p}
    out |= {} if o is None else {"o": place[o]}
    out |= {} if status == "asserted" else {"status": status}
    out |= {"d": [first, last]} if first else {}
    return out | {"c": c, "n": n, "e": [], "thin": True}


def edges(ends: Iterable[tuple[int, int | None]]) -> list[dict[str, Any]]:
    """Return the edges that facts make, those between the same two in one direction as one."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for number, (s, o) in enumerate(ends):
        if o is not None:
            pairs.setdefault((s, o), []).append(number)
    return [{"from": s, "to": o, "facts": numbers} for (s, o), numbers in pairs.items()]


def around(base: sqlite3.Connection, ids: Sequence[int], skip: int = 0) -> list[Row]:
    """Return the surest facts of entities, from a place on; the more entities, the fewer of each."""
    most = max(20, min(AROUND, TOGETHER // max(1, len(ids))))
    ask = (
        f"SELECT {FACT} FROM fact WHERE s = ?1 OR o = ?1 "  # noqa: S608 - names of columns
        "ORDER BY c DESC, n DESC, iri LIMIT ?2 OFFSET ?3"
    )
    found: dict[int, Row] = {}
    for id_ in ids:
        for row in base.execute(ask, [id_, most, skip]):
            found[row[0]] = row
        if len(found) >= TOGETHER:
            break
    return list(found.values())


def among(base: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """Return the facts between entities of a list, those of the first of them first."""
    ask = (
        f"SELECT {FACT} FROM json_each(?1) AS a JOIN fact ON fact.s = a.value "  # noqa: S608 - as above
        "WHERE o IN (SELECT value FROM json_each(?1)) ORDER BY a.key, c DESC, fact.id LIMIT ?2"
    )
    return base.execute(ask, [json.dumps(list(ids)), TOGETHER]).fetchall()


def numbers(base: sqlite3.Connection, iris: Sequence[str]) -> list[int | None]:
    """Return the numbers of entities in the catalogue, None for those there are not."""
    found = dict(
        base.execute(
            "SELECT iri, id FROM thing WHERE iri IN (SELECT value FROM json_each(?))",
            [json.dumps(list(iris))],
        ).fetchall()
    )
    return [found.get(iri) for iri in iris]
