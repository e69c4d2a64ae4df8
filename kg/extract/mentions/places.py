"""Places: what the gazetteer knows, and the parts of a printed containment (曹桥街道|马厩村)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.gazetteer import gazetteer
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import NAME, Names

_STEP = re.compile(rf"[{NAME}·]+?(?:特别行政区|自治区|自治州|自治县|自治旗|街道|社区|[省市县区旗州盟镇乡村])")
"""One step of a containment: 四川省, 曹桥街道."""


def find_places(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for gazetteer names and countries where the lexer sees a word, and for each step of a compound."""
    known = gazetteer()
    for token in text.tokens:
        word = token.word
        if len(word) < 2:
            continue
        if word in known.by_name or word in names.countries:
            yield Vote(token.span.start, token.span.end, "Place", "gazetteer")
        elif word in known.by_short and token.tag in {"LOC", "ORG", "nz", "PER"}:
            if any(area.rank < 3 or area.level != "区" for area in known.by_short[word]):
                yield Vote(token.span.start, token.span.end, "Place", "gazetteer")
        elif token.tag == "LOC":
            steps = list(split_steps(word))
            if len(steps) > 1:
                for start, end in steps:
                    yield Vote(token.span.start + start, token.span.start + end, "Place", "admin")


def split_steps(word: str) -> Iterator[tuple[int, int]]:
    """Split a printed containment into its steps, as (start, end); one step for a simple name.

    >>> [("曹桥街道马厩村"[a:b]) for a, b in split_steps("曹桥街道马厩村")]
    ['曹桥街道', '马厩村']
    >>> list(split_steps("东湖"))
    [(0, 2)]
    """
    position = 0
    steps: list[tuple[int, int]] = []
    while match := _STEP.match(word, position):
        if match.end() - match.start() < 2:
            break
        steps.append(match.span())
        position = match.end()
    if position < len(word):
        if not steps or len(word) - position < 2:
            yield (0, len(word))
            return
        steps.append((position, len(word)))
    yield from steps
