"""Traditional characters and straight marks: extraction reads what the tables have, findings quote the page.

Lexicon, models and frames know simplified characters and the punctuation of Chinese print. Reading keeps
every length, so all spans hold in both. Names of entities and words of qualifiers stay as they were read: so
a thing is the same one on every page, and what a page prints is among its other names. Mentions, figures and
dates are quoted as printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.hanzi.script import in_simplified, is_traditional
from kg.hanzi.straight import in_print, is_straight
from kg.model import Article, Byline, Claim, Evidence, Findings, Literal, LocalEntity, Page, When


def as_read(page: Page, articles: Sequence[Article]) -> tuple[Page, tuple[Article, ...]]:
    """Return page and articles in simplified characters and full marks; the same objects if printed so."""
    told = tuple(_typeset(_read(article)) for article in articles)
    if not is_traditional(page.text):
        return page, told
    paper = page.newspaper and in_simplified(page.newspaper)
    return replace(page, text=in_simplified(page.text), newspaper=paper), told


def as_printed(findings: Findings, page: Page, articles: Sequence[Article]) -> Findings:
    """Return findings of `as_read` with every quotation as the page prints it."""
    told = {article.id: article.text for article in findings.articles}
    texts = {article.id: article.text for article in articles if told[article.id] != article.text}
    entities = tuple(_entity(entity, texts) for entity in findings.entities)
    claims = tuple(_claim(claim, told, texts) for claim in findings.claims)
    return Findings(page, tuple(articles), entities, claims)


def _typeset(article: Article) -> Article:
    """Return the article with its straight quotation marks, commas and brackets as Chinese print has them."""
    if not is_straight(article.text):
        return article
    return replace(article, text=in_print(article.text), headline=tuple(map(in_print, article.headline)))


def _read(article: Article) -> Article:
    if not is_traditional(article.text):
        return article
    return replace(
        article,
        text=in_simplified(article.text),
        headline=tuple(map(in_simplified, article.headline)),
        byline=tuple(Byline(in_simplified(p.role), in_simplified(p.name)) for p in article.byline),
    )


def _entity(entity: LocalEntity, texts: Mapping[str, str]) -> LocalEntity:
    if not any(mention.article in texts for mention in entity.mentions):
        return entity
    mentions = tuple(
        replace(m, surface=m.span.of(texts[m.article])) if m.article in texts else m for m in entity.mentions
    )
    names = {*entity.aliases, *(m.surface for m in mentions)} - {entity.key.name}
    return replace(entity, aliases=tuple(sorted(names)), mentions=mentions)


def _claim(claim: Claim, told: Mapping[str, str], texts: Mapping[str, str]) -> Claim:
    at = claim.evidence
    if at.article not in texts:
        return claim
    read, printed = told[at.article], texts[at.article]
    object_, valid = claim.object, claim.valid
    if isinstance(object_, Literal):
        object_ = replace(object_, text=_quoted(object_.text, at, read, printed))
    if valid is not None:
        valid = When(valid.start, valid.end, _quoted(valid.evidence, at, read, printed))
    return replace(claim, object=object_, valid=valid)


def _quoted(words: str, at: Evidence, read: str, printed: str) -> str:
    """Return words as printed where the evidence, or else the article, has them; if neither, as they are."""
    near = read.find(words, at.span.start, at.span.end)
    start = near if near >= 0 else read.find(words)
    return words if start < 0 else printed[start : start + len(words)]
