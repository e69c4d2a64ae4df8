"""Findings of all pages → one graph, whatever order they come in."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg import lexicon, ontology
from kg.config import Settings
from kg.model import NONE, Decisions, Findings, Graph
from kg.resolve.entities import merge_entities
from kg.resolve.facts import merge_facts

OPENERS = "deictic_openers"


def resolve(findings: Iterable[Findings], settings: Settings, decisions: Decisions = NONE) -> Graph:
    """Merge what all pages say.

    A page that comes twice counts once. The graph depends on the set of findings and on the settings
    alone: any order gives the same graph.

    Raises:
        OntologyError: the ontology of the settings cannot be read.
        LexiconError: a table of the lexicon is malformed.
    """
    predicates = ontology.load(settings.ontology).predicates.values()
    tables = lexicon.load(settings.lexicon).tables
    openers = tables[OPENERS].column("word") if OPENERS in tables else ()
    return merge(findings, settings.base, frozenset(p.name for p in predicates if p.symmetric), openers)


def merge(
    findings: Iterable[Findings], base: str, symmetric: Collection[str], openers: Collection[str]
) -> Graph:
    """Merge what all pages say, knowing which predicates are symmetric and how deictic names start."""
    pages = _distinct(findings)
    articles = {article.id: article for page in pages for article in page.articles}
    entities, by_key = merge_entities(pages, base, openers)
    facts = merge_facts(
        (claim for page in pages for claim in page.claims),
        by_key,
        articles,
        symmetric,
        base,
    )
    return Graph(
        pages=tuple(page.page for page in pages),
        articles=tuple(articles[id_] for id_ in sorted(articles)),
        entities=entities,
        facts=facts,
    )


def _distinct(findings: Iterable[Findings]) -> list[Findings]:
    """Return one of the findings for every page, the smallest source's, sorted by the page's id."""
    chosen: dict[str, Findings] = {}
    for one in findings:
        known = chosen.get(one.page.id)
        if known is None or _rank(one) < _rank(known):
            chosen[one.page.id] = one
    return [chosen[id_] for id_ in sorted(chosen)]


def _rank(findings: Findings) -> tuple[str, str]:
    return findings.page.source, repr(findings)
