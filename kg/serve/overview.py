"""What the network page opens with, computed with the catalogue: the most important, and all counts."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from kg.ontology import Ontology, load
from kg.publish.webpage.choice import choose
from kg.publish.webpage.content import OPEN, labels, prefix_of, symmetric
from kg.publish.webpage.picture import OPTIONS, draw, styled
from kg.serve.pieces import Plan, among, piece, things

_LOOKED_AT = 4 * OPEN
"""The entities with the most neighbours among which those are chosen that the page opens with."""
_DAYS = 1500
"""No more different days are told apart on the timeline; months are, and then years."""


def survey(base: sqlite3.Connection, ontology: Path) -> None:
    """Write down what a page of the whole graph begins with: `boot` as JSON, without its title and counts.

    Its `facets` are the numbers of facts by predicate, status and day, and of entities by type.
    """
    known = load(ontology)
    kinds = base.execute("SELECT kind, COUNT(*) FROM thing GROUP BY kind ORDER BY 2 DESC, 1").fetchall()
    verbs = base.execute("SELECT p, COUNT(*) FROM fact GROUP BY p ORDER BY 2 DESC, 1").fetchall()
    statuses = base.execute("SELECT status, COUNT(*) FROM fact GROUP BY status").fetchall()
    prefix = {"entity": _prefix(base, "thing"), "fact": _prefix(base, "fact")}
    styles = styled([kind for kind, _ in kinds])
    most = base.execute("SELECT coalesce(max(degree), 0) FROM thing").fetchone()[0]
    plan = Plan(
        {kind: i for i, (kind, _) in enumerate(kinds)}, styles, most, prefix["entity"], prefix["fact"]
    )
    counts = dict(base.execute("SELECT name, value FROM meta WHERE name IN ('articles', 'pages')").fetchall())
    boot = {
        "types": [
            {"name": kind, **labels(known, kind), "color": colour, "shape": shape}
            for (kind, _), (colour, shape) in zip(kinds, styles, strict=True)
        ],
        "predicates": {p: {**labels(known, p), "symmetric": symmetric(known, p)} for p, _ in verbs},
        "prefix": prefix,
        "most": most,
        "options": OPTIONS,
        "total": {
            "entities": sum(count for _, count in kinds),
            "facts": sum(count for _, count in verbs),
            "articles": int(counts["articles"]),
            "pages": int(counts["pages"]),
        },
        "facets": {
            "types": [count for _, count in kinds],
            "predicates": dict(verbs),
            "statuses": dict(statuses),
            "days": _days(base),
        },
    } | _opening(base, plan, known)
    base.execute("INSERT INTO meta VALUES ('boot', ?)", [json.dumps(boot, ensure_ascii=False)])


def plan_of(boot: dict[str, Any]) -> Plan:
    """Return what all further pieces have in common with what the page opened with."""
    kinds, prefix = boot["types"], boot["prefix"]
    return Plan(
        {kind["name"]: i for i, kind in enumerate(kinds)},
        [(kind["color"], kind["shape"]) for kind in kinds],
        boot["most"],
        prefix["entity"],
        prefix["fact"],
    )


def _opening(base: sqlite3.Connection, plan: Plan, ontology: Ontology) -> dict[str, Any]:
    """Return the piece that the page opens with, drawn: places and groups included."""
    first = [
        id_
        for (id_,) in base.execute(
            "SELECT id FROM thing ORDER BY degree DESC, weight DESC, iri LIMIT ?", [_LOOKED_AT]
        )
    ]
    told = {row[0]: row for row in things(base, first)}
    rank = {row[1]: float(row[6]) + row[5] / 1e9 for row in told.values()}
    links = [(told[s][1], told[o][1]) for _, _, s, _, o, *_ in among(base, first)]
    order, shown = choose(rank, links, OPEN)
    at = {row[1]: id_ for id_, row in told.items()}
    ids = [at[iri] for iri in order[:shown]]
    facts = among(base, ids)
    opening = piece(base, plan, ids, facts)
    place = {id_: i for i, id_ in enumerate(ids)}
    picture = draw(
        opening["entities"],
        [{"name": name} for name in plan.types],
        [told[id_][6] for id_ in ids],
        [(place[fact[2]], place[fact[4]]) for fact in facts],
        len(ids),
    )
    return opening | {"nodes": picture.nodes, "shown": len(ids)}


def _days(base: sqlite3.Connection) -> list[list[Any]]:
    """Return how many facts were first reported on each day, or month, or year, by its first day."""
    for size, rest in ((10, ""), (7, "-01"), (4, "-01-01")):
        ask = (
            "SELECT substr(first, 1, ?) || ?, COUNT(*) FROM fact WHERE first != '' "
            "GROUP BY 1 ORDER BY 1 LIMIT ?"
        )
        found = base.execute(ask, [size, rest, _DAYS + 1]).fetchall()
        if len(found) <= _DAYS:
            break
    return [list(row) for row in found]


def _prefix(base: sqlite3.Connection, table: str) -> str:
    """Return what all IRIs of a table begin with, up to its last / or #."""
    ends = base.execute(f"SELECT min(iri), max(iri) FROM {table}").fetchone()  # noqa: S608 - two names
    return prefix_of([end for end in ends if end is not None])
