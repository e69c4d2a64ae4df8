"""Governments that a page names only through their heads: 市长|吕维嘉 is of 兴化市人民政府."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names
from kg.hanzi.gazetteer import gazetteer

_LONGEST = 12
"""Code points of an area's name, at most."""
HEADS = {"省长": "省", "市长": "市", "县长": "县", "区长": "区", "州长": "州", "旗长": "旗"}


def find_governments(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the word of a head of government that stands before a person or another post."""
    full = text.text
    for post in HEADS:
        position = full.find(post)
        while position >= 0:
            end = position + len(post)
            if _is_post(text, position, end, names):
                yield Vote(position, end, "Organization", "post")
            position = full.find(post, end)


def area_before(text: Text, post: int, names: Names) -> str | None:
    """Return the area that stands before a post, with or without prefixes of that: 如皋市|常务副|市长."""
    full, end = text.text, post
    while prefix := next((word for word in names.prefixes if full.endswith(word, 0, end)), None):
        end -= len(prefix)
    number = text.ends.get(end)
    if number is not None and text.tokens[number].tag == "LOC":
        return text.tokens[number].word
    known = gazetteer()
    return next(
        (full[end - n : end] for n in range(min(12, end), 2, -1) if full[end - n : end] in known.by_name),
        None,
    )


def area_beside(text: str, post: int, level: str) -> str | None:
    """Return the area of a post's level named before it in its sentence: 沐川县委书记何清、|县长|江彦."""
    known = gazetteer()
    floor = max(text.rfind(mark, 0, post) for mark in "。\n") + 1
    for place in range(post - 1, floor, -1):
        if text[place] == level:
            for start in range(max(floor, place + 1 - _LONGEST), place - 1):
                if text[start : place + 1] in known.by_name:
                    return text[start : place + 1]
    return None


def _is_post(text: Text, start: int, end: int, names: Names) -> bool:
    full = text.text
    if full[start - 1 : start] in ("小", "社", "园", "校", "辖", "片", "厂", "牧", "山"):
        return False
    if full[end : end + 1] in ("、", "，") and full[start - 1 : start] not in ("，", "。"):
        return True
    number = text.starts.get(end)
    return (number is not None and text.tokens[number].tag == "PER") or full[end : end + 1] in names.common
