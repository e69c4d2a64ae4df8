"""Organs of an area under its name or its bare level (如皋市委, 市经信局), and words like 我市."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import LEVEL, Names
from kg.hanzi.gazetteer import gazetteer

_TAIL = re.compile(rf"(?:中共)?(?:自治区|自治州|街道|社区|[{LEVEL}村])$")
"""A bare level, as in 市|经信局."""


def find_organs(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for an organ's word together with the area or the level before it."""
    for match in names.organ.finditer(text.text):
        start = _start(text, match.start())
        if start is not None:
            for joiner in names.joiner.finditer(text.text, start, match.start()):
                start = joiner.end()
        if start is not None and start < match.start():
            if match.group()[-1] == "委" and text.text[match.end() : match.end() + 1] in ("员", "托", "派"):
                continue
            yield Vote(start, match.end(), "Organization", "organ")


def find_departments(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for a department before a title, when its body is not printed: 市委常委、|组织部|部长."""
    for match in names.departments.finditer(text.text):
        if text.text[match.start() - 1 : match.start()] in ("、", "，", "兼", "任", " ", "\n", "。"):
            yield Vote(match.start(), match.end(), "Organization", "organ")


def _start(text: Text, end: int) -> int | None:
    """Return where the area that ends at a place starts."""
    full = text.text
    known = gazetteer()
    for length in range(min(12, end), 1, -1):
        area = full[end - length : end]
        if area in known.by_name or (area in known.by_short and end - length in text.starts):
            start = end - length
            return start - 2 if full[max(0, start - 2) : start] == "中共" else start
    tail = _TAIL.search(full, max(0, end - 5), end)
    if tail is None:
        return None
    start = tail.start()
    before = text.ends.get(start)
    if start in text.starts:
        if (
            before is not None
            and text.tokens[before].tag == "LOC"
            and text.tokens[before].word[-1] not in LEVEL
        ):
            return text.tokens[before].span.start
        return start
    return _holding(text, start)


def find_initials(text: Text, city: str, names: Names) -> Iterator[Vote]:
    """Vote for a character of the own city's name where a visit or a meeting leads to it: 来|皋|考察."""
    for match in names.initial.finditer(text.text):
        if match[1] in city:
            yield Vote(match.start(1), match.end(1), "Place", "deixis")


def _holding(text: Text, place: int) -> int | None:
    """Return where the word that covers a place starts."""
    for start in range(place, max(-1, place - 12), -1):
        if start in text.starts:
            return start
    return None


def find_pointers(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for words that point to the papers' own area: 我市, 全县."""
    for match in names.pointer.finditer(text.text):
        follow = text.text[match.end() : match.end() + 1]
        if follow not in ("场", "域", "委", "间", "长"):
            yield Vote(match.start(), match.end(), "Place", "deixis")
