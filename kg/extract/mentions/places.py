"""Places: what the gazetteer knows, and the parts of a printed containment (青禾街道|石桥村)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping

from kg.extract.lexer import Token
from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import NAME, Names
from kg.extract.towns import printed_towns
from kg.hanzi.gazetteer import gazetteer

_STEP = re.compile(
    rf"[{NAME}·]{{2,}}?(?:自治区|自治州|自治县|自治旗|街道|社区|嘎查|[省市县镇乡村])(?!道|区|委)"
)
"""One step of a containment: 四川省, 青禾街道."""
_AND = frozenset("、和与及")
_NAMES = frozenset(["LOC", "ORG", "PER", "n", "nz", "nw", "ns", "s"])
"""What the lexer may call a short name."""
_SIGHTS = frozenset(["LOC", "ORG"])
_LEVEL = re.compile(r"(?:街道|社区|嘎查|苏木|[省市县区旗州盟镇乡村])$")
"""The level that a name of an area ends in."""


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
            sure = any(area.rank < 3 or area.level != "区" for area in known.by_short[word])
            if sure or f"{word}区" in text.text or _within_last(text, token):
                yield Vote(token.span.start, token.span.end, "Place", "gazetteer")
        elif token.tag == "LOC" and not _joined(text.text, word):
            steps = list(split_steps(word, names.heads))
            if len(steps) > 1:
                for start, end in steps:
                    yield Vote(token.span.start + start, token.span.start + end, "Place", "admin")


def _joined(text: str, word: str) -> bool:
    """Say whether a word opens with what joins it to a name before: the rest is printed elsewhere by itself.

    >>> [_joined(text, "和平岭开发区") for text in ("平岭开发区建成，各局和平岭开发区", "和平岭开发区")]
    [True, False]
    """
    return word[0] in _AND and text.count(word[1:]) > text.count(word)


def _within_last(text: Text, token: Token) -> bool:
    """Say whether a short name stands directly behind what its area lies in: 深圳|坪山."""
    before = text.ends.get(token.span.start)
    return before is not None and _pair(text.tokens[before].word + token.word) == len(
        text.tokens[before].word
    )


def find_towns(text: Text, home: Mapping[str, str], names: Names) -> Iterator[Vote]:
    """Vote for towns by their full names, whatever words the lexer makes of them: 表|白寺镇.

    Those of the county that a page is about, `home`, have a second vote, and one by their short names.
    """
    own = frozenset(home.values())
    for start, end in printed_towns(text.text, names.towns):
        yield Vote(start, end, "Place", "town")
        if text.text[start:end] in own:
            yield Vote(start, end, "Place", "home")
    for token in text.tokens:
        if token.word in home and token.tag in _NAMES and token.word not in gazetteer().by_short:
            yield Vote(token.span.start, token.span.end, "Place", "short")


def find_zones(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for zones by their short names, whatever words the lexer makes of them: 如皋经|开."""
    known = gazetteer()
    for match in names.zone.finditer(text.text):
        for length in (2, 3):
            start = match.start() - length
            if start in text.starts and text.text[start : match.start()] in known.by_short:
                yield Vote(start, match.end(), "Place", "zone")


def find_coordinated(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for the lexer's places that stand in a row, before 等, or directly after a larger place."""
    tokens = text.tokens
    for number, token in enumerate(tokens):
        if (
            token.tag != "LOC"
            or len(token.word) < 3
            or token.word in names.generic
            or is_compound(token.word, names.heads)
        ):
            continue
        before = tokens[max(0, number - 2) : number]
        after = tokens[number + 1 : number + 3]
        inside = bool(before) and before[-1].tag == "LOC" and bool(_LEVEL.search(before[-1].word))
        row = (len(before) == 2 and before[1].word in _AND and before[0].tag in _SIGHTS) or (
            len(after) == 2 and after[0].word in _AND and after[1].tag in _SIGHTS
        )
        if inside or row or (bool(after) and after[0].word == "等"):
            yield Vote(token.span.start, token.span.end, "Place", "row")


def _pair(word: str) -> int:
    """Return where the second of two areas begins, one within the other, by their short names; or 0.

    >>> [_pair(word) for word in ("苏州吴江", "江苏吴江", "吴江", "苏州园林")]
    [2, 2, 0, 0]
    """
    known = gazetteer()
    for cut in range(2, len(word) - 1):
        above = {area.name for area in known.find(word[:cut])}
        if any(above & {area.prefecture, area.province} for area in known.by_short.get(word[cut:], ())):
            return cut
    return 0


def is_compound(word: str, heads: Container[str]) -> bool:
    """Say whether a word is a printed containment of two or more places."""
    return len(word) > 4 and sum(1 for _ in split_steps(word, heads)) > 1


def split_steps(word: str, heads: Container[str]) -> Iterator[tuple[int, int]]:
    """Split a printed containment into its steps, as (start, end); one step for a simple name.

    What is but a head (经济开发区) is no name of its own and stays with the area before it.

    >>> [("青禾街道石桥村"[a:b]) for a, b in split_steps("青禾街道石桥村", ())]
    ['青禾街道', '石桥村']
    >>> [("庄河黑岛镇"[a:b]) for a, b in split_steps("庄河黑岛镇", ())]
    ['庄河', '黑岛镇']
    >>> list(split_steps("太仓高新区规划展示馆", ()))
    [(0, 10)]
    >>> list(split_steps("海宁经济开发区", {"经济开发区"}))
    [(0, 7)]
    """
    if not _LEVEL.search(word):
        cut = _pair(word)
        yield from [(0, cut), (cut, len(word))] if cut else [(0, len(word))]
        return
    known = gazetteer()
    steps: list[tuple[int, int]] = []
    position = 0
    while position < len(word):
        rest = word[position:]
        length = next((n for n in range(min(12, len(rest) - 3), 1, -1) if rest[:n] in known.by_name), 0)
        if not length and not position:
            length = next((n for n in range(min(4, len(rest) - 3), 1, -1) if rest[:n] in known.by_short), 0)
        if not length:
            match = _STEP.match(rest)
            length = match.end() if match and len(rest) - match.end() != 1 else len(rest)
        steps.append((position, position + length))
        position += length
    if len(steps) > 1 and word[slice(*steps[-1])] in heads:
        (start, _), (_, end) = steps[-2:]
        steps[-2:] = [(start, end)]
    yield from steps
