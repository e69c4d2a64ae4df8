"""An article's sentences and their clauses, as spans of `Article.text`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.lexer import cut
from kg.model import Article, Span

LONGEST = 1200
"""Code points of a sentence; what goes on longer without a full stop is no sentence, and is broken."""
PIECE = 400
"""Code points of its pieces, which end at a pause where there is one."""

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|(?=\n)|\Z)")
"""One sentence with its end and what closes after it: 他说：“好。” in 他说：“好。”大家笑了。"""
_CLAUSE = re.compile(r"[^，；：,;]+[，；：,;]*")
"""One clause with the pause that ends it: 昨天， in 昨天，市委开会。"""
_DECK_CLAUSE = re.compile(r"[^，；：,; 　]+[，；：,; 　]*")
"""The same in a headline, where a space is a pause as well."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span without white space around it, and its clauses, which cover it.

    `headline` says that it stands in the headline decks; a deck is a sentence, or several. `broken` says that
    it is but a piece of something longer, which names things but states nothing that could be trusted.
    """

    span: Span
    clauses: tuple[Span, ...]
    headline: bool
    broken: bool


def split(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of an article in order; none crosses a line break."""
    text = article.text
    found: list[Sentence] = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        raw = match.group()
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        if start >= end:
            continue
        broken = end - start > LONGEST
        pieces = cut(text[start:end], PIECE) if broken else [Span(0, end - start)]
        found += (_sentence(article, piece.shift(start), broken) for piece in pieces)
    return tuple(found)


def _sentence(article: Article, span: Span, broken: bool) -> Sentence:
    headline = span.start < article.body.start
    pattern = _DECK_CLAUSE if headline else _CLAUSE
    clauses = tuple(Span(*m.span()) for m in pattern.finditer(article.text, span.start, span.end))
    return Sentence(span, clauses or (span,), headline, broken)
