"""What a short text names, for tests of mentions."""

from __future__ import annotations

from kg.extract.mentions import find_entities
from kg.extract.tools import Tools
from kg.model import Article, LocalEntity, Page, SourceMap, Span


def article_of(body: str, headline: str = "", kind: str = "news", number: int = 1) -> Article:
    """Return an article with at most one headline deck."""
    text = f"{headline}\n{body}" if headline else body
    start = len(text) - len(body)
    decks = (headline,) if headline else ()
    return Article(f"p-{number}", "p", kind, decks, (), None, text, Span(start, len(text)), SourceMap(()))


def entities_of(tools: Tools, *articles: Article, newspaper: str | None = None) -> tuple[LocalEntity, ...]:
    """Return the entities of a page with these articles."""
    page = Page("p", "p.txt", "\n".join(a.text for a in articles), (), newspaper=newspaper)
    return find_entities(page, articles, tools)


def named(tools: Tools, body: str, headline: str = "") -> dict[str, str]:
    """Return name → class of what a text names."""
    return {e.key.name: e.key.kind for e in entities_of(tools, article_of(body, headline))}
