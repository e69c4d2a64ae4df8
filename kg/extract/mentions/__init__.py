"""Finding and resolving what a page names: finders vote, names spread over the page, forms are joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.city import find_city, signs
from kg.extract.mentions import propagate
from kg.extract.mentions.addressed import addressed
from kg.extract.mentions.areas import Areas
from kg.extract.mentions.canonical import printed_areas
from kg.extract.mentions.edges import edged, headed, unquoted
from kg.extract.mentions.honours import repeated_quotes
from kg.extract.mentions.learned import shared_finder
from kg.extract.mentions.lexed import left_to_the_lexer
from kg.extract.mentions.link import brands
from kg.extract.mentions.nested import nested
from kg.extract.mentions.occasions import find_occasions, held, occasions
from kg.extract.mentions.organs import find_initials
from kg.extract.mentions.overrun import within_words
from kg.extract.mentions.parted import parted
from kg.extract.mentions.phases import find_phases
from kg.extract.mentions.places import find_towns
from kg.extract.mentions.quotes import of_their_names
from kg.extract.mentions.ranks import find_ranks, ranked, ranks
from kg.extract.mentions.reading import Text, Vote, read
from kg.extract.mentions.registry import FINDERS
from kg.extract.mentions.resolve import resolve
from kg.extract.mentions.settle import beside, settle
from kg.extract.mentions.tables import Names, prepare
from kg.extract.mentions.venues import settle_venues, venues
from kg.extract.mentions.votes import Candidate, balanced, choose, count, unblocked
from kg.extract.tools import Tools
from kg.extract.towns import home, printed_towns, seat
from kg.model import Article, LocalEntity, Page

SILENT = frozenset(["ad", "weather"])
"""Kinds of articles that name nothing."""

__all__ = ["find_entities"]


def find_entities(page: Page, articles: Sequence[Article], tools: Tools) -> tuple[LocalEntity, ...]:
    """Return the entities that the articles of a page name, sorted by key.

    Every mention's span is in code points of its article's text, and its surface is what stands there.
    """
    names = tools.prepared(prepare)
    told = [article for article in articles if article.kind not in SILENT]
    texts = read(told, tools.lexer)
    proposed = propose(texts, names)
    chosen = _settled(texts, proposed, shared_finder(tools.models).find(texts, proposed), names)
    printed = tuple(text.text for text in texts)
    at = seat(printed, names.towns)
    city = find_city(page, told, _place_words(texts), tools.city, tools.prepared(signs), at)
    if city is None and not propagate.local(texts, chosen):
        chosen = [left_to_the_lexer(text, some, names) for text, some in zip(texts, chosen, strict=True)]
    kinds = propagate.known_names(texts, chosen)
    chosen = propagate.of_one_kind(texts, chosen, kinds)
    full = {text[start:end] for text in printed for start, end in printed_towns(text, names.towns)}
    areas = Areas(city, printed_areas(printed) | full, home(printed, names.towns))
    companies = [name for name, kind in kinds.items() if kind == "Organization"]
    short = brands(companies, _words(texts), names)
    aliases = {word: company for word, company in short.items() if not areas.full(word)}
    kinds |= dict.fromkeys(aliases, "Organization")
    kinds |= propagate.short_places(kinds, texts)
    index = propagate.indexed(kinds)
    shown, ceremonies = tools.prepared(ranks), tools.prepared(occasions)
    final: list[list[Candidate]] = []
    for text, some in zip(texts, chosen, strict=True):
        known = unblocked(propagate.find_known(text, index, kinds), _blocked(text, names))
        told_short = find_initials(text, city.short, names) if city else ()
        candidates = beside(some, count([*known, *told_short], names.weights))
        candidates += find_phases(text, candidates, names)
        candidates += find_ranks(text, candidates, shown)
        candidates += find_occasions(text, candidates, ceremonies)
        candidates += addressed(text, candidates, names)
        final.append(sorted(candidates, key=lambda c: (c.start, c.end)))
    final = settle_venues(texts, final, tools.prepared(venues), names)
    final = of_their_names(texts, final)
    final = [sorted(some, key=lambda c: (c.start, c.end)) for some in nested(texts, final, names)]
    complete = {**ranked(texts, final, shown), **held(texts, final, ceremonies)}
    return resolve(page, texts, final, aliases, areas, names, complete)


def _settled(
    texts: Sequence[Text],
    proposed: Sequence[Sequence[Vote | Candidate]],
    learned: Sequence[Sequence[Candidate]],
    names: Names,
) -> list[list[Candidate]]:
    """Return what stands of what the rules propose and the learned finder finds, article by article."""
    found = [list(edged(text, some, names)) for text, some in zip(texts, learned, strict=True)]
    chosen = [
        [
            whose
            for v in votes
            if isinstance(v, Candidate) and (whose := headed(text.text, unquoted(text.text, v), names))
        ]
        for text, votes in zip(texts, proposed, strict=True)
    ]
    agreed = {
        (text.text[c.start : c.end], c.kind)
        for text, some, rules in zip(texts, found, chosen, strict=True)
        for c in some
        if (c.start, c.end, c.kind) in {(r.start, r.end, r.kind) for r in rules}
    }
    settled = [
        settle(
            some,
            rules,
            _blocked(text, names),
            names.stands,
            {c for c in rules if (text.text[c.start : c.end], c.kind) in agreed},
        )
        for text, some, rules in zip(texts, found, chosen, strict=True)
    ]
    return within_words(texts, settled)


def propose(texts: Sequence[Text], names: Names) -> list[list[Vote | Candidate]]:
    """Return all that the rules say of each text.

    That is their votes, what these would choose, and where the names so chosen stand elsewhere on the page.
    """
    votes = _votes(texts, names)
    chosen = [choose(count(some, names.weights)) for some in votes]
    kinds = propagate.known_names(texts, chosen)
    index = propagate.indexed(kinds)
    return [
        [*some, *unblocked(propagate.find_known(text, index, kinds), _blocked(text, names)), *best]
        for text, some, best in zip(texts, votes, chosen, strict=True)
    ]


def _votes(texts: Sequence[Text], names: Names) -> list[list[Vote]]:
    """Return what all finders say of each text, but for what the set phrases block."""
    quotes = repeated_quotes(texts, names)
    near = home(tuple(text.text for text in texts), names.towns)
    return [
        [
            vote
            for vote in unblocked(
                list(parted(text, [*_found(text, names), *more, *find_towns(text, near, names)], names)),
                _blocked(text, names),
            )
            if balanced(text.text[vote.start : vote.end])
        ]
        for text, more in zip(texts, quotes, strict=True)
    ]


def _found(text: Text, names: Names) -> Iterator[Vote]:
    return (vote for find in FINDERS for vote in find(text, names))


def _blocked(text: Text, names: Names) -> list[tuple[int, int]]:
    spans = [m.span() for pattern in (names.set_phrase, names.credit) for m in pattern.finditer(text.text)]
    return sorted(spans)


def _words(texts: Sequence[Text]) -> dict[str, str]:
    """Return each word with its tag; of several tags one of a name, whatever the order of the articles."""
    tags: dict[str, str] = {}
    for token in (token for text in texts for token in text.tokens):
        known = tags.setdefault(token.word, token.tag)
        if known != token.tag:
            tags[token.word] = min(known, token.tag, key=lambda tag: (tag in {"n", "vn"}, tag))
    return tags


def _place_words(texts: Sequence[Text]) -> list[str]:
    return [token.word for text in texts for token in text.tokens if token.tag in {"LOC", "ORG"}]
