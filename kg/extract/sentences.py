"""An article's sentences and their clauses, as spans of `Article.text`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Article, Span

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）)]*|(?=\n)|\Z)")
"""One sentence with its end and what closes after it: 他说：“好。” in 他说：“好。”大家笑了。"""
_CLAUSE = re.compile(r"[^，；：,;]+[，；：,;]*")
"""One clause with the pause that ends it: 昨天， in 昨天，市委开会。"""
_DECK_CLAUSE = re.compile(r"[^，；：,; 　]+[，；：,; 　]*")
"""The same in a headline, where a space is a pause as well."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its span without white space around it, and its clauses, which cover it.

    `headline` says that it stands in the headline decks; a deck is a sentence, or several.
    """

    span: Span
    clauses: tuple[Span, ...]
    headline: bool


def split(article: Article) -> tuple[Sentence, ...]:
    """Return the sentences of an article in order; no sentence crosses a line break."""
    text, found = article.text, []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        raw = match.group()
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        if start >= end:
            continue
        headline = start < article.body.start
        pattern = _DECK_CLAUSE if headline else _CLAUSE
        clauses = tuple(Span(*m.span()) for m in pattern.finditer(text, start, end))
        found.append(Sentence(Span(start, end), clauses or (Span(start, end),), headline))
    return tuple(found)
