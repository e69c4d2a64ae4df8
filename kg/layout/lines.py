"""From printed lines to clean ones: marks of markup off, overprint collapsed, furniture gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.layout.bylines import parse, split_credit
from kg.layout.genre import Genre, flat
from kg.layout.overprint import collapse
from kg.layout.traced import Traced
from kg.model import Byline, Page

_HEADING = re.compile(r"\s*(#{1,6})\s+")  # ## 标题
_MARKS = frozenset("#*_")  # with which the marks of both begin
_STRONG = re.compile(r"\s*(\*\*|__)(.+)\1\s*")  # **标题**
_OVERPRINTED = 0.4
_TAIL = 16  # characters that lead to another page at most: (下转2版)
_HANZI = re.compile(r"[㐀-鿿]")  # 平


@dataclass(frozen=True, slots=True)
class Clean:
    """A line as the layout reads it.

    Attributes:
        traced: its text, no white space at its ends.
        gap: how many blank lines the page leaves before it.
        level: the level of its heading mark (1 to 6), or 0 without one.
        people: the byline that it is, or nothing.
        label: whether it is the name of a column or other matter between articles.
        overprinted: whether most of it was printed many times over, as scans give captions on photos.
        column: of one of several printed lines that the page has on one line, the width of their column
            in hanzi; or 0.
    """

    traced: Traced
    gap: int = 0
    level: int = 0
    people: tuple[Byline, ...] = ()
    label: bool = False
    overprinted: bool = False
    column: float = 0.0

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.traced.text


def clean(page: Page, genre: Genre, skip: frozenset[int] = frozenset()) -> tuple[Clean, ...]:
    """Return the lines that matter, in the order of the page, without the lines of the numbers in `skip`."""
    lines: list[Clean] = []
    gap = 1
    for number, line in enumerate(page.lines):
        traced = Traced.at(line.text, line.span.start)
        if not line.text.strip():
            gap += 1
            continue
        if number in skip or is_furniture(line.text, genre):
            gap = max(gap, 1)
            continue
        for piece in pieces(traced, gap, genre):
            lines.append(piece)
            gap = 0
    return tuple(lines)


def is_furniture(text: str, genre: Genre) -> bool:
    """Say whether a line is printed around the articles and belongs to none."""
    if _HANZI.search(text) is None:
        return not any(char.isdigit() for char in text)
    return genre.find("furniture", flat(text)) is not None


def pieces(traced: Traced, gap: int, genre: Genre) -> Iterator[Clean]:
    """Yield a printed line without its marks and overprint; a byline at its end apart."""
    traced, level = _unmarked(traced) if traced.text.lstrip()[:1] in _MARKS else (traced, 0)
    once = collapse(traced.strip())
    overprinted = len(once) < _OVERPRINTED * len(traced)
    traced = once
    labelled = genre.find("label", flat(traced.text)) is not None
    people = () if labelled else parse(traced.text, genre)
    if people:
        yield Clean(traced, gap, 0, people)
        return
    rest, credit = split_credit(traced, genre)
    if rest.text:
        label = labelled if rest is traced else genre.find("label", flat(rest.text)) is not None
        yield Clean(rest, gap, level, label=label, overprinted=overprinted)
        gap = 0
    if credit is not None:
        yield Clean(credit, gap, 0, parse(credit.text, genre))


def _unmarked(traced: Traced) -> tuple[Traced, int]:
    level = 0
    if heading := _HEADING.match(traced.text):
        traced, level = traced.cut(heading.end()), len(heading.group(1))
    if strong := _STRONG.fullmatch(traced.text):
        traced, level = traced.cut(strong.start(2), strong.end(2)), level or 6
    return traced, level


def without_tail(lines: tuple[Clean, ...], genre: Genre) -> tuple[Clean, ...]:
    """Cut off what leads to another page: (下转2版)."""
    if not lines:
        return lines
    last = lines[-1]
    text = last.text
    if genre.find("tail", flat(text[-_TAIL:])) is None:
        return lines
    for start in range(max(0, len(text) - _TAIL), len(text)):
        match = genre.find("tail", flat(text[start:]))
        if match is not None and match.start() == 0:
            rest = last.traced.cut(0, start).strip()
            return lines[:-1] if not rest.text else (*lines[:-1], replace(last, traced=rest))
    return lines
