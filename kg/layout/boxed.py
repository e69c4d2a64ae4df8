"""Groups of printed rows become articles: decks, people, paragraphs by their indents, and the kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.layout.boxes import groups
from kg.layout.bylines import inline
from kg.layout.decks import decks_of
from kg.layout.genre import Genre, flat
from kg.layout.kinds import kind_of
from kg.layout.lines import Clean, is_furniture, pieces
from kg.layout.masthead import masthead_lines
from kg.layout.paragraphs import paragraphs, tidy
from kg.layout.printed import Block, Group, Row, indented, overlap
from kg.layout.story import Story
from kg.layout.traced import Traced, joined
from kg.model import Byline, Page

Draft = tuple[int, str, list[Traced], list[Byline], list[Traced]]

_NOISE = 15  # what stands alone and is shorter, without a full stop, belongs to no article
_SHORT = 1.5  # a row so many sizes shorter than its column is the last of a paragraph
_BOX = 240  # an advertisement or a weather box is at most so long


def boxed_articles(page: Page, genre: Genre) -> list[Draft]:
    """Return the articles of a page whose lines have places on paper, from the top down."""
    found = groups(page, genre, frozenset(masthead_lines(page, genre)) | _furniture(page, genre))
    found.sort(key=lambda group: _corner(group))
    drafts = (_draft(number, group, genre) for number, group in enumerate(found))
    return [draft for draft in drafts if draft is not None]


def _furniture(page: Page, genre: Genre) -> frozenset[int]:
    return frozenset(n for n, line in enumerate(page.lines) if is_furniture(line.text, genre))


def _corner(group: Group) -> tuple[float, float]:
    boxes = [row.box for row in group.heads] or [block.box for block in group.blocks]
    return min(box.top for box in boxes), min(box.left for box in boxes)


def _draft(number: int, group: Group, genre: Genre) -> Draft | None:
    decks = decks_of(_deck_rows(group.heads))
    people: list[Byline] = []
    texts: list[list[Clean]] = []
    for row, begins in _rows(group, genre):
        fresh = begins
        for piece in pieces(row.traced, begins, genre):
            people += [person for person in piece.people if person not in people]
            if piece.people or (piece.label and not texts):
                continue
            if fresh or not texts:
                texts.append([])
            texts[-1].append(piece)
            fresh = False
    if len(texts) > 1 or any(len(text) < 3 for text in texts):
        parts = [tidy(_joined(text)) for text in texts]
    else:
        parts = [part for text in texts for part in paragraphs(Story("body", tuple(text)), genre)]
    body = "".join(part.text for part in parts)
    if not decks and len(body) < _NOISE and not genre.closed(body):
        return None
    if parts:
        people += [person for person in inline(parts[0].text, genre) if person not in people]
    kind = kind_of([deck.text for deck in decks], people, body, len(parts), genre)
    if len(body) < _BOX and not people:
        for aside in ("weather", "ad"):
            if genre.weight(aside, flat(body)) >= 1.0:
                kind = aside
    return number, kind, decks, people, parts


def _deck_rows(rows: Iterable[Row]) -> Iterator[Traced]:
    """Yield the decks; pieces that stand in one row are one, with a space between."""
    deck: list[Row] = []
    for row in rows:
        level = bool(deck) and abs(row.box.top - deck[-1].box.top) < 0.3 * row.size
        if deck and not (level and row.box.left >= deck[-1].box.right - row.size):
            yield joined([part.traced for part in deck], " ")
            deck = []
        deck.append(row)
    if deck:
        yield joined([part.traced for part in deck], " ")


def _rows(group: Group, genre: Genre) -> Iterator[tuple[Row, bool]]:
    """Yield the rows of the text in reading order, each with whether a paragraph begins with it.

    Where no paragraph is indented, one begins behind a row that is short and ends a sentence.
    """
    lefts = [_column_left(block, group.blocks) for block in group.blocks]
    plain = not any(
        indented(row, left) for block, left in zip(group.blocks, lefts, strict=True) for row in block.rows[1:]
    )
    ended = False
    for block, left in zip(group.blocks, lefts, strict=True):
        for row in block.rows:
            yield row, indented(row, left) or (plain and ended) or genre.opens_story(row.text)
            short = block.box.right - row.box.right > _SHORT * row.size and len(block.rows) > 1
            ended = short and genre.closed(row.text)


def _column_left(block: Block, blocks: Iterable[Block]) -> float:
    """Return the left edge of the column in which a block stands: a single row may be indented."""
    left = min(other.box.left for other in blocks if overlap(other.box, block.box) > 0.5)
    return left if block.box.left - left < 3 * block.size else block.box.left


def _joined(lines: Iterable[Clean]) -> Traced:
    """Join printed lines; Latin words keep a space between them."""
    out: Traced | None = None
    for line in lines:
        if out is None:
            out = line.traced
            continue
        letters = out.text[-1:].isascii() and line.text[:1].isascii()
        space = letters and out.text[-1:].isalpha() and line.text[:1].isalpha()
        out = joined([out, line.traced], " " if space else "")
    return out or Traced.inserted("")
