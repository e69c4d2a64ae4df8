"""Paragraphs, articles and printed pages that a page's evidence needs, each held once and within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.model import Article, Evidence, Graph, Page, Period, Span
from kg.model.address import opens
from kg.publish.issues import first_parts
from kg.publish.passages import passage


class Shelf:
    """Holds at most so many bytes of paragraphs (`text`) and of pages as printed (`prints`)."""

    def __init__(self, graph: Graph, text: int, prints: int) -> None:
        self._known = {a.id: a for a in graph.articles}
        self._sheets = {p.id: p for p in graph.pages}
        self._firsts = first_parts(graph)
        self._places: dict[tuple[str, Span], int] = {}
        self._numbers: dict[str, int] = {}
        self._page_numbers: dict[str, int] = {}
        self._left, self._prints_left = text, prints
        self.passages: list[dict[str, Any]] = []
        self.articles: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []

    def known(self, ids: Sequence[str]) -> list[str]:
        """Return which of some articles there are: the graph may be a part of a larger one."""
        return [id_ for id_ in ids if id_ in self._known]

    def full(self) -> bool:
        """Say whether no further paragraph fits in."""
        return self._left < 0

    def put(self, evidence: Evidence) -> list[Any]:
        """Return passage, start and end of the sentence, start and end of what is said, and its print.

        The print is a flat list of starts and ends on the page, empty when the page is not held.
        """
        article = self._known[evidence.article]
        found = passage(article.text, evidence.span)
        key = (article.id, found.paragraph)
        number = self.article(article.id)
        if key not in self._places:
            text = found.paragraph.of(article.text)
            self._places[key] = len(self.passages)
            self.passages.append({"article": number, "text": text})
            self._left -= len(text.encode("utf-8", "surrogatepass"))
        start = found.paragraph.start
        places = (found.sentence.start, found.sentence.end, found.said.start, found.said.end)
        shown = [utf16(article.text[start:p]) for p in places]
        return [self._places[key], *shown, self._printed(article, evidence.span)]

    def article(self, id_: str) -> int:
        """Return the number of an article, which is held from now on."""
        if id_ not in self._numbers:
            article = self._known[id_]
            page: Page = self._sheets[article.page]
            when = article.date or page.date
            first = self._known[self._firsts.get(article.id, article.id)]
            self._numbers[id_] = len(self.articles)
            self.articles.append(
                {
                    "id": article.id,
                    "headline": list(first.headline or article.headline),
                    "byline": [[b.role, b.name] for b in article.byline],
                    "date": "" if when is None else shown_days(when.period),
                    "page": self._page(page),
                }
            )
        return self._numbers[id_]

    def _page(self, page: Page) -> int:
        if page.id not in self._page_numbers:
            told: dict[str, Any] = {"newspaper": page.newspaper or "", "source": page.source}
            if page.number is not None:
                told["number"] = page.number
            if page.address is not None:
                told |= {"address": page.address, "opens": opens(page.address)}
            size = len(page.text.encode("utf-8", "surrogatepass"))
            if size <= self._prints_left:
                self._prints_left -= size
                told["text"] = page.text
            self._page_numbers[page.id] = len(self.pages)
            self.pages.append(told)
        return self._page_numbers[page.id]

    def _printed(self, article: Article, span: Span) -> list[int]:
        page = self._sheets[article.page]
        if "text" not in self.pages[self._page_numbers[page.id]]:
            return []
        parts = article.source_map.to_page(span)
        return [utf16(page.text[:place]) for part in parts for place in (part.start, part.end)]


def shown_days(days: Period) -> str:
    """Return a day, or an interval of days, for people."""
    first, last = days.start.isoformat(), "" if days.open else days.end.isoformat()
    return first if first == last else f"{first} 至 {last}".rstrip()


def utf16(text: str) -> int:
    """Return how many units of UTF-16 a text has: browsers count these."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
