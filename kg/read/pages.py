"""How a reader makes a page: of text, of an article's parts, of lines with their places on paper."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Box, Byline, Given, Line, Page, Span, When
from kg.model.digest import digest


def page_of(text: str, name: str, encoding: str = "utf-8") -> Page:
    r"""Return a text as a page: its id from its content, its lines with their spans.

    >>> page = page_of("平湖版\n本报讯", "a.txt")
    >>> [line.span.of(page.text) for line in page.lines]
    ['平湖版', '本报讯']
    """
    return boxed_page(((line, None) for line in text.split("\n")), name, encoding)


def boxed_page(lines: Iterable[tuple[str, Box | None]], name: str, encoding: str) -> Page:
    """Return printed lines, with their places on paper where these are known, as a page."""
    made: list[Line] = []
    start = 0
    for text, box in lines:
        made.append(Line(text, Span(start, start + len(text)), box))
        start += len(text) + 1
    text = "\n".join(line.text for line in made)
    return Page(digest(text, length=12), name, text, tuple(made), encoding=encoding)


def article_page(
    headline: Iterable[str],
    body: str,
    name: str,
    *,
    encoding: str = "utf-8",
    byline: tuple[Byline, ...] = (),
    date: When | None = None,
    newspaper: str | None = None,
    address: str | None = None,
) -> Page:
    r"""Return one article as a page: its decks, a line each, and then its body.

    Without a headline nothing says that the body is one article: the layout finds what it holds.

    >>> page = article_page(["两会开幕"], "本报讯 昨天\n今天", "a.csv#row=2")
    >>> page.text, page.given.headline
    ('两会开幕\n本报讯 昨天\n今天', ('两会开幕',))
    """
    decks = tuple(line for deck in headline if (line := " ".join(deck.split())))
    plain = page_of("\n".join((*decks, body)), name, encoding)
    return Page(
        plain.id,
        name,
        plain.text,
        plain.lines,
        date=date,
        newspaper=newspaper or None,
        encoding=encoding,
        address=address,
        given=Given(decks, byline) if decks else None,
    )
