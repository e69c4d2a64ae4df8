"""The head of a page: name of the paper or edition, issue date; what stands above the first article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from kg.layout.genre import Genre, flat
from kg.lexicon import Lexicon
from kg.model import Page, When

_HEAD = 40  # a masthead stands in the first lines of a page or nowhere


def date_page(page: Page, lexicon: Lexicon) -> Page:
    """Return the page with newspaper and issue date, as its masthead or else its file's name gives them.

    What the page already has stays.
    """
    genre = Genre.of(lexicon)
    lines = masthead_lines(page, genre)
    paper = page.newspaper or next((name for n in lines if (name := _paper(page.lines[n].text, genre))), None)
    when = page.date or next((day for n in lines if (day := _date(page.lines[n].text, "date", genre))), None)
    if when is None:
        when = _date(PurePosixPath(page.source).stem, "filedate", genre)
    return replace(page, newspaper=paper, date=when)


def masthead_lines(page: Page, genre: Genre) -> tuple[int, ...]:
    """Return the numbers of the lines that belong to the head of the page, in order.

    A line of the head has a weekday, an issue number or the like; the paper's name stands near it. All
    that is printed above its last line belongs to it too, unless text of an article stands there.
    """
    marks = [
        n
        for n, line in enumerate(page.lines)
        if len(flat(line.text)) <= 60
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
    if any(len(page.lines[n].text) > 60 or genre.closed(page.lines[n].text) for n in above):
        return tuple(n for n in above if n in top or _paper(page.lines[n].text, genre))
    return tuple(above)


def _paper(text: str, genre: Genre) -> str | None:
    match = genre.find("paper", flat(text).lstrip("#").strip("*"))
    return match.group(1) if match else None


def _date(text: str, kind: str, genre: Genre) -> When | None:
    match = genre.find(kind, flat(text))
    if match is None:
        return None
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return When(day, day, text.strip().lstrip("#").strip())
