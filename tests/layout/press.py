"""A small press: sets invented articles on a page of several columns and prints it as a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
LEADING = 1.45
GUTTER = 1.6


@dataclass(frozen=True)
class Piece:
    """One article to set: decks, who wrote it and the paragraphs."""

    decks: tuple[str, ...]
    byline: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Area:
    """Where an article goes: left, top (from above), width, columns; how large its type is.

    `under` is how many of its columns the headline spans; 0 for all. A picture takes `picture` lines off
    the top of the last column but one, and its caption stands below it.
    """

    left: float
    top: float
    width: float
    columns: int
    size: float = 9
    head: float = 24
    under: int = 0
    height: float = 0
    picture: int = 0
    caption: str = ""


class Sheet:
    """One page of paper; `print` gives the PDF."""

    def __init__(self, width: float = 780, height: float = 1100) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.height = height
        self.stream = io.BytesIO()
        self.canvas = Canvas(self.stream, pagesize=(width, height))

    def line(self, text: str, left: float, top: float, size: float) -> None:
        """Print a line whose type begins at a distance from the top of the page."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(left, self.height - top - size * 0.88, text)

    def frame(self, left: float, top: float, width: float, height: float) -> None:
        self.canvas.rect(left, self.height - top - height, width, height)

    def set(self, piece: Piece, area: Area) -> float:
        """Set an article; return how far down it goes."""
        gutter = GUTTER * area.size
        column = (area.width - gutter * (area.columns - 1)) / area.columns
        longest = max(map(len, piece.decks), default=0) * area.size * 1.7
        fits = (n for n in range(area.under or area.columns, area.columns) if longest <= column * n)
        spanned = next(fits, area.columns)
        head_width = column * spanned + gutter * (spanned - 1)
        top = area.top
        for number, deck in enumerate(piece.decks):
            size = area.head * (0.65 if number == 0 and len(piece.decks) > 1 else 1.0)
            size = min(size, head_width / (len(deck) + 0.1))
            self.line(deck, area.left + (head_width - size * len(deck)) / 2, top, size)
            top += size * 1.3
        lines = wrapped(piece, int(column / area.size))
        pitch = area.size * LEADING
        starts = [area.top if n >= spanned else top for n in range(area.columns)]
        hole = {area.columns - 2: area.picture + (2 if area.caption else 0)} if area.picture else {}
        bottom = self._bottom(len(lines), starts, hole, pitch, area)
        for n in range(area.columns):
            left, down = area.left + n * (column + gutter), starts[n]
            if hole.get(n):
                self.frame(left, down, column, area.picture * pitch - 4)
                down += area.picture * pitch
                if area.caption:
                    self.line(area.caption, left, down, area.size)
                    down += 2 * pitch
            while lines and down + area.size <= bottom + 0.01:
                text = lines.pop(0)
                if text.strip():
                    self.line(
                        text.strip(), left + (len(text) - len(text.lstrip())) * area.size, down, area.size
                    )
                down += pitch
        assert not lines, f"{len(lines)} lines do not fit"
        return bottom

    def _bottom(
        self, count: int, starts: Sequence[float], hole: dict[int, int], pitch: float, area: Area
    ) -> float:
        """Return the lowest line at which the columns, filled evenly, hold all lines."""
        bottom = max(starts)
        while (
            sum(
                max(0, int((bottom - start + pitch - area.size + 0.01) / pitch) - hole.get(n, 0))
                for n, start in enumerate(starts)
            )
            < count
        ):
            bottom += pitch / 4
        return bottom

    def pdf(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.stream.getvalue()


def wrapped(piece: Piece, width: int) -> list[str]:
    """Return the byline and the paragraphs, indented by two, as lines of a width in characters."""
    lines = [" " * ((width - len(piece.byline)) // 2) + piece.byline] if piece.byline else []
    for paragraph in piece.paragraphs:
        text = "  " + paragraph
        while text:
            end = width
            while end < len(text) and text[end] in "，。、；：？！”）》":
                end -= 1  # none of these begins a line
            lines.append(text[:end])
            text = text[end:]
    return lines
