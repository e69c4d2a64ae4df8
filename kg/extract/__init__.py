"""The articles of a page become findings: mentions, page-local entities and claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.extract.city import find_city, signs
from kg.extract.claims import read_claims
from kg.extract.dated import calendar, place_dates
from kg.extract.mentions import SILENT, find_entities
from kg.extract.scorer import judge, shipped
from kg.extract.tools import Tools
from kg.model import Article, Findings, LocalEntity, LocalKey, Mention, Page

__all__ = ["Tools", "extract"]


def extract(page: Page, articles: Sequence[Article], tools: Tools) -> Findings:
    """Return all that the articles of a page say, names resolved within the page.

    A pure function of its arguments: nothing is remembered from other pages.
    """
    named = find_entities(page, articles, tools)
    readings, implied = read_claims(
        page, articles, named, tools.of_city(own_city(page, articles, named, tools))
    )
    model = shipped()
    if model is None:
        claims = tuple(claim for reading in readings for claim in reading.claims)
    else:
        claims = judge(readings, tools, model)
    claims = place_dates(claims, articles, tools.prepared(calendar))
    return Findings(page, tuple(articles), merge([*named, *implied]), claims)


def own_city(
    page: Page, articles: Sequence[Article], entities: Iterable[LocalEntity], tools: Tools
) -> str | None:
    """Return the name of the city whose paper a page is, as set or as its names show it."""
    names = [m.surface for e in entities if e.key.kind in {"Place", "Organization"} for m in e.mentions]
    told = [article for article in articles if article.kind not in SILENT]
    city = find_city(page, told, names, tools.city, tools.prepared(signs))
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
