"""Where the names of entities and the stretches that state facts lie in an article's text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text in which nothing begins or ends.

    `name` is the place of a name in the list of found ones, `facts` are the places of facts, sorted; `ends`
    those that end with it.
    """

    span: Span
    name: int | None
    facts: tuple[int, ...]
    ends: tuple[int, ...]


def find_names(text: str, forms: Mapping[str, str]) -> tuple[tuple[Span, str], ...]:
    """Return where names stand, with what each means: from left to right, the longest first, none in another.

    >>> find_names("甲乙公司与甲乙", {"甲乙": "p", "甲乙公司": "c"})
    ((Span(start=0, end=4), 'c'), (Span(start=5, end=7), 'p'))
    """
    known = sorted((form for form in forms if form), key=len, reverse=True)
    if not known:
        return ()
    found = re.finditer("|".join(map(re.escape, known)), text)
    return tuple((Span(*match.span()), forms[match[0]]) for match in found)


def pieces(length: int, names: Sequence[Span], facts: Sequence[Span]) -> tuple[Piece, ...]:
    """Return the text cut at every place where a name or a fact begins or ends; facts may overlap.

    >>> [(p.span.start, p.name, p.facts) for p in pieces(6, [Span(1, 3)], [Span(0, 3), Span(2, 5)])]
    [(0, None, (0,)), (1, 0, (0,)), (2, 0, (0, 1)), (3, None, (1,)), (5, None, ())]
    """
    spans = [Span(min(s.start, length), min(s.end, length)) for s in (*names, *facts)]
    within = [(n, s) for n, s in enumerate(spans) if len(s)]
    cuts = sorted({0, length, *(s.start for _, s in within), *(s.end for _, s in within)})
    begins: dict[int, list[int]] = {}
    for number, span in within:
        begins.setdefault(span.start, []).append(number)
    open_: set[int] = set()
    out = []
    for start, end in pairwise(cuts):
        open_ = {n for n in open_ if spans[n].end > start} | set(begins.get(start, ()))
        told = tuple(sorted(n - len(names) for n in open_ if n >= len(names)))
        named = next((n for n in sorted(open_) if n < len(names)), None)
        ends = tuple(n for n in told if spans[n + len(names)].end == end)
        out.append(Piece(Span(start, end), named, told, ends))
    return tuple(out)
