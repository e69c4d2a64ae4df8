"""What the learned finder finds, set right at its edges by what the genre prints there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.mentions.canonical import is_area
from kg.extract.mentions.parted import parted
from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import NAME, OWN, Names
from kg.extract.mentions.votes import Candidate, balanced

MARKS = ("“”", "「」", "『』", "‘’", "《》")
PAIRS = (*MARKS, "（）", "()")
_CLOSING = {pair[1]: pair[0] for pair in PAIRS}
_OPENING = {pair[0]: pair[1] for pair in PAIRS}
_HAN = re.compile(rf"[{NAME}]+")
_OTHER = r"[^（）()\u4e00-\u9fff]*"
_FOREIGN = re.compile(rf"(?<=[\u4e00-\u9fff])[（(]{_OTHER}[A-Za-z\uac00-\ud7a3]{_OTHER}[）)]$")
"""The name in its own letters behind a name: 大元细胞|(Daewon Cell)."""
COUNTED = frozenset(["Organization", "Project"])
LEAST = 2
LONGEST = 3
"""Characters of a Chinese name whose surname has one."""


def edged(text: Text, found: Iterable[Candidate], names: Names) -> Iterator[Candidate]:
    """Yield mentions cut to the names they hold; `text` is theirs.

    A bracket or quotation mark stays only with its partner, quotation marks around all of a name fall off
    (“十佳村” is 十佳村), so does its form in foreign letters, and a section of a bureau (市商务局|外贸科).
    What is counted is no name (三条生产线), and a common surname of one character
    takes at most two more (何振岐|东拼西凑).
    """
    for c in found:
        c = unquoted(text.text, _balanced(text.text, c))
        surface = _FOREIGN.sub("", text.text[c.start : c.end])
        c = replace(c, end=c.start + len(surface))
        counted = c.kind in COUNTED and names.counted.match(surface)
        if len(surface) < LEAST or counted or not balanced(surface):
            continue
        if c.kind == "Person" and len(surface) == LONGEST + 1 and _common(surface, names):
            c = replace(c, end=c.end - 1)
        c = _levelled(text, c)
        whose = headed(text.text, c, names)
        if whose is None:
            continue
        c = whose
        surface = text.text[c.start : c.end]
        section = names.section.search(surface) if c.kind == "Organization" else None
        if section is None and c.kind == "Organization" and names.post_end.match(text.text, c.end):
            section = names.department.search(surface)
            if section and is_area(section[1][:2]):
                section = None
        if section:
            c = replace(c, end=c.start + section.start(1))
        yield from parted(text, [c], names)


def headed(text: str, c: Candidate, names: Names) -> Candidate | None:
    """Return whose post it is where one follows a party committee: 市水利局|党组成员, 某村|党支部书记.

    A bureau, a firm or a village has the post itself, the committee of a town stays: 某镇党委|书记. None
    for a village that the committee does not name: 村党支部|书记.
    """
    body = names.committee.sub("", text[c.start : c.end]) if c.kind == "Organization" else ""
    end = c.start + len(body)
    if not body or end == c.end or names.post_end.match(text, end) is None:
        return c
    if body.endswith(names.villages):
        return None if body in names.villages else replace(c, end=end, kind="Place")
    return c if is_area(body) else replace(c, end=end)


def _levelled(text: Text, c: Candidate) -> Candidate:
    """Return a body of the own area with the level before it: 由|县第三实验小学|承办."""
    start = c.start - 1
    bare = c.kind == "Organization" and start in text.starts and text.text[start] in OWN
    if not bare or is_area(text.text[c.start : c.start + 2]) or text.text[c.start] in OWN:
        return c
    return replace(c, start=start)


def _common(name: str, names: Names) -> bool:
    """Say whether a name opens with a common surname of one character and is all in Han characters."""
    return name[0] in names.common and name[:2] not in names.surnames and _HAN.fullmatch(name) is not None


def _balanced(text: str, c: Candidate) -> Candidate:
    """Return a mention with every mark beside its partner.

    A partner that stands next to the mention comes in; where there is none, the mention is cut.
    """
    start, end = c.start, c.end
    open_: list[int] = []
    place = start
    while place < end:
        char = text[place]
        if char in _OPENING:
            open_.append(place)
        elif char in _CLOSING:
            if open_ and text[open_[-1]] == _CLOSING[char]:
                open_.pop()
            elif start and text[start - 1] == _CLOSING[char] and place == end - 1:
                start -= 1
            elif place - start >= end - place - 1:
                end = place
            else:
                start, open_ = place + 1, []
        place += 1
    if open_:
        closing = _OPENING[text[open_[0]]]
        if len(open_) == 1 and text[end : end + 1] == closing:
            end += 1
        elif open_[0] - start >= LEAST:
            end = open_[0]
        else:
            start = open_[-1] + 1
    return replace(c, start=start, end=max(start, end))


def unquoted(text: str, c: Candidate) -> Candidate:
    """Return a mention without the quotation marks around all of it: “十佳村” is 十佳村."""
    ends, inner = text[c.start : c.start + 1] + text[c.end - 1 : c.end], text[c.start + 1 : c.end - 1]
    if ends in MARKS and len(inner) > 1 and not set(inner) & set("".join(MARKS)):
        return replace(c, start=c.start + 1, end=c.end - 1)
    return c
