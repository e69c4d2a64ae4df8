"""What the lexer itself takes for a person, a place or an organization."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.lexer import Token
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names


def find_lexed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the lexer's own names: `lexer` for well-formed ones, `hint` for those that need another vote."""
    for token in text.tokens:
        word = token.word
        if len(word) < 2 or word in names.generic or word in names.posts or token.tag not in {"PER", "LOC", "ORG"}:
            continue
        start, end = token.span.start, token.span.end
        if token.tag == "PER":
            finder = "lexer" if plausible_person(word, names) else "hint"
            yield Vote(start, end, "Person", finder)
        elif token.tag == "LOC":
            yield Vote(start, end, "Place", "hint" if len(word) < 5 or names.joiner.search(word) else "lexer")
        else:
            yield from _organizations(token, names)


def _organizations(token: Token, names: Names) -> Iterator[Vote]:
    """Vote for an organization, or for the two that a word joins: 甲公司|联合|乙公司, 丙公司|协办."""
    word, start = token.word, token.span.start
    joiner = names.joiner.search(word, 1)
    if joiner and len(word) > 4 and joiner.group() != word[-4:-2]:
        for a, b in ((0, joiner.start()), (joiner.end(), len(word))):
            part = word[a:b]
            if len(part) > 3 and part[-2:] in names.heads or part[-1:] in names.heads and len(part) > 3:
                yield Vote(start + a, start + b, "Organization", "lexer")
        if not joiner.group().endswith("合") or word.endswith(joiner.group()):
            return
    post = names.post_tail.search(word)
    if post and post.start() > 2 and (post.end() == len(word) or plausible_person(word[post.end() :], names)):
        yield Vote(start, start + post.start(), "Organization", "lexer")
        if post.end() < len(word):
            yield Vote(start + post.end(), token.span.end, "Person", "title")
        return
    yield Vote(start, token.span.end, "Organization", "lexer" if len(word) > 4 else "hint")


def plausible_person(word: str, names: Names) -> bool:
    """Say whether a word has the form of a Chinese name: a surname and one or two characters more."""
    if "·" in word:
        return len(word) > 3
    if word[:2] in names.surnames:
        return len(word) in (3, 4)
    return word[0] in names.surnames and len(word) in (2, 3) and word[1:] not in names.addresses
