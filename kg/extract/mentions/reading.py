"""A page as the finders see it: sentences and words with their places, and what a finder says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from kg.extract.lexer import Encoded, Lexer, Token, cut
from kg.extract.sentences import Sentence, split
from kg.model import Article, Span

WINDOW = 120
"""Code points up to which sentences of a paragraph share a window of the encoder."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One finder's word that a stretch of an article names something of a kind."""

    start: int
    end: int
    kind: str
    finder: str


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One article, read.

    Attributes:
        article: the article itself.
        sentences: its sentences, in order.
        tokens: the words of all sentences, spans in `article.text`.
        starts: where a word starts → its number in `tokens`.
        ends: where a word ends → its number in `tokens`.
        bounds: for each word the number of the first word of its sentence.
        windows: the stretches that the encoder read as one; they hold all sentences.
        encoded: what it made of each window.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    starts: Mapping[int, int]
    ends: Mapping[int, int]
    bounds: tuple[int, ...]
    windows: tuple[Span, ...]
    encoded: tuple[Encoded, ...]

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text


def read(articles: Sequence[Article], lexer: Lexer) -> tuple[Text, ...]:
    """Return the articles, each cut into sentences and words; one run of the encoder for all."""
    sentences = [split(article) for article in articles]
    windows = [list(joined(a.text, some)) for a, some in zip(articles, sentences, strict=True)]
    flat = [span.of(a.text) for a, some in zip(articles, windows, strict=True) for span in some]
    encoded = iter(lexer.encode(flat))
    return tuple(
        _text(a, some, tuple(spans), tuple(islice(encoded, len(spans))))
        for a, some, spans in zip(articles, sentences, windows, strict=True)
    )


def joined(text: str, sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Yield windows of whole sentences: those of a paragraph together while they are short."""
    start = end = 0
    headline = False
    for sentence in sentences:
        span = sentence.span
        near = start < end and span.start <= end + 3 and sentence.headline == headline
        if near and span.end - start <= WINDOW:
            end = span.end
            continue
        yield from (piece.shift(start) for piece in cut(text[start:end]))
        start, end, headline = span.start, span.end, sentence.headline
    yield from (piece.shift(start) for piece in cut(text[start:end]))


def _text(
    article: Article, sentences: tuple[Sentence, ...], windows: tuple[Span, ...], encoded: tuple[Encoded, ...]
) -> Text:
    """Return an article with its words; a word that reaches into the next sentence is parted there."""
    text = article.text
    firsts = [*(sentence.span.start for sentence in sentences), len(text) + 1]
    tokens: list[Token] = []
    bounds: list[int] = []
    ahead = first = 0
    for window, one in zip(windows, encoded, strict=True):
        begin = window.start
        for start, end, tag in one.words:
            start, end = start + begin, end + begin
            while start < end:
                while firsts[ahead] <= start:
                    ahead, first = ahead + 1, len(tokens)
                stop = end if end < firsts[ahead] else firsts[ahead]
                word = text[start:stop]
                if not word.isspace():
                    tokens.append(Token(word, tag, Span(start, stop)))
                    bounds.append(first)
                start = stop
    starts = {token.span.start: number for number, token in enumerate(tokens)}
    ends = {token.span.end: number for number, token in enumerate(tokens)}
    return Text(
        article,
        sentences,
        tuple(tokens),
        MappingProxyType(starts),
        MappingProxyType(ends),
        tuple(bounds),
        windows,
        encoded,
    )
