"""The head of a page: name of the paper or edition, issue date, page number; what stands above articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.hanzi.numbers import number
from kg.layout.clues import Clues
from kg.layout.genre import Genre, flat
from kg.layout.issued import issue_interval
from kg.lexicon import Lexicon
from kg.model import Line, Page, When

_HEAD = 40  # a masthead stands in the first lines of a page or nowhere
_FOOT = 6
_WIDEST = 60


def date_page(page: Page, lexicon: Lexicon) -> Page:
    """Return the page with newspaper, issue date and number, as its head or else its file's name gives them.

    What the page already has stays. Where no date is printed or named, it is the narrowest interval that the
    text supports, with what says so; None only where nothing does.

    Raises:
        LexiconError: a table is missing or cannot be read.
    """
    genre = Genre.of(lexicon)
    lines = masthead_lines(page, genre)
    paper = page.newspaper or next((name for n in lines if (name := _paper(page.lines[n].text, genre))), None)
    when = page.date or _printed(page, lines, genre)
    if when is None:
        names = (page.source, page.address or "")
        when = next((day for name in names if (day := _date(name, "filedate", genre))), None)
    if when is None:
        when = issue_interval(page.text, Clues.of(lexicon))
    return replace(page, newspaper=paper, date=when, number=page.number or _number(page, lines, genre))


def masthead_lines(page: Page, genre: Genre) -> tuple[int, ...]:
    """Return the numbers of the lines that belong to the head of the page, in order.

    A line of the head has a weekday, an issue number or the like; the paper's name stands near it. All
    that is printed above its last line belongs to it too, unless text of an article stands there.
    """
    for known, by, found in _found:
        if known is page.lines and by is genre:
            return found
    found = _head_lines(page, genre)
    _found[:] = [(page.lines, genre, found)]
    return found


_found: list[tuple[Sequence[Line], Genre, tuple[int, ...]]] = []  # of the last page


def _head_lines(page: Page, genre: Genre) -> tuple[int, ...]:
    marks = [
        n
        for n, line in enumerate(page.lines)
        if len(flat(line.text)) <= _WIDEST
        and genre.find("masthead", flat(line.text))
        and not genre.closed(line.text)
    ]
    top = [n for n in marks if n < _HEAD]
    if not top:
        return tuple(n for n in marks if _date(page.lines[n].text, "date", genre))
    last = max(top)
    for n in range(last + 1, min(last + 12, len(page.lines))):
        if _paper(page.lines[n].text, genre):
            last = n
    above = [n for n in range(last + 1) if page.lines[n].text.strip()]
    if any(len(page.lines[n].text) > _WIDEST or genre.closed(page.lines[n].text) for n in above):
        return tuple(n for n in above if n in top or _paper(page.lines[n].text, genre))
    return tuple(above)


def folio(text: str) -> str | None:
    """Return the number of a page as it is compared: 02 and 二 are 2, a01 is A1; None when it is none.

    >>> folio("02"), folio("a01"), folio("十二"), folio("x")
    ('2', 'A1', '12', None)
    """
    letter = text[:1].upper() if text[:1].isascii() and text[:1].isalpha() else ""
    value = number(text[len(letter) :])
    return None if not value or value != int(value) else f"{letter}{int(value)}"


def _printed(page: Page, lines: Sequence[int], genre: Genre) -> When | None:
    """Return the date that a line of the head prints, or that its lines print together."""
    for n in lines:
        if day := _date(page.lines[n].text, "date", genre):
            return day
    return _date("".join(page.lines[n].text for n in lines), "splitdate", genre) if lines else None


def _number(page: Page, lines: Sequence[int], genre: Genre) -> str | None:
    count = len(page.lines)
    there = dict.fromkeys([*lines, *range(min(_HEAD, count)), *range(max(0, count - _FOOT), count)])
    texts = [flat(page.lines[n].text) for n in there if len(page.lines[n].text) <= _WIDEST]
    found = [genre.find("folio", text) for text in texts]
    found += [genre.find("filefolio", flat(name)) for name in (page.source, page.address or "")]
    return next((number for match in found if match and (number := folio(match[1]))), None)


def _paper(text: str, genre: Genre) -> str | None:
    match = genre.find("paper", flat(text).lstrip("#").strip("*"))
    return match.group(1) if match else None


def _date(text: str, kind: str, genre: Genre) -> When | None:
    match = genre.find(kind, flat(text))
    if match is None:
        return None
    year, month, day = (number(match[part]) for part in ("year", "month", "day"))
    try:
        there = date(int(year or 0), int(month or 0), int(day or 0))
    except ValueError:
        return None
    return When(there, there, text.strip().lstrip("#").strip())
