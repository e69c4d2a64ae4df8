"""Lines to paragraphs: column breaks healed, white space that only spaced the print out removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from kg.layout.genre import Genre
from kg.layout.lines import Clean
from kg.layout.story import Story
from kg.layout.traced import Traced, joined, units

_WIDE = 60.0  # a text line wider than this is a whole paragraph, not a printed line
_SPACED = re.compile(r"(?:\S ){3,}\S(?!\S)")  # 产 业 注 入 了
_SPACE = re.compile(r"\s")  # the blank of 17 家
_HANZI = re.compile(r"[㐀-鿿“”‘’「」『』《》]")  # 平


def paragraphs(story: Story, genre: Genre) -> tuple[Traced, ...]:
    """Return the paragraphs of a body, without white space at their line joins."""
    lines = story.lines
    whole = _whole_lines(lines, genre)
    width = median(sorted(units(line.text) for line in lines)[len(lines) // 2 :])
    groups: list[list[Traced]] = []
    for i, line in enumerate(lines):
        alone = i in story.subheads or i - 1 in story.subheads
        if i and not alone and not _breaks(lines[i - 1], line, whole, width, genre):
            groups[-1].append(line.traced)
        else:
            groups.append([line.traced])
    return tuple(tidy(_join(group)) for group in groups)


def _whole_lines(lines: Sequence[Clean], genre: Genre) -> bool:
    """Say whether every line is a paragraph as the author broke it, not as a column did."""
    ended = sum(genre.closed(line.text) for line in lines)
    return max(units(line.text) for line in lines) > _WIDE or ended >= 0.7 * len(lines)


def _breaks(above: Clean, below: Clean, whole: bool, width: float, genre: Genre) -> bool:
    text = above.text
    if below.level or above.level or below.text.startswith(genre.subheads) or text.startswith(genre.subheads):
        return True
    if whole:
        listed = text[-1:] in "：:；;" or (units(text) <= 30 and not _pauses(text, genre))
        goes_on = below.text[:1] in genre.pauses | genre.ends or below.text[1:2] in ("：", ":")
        return genre.closed(text) or (listed and not goes_on)
    if not genre.closed(text):
        return False
    full = units(text) >= width - 1.0 and units(below.text) >= width - 1.0
    return not full


def _pauses(text: str, genre: Genre) -> bool:
    return text[-1:] in genre.pauses or any(char in genre.pauses for char in text)


def _join(pieces: Sequence[Traced]) -> Traced:
    """Join printed lines; two pieces of Latin script keep a space between them."""
    parts = [pieces[0]]
    for piece in pieces[1:]:
        words = parts[-1].text[-1:].isascii() and piece.text[:1].isascii()
        if words and parts[-1].text[-1:].isalpha() and piece.text[:1].isalpha():
            parts.append(Traced.inserted(" "))
        parts.append(piece)
    return joined(parts)


def tidy(text: Traced) -> Traced:
    """Return a text without white space that only sets type: between hanzi and figures, in spaced-out words.

    >>> tidy(Traced.at("产 业 注 入 了 强 有 力", 0)).text, tidy(Traced.at("企业 17 家 AI PaaS", 0)).text
    ('产业注入了强有力', '企业17家AI PaaS')
    """
    places = [match.start() for match in _SPACE.finditer(text.text)]
    if not places:
        return text
    spaced = {i for match in _SPACED.finditer(text.text) for i in range(match.start(), match.end())}
    bounds = [-1, *(i for i in places if i in spaced or not _needed(text.text, i)), len(text)]
    return joined(text.cut(start + 1, end) for start, end in pairwise(bounds))


def _needed(text: str, i: int) -> bool:
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if before.isspace() or not before or not after:
        return False
    hanzi = bool(_HANZI.match(before)) and bool(_HANZI.match(after))
    latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return hanzi or latin
