"""Composed newspaper pages of which it is known who and what every name means, as findings.

A composer is a file with one function, written by somebody who has not read `kg/resolve`:

    def compose(seed: int) -> list[PrintedPage]: ...

It decides what exists (things, each with an id of the composer's own), prints pages about them the way
county and city papers do, and marks every name it printed with the thing that is meant. `findings` turns a
page into what a perfect reader would have found on it, and `reading` into what extraction really finds; both
come with the truth, for each page-local entity the id of its thing. What is measured with it is in
`resolution.py`; nothing here compares names or knows how they are resolved.

What a composer has to keep to:

* The same seed gives the same pages, another seed other names, things and pages; no names of real people or
  companies, and cities that do not exist (a fresh name with 市, 县 or 区, in a province that may exist).
* `Printed.surface` stands at `Printed.start` (code points) in its article's `text`; spans of one article do
  not overlap. `text` is the headline, a line break, then the paragraphs of the body, one a line.
* `Printed.full` is what the page, and only the page, lets a careful reader write for the name: on a page of
  海原市, 市委 is 中共海原市委, 该市 is 海原市; a short form whose long form stands on the same page is that
  long form; a name that was given up (原…, 现更名为…) is the present name. Otherwise leave it empty: a short
  form alone on its page, or a name misread by OCR, is only what is printed.
* On one page, two things never share a kind and a full name (a page of one paper does not tell them apart).
* `Stated` says what a sentence says, with the predicates of `ontology/kg.ttl` (see docs/ontology.md):
  above all `holdsPosition` with the qualifier `title`, `locatedIn`, `partOf`, `undertakes`, `cooperatesWith`,
  `met`, `inspected`, `attended`, `organizedBy`. What sentences do not state is not stated.

What should occur, each in natural numbers, as the papers of several cities over some years would have it:
namesakes (people) in one city and in two, with and without a post, and the same person again with another
post, or named only with colleagues, a company, an event; bureaus, schools, party bodies of the same form in
several cities, printed with the city, with 市 alone or bare; companies with their form of law, bracketed
places, parent and subsidiary, near-namesakes in other trades, branches; abbreviations of the usual kinds for
companies, parks, zones, bureaus and projects, with and without the long form on the page; companies and
bodies renamed, told by a sentence (原…, 现更名为…, 前身为…, 更名为…) or not told, only printed under the
new name later; slips as OCR and typesetting make them (a character that looks alike, one lost or doubled,
full-width digits) in names of several characters; projects, events, awards with years, editions and phases;
places and buildings of one name in two towns; the same story printed twice; pages with few names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.extract import Tools, extract
from kg.model import (
    Article,
    Claim,
    Evidence,
    Findings,
    Line,
    Literal,
    LocalEntity,
    LocalKey,
    Mention,
    Page,
    Segment,
    SourceMap,
    Span,
    Status,
    When,
)
from kg.model.digest import digest


@dataclass(frozen=True, slots=True)
class Printed:
    """A name in an article.

    Attributes:
        thing: the id of what is meant; the same over all pages.
        kind: Person, Organization, Place, Project, Event or Award.
        start: where it stands in the article's text, in code points.
        surface: as printed.
        full: what it stands for, where the page says more than the surface; see above.
    """

    thing: str
    kind: str
    start: int
    surface: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact that a stretch of an article states.

    Attributes:
        subject: the thing that it is about, printed in the same article.
        predicate: the local name of a predicate of the ontology.
        object: the id of a thing printed in the same article; or, for figures and dates, the text as printed.
        start: where the stretch starts in the article's text.
        end: where it ends.
        qualifiers: such as ("title", "局长"), sorted.
        status: asserted, planned or former.
    """

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    qualifiers: tuple[tuple[str, str], ...] = ()
    status: str = "asserted"


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """One story: `text` is the headline, a line break, and the paragraphs, one a line."""

    text: str
    names: tuple[Printed, ...]
    stated: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page of one paper; `source` is a file name that no other page has, `issued` None when undated."""

    source: str
    newspaper: str | None
    issued: date | None
    articles: tuple[PrintedArticle, ...]


Truth = dict[LocalKey, str]


def findings(page: PrintedPage) -> tuple[Findings, Truth]:
    """Return what a perfect reader finds on a page, and which thing each page-local entity is."""
    printed = _page(page)
    articles = _articles(page, printed)
    keys = _keys(page, printed.id)
    mentions: dict[LocalKey, list[Mention]] = defaultdict(list)
    aliases: dict[LocalKey, set[str]] = defaultdict(set)
    claims: list[Claim] = []
    for told, article in zip(page.articles, articles, strict=True):
        for name in told.names:
            span = Span(name.start, name.start + len(name.surface))
            if span.of(article.text) != name.surface:
                raise ValueError(f"{page.source}: {name.surface} does not stand at {name.start}")
            key = keys[name.thing]
            mentions[key].append(Mention(article.id, name.surface, name.kind, span, ("composer",)))
            aliases[key] |= {name.surface, name.full or name.surface} - {key.name}
        claims += [_claim(stated, article, keys) for stated in told.stated]
    entities = tuple(
        LocalEntity(key, tuple(sorted(aliases[key])), tuple(sorted(found, key=lambda m: (m.article, m.span))))
        for key, found in sorted(mentions.items())
    )
    return Findings(printed, articles, entities, tuple(claims)), {key: thing for thing, key in keys.items()}


def reading(page: PrintedPage, tools: Tools) -> tuple[Findings, Truth]:
    """Return what extraction finds in a page's articles, and what each entity is that it found rightly.

    An entity is the thing that most of its mentions are, of those that lie where the composer printed a name.
    """
    printed = _page(page)
    articles = _articles(page, printed)
    found = extract(printed, articles, tools)
    marked = {
        (article.id, name.start, name.start + len(name.surface)): name.thing
        for told, article in zip(page.articles, articles, strict=True)
        for name in told.names
    }
    truth: Truth = {}
    for entity in found.entities:
        places = [(m.article, m.span.start, m.span.end) for m in entity.mentions]
        votes = Counter(marked[place] for place in places if place in marked)
        if votes:
            truth[entity.key] = min(votes, key=lambda thing: (-votes[thing], thing))
    return found, truth


def _page(page: PrintedPage) -> Page:
    text = "\n\n".join(article.text for article in page.articles)
    lines, at = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Line(line, Span(at, at + len(line))))
        at += len(line) + 1
    return Page(
        id=digest(text, length=12),
        source=page.source,
        text=text,
        lines=tuple(lines),
        date=_when(page),
        newspaper=page.newspaper,
    )


def _when(page: PrintedPage) -> When | None:
    return None if page.issued is None else When(page.issued, page.issued, page.issued.isoformat())


def _articles(page: PrintedPage, printed: Page) -> tuple[Article, ...]:
    made, at = [], 0
    for number, told in enumerate(page.articles, start=1):
        headline, _, _ = told.text.partition("\n")
        made.append(
            Article(
                id=f"{printed.id}-{number}",
                page=printed.id,
                kind="news",
                headline=(headline,),
                byline=(),
                date=printed.date,
                text=told.text,
                body=Span(min(len(headline) + 1, len(told.text)), len(told.text)),
                source_map=SourceMap((Segment(0, at, len(told.text)),)),
            )
        )
        at += len(told.text) + 2
    return tuple(made)


def _keys(page: PrintedPage, id_: str) -> dict[str, LocalKey]:
    """Name each thing of a page by the longest of its full names, the first printed of these."""
    names: dict[str, list[Printed]] = defaultdict(list)
    for article in page.articles:
        for name in article.names:
            names[name.thing].append(name)
    keys: dict[str, LocalKey] = {}
    for thing, printed in names.items():
        best = max(printed, key=lambda name: len(name.full or name.surface))
        keys[thing] = LocalKey(id_, printed[0].kind, best.full or best.surface)
    if len(set(keys.values())) < len(keys):
        raise ValueError(f"{page.source}: two things of one kind and name on one page")
    return keys


def _claim(stated: Stated, article: Article, keys: Mapping[str, LocalKey]) -> Claim:
    return Claim(
        subject=keys[stated.subject],
        predicate=stated.predicate,
        object=keys[stated.object] if stated.object in keys else Literal(stated.object),
        qualifiers=stated.qualifiers,
        status=Status(stated.status),
        evidence=Evidence(article.id, Span(stated.start, stated.end), "composer", 0.9),
    )
