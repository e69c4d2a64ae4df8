"""Findings of all pages → one graph, whatever order they come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import lexicon, ontology
from kg.config import Settings
from kg.model import NONE, Decisions, Fact, Findings, Graph, LocalKey
from kg.ontology import Ontology
from kg.resolve.entities import merge_entities
from kg.resolve.facts import merge_facts
from kg.resolve.profiles import profiles
from kg.resolve.reprints import find_reprints
from kg.resolve.tables import Tables, tables


def resolve(findings: Iterable[Findings], settings: Settings, decisions: Decisions = NONE) -> Graph:
    """Merge what all pages say, and what people decided about it.

    A page that comes twice counts once. The graph depends on the set of findings, on the settings and on
    the decisions alone: any order gives the same graph.

    Raises:
        OntologyError: the ontology of the settings cannot be read.
        LexiconError: a table of the lexicon is malformed.
    """
    known = tables(lexicon.load(settings.lexicon), settings.resolving)
    return merge(findings, settings, ontology.load(settings.ontology), known, decisions)


def merge(
    findings: Iterable[Findings],
    settings: Settings,
    declared: Ontology,
    known: Tables,
    decisions: Decisions = NONE,
) -> Graph:
    """Merge what all pages say, with an ontology and tables that are read already."""
    pages = _distinct(findings)
    articles = {article.id: article for page in pages for article in page.articles}
    reprints = find_reprints(articles.values())
    local = (one for page in pages for one in profiles(page, known, settings.city))
    entities, doubts = merge_entities(local, settings.base, known, decisions, reprints)
    became = {key: entity.iri for entity in entities for key in entity.members}
    facts = merge_facts(
        (claim for page in pages for claim in page.claims),
        became,
        articles,
        frozenset(p.name for p in declared.predicates.values() if p.symmetric),
        settings.base,
        decisions.rejected,
        reprints,
    )
    kinds = {entity.iri: entity.kind for entity in entities}
    return Graph(
        pages=tuple(page.page for page in pages),
        articles=tuple(articles[id_] for id_ in sorted(articles)),
        entities=entities,
        facts=sensible(facts, kinds, decisions, became, declared),
        doubts=doubts,
        reprints=tuple(sorted(reprints.items())),
    )


def sensible(
    facts: Iterable[Fact],
    kinds: Mapping[str, str],
    decisions: Decisions,
    became: Mapping[LocalKey, str],
    declared: Ontology,
) -> tuple[Fact, ...]:
    """Return the facts without those that make no sense any more for what people say their ends are."""
    told = {became[one.key] for one in decisions.typed if one.key.kind != one.kind and one.key in became}
    return tuple(
        fact
        for fact in facts
        if not (fact.subject in told or fact.object in told) or fits(fact, kinds, declared)
    )


def fits(fact: Fact, kinds: Mapping[str, str], declared: Ontology) -> bool:
    """Say whether a fact still makes sense for entities of which people say what they are."""
    predicate = declared.predicate(fact.predicate)
    if kinds[fact.subject] not in predicate.domain:
        return predicate.symmetric and kinds[fact.subject] in predicate.range
    return not isinstance(fact.object, str) or kinds[fact.object] in predicate.range


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
