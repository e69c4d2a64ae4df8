"""What the lexer itself takes for a person, a place or an organization."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.lexer import Token
from kg.extract.mentions.places import is_compound
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import LEVEL, Names
from kg.extract.mentions.votes import ENOUGH, Candidate
from kg.hanzi.gazetteer import gazetteer

_AND = re.compile(r"(?<=[局委府办司院会团校])(?:和|与|及|同|暨)(?=.{3})")
"""What joins two organizations in one word: 信阳市体育局|和|县人民政府."""


def find_lexed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the lexer's own names: `lexer` when well formed, `hint` when another vote is needed."""
    for token in text.tokens:
        word = token.word
        if (
            len(word) < 2
            or word in names.generic
            or word in names.posts
            or token.tag not in {"PER", "LOC", "ORG"}
        ):
            continue
        start, end = token.span.start, token.span.end
        if token.tag == "PER":
            finder = "lexer" if plausible_person(word, names) else "hint"
            yield Vote(start, end, "Person", finder)
        elif token.tag == "LOC":
            if is_compound(word, names.heads):
                continue
            yield Vote(start, end, "Place", "hint" if len(word) < 5 or names.joiner.search(word) else "lexer")
        else:
            yield from _organizations(token, names)


def left_to_the_lexer(text: Text, chosen: Sequence[Candidate], names: Names) -> list[Candidate]:
    """Return what is chosen with the lexer's organizations where nothing is.

    For texts that are no county's: there the lexer, which learned from all kinds of news, knows clubs and
    agencies that the learned finder never met.
    """
    taken = {place for c in chosen for place in range(c.start, c.end)}
    more = [
        Candidate(span.start, span.end, "Organization", ("lexer",), ENOUGH)
        for word, tag, span in text.tokens
        if tag == "ORG"
        and len(word) > 1
        and word not in names.generic
        and word not in names.posts
        and taken.isdisjoint(range(span.start, span.end))
    ]
    return sorted([*chosen, *more], key=lambda c: (c.start, c.end))


def _organizations(token: Token, names: Names) -> Iterator[Vote]:
    """Vote for an organization, or for the two that a word joins: 甲公司|联合|乙公司, 丙公司|协办."""
    word, start = token.word, token.span.start
    opening = names.joiner.match(word)
    if opening and _is_area(word[opening.end() :]):
        word, start = word[opening.end() :], start + opening.end()
    parts = joined_parts(word, names)
    if parts:
        for a, b in parts:
            yield Vote(start + a, start + b, "Organization", "lexer")
        return
    post = names.post_tail.search(word, 3)  # 海宁市委|书记, though 市委书记 is a post too
    if post and (post.end() == len(word) or plausible_person(word[post.end() :], names)):
        yield Vote(start, start + post.start(), "Organization", "lexer")
        if post.end() < len(word):
            yield Vote(start + post.end(), token.span.end, "Person", "title")
        return
    yield Vote(start, token.span.end, "Organization", "lexer" if len(word) > 4 else "hint")


def joined_parts(word: str, names: Names) -> list[tuple[int, int]]:
    """Return the organizations that the lexer took for one, as (start, end); none for a simple name."""
    for m in (names.joiner.search(word, 3), _AND.search(word)):
        if m is not None:
            parts = [(a, b) for a, b in ((0, m.start()), (m.end(), len(word))) if _closed(word[a:b], names)]
            if parts and (len(parts) == 2 or m.end() == len(word)):
                return parts
    return []


def _is_area(text: str) -> bool:
    """Say whether a text opens with an area or a bare level: 市工商联, 如皋市图书馆."""
    return len(text) > 2 and (text[0] in LEVEL or any(gazetteer().find(text[:n]) for n in (2, 3)))


def _closed(part: str, names: Names) -> bool:
    """Say whether a part of a word ends as an organization's name does."""
    if any(part[n:] in names.organs for n in (1, 2)) or part.endswith(("公司", "集团")):
        return True
    tails = [names.heads.get(part[-n:], ()) for n in (1, 2, 3, 4)]
    return len(part) > 2 and any(kind == "Organization" for tail in tails for kind, _ in tail)


def plausible_person(word: str, names: Names) -> bool:
    """Say whether a word has the form of a Chinese name: a surname and one or two characters more."""
    if "·" in word:
        return len(word) > 3
    if word[:2] in names.surnames:
        return len(word) in (3, 4)
    return word[0] in names.surnames and len(word) in (2, 3) and word[1:] not in names.addresses
