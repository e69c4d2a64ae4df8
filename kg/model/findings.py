"""What one page says: mentions, page-local entities and claims, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.period import Period
from kg.model.text import Article, Page, Span, When

Qualifiers = tuple[tuple[str, str], ...]
"""Pairs of qualifier name and value, sorted, each name once."""


class Status(StrEnum):
    """How a text states a claim."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    FORMER = "former"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an article that names something.

    Attributes:
        article: the id of the article.
        surface: the stretch as printed; `span.of(article.text) == surface` always holds.
        kind: the local name of a class of the ontology.
        finders: the names of the finders that voted for it, sorted.
        confidence: computed from the votes, from 0 to 1.
    """

    article: str
    surface: str
    kind: str
    span: Span
    finders: tuple[str, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class LocalKey:
    """Names an entity within one page: page id, class, canonical name."""

    page: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """What a page means by one or several mentions: deixis and short forms resolved.

    `aliases` are the other surface forms on the page and other right forms of the name, sorted;
    `mentions` are in the order of the page.
    """

    key: LocalKey
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, order=True)
class Literal:
    """A figure, date or text, as printed and read.

    Attributes:
        text: as printed.
        kind: money, area, count, date or text.
        value: the amount in base units (元, 平方米, pieces), a finite number, when it could be read.
        unit: the currency or unit that `value` counts (CNY, USD, m2, 台 …), or None.
        when: the days that a printed date means, when they could be counted.
    """

    text: str
    kind: str = "text"
    value: float | None = None
    unit: str | None = None
    when: Period | None = None


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where a claim is stated: the shortest stretch of the article, who found it and how surely."""

    article: str
    span: Span
    finder: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a page about a page-local entity.

    `valid` is the time for which the text says that it holds (2021年3月起任…), with the words that say so.
    """

    subject: LocalKey
    predicate: str
    object: LocalKey | Literal
    qualifiers: Qualifiers
    status: Status
    evidence: Evidence
    valid: When | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one page says: a pure function of page, ontology, lexicon, model and settings."""

    page: Page
    articles: tuple[Article, ...]
    entities: tuple[LocalEntity, ...]
    claims: tuple[Claim, ...]
