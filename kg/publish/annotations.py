"""Findings as the JSON of a page: articles, entities and facts in words, as an annotator writes them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from kg.model import Article, Claim, Findings, Literal, LocalEntity, LocalKey, Mention, Page, Status

EDGE = 12
"""How many characters of a body's start and end are shown."""


def annotate(findings: Findings) -> dict[str, Any]:
    """Return what one page says as plain JSON values.

    Keys of a page: `page` (the file's name without its ending), `source`, `newspaper`, `page_number` (or
    None), `date` (the day, or None when it is not known to the day), `date_evidence` (the interval too when
    it is not), `address` (the source's own URL or None, as the file says it), `articles`. Keys of an article:
    `id`, `kind`, `headline`, `byline`, `body_starts` and `body_ends` (12 characters, white space removed),
    `entities` (`name`, `type`, `aliases`, `confidence`) and `facts` (`s`, `p`, `o`, `q`, `evidence`,
    `confidence`; where `o` is a date that can be counted also `when`: what it means, in EDTF; where the text
    says for how long the fact holds also `valid`, in EDTF).

    An entity stands in every article that mentions it or has a fact about it. A fact is stated once per
    article; `q.status` says planned or former and is missing when the fact is asserted. What the page
    denies is left out.
    """
    page = findings.page
    claims: dict[str, list[Claim]] = {}
    for claim in findings.claims:
        if claim.status is not Status.NEGATED:
            claims.setdefault(claim.evidence.article, []).append(claim)
    mentions: dict[str, dict[LocalKey, list[Mention]]] = {}
    for entity in findings.entities:
        for mention in entity.mentions:
            mentions.setdefault(mention.article, {}).setdefault(entity.key, []).append(mention)
    entities = {entity.key: entity for entity in findings.entities}
    return {
        "page": PurePosixPath(page.source).stem,
        "source": page.source,
        "newspaper": page.newspaper,
        "page_number": page.number,
        "date": _day(page),
        "date_evidence": _date_evidence(page),
        "address": page.address,
        "articles": [
            _article(article, entities, mentions.get(article.id, {}), claims.get(article.id, []))
            for article in findings.articles
        ],
    }


def _day(page: Page) -> str | None:
    if page.date is None or page.date.start != page.date.end:
        return None
    return page.date.start.isoformat()


def _date_evidence(page: Page) -> str:
    if page.date is None:
        return ""
    if page.date.start == page.date.end:
        return page.date.evidence
    return f"{page.date.period.shown}: {page.date.evidence}"


def _article(
    article: Article,
    entities: dict[LocalKey, LocalEntity],
    mentions: dict[LocalKey, list[Mention]],
    claims: list[Claim],
) -> dict[str, Any]:
    body = "".join(article.body.of(article.text).split())
    best = _once(claims)
    first = {key: min(m.span.start for m in found) for key, found in mentions.items()}
    sure = {key: max(m.confidence for m in found) for key, found in mentions.items()}
    for claim in best:
        for end in (claim.subject, claim.object):
            if isinstance(end, LocalKey) and end not in mentions:
                first[end] = min(claim.evidence.span.start, first.get(end, claim.evidence.span.start))
                sure[end] = max(claim.evidence.confidence, sure.get(end, 0.0))
    return {
        "id": article.id,
        "kind": article.kind,
        "headline": list(article.headline),
        "byline": [{"role": b.role, "name": b.name} for b in article.byline],
        "body_starts": body[:EDGE],
        "body_ends": body[-EDGE:],
        "entities": [
            {
                "name": key.name,
                "type": key.kind,
                "aliases": list(entities[key].aliases) if key in entities else [],
                "confidence": round(sure[key], 2),
            }
            for key in sorted(first, key=lambda key: (first[key], key))
        ],
        "facts": [_fact(claim, article.text) for claim in best],
    }


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """Keep the surest claim of those that state the same, in the order of the text."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: (-c.evidence.confidence, c.evidence)):
        stated = claim.object.text if isinstance(claim.object, Literal) else claim.object
        best.setdefault((claim.subject, claim.predicate, stated, claim.qualifiers, claim.status), claim)
    return sorted(best.values(), key=lambda c: (c.evidence.span, c.predicate, c.subject, _words(c.object)))


def _words(end: LocalKey | Literal) -> tuple[str, str]:
    return ("", end.text) if isinstance(end, Literal) else (end.kind, end.name)


def _fact(claim: Claim, text: str) -> dict[str, Any]:
    qualifiers = dict(claim.qualifiers)
    if claim.status is not Status.ASSERTED:
        qualifiers["status"] = claim.status.value
    when = claim.object.when if isinstance(claim.object, Literal) else None
    return {
        "s": claim.subject.name,
        "p": claim.predicate,
        "o": _words(claim.object)[1],
        **({} if when is None else {"when": when.edtf}),
        **({} if claim.valid is None else {"valid": claim.valid.period.edtf}),
        "q": qualifiers,
        "evidence": claim.evidence.span.of(text),
        "confidence": round(claim.evidence.confidence, 2),
    }
