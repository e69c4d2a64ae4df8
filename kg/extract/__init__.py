"""The articles of a page become findings: mentions, page-local entities and claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.city import find_city, signs
from kg.extract.claims import read_claims
from kg.extract.dated import calendar, place_dates
from kg.extract.lasting import place_tenures, tenure
from kg.extract.mentions import SILENT, find_entities
from kg.extract.mentions.tables import prepare
from kg.extract.models import check_models
from kg.extract.printed import as_printed, as_read
from kg.extract.renamed import FORMER, find_renamings, renaming, without_starts
from kg.extract.scorer import judge, shared_scorer
from kg.extract.tools import Tools
from kg.extract.towns import seat
from kg.model import Article, Findings, LocalEntity, LocalKey, Mention, Page
from kg.ontology import Ontology

__all__ = ["Tools", "check_models", "extract"]

MEMBER = "http://www.w3.org/ns/org#memberOf"


def extract(page: Page, articles: Sequence[Article], tools: Tools) -> Findings:
    """Return all that the articles of a page say, names resolved within the page.

    A pure function of its arguments: nothing is remembered from other pages. Articles in traditional
    characters are read in simplified ones and quoted as printed.
    """
    read = as_read(page, articles)
    findings = _findings(*read, tools)
    return findings if read == (page, tuple(articles)) else as_printed(findings, page, articles)


def _findings(page: Page, articles: Sequence[Article], tools: Tools) -> Findings:
    named = find_entities(page, articles, tools)
    readings, implied = read_claims(
        page, articles, named, tools.of_city(own_city(page, articles, named, tools))
    )
    model = shared_scorer(tools.models)
    if model is None:
        claims = tuple(claim for reading in readings for claim in reading.claims)
    else:
        claims = judge(readings, tools, model)
    days = tools.prepared(calendar)
    claims = place_dates(claims, articles, days)
    claims = place_tenures(claims, articles, _posts(tools.ontology), days, tools.prepared(tenure))
    entities = merge([*named, *implied])
    former = tools.ontology.predicates.get(FORMER)
    if former is not None:
        old = find_renamings(entities, articles, former.domain, days, tools.prepared(renaming))
        claims = (*without_starts(claims, old), *old)
    return Findings(page, tuple(articles), entities, claims)


def _posts(ontology: Ontology) -> frozenset[str]:
    """Return the predicates that make somebody a member of something."""
    return frozenset(p.name for p in ontology.predicates.values() if MEMBER in p.parents)


def own_city(
    page: Page, articles: Sequence[Article], entities: Iterable[LocalEntity], tools: Tools
) -> str | None:
    """Return the name of the city whose paper a page is, as set or as its names show it."""
    names = [m.surface for e in entities if e.key.kind in {"Place", "Organization"} for m in e.mentions]
    told = [article for article in articles if article.kind not in SILENT]
    at = seat(tuple(article.text for article in told), tools.prepared(prepare).towns)
    city = find_city(page, told, names, tools.city, tools.prepared(signs), at)
    return city.name if city else None


def merge(entities: Iterable[LocalEntity]) -> tuple[LocalEntity, ...]:
    """Return the entities with those of one key made one, sorted by key; nothing of either is lost."""
    aliases: dict[LocalKey, set[str]] = {}
    mentions: dict[LocalKey, dict[Mention, None]] = {}
    for entity in entities:
        aliases.setdefault(entity.key, set()).update(entity.aliases)
        mentions.setdefault(entity.key, {}).update(dict.fromkeys(entity.mentions))
    return tuple(
        LocalEntity(
            key,
            tuple(sorted(aliases[key] - {key.name})),
            tuple(sorted(mentions[key], key=lambda m: (m.article, m.span, m.surface))),
        )
        for key in sorted(aliases)
    )
