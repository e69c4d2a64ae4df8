"""Who wrote it: lines and line ends such as ■记 者 张 三 通讯员 李四五, read by the table of roles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.hanzi.fold import simplified
from kg.layout.genre import Genre, Role
from kg.layout.traced import Traced
from kg.model import Byline

_NAME = re.compile(r"[㐀-鿿·•・]{2,12}")  # 热合曼·买买提
_PLAIN = re.compile(r"[㐀-鿿]{2,6}")  # 张三
_SEPARATOR = re.compile(r"[\s/／|｜、,，:：;；]+")  # 记者/张三、李四
_SENTENCE = re.compile(r"[,，:：;；]")  # 记者张三坦言，起初
_BRACKET = re.compile(r"[(（]([^()（）]{2,40})[)）]")  # （记者 张三 文/图）
_AUTHOR = "作者"
_PERSON = re.compile(r"[者员生]$")  # 记者, 通讯员, 实习生; not 摄影, 图片, which stand before things too
_LEAD = 14
_LONGEST = 80  # characters of a byline
_OWN_ROLE = 8  # a role with a medium's name before it is at most this long: 柳州融媒记者


def parse(text: str, genre: Genre) -> tuple[Byline, ...]:
    """Return the people of a byline, or nothing when the text is none; every word must be understood.

    >>> from kg.config import packed
    >>> from kg.lexicon import load
    >>> genre = Genre.of(load([packed("lexicon")]))
    >>> [(b.role, b.name) for b in parse("■记 者 查 放 姜俊霞 通讯员 李 婷", genre)]
    [('记者', '查放'), ('记者', '姜俊霞'), ('通讯员', '李婷')]
    >>> [(b.role, b.name) for b in parse("记者乔一鸣", genre)]
    [('记者', '乔一鸣')]
    >>> [(b.role, b.name) for b in parse("■記 者 高 鳴 通訊員 李婷", genre)]
    [('记者', '高鳴'), ('通讯员', '李婷')]
    >>> parse("记者：这些年最难的一关是什么？", genre), parse("记者从市统", genre)
    ((), ())
    """
    told = simplified(text)
    return _parsed(text, genre) if told == text else _as_printed(_parsed(told, genre), told, text)


def _as_printed(people: Sequence[Byline], told: str, text: str) -> tuple[Byline, ...]:
    """Return people read from a text in simplified characters with the names that the page prints."""
    places = [place for place, char in enumerate(told) if not _SEPARATOR.fullmatch(char)]
    letters = "".join(told[place] for place in places)
    found: list[Byline] = []
    start = 0
    for person in people:
        start = letters.index(person.name, start)
        name = "".join(text[place] for place in places[start : start + len(person.name)])
        found.append(Byline(person.role, name))
        start += len(person.name)
    return tuple(found)


def _parsed(text: str, genre: Genre) -> tuple[Byline, ...]:
    bare = text.strip()
    bracket = _BRACKET.fullmatch(bare)
    bare = bracket.group(1).strip() if bracket else bare
    marked = bare[:1] in genre.marks
    if not genre.marks.isdisjoint(bare):
        bare = "".join([" " if char in genre.marks else char for char in bare])
    if len(bare) > _LONGEST or not (marked or genre.telling.search("".join(bare.split()))):
        return ()
    sure = marked or bracket is not None
    if not sure and (_SENTENCE.search(bare) or genre.opens_story(bare)):
        return ()
    words = [word for word in _SEPARATOR.split(bare) if word]
    if not words:
        return ()
    units = _units(words, genre)
    if not sure and len(units) == 1:
        alone = _glued(units[0], genre, sure=False)
        return () if alone is None or not _stands_alone(units[0], alone[1], genre) else (Byline(*alone),)
    people = _read(units, genre, sure)
    if people is None:
        return ()
    roles = any(role for role, _ in people)
    if not roles and not (marked and len(people) <= 3):
        return ()
    return tuple(Byline(role or _AUTHOR, name) for role, name in people)


def _units(words: Sequence[str], genre: Genre) -> list[str]:
    """Join what was spaced out: 记 者 to a role, 张 三 to a name, 文 / 图 to one word."""
    known = genre.role_words
    units: list[str] = []
    i = 0
    while i < len(words):
        for length in range(min(5, len(words) - i), 1, -1):
            whole = "".join(words[i : i + length])
            slashed = "/".join(words[i : i + length])
            if (whole in known or slashed in known) and any(len(word) == 1 for word in words[i : i + length]):
                units.append(slashed if slashed in known else whole)
                i += length
                break
        else:
            units.append(words[i])
            i += 1
    return _names(units, known)


def _names(units: list[str], known: frozenset[str]) -> list[str]:
    """Join single characters to names: two by two, the last three when their number is odd."""
    result: list[str] = []
    run: list[str] = []
    for unit in [*units, ""]:
        if len(unit) == 1 and unit not in known:
            run.append(unit)
            continue
        while run:
            size = 3 if len(run) == 3 else 2
            result.append("".join(run[:size]))
            run = run[size:]
        if unit:
            result.append(unit)
    return result


def _read(units: Sequence[str], genre: Genre, sure: bool) -> list[tuple[str, str]] | None:
    people: list[tuple[str, str]] = []
    role = ""
    loose = 0
    for place, unit in enumerate(units):
        before = _role(unit, genre, "before")
        after = _role(unit, genre, "after")
        names_follow = place + 1 < len(units) and _any(units[place + 1], genre) is None
        if after is not None and loose < len(people) and (before is None or not names_follow):
            people[loose:] = [(known or after.role, name) for known, name in people[loose:]]
            loose = len(people)
        elif before is not None:
            role, loose = (before.role if before.role else role), len(people)
        elif _role(unit, genre, "alone") is not None:
            continue
        elif _role(unit, genre, "from") is not None or unit.startswith(genre.from_words):
            break
        elif (glued := _glued(unit, genre, sure)) is not None:
            role, loose = glued[0], len(people)
            people.append(glued)
        elif (len(unit) == 1 and role) or _PLAIN.fullmatch(unit) or ("·" in unit and _NAME.fullmatch(unit)):
            people.append((role, unit))
        else:
            return None
    return people if people else None


def _any(unit: str, genre: Genre) -> Role | None:
    return (
        next((role for role in genre.roles if role.word == unit), None) if unit in genre.role_words else None
    )


def _role(unit: str, genre: Genre, place: str) -> Role | None:
    if (known := genre.placed.get((place, unit))) is not None:
        return known
    own = place == "before" and len(unit) <= _OWN_ROLE and unit.endswith(genre.leading_words)
    return Role(unit, unit, "before") if own else None


def _glued(unit: str, genre: Genre, sure: bool) -> tuple[str, str] | None:
    """Return role and name of a role and a name without a space between: 记者张三.

    Where nothing else says that this is a byline, the name must begin with a surname.
    """
    if not unit.startswith(genre.leading_words):
        return None
    for role in genre.leading:
        if unit.startswith(role.word):
            name = unit[len(role.word) :]
            if 2 <= len(name) <= 4 and _PLAIN.fullmatch(name) and (sure or _named(name, genre)):
                return role.role, name
    return None


def _named(name: str, genre: Genre) -> bool:
    """Say whether a word is a surname and one or two characters, and begins like nothing that runs on."""
    surname = 2 if name[:2] in genre.surnames and len(name) > 2 else 1
    known = name[:surname] in genre.surnames and len(name) - surname in {1, 2}
    return known and not name.startswith(genre.running)


def _stands_alone(unit: str, name: str, genre: Genre) -> bool:
    """Say whether role and name are a line of their own: a short name must have a common surname for that."""
    role = unit.removesuffix(name)
    return _PERSON.search(role) is not None and (len(name) > 2 or name[0] in genre.common_surnames)


def split_credit(line: Traced, genre: Genre) -> tuple[Traced, Traced | None]:
    """Cut a byline off the end of a line: after a mark (■摄影 王强) or in brackets (（张三 摄）).

    Not one in brackets right behind the words that open a body, where a narrow column ends its first line.
    """
    text = line.text
    for i in range(len(text) - 1, 0, -1) if not genre.marks.isdisjoint(text) else ():
        if text[i] in genre.marks and parse(text[i:], genre):
            start = i
            while (
                cut := max((text.rfind(mark, 0, start) for mark in genre.marks), default=-1)
            ) > 0 and parse(text[cut:], genre):
                start = cut
            return line.cut(0, start).strip(), line.cut(start).strip()
    brackets = list(_BRACKET.finditer(text))
    if (
        brackets
        and brackets[-1].end() == len(text)
        and brackets[-1].start()
        and not _opening(text[: brackets[-1].start()], genre)
        and parse(brackets[-1].group(), genre)
    ):
        return line.cut(0, brackets[-1].start()).strip(), line.cut(brackets[-1].start())
    return line, None


def inline(text: str, genre: Genre) -> tuple[Byline, ...]:
    """Return the people in brackets right behind the opening words of a body: 本报讯（记者 张三）."""
    match = _BRACKET.search(text[:60])
    if match is None or not genre.opens_story(text[: match.start()]):
        return ()
    return parse(match.group(), genre)


def _opening(text: str, genre: Genre) -> bool:
    """Say whether a text is no more than the words that open a body: 本报讯, 本报平湖7月5日讯."""
    return len(text.split()) <= 2 and len(text) <= _LEAD and genre.opens_story(text)
