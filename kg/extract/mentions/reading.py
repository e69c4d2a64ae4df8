"""A page as the finders see it: sentences and words with their places, and what a finder says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.extract.lexer import Lexer, Token
from kg.extract.sentences import Sentence, split
from kg.model import Article


@dataclass(frozen=True, slots=True)
class Vote:
    """One finder's word that a stretch of an article names something of a kind."""

    start: int
    end: int
    kind: str
    finder: str


@dataclass(frozen=True, slots=True)
class Text:
    """One article, read.

    Attributes:
        article: the article itself.
        sentences: its sentences, in order.
        tokens: the words of all sentences, spans in `article.text`.
        starts: where a word starts → its number in `tokens`.
        ends: where a word ends → its number in `tokens`.
        bounds: for each word the number of the first word of its sentence.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    starts: Mapping[int, int]
    ends: Mapping[int, int]
    bounds: tuple[int, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text


def read(articles: Sequence[Article], lexer: Lexer) -> tuple[Text, ...]:
    """Return the articles, each cut into sentences and words; one run of the lexer for all."""
    sentences = [split(article) for article in articles]
    flat = [s.span.of(a.text) for a, some in zip(articles, sentences, strict=True) for s in some]
    lexed = iter(lexer.tokens(flat))
    return tuple(_text(a, some, lexed) for a, some in zip(articles, sentences, strict=True))


def _text(article: Article, sentences: tuple[Sentence, ...], lexed: Iterator[tuple[Token, ...]]) -> Text:
    tokens: list[Token] = []
    bounds: list[int] = []
    for sentence in sentences:
        first = len(tokens)
        for token in next(lexed):
            tokens.append(Token(token.word, token.tag, token.span.shift(sentence.span.start)))
            bounds.append(first)
    starts = {token.span.start: number for number, token in enumerate(tokens)}
    ends = {token.span.end: number for number, token in enumerate(tokens)}
    return Text(
        article,
        sentences,
        tuple(tokens),
        MappingProxyType(starts),
        MappingProxyType(ends),
        tuple(bounds),
    )
