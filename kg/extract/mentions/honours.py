"""Honours after the verbs that bring them, and names in quotation marks with what follows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names

_QUOTE = re.compile(r"[“「‘]([^“”「」‘’。！？；\n]{2,30})[”」’]")
"""A quotation short enough to be a name: “匠心青禾”."""
_ROW = re.compile(rf"{_QUOTE.pattern}(?:[、和及与]?{_QUOTE.pattern})*")
"""Quotations one after another: “匠心青禾”“青禾红”和“青禾绿”."""
_BRACKET = re.compile(r"（[^（）\n，。]{1,10}）(?=[、和及与，。；])")
"""A short bracket behind a name, with which it ends: 婚俗改革实验区|（第二批）."""
LONGEST_BRAND = 8
"""Code points of a quotation that can be a brand."""
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9.·]+")
_NOUNS = frozenset(["n", "nz", "LOC", "ORG", "vn", "a", "an", "m"])
_BREAK = re.compile(r"[，。；：！？、\n]|等(?![奖功级])|的|并|和(?=“)")


def find_awards(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for what follows a verb of honour: names one after another, quoted or ending in a last word.

    After a verb that takes nothing but an honour (获评, 被认定为) the whole stretch of nouns is one.
    """
    full = text.text
    for match in names.award.finditer(full):
        position = match.end()
        if match.start() not in text.starts or (position not in text.ends and full[position - 1] != "为"):
            continue
        if full[position : position + 1] in ("了", "过"):
            position += 1
        sole = match.group() in names.sole_awards
        while True:
            end = _award_end(text, position, names)
            if sole:
                end = _nouns(text, position, end or position, names) or end
            if end is None or names.award_pointer.match(full, position):
                break
            yield Vote(_without_giver(full, position, end, names), end, "Award", "award")
            if full[end : end + 1] in ("、", "和", "及", "“", "与"):
                position = end if full[end] == "“" else end + 1
                continue
            break


def _without_giver(full: str, start: int, end: int, names: Names) -> int:
    """Return where an honour starts whose own name is quoted: 41张|“匠心奖”, 某某公安局|“破案先锋”."""
    quote = _QUOTE.search(full, start, end)
    if quote is None or quote.end() != end or quote.start() == start:
        return start
    before = full[start : quote.start()]
    counted = names.counted.fullmatch(before)
    gives = any(
        before[-n:] in names.organs
        or any(kind == "Organization" for kind, _ in names.heads.get(before[-n:], ()))
        for n in range(1, min(len(before) - 1, names.longest_head) + 1)
    )
    return quote.start() if counted or gives else start


def _nouns(text: Text, position: int, place: int, names: Names) -> int | None:
    """Return the end of a stretch of nouns of five to thirty characters, or None.

    The stretch starts at `position`; all before `place` is known to be of the honour.
    """
    number = text.starts.get(place)
    end = place
    while number is not None and number < len(text.tokens):
        token = text.tokens[number]
        if token.span.start != end or token.tag not in _NOUNS or token.word in names.deixis:
            break
        if place > position and (token.word in names.award_after or token.tag not in {"n", "nz"}):
            break
        end = token.span.end
        number += 1
    if end == place:
        return None
    word = text.text[position:end]
    return end if 5 <= len(word) <= 30 and word not in names.generic else None


def _award_end(text: Text, position: int, names: Names) -> int | None:
    full = text.text
    stop = position
    best = None
    while stop < len(full) and stop - position < 40:
        if full[stop] in "“「‘":
            quote = _QUOTE.match(full, stop)
            if quote is None:
                return best
            stop = best = quote.end()
            continue
        if _BREAK.match(full, stop) or (best == stop and full[stop] in "和及与"):
            break
        stop += 1
        if stop in text.ends:
            for length in range(min(names.longest_head, stop - position), 0, -1):
                head = full[stop - length : stop]
                if any(kind == "Award" for kind, _ in names.heads.get(head, ())):
                    if best is not None and length <= stop - best and full[best:stop] in names.award_after:
                        return best
                    if stop - position > 1 and full[position:stop] not in names.generic:
                        best = stop = _with_bracket(full, stop)
                    break
    return best


def _with_bracket(full: str, end: int) -> int:
    """Return the end of a name with the bracket behind it: 婚俗改革实验区|（第二批）."""
    bracket = _BRACKET.match(full, end)
    return bracket.end() if bracket else end


def find_quoted(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for a quotation followed by a last word of a class: “匠心青禾”|培育工程."""
    full = text.text
    for match in _QUOTE.finditer(full):
        number = text.starts.get(match.end())
        if number is None or "+" in match[1]:
            continue
        end, steps = match.end(), 0
        while number < len(text.tokens) and steps < 7:
            token = text.tokens[number]
            if token.span.start != end or token.tag in {"w", "p", "c", "u", "r"}:
                break
            if token.word in names.boundaries and token.tag != "vn" and token.word not in names.quoted_inside:
                break
            end = token.span.end
            kinds = () if token.word in names.generic else _kinds(full[match.end() : end], names)
            if kinds:
                for kind in kinds:
                    yield Vote(match.start(), end, kind, "quoted")
            number += 1
            steps += 1


def find_rows(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for quotations by the word after the last of them: “青禾红”“青禾绿”两项|机制, “青禾工匠”|称号."""
    full = text.text
    for match in _ROW.finditer(full):
        tail = names.row_tail.match(full, match.end())
        if tail is None:
            continue
        quotes = list(_QUOTE.finditer(full, match.start(), match.end()))
        kind, fewest = names.rows[tail[1]]
        if len(quotes) >= fewest:
            for quote in quotes:
                if quote[1] not in names.generic:
                    yield Vote(quote.start(), quote.end(), kind, "row")


def find_branded(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for a short quotation directly after a verb that brings forth programmes: 推出|“青禾通”."""
    for match in names.brand.finditer(text.text):
        quote = _QUOTE.match(text.text, match.end())
        if quote is None or len(quote[1]) > LONGEST_BRAND or quote[1] in names.generic:
            continue
        if _HAN.fullmatch(quote[1]):
            yield Vote(quote.start(), quote.end(), "Project", "branded")


def _kinds(tail: str, names: Names) -> tuple[str, ...]:
    for length in range(min(names.longest_head, len(tail)), 0, -1):
        if tail[-length:] in names.quoted_ends:
            return (names.quoted_ends[tail[-length:]],)
        kinds = names.heads.get(tail[-length:])
        if kinds:
            return tuple(k for k, _ in kinds if k in {"Project", "Event", "Award"})
    return ()


def repeated_quotes(texts: Sequence[Text], names: Names) -> list[list[Vote]]:
    """Vote for what a page puts in quotation marks again and again and prints as one name: “青禾通”."""
    found = [[m for m in _QUOTE.finditer(text.text) if len(m[1]) <= LONGEST_BRAND] for text in texts]
    times = Counter(m[1] for some in found for m in some)
    return [
        [
            Vote(m.start(), m.end(), "Project", "repeated")
            for m in some
            if times[m[1]] > 2 and _HAN.fullmatch(m[1]) and m[1] not in names.generic
        ]
        for some in found
    ]
