"""What filters let pass, and the shortest way between two entities: by bounded questions to the catalogue."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.serve.pieces import FACT, Row

_FURTHEST = 100_000
"""No more entities are come by on the way from one to another."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is hidden: predicates, statuses, types, facts less sure or out of a stretch of days."""

    predicates: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    sure: float = 0.0
    first: str = ""
    last: str = ""

    def sql(self) -> tuple[str, list[Any]]:
        """Return what holds of facts that pass, as a condition with what it is given."""
        parts, given = ["o IS NOT NULL", "c >= ?"], list[Any]([self.sure])
        for column, hidden in (("p", self.predicates), ("status", self.statuses)):
            if hidden:
                parts.append(f"{column} NOT IN (SELECT value FROM json_each(?))")  # noqa: S608
                given.append(json.dumps(hidden))
        if self.first or self.last:
            parts.append("first != ''")
        for column, way, day in (("last", ">=", self.first), ("first", "<=", self.last)):
            if day:
                parts.append(f"{column} {way} ?")
                given.append(day)
        return " AND ".join(parts), given


def narrowed(base: sqlite3.Connection, filters: Filters, most: int) -> list[Row]:
    """Return the facts that pass between the most important entities, so many entities at most."""
    where, given = filters.sql()
    ask = (
        f"SELECT {FACT} FROM fact INDEXED BY fact_least JOIN thing AS a ON a.id = s "  # noqa: S608 - our names
        f"JOIN thing AS b ON b.id = o WHERE {where} AND a.kind NOT IN (SELECT value FROM json_each(?)) "
        "AND b.kind NOT IN (SELECT value FROM json_each(?)) ORDER BY least DESC LIMIT ?"
    )
    hidden = json.dumps(filters.types)
    found, ends = [], set[int]()
    for row in base.execute(ask, [*given, hidden, hidden, 10 * most]):
        if len(ends | {row[2], row[4]}) <= most:
            ends |= {row[2], row[4]}
            found.append(row)
    return found


@dataclass(slots=True)
class _Side:
    """What was come by from one end: of each the cost to get there, and the entity before it."""

    rim: list[int]
    cost: dict[int, float]
    before: dict[int, int]


def way(base: sqlite3.Connection, start: int, end: int, filters: Filters) -> list[int] | None:
    """Return the entities on the shortest way, of several the one over surer facts and fewer hubs.

    Empty when there is none; None when it was not found among the nearest hundred thousand entities.
    """
    if start == end:
        return []
    where, given = filters.sql()
    most = base.execute("SELECT max(degree) FROM thing").fetchone()[0] or 1
    sides = (_Side([start], {start: 0.0}, {}), _Side([end], {end: 0.0}, {}))
    while sides[0].rim and sides[1].rim:
        side, other = sides if len(sides[0].rim) <= len(sides[1].rim) else sides[::-1]
        step = _Side([], {}, {})
        for at, to, sure, degree in _steps(base, side.rim, where, given, filters.types):
            cost = side.cost[at] + (1 - sure) + degree / most
            if to not in side.cost and (to not in step.cost or (cost, at) < (step.cost[to], step.before[to])):
                step.cost[to], step.before[to] = cost, at
        side.cost |= step.cost
        side.before |= step.before
        side.rim = sorted(step.cost)
        met = [node for node in side.rim if node in other.cost]
        if met:
            middle = min(met, key=lambda node: (side.cost[node] + other.cost[node], node))
            return [*reversed(_back(sides[0], middle)), middle, *_back(sides[1], middle)]
        if len(side.cost) + len(other.cost) > _FURTHEST:
            return None
    return []


def _steps(
    base: sqlite3.Connection, rim: Sequence[int], where: str, given: Sequence[Any], hidden: Sequence[str]
) -> list[tuple[int, int, float, int]]:
    """Return where facts lead from some entities: from, to, how sure the surest is, how many neighbours."""
    found = []
    for here, there in (("s", "o"), ("o", "s")):
        ask = (
            f"SELECT {here}, {there}, max(c), degree FROM json_each(?) AS rim "  # noqa: S608 - our names
            f"JOIN fact ON fact.{here} = rim.value JOIN thing ON thing.id = {there} WHERE {where} "
            f"AND thing.kind NOT IN (SELECT value FROM json_each(?)) GROUP BY {here}, {there}"
        )
        found += base.execute(ask, [json.dumps(rim), *given, json.dumps(hidden)]).fetchall()
    return found


def _back(side: _Side, node: int) -> list[int]:
    """Return the entities from a node back to where the side began."""
    out = []
    while node in side.before:
        node = side.before[node]
        out.append(node)
    return out
