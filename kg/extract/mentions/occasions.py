"""Ceremonies by their kind alone: a bare 开幕式 is that of the event which the article names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.mentions.canonical import bare
from kg.extract.mentions.reading import Text
from kg.extract.mentions.votes import Candidate
from kg.lexicon import Lexicon, alternation

CONFIDENCE = 0.8
"""How sure it is that a bare ceremony is one that the article is about."""
LEAST = 4
"""Code points of the name of what has a ceremony: 大会 alone is none."""


@dataclass(frozen=True, slots=True)
class Occasions:
    """The table of ceremonies.

    Attributes:
        printed: any of them.
        owners: ceremony → the classes of what it may belong to, in order.
        nobody: what stands before ceremonies that are nobody's.
    """

    printed: re.Pattern[str]
    owners: Mapping[str, tuple[str, ...]]
    nobody: tuple[str, ...]


def occasions(lexicon: Lexicon) -> Occasions:
    """Prepare the table of ceremonies.

    Raises:
        LexiconError: there is no such table, or it lacks a column.
    """
    table = lexicon.table("occasions")

    def words(use: str) -> tuple[str, ...]:
        return tuple(row["word"] for row in table.where(use=use))

    return Occasions(
        printed=re.compile(alternation(words("occasion"))),
        owners={row["word"]: tuple(row["of"].split("|")) for row in table.where(use="occasion")},
        nobody=words("before"),
    )


def find_occasions(text: Text, found: Sequence[Candidate], known: Occasions) -> Iterator[Candidate]:
    """Yield bare ceremonies where nothing else is named; `found` are the mentions there.

    Only ceremonies of something that the article names are yielded.
    """
    for match in known.printed.finditer(text.text):
        start, end = match.span()
        if text.text.endswith(known.nobody, 0, start):
            continue
        if start not in text.starts or any(c.start < end and start < c.end for c in found):
            continue
        if _whose(text.text, start, match[0], found, known):
            yield Candidate(start, end, "Event", ("occasion",), CONFIDENCE)


def held(
    texts: Sequence[Text], found: Sequence[Sequence[Candidate]], known: Occasions
) -> Mapping[tuple[str, int], str]:
    """Return (article, start) of each event that is a bare ceremony → its name with what it belongs to.

    That is what the article names last before it, else first behind it; where it prints a name that ends
    in the ceremony, that one.
    """
    names: dict[tuple[str, int], str] = {}
    for text, some in zip(texts, found, strict=True):
        for c in some:
            word = text.text[c.start : c.end]
            if c.kind != "Event" or word not in known.owners:
                continue
            whole = _whose(text.text, c.start, word, some, known)
            if whole:
                names[text.article.id, c.start] = whole
    return names


def _whose(text: str, start: int, word: str, found: Sequence[Candidate], known: Occasions) -> str:
    """Return the full name of a ceremony, or nothing where the article names nothing that has one."""
    printed = [text[c.start : c.end] for c in found if c.kind == "Event"]
    for name in printed:
        if name.endswith(word) and len(bare(name)) > len(word):
            return name
    for kind in known.owners[word]:
        named = [
            (c.start, name)
            for c in found
            if c.kind == kind
            and len(bare(name := text[c.start : c.end])) >= LEAST
            and not known.printed.search(name)
        ]
        if named:
            before = [name for at, name in named if at < start] or [named[0][1]]
            return before[-1] + word
    return ""
