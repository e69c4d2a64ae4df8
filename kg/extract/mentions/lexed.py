"""What the lexer itself takes for a person, a place or an organization."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names

_KINDS = {"PER": "Person", "LOC": "Place", "ORG": "Organization"}


def find_lexed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the lexer's own names, but for what the tables call generic or a post."""
    for token in text.tokens:
        kind = _KINDS.get(token.tag)
        if kind is None or len(token.word) < 2 or token.word in names.generic or token.word in names.posts:
            continue
        if kind == "Person" and not plausible_person(token.word, names):
            continue
        yield Vote(token.span.start, token.span.end, kind, "lexer")


def plausible_person(word: str, names: Names) -> bool:
    """Say whether a word has the form of a Chinese name: a surname and one or two characters more."""
    if "·" in word:
        return len(word) > 3
    if word[:2] in names.surnames:
        return len(word) in (3, 4)
    return word[0] in names.surnames and len(word) in (2, 3)
