"""People: a name after a post, names listed after a name, and foreign names with a point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.extract.mentions.lexed import plausible_person
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import NAME, Names

_WORDS = frozenset(["v", "p", "c", "u", "r", "m", "TIME", "w", "xc", "f", "q", "d"])
_FOREIGN = re.compile(rf"[{NAME}]{{1,8}}(?:·[{NAME}]{{1,10}})+")
"""A name joined by points: 施特凡·克劳泽."""
_LATIN = re.compile(r"[A-Z][A-Za-z’'.-]+(?: [A-Z][A-Za-z’'.-]+){1,3}")
"""A name in Latin letters: David O’Connor."""
_PARTY = re.compile(rf"[{NAME}]{{2,6}}?(?=一行)")
"""A guest with his party, whatever the name looks like: 北川宜久|一行."""
_POINT = re.compile(r"(?<=[\u4e00-\u9fff])·(?=[\u4e00-\u9fff])")
"""The point of a foreign name: 施特凡|·|克劳泽."""
_ORDINARY = frozenset(["n", "v", "vn", "a", "an", "ad"])
_VERBS = frozenset(["v", "vn"])
_VERBAL = frozenset(["v", "p", "c", "u", "w", "f", "d", "xc", "m", "vd"])
_LOOSE = frozenset(["w", "u", "p", "c", "m", "r", "TIME", "q", "f", "ORG"])


def find_titled(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the name that directly follows a post: 市委书记|邵启明."""
    for match in names.post_end.finditer(text.text):
        start = match.end()
        if names.byline.search(text.text, max(0, match.start() - 6), start):
            continue
        latin = _LATIN.match(text.text, start)
        foreign = foreign_end(text, start, names)
        if latin:
            yield Vote(start, latin.end(), "Person", "title")
        elif foreign:
            yield Vote(start, foreign, "Person", "title")
        elif party := _PARTY.match(text.text, start):
            yield Vote(start, party.end(), "Person", "title")
        elif match.group() not in names.honorifics:
            office = match.group().endswith(names.office_ends)
            end = (
                name_end(text, start, names, office) or (office and _after_office(text, start, names)) or None
            )
            if end:
                yield Vote(start, end, "Person", "title")


def find_roled(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the name after a word that says what somebody is: 篾匠|尤金水."""
    for token in text.tokens:
        if token.tag == "n" and len(token.word) > 1 and token.word[-1] in names.role_ends:
            end = name_end(text, token.span.end, names)
            if end and end - token.span.end > 1 and token.word not in names.posts:
                yield Vote(token.span.end, end, "Person", "role" if end - token.span.end > 2 else "hint")


def find_foreign(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for names joined by points in which the lexer sees a person: 埃娃·施泰纳."""
    for match in _POINT.finditer(text.text):
        place = match.start()
        number = text.ends.get(place, _covering(text, place))
        if number is None:
            continue
        start = text.tokens[number].span.start
        end = foreign_end(text, start, names)
        if end is not None and "PER" in {text.tokens[number].tag, text.tokens[text.ends[end]].tag}:
            yield Vote(start, end, "Person", "foreign")


def _covering(text: Text, place: int) -> int | None:
    """Return the number of the word that covers a place."""
    for start in range(place, max(-1, place - 12), -1):
        if start in text.starts:
            return text.starts[start]
    return None


def find_joined(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for a surname and a given name that the lexer took for two words: 字|晓岚."""
    for first, second in pairwise(text.tokens):
        if first.span.end != second.span.start or first.word not in names.surnames or len(second.word) > 2:
            continue
        if "PER" not in {first.tag, second.tag} or (second.tag != "PER" and second.tag in _WORDS):
            continue
        if second.tag == "PER" and (len(second.word) == 1 or first.tag in {"p", "c"}):
            continue
        if _follows(text, second.span.end, names):
            yield Vote(first.span.start, second.span.end, "Person", "joined")


def find_completed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the lexer's person with the character that it cut off: 梁秋|实."""
    for number, token in enumerate(text.tokens):
        if token.tag == "PER" and len(token.word) == 2 and plausible_person(token.word, names):
            end = _completed(text, number, names)
            rest = text.tokens[min(number + 1, len(text.tokens) - 1)]
            if end > token.span.end and (rest.tag not in _VERBAL or rest.word == "来"):
                yield Vote(token.span.start, end, "Person", "joined")


def foreign_end(text: Text, start: int, names: Names) -> int | None:
    """Return where a name joined by points ends: with a word, before something that can follow a name."""
    match = _FOREIGN.match(text.text, start)
    if match is None:
        return None
    last = match.group().rfind("·") + start
    for end in range(last + 2, match.end() + 1):
        if end in text.ends and _follows(text, end, names):
            return end
    return match.end() if match.end() in text.ends else None


def find_listed(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the names of a list in which the lexer knows one: 吴某、蔡某、姚某出席."""
    tokens = text.tokens
    for token in tokens:
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


def name_end(text: Text, start: int, names: Names, office: bool = False) -> int | None:
    """Return where a person's name that starts at a place ends, or None when none does.

    The lexer's person is taken, with a character that it cut off when a verb of speech follows; otherwise a
    surname with the pieces that the lexer made of the rest, when what follows can follow a name. After an
    `office` an ordinary word may be a name before a comma: 部长|严峻，.
    """
    number = text.starts.get(start)
    if number is None:
        return _inside_word(text, start, names)
    token = text.tokens[number]
    if token.tag == "PER":
        if plausible_person(token.word, names):
            return _completed(text, number, names)
        if 2 <= len(token.word) <= 8 and token.word not in names.generic:
            return token.span.end
    if (
        len(token.word) > 3
        and token.tag in {"nz", "n", "LOC", "nw", "ORG"}
        and "一行" in text.text[token.span.end :][:2]
    ):
        return token.span.end
    if token.tag in _WORDS and len(token.word) > 1 and token.tag not in {"d", "v"}:
        return None
    for length in (3, 2, 4):
        end = start + length
        if end in text.ends and _spelled(text, start, end, names, office):
            return end
    return None


def _completed(text: Text, number: int, names: Names) -> int:
    """Return the end of the lexer's person, with one cut-off character: 包志|刚|说, 许牧|之|说."""
    token = text.tokens[number]
    end = token.span.end
    if number + 1 == len(text.tokens):
        return end
    rest = text.tokens[number + 1]
    if rest.span.start != end or not _follows(text, rest.span.end, names):
        return end
    if token.word in names.surnames:
        return rest.span.end if len(rest.word) <= 2 and rest.tag not in _WORDS else end
    if len(token.word) != 2 or len(rest.word) != 1 or rest.tag == "w" or rest.word in names.followers:
        return end
    if rest.tag in {"c", "p"}:
        after = text.tokens[number + 2] if number + 2 < len(text.tokens) else None
        return rest.span.end if after is not None and after.tag in {"p", "v", "d", "ad"} else end
    return rest.span.end


def _after_office(text: Text, start: int, names: Names) -> int | None:
    """Return the end of a name of three after an office, whose surname is a word as well: 解|临川."""
    end = start + 3
    word = text.text[start:end]
    if len(word) < 3 or word[0] not in names.surnames or not plausible_person(word, names):
        return None
    if any(word[at:] in names.generic or word[at:] in names.posts for at in (0, 1)):
        return None
    if end not in text.ends or not _follows(text, end, names):
        return None
    first = text.starts.get(start)
    given = text.starts.get(start + 1)
    if given is None:
        whole = first is not None and text.tokens[first].span.end == end
        return end if whole and first is not None and text.tokens[first].tag in {"a", "d", "v"} else None
    rest = text.tokens[given]
    if rest.span.end != end or rest.tag in _LOOSE:
        return None
    if first is not None and text.tokens[first].tag in {"p", "c", "u", "r", "m", "w"}:
        return end if rest.tag == "PER" else None
    return end


def _spelled(text: Text, start: int, end: int, names: Names, office: bool) -> bool:
    """Say whether a stretch that the lexer takes for ordinary words is a name all the same."""
    word = text.text[start:end]
    if (
        not plausible_person(word, names)
        or word in names.generic
        or word in names.posts
        or word in names.boundaries
    ):
        return False
    first = text.tokens[text.starts[start]]
    surname = word[:2] if word[:2] in names.surnames else word[0]
    if surname in names.common:
        return _follows(text, end, names) and not (
            first.tag == "v" and first.span.end == end and len(word) == 2
        )
    if first.tag in {"p", "c", "u", "r", "m", "w"}:
        return False
    second = text.starts.get(start + len(surname))
    if second is not None and len(word) - len(surname) == 2 and first.tag != "v":
        given = text.tokens[second]
        if given.span.end == end and given.tag not in _WORDS and _follows(text, end, names):
            return True
    ordinary = first.span.end == end and first.tag in (_VERBS if office else _ORDINARY)
    return bool((names.speech if ordinary else names.says).match(text.text, end))


def _follows(text: Text, end: int, names: Names) -> bool:
    if names.follows.match(text.text, end):
        return True
    number = text.starts.get(end)
    return number is not None and text.tokens[number].tag in _WORDS | {"vd", "ad"}


def _inside_word(text: Text, start: int, names: Names) -> int | None:
    """A name of which the lexer joined the surname to the post: 果农唐|守义."""
    if text.text[start : start + 1] not in names.common:
        return None
    for length in (3, 2):
        end = start + length
        if end in text.ends and plausible_person(text.text[start:end], names) and _follows(text, end, names):
            return end
    return None


def _name_start(text: Text, end: int, names: Names) -> int | None:
    for length in (3, 2, 4):
        start = end - length
        if start >= 0 and start in text.starts and name_end(text, start, names) == end:
            return start
    return None
