"""A page becomes its articles."""

from __future__ import annotations

from collections.abc import Sequence

from kg.layout.attach import attach
from kg.layout.begins import told_apart
from kg.layout.blocks import fragments
from kg.layout.boxed import boxed_articles
from kg.layout.bylines import inline
from kg.layout.columns import in_order
from kg.layout.decks import decks_of
from kg.layout.genre import Genre
from kg.layout.given import given_article
from kg.layout.jumps import with_jumps
from kg.layout.kinds import kind_of
from kg.layout.lines import clean
from kg.layout.masthead import date_page, masthead_lines
from kg.layout.paragraphs import paragraphs, tidy
from kg.layout.stories import stories
from kg.layout.story import Story, of_photo
from kg.layout.traced import Traced, joined, source_map
from kg.layout.unfold import unfold_columns
from kg.lexicon import Lexicon
from kg.model import Article, Byline, Page, Span


def segment(page: Page, lexicon: Lexicon) -> tuple[Article, ...]:
    """Return the articles of a page, in the order of their bodies on it.

    Every character of an article's text stands on the page where its source map says, but the line
    breaks between decks and paragraphs (and a space where a Latin word was broken off).
    """
    genre = Genre.of(lexicon)
    page = date_page(page, lexicon)
    return with_jumps(page, _articles(page, genre), genre)


def _articles(page: Page, genre: Genre) -> tuple[Article, ...]:
    if page.given is not None:
        return (_article(page, 1, (0, *given_article(page, page.given, genre))),)
    if any(line.box is not None for line in page.lines):
        return tuple(_article(page, n, draft) for n, draft in enumerate(boxed_articles(page, genre), 1))
    lines = clean(page, genre, frozenset(masthead_lines(page, genre)))
    unfolded = unfold_columns(lines, genre)
    told = stories(fragments(unfolded, genre), genre)
    told = tuple(in_order(story, genre) if _in_columns(story) else story for story in told)
    told = told_apart(told, genre)
    drafts: list[tuple[int, str, list[Traced], list[Byline], list[Traced]]] = []
    sure: dict[int, float] = {}
    for attached in attach(told):
        sure[attached.body] = attached.confidence
        body = told[attached.body]
        parts = list(paragraphs(body, genre))
        decks = decks_of(line.traced for h in attached.heads for line in told[h].lines)
        people = [p for b in attached.bylines for line in told[b].lines for p in line.people]
        people += body.credit
        people += [p for b in attached.photos for line in told[b].lines for p in line.people if of_photo(p)]
        people += [p for p in inline(parts[0].text, genre) if p not in people]
        text = "".join(part.text for part in parts)
        kind = kind_of([d.text for d in decks], people, text, len(parts), genre)
        drafts.append((attached.body, kind, decks, people, parts))
    drafts.extend(_aside(told))
    drafts.sort(key=lambda draft: draft[0])
    return tuple(_article(page, n, d, sure.get(d[0], 1.0)) for n, d in enumerate(drafts, 1))


def _in_columns(story: Story) -> bool:
    return story.kind == "body" and any(line.column for line in story.lines)


def _aside(told: Sequence[Story]) -> list[tuple[int, str, list[Traced], list[Byline], list[Traced]]]:
    """Return weather boxes and advertisements; pieces of one that stand together are one article."""
    drafts: list[tuple[int, str, list[Traced], list[Byline], list[Traced]]] = []
    last: tuple[int, str] | None = None
    for i, story in enumerate(told):
        if story.kind not in {"ad", "weather"}:
            continue
        parts = [tidy(line.traced) for line in story.lines]
        if last == (i - 1, story.kind):
            drafts[-1][4].extend(parts)
        else:
            name = parts[:1] if story.kind == "ad" and _follows(told, i, "ad") and len(parts) == 1 else []
            drafts.append((i, story.kind, name, [], parts[len(name) :]))
        last = (i, story.kind)
    return drafts


def _follows(told: Sequence[Story], i: int, kind: str) -> bool:
    return i + 1 < len(told) and told[i + 1].kind == kind


def _article(
    page: Page,
    number: int,
    draft: tuple[int, str, list[Traced], list[Byline], list[Traced]],
    confidence: float = 1.0,
) -> Article:
    _, kind, decks, people, parts = draft
    text = joined([*decks, *parts], "\n")
    start = sum(len(deck) + 1 for deck in decks)
    return Article(
        id=f"{page.id}-{number}",
        page=page.id,
        kind=kind,
        headline=tuple(deck.text for deck in decks),
        byline=tuple(people),
        date=page.date,
        text=text.text,
        body=Span(start, len(text)),
        source_map=source_map(text),
        confidence=confidence,
    )
