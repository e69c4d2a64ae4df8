"""A whole graph from a new ledger, as quads, without all of it ever being in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kg.ledger.entering import enter
from kg.ledger.facts import save_lost
from kg.ledger.pieces import Pieces
from kg.ledger.settling import entities, facts, stories
from kg.model import Findings
from kg.rdf.project import head, member, mention, organizations, printed, sheet
from kg.rdf.review import doubt, reprint
from kg.rdf.statements import cite, state

if TYPE_CHECKING:
    from pyoxigraph import Quad


def quads(
    base: sqlite3.Connection,
    pieces: Pieces,
    kept: Callable[[str], Findings],
    stage: Callable[[str], None] = lambda _: None,
) -> Iterator[Quad]:
    """Resolve what the inputs of a new ledger say and yield every quad of the graph; some come twice.

    The ledger is whole when the last one came.

    Args:
        base: a new ledger that knows its inputs.
        kept: returns findings by what they are kept by.
        stage: is told `resolve`, and then `write`.
    """
    ontology, iri = pieces.ontology, pieces.base
    where = dict(chosen(base))
    stage("resolve")
    for one in enter(base, (kept(found) for found in where.values()), pieces):
        yield from sheet(one.page, iri)
        for article in one.articles:
            yield from printed(article, iri)
    prints = stories(base, pieces, lambda page: kept(where[page]))
    for id_, first in prints.items():
        yield reprint(id_, first, iri)
    for made, doubts in entities(base, pieces, prints):
        for entity in made:
            yield from head(entity.iri, entity.kind, entity.label, entity.aliases, ontology)
            for key in entity.members:
                yield from member(key, entity.iri, iri)
            for id_ in entity.articles:
                yield mention(id_, entity.iri, iri)
        for unsure in doubts:
            yield from doubt(unsure, iri)
    stage("write")
    bodies = organizations(ontology)
    for some, kinds, words in facts(base, pieces):
        inside = frozenset(end for end, kind in kinds.items() if kind in bodies)
        for fact in some:
            yield from state(fact, ontology, iri, inside)
            for evidence in fact.evidence:
                yield from cite(evidence, words[evidence], iri)
    save_lost(base)


def chosen(base: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the pages in the order of their ids, each with what its findings are kept by.

    Of several inputs of one page the smallest stands for it.
    """
    before = None
    for page, found in base.execute("SELECT page, found FROM inputs ORDER BY page, source, found"):
        if page != before:
            yield page, found
        before = page
