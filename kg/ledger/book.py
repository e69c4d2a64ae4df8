"""What came in and what the graph holds, in a ledger: written with a build, and asked for the report."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.cache import jot, model_mark, read
from kg.config import Settings
from kg.ledger.drafts import drafted
from kg.ledger.rows import Head
from kg.model import Decisions

_COUNTED = ("articles", "entities", "facts", "unsure")


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A page that was read.

    Attributes:
        source: where it came from, as bytes that SQLite takes.
        found: what its findings are kept by.
        page: its id; of several inputs with one id the smallest stands for the page.
        row: what the report says of it, as JSON.
    """

    source: bytes
    found: str
    page: str
    row: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a graph holds, and how many facts it leaves out because they are not sure enough."""

    pages: int
    articles: int
    entities: int
    facts: int
    unsure: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What a graph depends on besides its pages.

    Attributes:
        mark: the digest of everything that is not named here.
        city: the papers' own city as set for the build.
        model: the digest of the learned models.
        folder: the folder of the models as set for the build, None for the shipped ones.
        least: the confidence below which facts are left out.
        decisions: what people had decided.
    """

    mark: str
    city: str | None
    model: str
    folder: str | None
    least: float
    decisions: Decisions


def ground(settings: Settings, decided: Decisions) -> Ground:
    """Return all that a graph depends on besides its pages."""
    folder = None if settings.model is None else str(settings.model)
    least = settings.min_confidence
    mark = drafted(settings)
    return Ground(mark, settings.city, model_mark(settings), folder, least, decided)


def source_name(source: str) -> bytes:
    """Return a source as the ledger holds it."""
    return source.encode("utf-8", "surrogatepass")


def save_inputs(base: sqlite3.Connection, inputs: Iterable[Input]) -> None:
    """Write down what was read."""
    base.executemany(
        "INSERT OR IGNORE INTO inputs (source, found, page, row) VALUES (?, ?, ?, ?)",
        [(one.source, one.found, one.page, one.row) for one in inputs],
    )


def save_errors(base: sqlite3.Connection, errors: Mapping[bytes, str]) -> None:
    """Write down what could not be read, and why, as JSON."""
    base.executemany("DELETE FROM errors WHERE source = ?", [(source,) for source in errors])
    base.executemany("INSERT OR IGNORE INTO errors VALUES (?, ?)", list(errors.items()))


def inputs(base: sqlite3.Connection, page: str | None = None) -> list[Input]:
    """Return what was read, of one page or of all, the smallest first."""
    where, values = ("", ()) if page is None else ("WHERE page = ?", (page,))
    found = base.execute(
        f"SELECT source, found, page, row FROM inputs {where} ORDER BY 1, 2, 3, 4",  # noqa: S608
        values,
    )
    return [Input(*row) for row in found]


def inputs_from(base: sqlite3.Connection, source: str) -> list[Input]:
    """Return what was read from one source, the smallest first."""
    found = base.execute(
        "SELECT source, found, page, row FROM inputs WHERE source = ?", (source_name(source),)
    )
    return sorted(Input(*row) for row in found)


def holdings(base: sqlite3.Connection) -> Iterator[tuple[Input, int, int]]:
    """Yield what was read, one input for each page, with the numbers of its articles and of its facts."""
    counted = {
        page: (articles, facts)
        for page, articles, facts in base.execute(
            "SELECT page, count(DISTINCT articles.id), count(DISTINCT facts.fact) FROM articles "
            "LEFT JOIN claims ON article = articles.id LEFT JOIN facts ON facts.fact = claims.fact "
            "GROUP BY page"
        )
    }
    seen: set[str] = set()
    for one in inputs(base):
        if one.page not in seen:
            seen.add(one.page)
            yield one, *counted.get(one.page, (0, 0))


def errors(base: sqlite3.Connection) -> list[tuple[bytes, str]]:
    """Return what could not be read, and why."""
    return list(base.execute("SELECT source, row FROM errors ORDER BY source, row"))


def unstated(base: sqlite3.Connection) -> dict[str, list[tuple[str, int]]]:
    """Return how many claims of each page became no fact of the graph and why, where any did not.

    They are less sure than asked for (`unsure`), tie an entity to `itself`, or go against what people
    `decided`.
    """
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for page, why, claims in base.execute("SELECT page, why, claims FROM lost ORDER BY page, why"):
        found[page].append((why, claims))
    return found


def totals(base: sqlite3.Connection) -> Totals:
    """Count what the graph holds."""
    (pages,) = base.execute("SELECT count(DISTINCT page) FROM inputs").fetchone()
    # a bare count(*) looks at no row
    rows = (base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _COUNTED)  # noqa: S608
    return Totals(pages, *rows)


def connected(base: sqlite3.Connection, most: int) -> list[tuple[Head, int]]:
    """Return the entities with the most facts, each with how many, of a ledger that was just made."""
    ends = "SELECT subject AS iri FROM scratch.ends UNION ALL SELECT object FROM scratch.ends"
    found = base.execute(
        f"SELECT head, number FROM (SELECT iri, count(*) AS number FROM ({ends}) GROUP BY iri "  # noqa: S608
        "ORDER BY number DESC, iri LIMIT ?) CROSS JOIN entities USING (iri) ORDER BY number DESC, iri",
        (most,),
    )
    return [(read(head, Head), number) for head, number in found]


def save_ground(base: sqlite3.Connection, ground: Ground) -> None:
    """Write down what the graph depends on besides its pages."""
    base.execute("INSERT OR REPLACE INTO meta VALUES ('ground', ?)", (jot(ground),))


def read_ground(base: sqlite3.Connection) -> Ground:
    """Return what the graph depends on besides its pages."""
    return read(base.execute("SELECT value FROM meta WHERE name = 'ground'").fetchone()[0], Ground)


def forget_inputs(base: sqlite3.Connection, gone: Iterable[Input]) -> None:
    """Delete what was read; also what could not be read under the same name."""
    for one in gone:
        base.execute(
            "DELETE FROM inputs WHERE page = ? AND source = ? AND found = ?",
            (one.page, one.source, one.found),
        )
        base.execute("DELETE FROM errors WHERE source = ?", (one.source,))
