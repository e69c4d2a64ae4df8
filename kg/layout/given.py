"""The article of a page that holds one by the word of its own file: a saved page, a record, a document."""

from __future__ import annotations

from collections.abc import Sequence

from kg.layout.bylines import inline
from kg.layout.decks import decks_of
from kg.layout.genre import Genre
from kg.layout.kinds import kind_of
from kg.layout.lines import Clean, clean
from kg.layout.paragraphs import paragraphs, tidy
from kg.layout.story import Story
from kg.layout.traced import Traced, units
from kg.model import Byline, Given, Page

_AUTHOR = "作者"
_FULL = 2.0  # a printed line is at most so much narrower, in hanzi, than its column
_WRAPPED = 0.5


def given_article(
    page: Page, given: Given, genre: Genre
) -> tuple[str, list[Traced], list[Byline], list[Traced]]:
    """Return kind, decks, people and paragraphs of the one article; the page's first lines are its decks.

    Lines that name people, and nothing else, go to the byline; a text broken into printed lines is joined.
    """
    count = len(given.headline)
    decks = decks_of(Traced.at(line.text, line.span.start).strip() for line in page.lines[:count])
    lines = clean(page, genre, frozenset(range(count)))
    text = [line for line in lines if not line.people]
    while text and text[0].label:
        text.pop(0)
    parts: list[Traced] = []
    if text:
        wrapped = _wrapped(text, genre)
        parts = (
            list(paragraphs(Story("body", tuple(text)), genre)) if wrapped else [tidy(t.traced) for t in text]
        )
    printed = [person for line in lines for person in line.people]
    printed += inline(parts[0].text, genre) if parts else ()
    named = {person.name for person in printed}
    people = list(dict.fromkeys([*(p for p in given.byline if p.name not in named), *printed]))
    told = [person for person in people if person in printed or person.role != _AUTHOR]
    body = "".join(part.text for part in parts)
    return kind_of(given.headline, told, body, len(parts), genre), decks, people, parts


def _wrapped(lines: Sequence[Clean], genre: Genre) -> bool:
    """Say whether a text is broken where its column was full, and not where its paragraphs end."""
    widths = [units(line.text) for line in lines]
    full = max(widths) - _FULL
    broken = sum(
        width >= full and not genre.closed(line.text) for line, width in zip(lines[:-1], widths, strict=False)
    )
    return len(lines) > 2 and broken >= _WRAPPED * (len(lines) - 1)
