"""How well a short name fits a long one: what short names keep of the words of a long one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import inf

from kg.hanzi.gazetteer import gazetteer
from kg.resolve.names import Name, firm_form, nested
from kg.resolve.tables import Tables

FIRST, ENDS, LAST, SOME = 0.1, 0.12, 0.35, 0.6
"""What it costs to keep of a word only its first character, its first and its last, its last, or others."""
SKIPPED, AREA, LEGAL, HEAD = 0.5, 0.15, 0.1, 0.45
"""What it costs to leave out a word, an area at the start, the form of law, the last word."""
UNKNOWN_WORD = 0.05
"""What it costs to take two characters for a word that no table lists."""
_LONGEST = 10


def alike(a: Name, b: Name, known: Tables) -> bool:
    """Say whether two names in one text may be the same body, one written shorter than the other."""
    if a.kind != b.kind or a.numbers != b.numbers:
        return False
    if not (nested(a.area, b.area) or (a.rest != b.rest and (firm_form(a, b) or firm_form(b, a)))):
        return False
    if a.town and b.town and a.town != b.town:
        return False
    short, long = sorted((a.rest, b.rest), key=lambda rest: (len(rest), rest))
    return short == long or (len(short) > 1 and cost(short, long, known) <= known.needed.short_forms)


def cost(short: str, long: str, known: Tables) -> float:
    """Return what it costs to read one name as a short form of another; infinite when it is none.

    Every character of the short name stands in the long one, in order, and is paid for word by word.
    """
    if len(short) >= len(long) or not in_order(short, long):
        return inf
    best: list[dict[int, float]] = [{} for _ in range(len(long) + 1)]
    best[0][0] = 0.0
    for at in range(len(long)):
        for end, price in _words(long, at, known):
            word = long[at:end]
            for done, paid in best[at].items():
                for kept, extra in _kept(short, done, word, at, end == len(long), known):
                    total = paid + price + extra
                    if total < best[end].get(kept, inf):
                        best[end][kept] = total
    return best[-1].get(len(short), inf)


def in_order(short: str, long: str) -> bool:
    """Say whether all characters of a text stand in another in the same order.

    >>> in_order("浙大", "浙江大学")
    True
    """
    rest = iter(long)
    return all(char in rest for char in short)


def _words(long: str, at: int, known: Tables) -> Iterator[tuple[int, float]]:
    for end in range(at + 2, min(len(long), at + _LONGEST) + 1):
        word = long[at:end]
        if (
            word in known.words
            or word in known.shortened
            or word in known.legal
            or (at == 0 and is_area(word))
        ):
            yield end, 0.0
        elif end == at + 2:
            yield end, UNKNOWN_WORD
    yield at + 1, 3 * UNKNOWN_WORD


def _kept(
    short: str, done: int, word: str, at: int, last: bool, known: Tables
) -> Iterator[tuple[int, float]]:
    """Yield how far the short name gets with what it may keep of a word, and what that costs."""
    rest = short[done:]
    yield done, _skipped(word, at, last, known)
    if rest.startswith(word):
        yield done + len(word), 0.0
    for form in known.shortened.get(word, ()):
        if rest.startswith(form):
            yield done + len(form), FIRST / 2
    if not rest or len(word) == 1:
        return
    if rest[0] == word[0]:
        yield done + 1, FIRST
        if len(word) > 2 and rest[1:2] == word[-1]:
            yield done + 2, ENDS
        if len(word) > 2 and rest[1:2] == word[1]:
            yield done + 2, ENDS
    if rest[0] == word[-1]:
        yield done + 1, FIRST if last else LAST
    if len(word) > 2 and rest[0] in word[1:-1]:
        yield done + 1, SOME


def _skipped(word: str, at: int, last: bool, known: Tables) -> float:
    if word in known.legal:
        return LEGAL
    if at == 0 and is_area(word):
        return AREA
    return HEAD if last else SKIPPED * (len(word) if len(word) < 2 else 2) / 2


@lru_cache(maxsize=1 << 16)
def is_area(word: str) -> bool:
    """Say whether a word is an area's name, in full or short."""
    menu = gazetteer()
    return word in menu.by_name or word in menu.by_short or word == "中国"
