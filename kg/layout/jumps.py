"""Where an article goes on to another page, or comes from one: (下转2版), (上接第一版)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.layout.genre import Genre, flat
from kg.layout.masthead import folio
from kg.model import Article, Page, Segment, SourceMap, Span

_MARK = re.compile(r"[转轉接]")  # 下转, 上接, 紧接
_OPENING = re.compile(r"\s*[(（【][^()（）【】\n]{0,6}接[^()（）【】\n]{1,8}[)）】]\s*")
"""（上接第1版）"""
_REACH = 120  # code points between a mark and the text it belongs to: the rest of a line, a headline


def with_jumps(page: Page, articles: Sequence[Article], genre: Genre) -> tuple[Article, ...]:
    """Return the articles with the numbers of the pages on which they go on and from which they come.

    A mark stands behind the last words of its article, or before the first of its body, from which it is cut.
    """
    onward = dict(_owners(page, articles, "onward", genre))
    back = dict(_owners(page, articles, "back", genre))
    return tuple(
        _unmarked(replace(a, onward=onward.get(n), back=back.get(n)), genre)
        if n in onward or n in back
        else a
        for n, a in enumerate(articles)
    )


def _unmarked(article: Article, genre: Genre) -> Article:
    """Return an article without the mark before its body."""
    body = article.body.of(article.text)
    opened = _OPENING.match(body)
    if opened is None or not genre.find("back", flat(opened.group())):
        return article
    start, gone = article.body.start, opened.end()
    if gone == len(body):
        return article
    segments = []
    for s in article.source_map.segments:
        first, last = max(s.article, start + gone), s.article + s.length
        if s.article < start:
            segments.append(replace(s, length=min(s.length, start - s.article)))
        if first < last:
            segments.append(Segment(first - gone, s.page + first - s.article, last - first))
    return replace(
        article,
        text=article.text[:start] + body[gone:],
        body=Span(start, article.body.end - gone),
        source_map=SourceMap(tuple(segments)),
    )


def _owners(page: Page, articles: Sequence[Article], kind: str, genre: Genre) -> Iterator[tuple[int, str]]:
    for line in page.lines:
        sign = _MARK.search(line.text)
        found = None if sign is None else genre.find(kind, flat(line.text))
        if found is None or sign is None or (number := folio(found[1])) is None:
            continue
        at = line.span.start + sign.start()
        near = [
            (distance, n)
            for n, article in enumerate(articles)
            if (distance := _distance(article, at, after=kind == "back")) is not None
        ]
        if near:
            yield min(near)[1], number


def _distance(article: Article, at: int, *, after: bool) -> int | None:
    """Return how far from a place of the page the body ends before it, or begins after it; 0 within it."""
    best: int | None = None
    for segment in article.source_map.segments:
        if segment.article + segment.length <= article.body.start:
            continue
        start = segment.page + max(0, article.body.start - segment.article)
        end = segment.page + segment.length
        gap = 0 if start <= at < end else start - at if after else at - end
        if 0 <= gap <= _REACH and (best is None or gap < best):
            best = gap
    return best
