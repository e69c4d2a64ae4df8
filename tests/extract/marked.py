"""Sentences whose names are marked, as a page, names and claims: [何清|Person]到[甲公司|Organization]调研。

`[printed|Class=name]` prints one form of a name and means another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.claims import find_claims
from kg.extract.tools import Tools
from kg.model import (
    Article,
    Claim,
    LocalEntity,
    LocalKey,
    Mention,
    Page,
    SourceMap,
    Span,
)

_MARK = re.compile(r"\[([^|\]]+)\|([A-Za-z]+)(?:=([^\]]+))?\]")


def page_of(body: str, headline: str = "") -> tuple[Page, Article, tuple[LocalEntity, ...]]:
    """Return a page with one article, and the entities that are marked in it."""
    text, names = "", []
    at = 0
    marked = f"{headline}\n{body}" if headline else body
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        names.append((mark[1], mark[2], mark[3] or mark[1], len(text)))
        text += mark[1]
        at = mark.end()
    text += marked[at:]
    page = Page("p", "p.txt", text, ())
    start = text.index("\n") + 1 if headline else 0
    article = Article(
        id="p-1",
        page="p",
        kind="news",
        headline=(text[: start - 1],) if headline else (),
        byline=(),
        date=None,
        text=text,
        body=Span(start, len(text)),
        source_map=SourceMap(()),
    )
    found: dict[LocalKey, list[Mention]] = {}
    for surface, kind, name, offset in names:
        span = Span(offset, offset + len(surface))
        found.setdefault(LocalKey("p", kind, name), []).append(Mention("p-1", surface, kind, span))
    entities = tuple(
        LocalEntity(key, tuple(sorted({m.surface for m in ms} - {key.name})), tuple(ms))
        for key, ms in found.items()
    )
    return page, article, entities


def claims_of(marked: str, tools: Tools, headline: str = "") -> Sequence[Claim]:
    """Return what a marked text states."""
    page, article, entities = page_of(marked, headline)
    return find_claims(page, [article], entities, tools)[0]


def stated(marked: str, tools: Tools, headline: str = "") -> set[tuple[str, str, str]]:
    """Return subject, predicate and object of what a marked text states, by name."""
    return {
        (c.subject.name, c.predicate, c.object.name if isinstance(c.object, LocalKey) else c.object.text)
        for c in claims_of(marked, tools, headline)
    }
