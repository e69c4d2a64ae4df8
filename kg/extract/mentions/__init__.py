"""Finding and resolving what a page names: finders vote, names spread over the page, forms are joined."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.city import find_city
from kg.extract.mentions import propagate
from kg.extract.mentions.areas import Areas
from kg.extract.mentions.canonical import printed_areas
from kg.extract.mentions.link import brands
from kg.extract.mentions.phases import find_phases
from kg.extract.mentions.reading import Text, read
from kg.extract.mentions.registry import FINDERS
from kg.extract.mentions.resolve import resolve
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import choose, count
from kg.extract.tools import Tools
from kg.model import Article, LocalEntity, Page

__all__ = ["find_entities"]


def find_entities(page: Page, articles: Sequence[Article], tools: Tools) -> tuple[LocalEntity, ...]:
    """Return the entities that the articles of a page name, sorted by key.

    Every mention's span is in code points of its article's text, and its surface is what stands there.
    """
    names = tools.prepared(prepare)
    texts = read(articles, tools.lexer)
    votes = [[vote for find in FINDERS for vote in find(text, names)] for text in texts]
    chosen = [choose(count(some, names.weights)) for some in votes]
    kinds = propagate.known_names(texts, chosen)
    companies = [name for name, kind in kinds.items() if kind == "Organization"]
    aliases = brands(companies, _words(texts), names)
    kinds |= dict.fromkeys(aliases, "Organization")
    pattern = propagate.compiled(kinds)
    for text, some in zip(texts, votes, strict=True):
        some += propagate.find_known(text, pattern, kinds)
    final = [choose(count(some, names.weights)) for some in votes]
    for text, candidates in zip(texts, final, strict=True):
        candidates += find_phases(text, candidates)
        candidates.sort(key=lambda c: (c.start, c.end))
    city = find_city(page, articles, _place_words(texts), tools.city)
    areas = Areas(city, printed_areas(text.text for text in texts))
    return resolve(page, texts, final, aliases, areas, names)


def _words(texts: Sequence[Text]) -> dict[str, str]:
    return {token.word: token.tag for text in texts for token in text.tokens}


def _place_words(texts: Sequence[Text]) -> list[str]:
    return [token.word for text in texts for token in text.tokens if token.tag in {"LOC", "ORG"}]
