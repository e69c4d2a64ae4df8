"""People: a name after a post, names listed after a name, and foreign names with a point."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions.lexed import plausible_person
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import NAME, Names

_WORDS = frozenset(["v", "p", "c", "u", "r", "m", "TIME", "w", "xc", "f", "q"])
_FOREIGN = re.compile(rf"[{NAME}]{{1,8}}(?:·[{NAME}]{{1,10}})+")
"""A name joined by points: 施特凡·克劳泽."""
_LATIN = re.compile(r"[A-Z][A-Za-z’'.-]+(?: [A-Z][A-Za-z’'.-]+){1,3}")
"""A name in Latin letters: David O’Connor."""
_AFTER = re.compile(
    r"[，、。；：）)”\s]|$|等|一行|说|表示|介绍|告诉|认为|坦言|指出|出席|参加|主持|和|与|在|对|的|率|带|向"
)
"""What may follow a name."""


def find_titled(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the name that directly follows a post: 市委书记|邵启明."""
    for match in names.post_end.finditer(text.text):
        start = match.end()
        post = match.group()
        latin = _LATIN.match(text.text, start)
        foreign = _FOREIGN.match(text.text, start)
        if latin:
            yield Vote(start, latin.end(), "Person", "title")
        elif foreign:
            yield Vote(start, foreign.end(), "Person", "title")
        elif post not in names.honorifics:
            end = name_end(text, start, names)
            if end:
                yield Vote(start, end, "Person", "title")


def find_listed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the names of a list in which the lexer knows one: 吴某、蔡某、姚某出席."""
    tokens = text.tokens
    for number, token in enumerate(tokens):
        if token.tag != "PER" or not plausible_person(token.word, names):
            continue
        position = token.span.end
        while text.text[position : position + 1] == "、":
            end = name_end(text, position + 1, names)
            if not end:
                break
            yield Vote(position + 1, end, "Person", "list")
            position = end
        position = token.span.start
        while text.text[position - 1 : position] == "、" and position > 2:
            start = _name_start(text, position - 1, names)
            if start is None:
                break
            yield Vote(start, position - 1, "Person", "list")
            position = start


def name_end(text: Text, start: int, names: Names) -> int | None:
    """Return where a person's name that starts at a place ends, or None when none does.

    The lexer's word is taken when it has the form of a name; otherwise a surname with the pieces that
    the lexer made of the rest, when what follows can follow a name.
    """
    number = text.starts.get(start)
    if number is None:
        return _inside_token(text, start, names)
    token = text.tokens[number]
    if token.tag == "PER" and plausible_person(token.word, names):
        return token.span.end
    if token.tag in _WORDS and len(token.word) > 1:
        return None
    end = token.span.end
    first = number
    while end - start < 4 and number + 1 < len(text.tokens):
        if end - start >= 2 and plausible_person(text.text[start:end], names) and _follows(text, end):
            break
        number += 1
        token = text.tokens[number]
        if token.span.start != end or token.tag in _WORDS and (len(token.word) > 1 or token.tag == "w"):
            return None
        end = token.span.end
    word = text.text[start:end]
    if not plausible_person(word, names) or word in names.generic or word in names.posts:
        return None
    if not _follows(text, end):
        return None
    surname = word[:2] if word[:2] in names.surnames else word[0]
    whole = number == first
    if (
        surname not in names.common
        and whole
        and text.tokens[first].tag in {"n", "v", "vn", "a"}
        and len(word) == 2
    ):
        return None
    return end


def _follows(text: Text, end: int) -> bool:
    if _AFTER.match(text.text, end):
        return True
    number = text.starts.get(end)
    return number is not None and text.tokens[number].tag in {
        "v",
        "p",
        "d",
        "c",
        "u",
        "w",
        "r",
        "vd",
        "ad",
        "m",
        "TIME",
    }


def _inside_token(text: Text, start: int, names: Names) -> int | None:
    """A name of which the lexer joined the surname to the post: 果农唐|守义."""
    for length in (3, 2, 4):
        end = start + length
        if end in text.ends and plausible_person(text.text[start:end], names) and _follows(text, end):
            return end
    return None


def _name_start(text: Text, end: int, names: Names) -> int | None:
    for length in (3, 2, 4):
        start = end - length
        if start >= 0 and start in text.starts and name_end(text, start, names) == end:
            return start
    return None
