"""Lines with places on paper to groups, an article each: by columns, sizes and what lies under what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.layout.bylines import parse, split_credit
from kg.layout.genre import Genre
from kg.layout.printed import Block, Row, around, blocks_of, is_head, overlap, rows_of, text_size
from kg.layout.stories import of_photo
from kg.model import Box, Page

_DECK_GAP = 0.9  # decks of one headline are at most so many sizes apart
_PHRASE = 1.15  # two phrases of a deck in one row stand at most so many sizes apart
_INDENT = 1.2  # an indented line begins at least so many sizes further in than its column
_CAPTION = 160  # a caption is at most so long
_WIDE = 1.4  # a block so many times as wide as the others runs across columns
_BELOW = 5.0  # a text begins at most so many sizes below its headline
_GUTTER = 4.0  # neighbouring columns are at most so many sizes apart


@dataclass(eq=False, slots=True)
class Group:
    """One article while it is gathered: the rows of its headline and the blocks of its text."""

    heads: list[Row] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The place of the headline."""
        return around(row.box for row in self.heads)


def groups(page: Page, genre: Genre, skip: frozenset[int] = frozenset()) -> list[Group]:
    """Return the articles of a page: headline rows from the top down, text blocks in reading order."""
    rows = rows_of(page, skip)
    if not rows:
        return []
    size = text_size(rows)
    blocks = blocks_of(rows)
    heads, texts = _headlines(blocks, size, genre)
    captions = [block for block in texts if _is_caption(block, genre)]
    texts = [block for block in texts if not any(block is caption for caption in captions)]
    owners = _owners(texts, heads, size, genre)
    made = [*heads]
    loose: dict[int, Group] = {}
    for block, owner, root in owners:
        if owner is not None:
            owner.blocks.append(block)
        else:
            loose.setdefault(root, Group()).blocks.append(block)
    made += loose.values()
    for caption in captions:
        own = _head_of_caption(caption, [head for head in heads if not head.blocks])
        if own is not None:
            own.blocks.append(caption)
        else:
            made.append(Group([], [caption]))
    for group in made:
        group.blocks = _in_order(group.blocks, size, genre)
    return [group for group in made if group.blocks]


def indented(row: Row, column: float) -> bool:
    """Say whether a row begins further in than the left edge of its column."""
    return row.box.left - column > _INDENT * row.size


def _headlines(blocks: Sequence[Block], size: float, genre: Genre) -> tuple[list[Group], list[Block]]:
    """Part headlines from text; decks that stand together make one headline."""
    heads: list[Group] = []
    texts: list[Block] = []
    for block in blocks:
        long = len(block.text) > 90 and genre.closed(block.text)
        if not is_head(block, size) or long:
            texts.append(block)
            continue
        near = [group for group in heads if any(_one_headline(row, block) for row in group.heads)]
        group = near[0] if near else Group()
        for other in near[1:]:
            group.heads.extend(other.heads)
            heads.remove(other)
        group.heads.extend(block.rows)
        if not near:
            heads.append(group)
    for block in list(texts):
        deck = len(block.rows) == 1 and not genre.closed(block.text) and not parse(block.text, genre)
        if deck and len(block.text) >= 6:
            over = [g for g in heads if _is_kicker(block, g, texts)]
            if over:
                over[0].heads.extend(block.rows)
                texts = [other for other in texts if other is not block]
    for group in heads:
        unit = 0.4 * min(row.size for row in group.heads)
        group.heads.sort(key=lambda row: (round((row.box.top + row.box.bottom) / 2 / unit), row.box.left))
    return heads, texts


def _one_headline(row: Row, block: Block) -> bool:
    size = max(row.size, block.size)
    box = block.box
    gap = max(box.top - row.box.bottom, row.box.top - box.bottom)
    aside = max(box.left - row.box.right, row.box.left - box.right)
    level = abs(box.top - row.box.top) < 0.3 * size and abs(row.size - block.size) < 0.1 * size
    return (gap < _DECK_GAP * min(row.size, block.size) and overlap(row.box, box) > 0.3) or (
        level and aside < _PHRASE * size
    )


def _is_kicker(block: Block, group: Group, texts: Sequence[Block]) -> bool:
    """Say whether a line of the text's size stands as a deck close above a headline, alone."""
    box, head = block.box, group.box
    above = 0 <= head.top - box.bottom + 0.3 * block.size < 1.5 * block.size
    inside = head.left - block.size < box.left and box.right < head.right + block.size
    crowded = any(
        other is not block and overlap(other.box, box) > 0.3 and 0 <= box.top - other.box.bottom < block.size
        for other in texts
    )
    return above and inside and not crowded


def _is_caption(block: Block, genre: Genre) -> bool:
    """Say whether a block is the words under a photo: short, and signed by who took it."""
    if len(block.text) > _CAPTION:
        return False
    for rows in (block.rows[-1:], block.rows[-2:]):
        text = rows[0].traced
        for row in rows[1:]:
            text = text + row.traced
        people = parse(text.text, genre)
        if not people:
            _, credit = split_credit(text, genre)
            people = parse(credit.text, genre) if credit is not None else ()
        if people and all(of_photo(person) for person in people):
            return len(rows) < len(block.rows) or not parse(block.text, genre)
    return False


def _head_of_caption(caption: Block, free: Sequence[Group]) -> Group | None:
    near = [
        g
        for g in free
        if overlap(g.box, caption.box) > 0.5 and abs(g.box.bottom - caption.box.top) < 40 * caption.size
    ]
    return min(near, key=lambda g: abs(g.box.bottom - caption.box.top), default=None)


def _owners(
    texts: Sequence[Block], heads: Sequence[Group], size: float, genre: Genre
) -> Iterator[tuple[Block, Group | None, int]]:
    """Yield every text block with the headline it stands under, or with the number of the block it goes on.

    Under a headline it is that one's. Elsewhere it goes on the block above it or the last one of the column
    to its left, whichever its text fits better, and belongs where that one belongs.
    """
    spans = [_span(group, texts, heads, size) for group in heads]
    before: dict[int, int | None] = {}
    direct: dict[int, Group] = {}
    for number, block in enumerate(texts):
        box = block.box
        head = _above(spans, box, size)
        over = _above([b.box for b in texts], box, size, number)
        if head is not None and (over is None or spans[head].bottom >= texts[over].box.bottom - size):
            direct[number] = heads[head]
        options = (
            []
            if over is None
            else [(0.4 + joint(texts[over], block, genre) - _shift(texts[over], block), over)]
        )
        options += [
            (joint(texts[left], block, genre) + _level(texts[left], block, size), left)
            for left in _left_of(texts, number, size)
        ]
        before[number] = max(options, default=(0.0, None))[1] if options else None
    for number, block in enumerate(texts):
        seen = [number]
        while seen[-1] not in direct and before[seen[-1]] is not None and before[seen[-1]] not in seen:
            seen.append(before[seen[-1]] or 0)
        yield block, direct.get(seen[-1]), seen[-1]


def _span(group: Group, texts: Sequence[Block], heads: Sequence[Group], size: float) -> Box:
    """Return the place of a headline, as wide as the columns that begin below it in one line.

    A column beside those right below the headline counts when nothing is printed above it, level with the
    headline.
    """
    head = group.box
    below = [
        b.box for b in texts if overlap(b.box, head) > 0 and -size < b.box.top - head.bottom < _BELOW * size
    ]
    if not below:
        return head
    span = around([head, *below])
    top = min(box.top for box in below)
    others = [row.box for other in heads if other is not group for row in other.heads]
    printed = [*others, *(row.box for block in texts for row in block.rows)]
    grown = True
    while grown:
        grown = False
        for block in texts:
            box = block.box
            level = abs(box.top - top) < 3 * size and not (span.left <= box.left and box.right <= span.right)
            beside = max(box.left - span.right, span.left - box.right) < _GUTTER * size
            free = not any(
                other.top < top - size and other.bottom > head.top and overlap(other, box) > 0.1
                for other in printed
            )
            if level and beside and free:
                span, grown = around([span, box]), True
    return Box(span.left, head.top, span.right, head.bottom)


def joint(upper: Block, lower: Block, genre: Genre) -> float:
    """Return how well the beginning of a block goes on the end of another."""
    last, first = upper.rows[-1], lower.rows[0]
    inset = indented(first, lower.box.left) or (len(lower.rows) == 1 and genre.opens_story(first.text))
    if not genre.closed(last.text):
        return -2.0 if inset else 1.0
    if inset or genre.opens_story(first.text):
        return 0.5
    full = upper.box.right - last.box.right < 1.5 * last.size
    return 0.0 if full else -1.5


def _above(boxes: Sequence[Box], box: Box, size: float, skip: int = -1) -> int | None:
    """Return the number of the nearest box above, in the same column."""
    found = [
        n
        for n, other in enumerate(boxes)
        if n != skip
        and other.bottom <= box.top + 0.6 * size
        and other.top < box.top
        and overlap(other, box) > 0.3
    ]
    return max(found, key=lambda n: boxes[n].bottom, default=None)


def _shift(upper: Block, lower: Block) -> float:
    """Return the cost of another left edge: a framed article is set a little further in."""
    edges = abs(upper.box.left - lower.box.left) / lower.size
    return 0.6 if edges > 0.4 and len(upper.rows) > 1 and len(lower.rows) > 1 else 0.0


def _left_of(texts: Sequence[Block], number: int, size: float) -> Iterator[int]:
    """Yield the lowest block of each column that stands next on the left, as far down or further."""
    box = texts[number].box
    near = [
        n
        for n, other in enumerate(texts)
        if n != number
        and -size < box.left - other.box.right < _GUTTER * size
        and other.box.bottom > box.top + size
    ]
    for n in near:
        other = texts[n].box
        if not any(
            m != n and overlap(texts[m].box, other) > 0.5 and texts[m].box.top > other.top for m in near
        ):
            yield n


def _level(left: Block, block: Block, size: float) -> float:
    return 0.3 if abs(left.box.bottom - block.box.bottom) < 3 * size else 0.0


def _in_order(blocks: Sequence[Block], size: float, genre: Genre) -> list[Block]:
    """Return the blocks of an article as they are read: by columns, or in bands that a picture parts."""
    if len(blocks) < 2:
        return list(blocks)
    widths = sorted(block.box.right - block.box.left for block in blocks)
    usual = widths[len(widths) // 2]
    wide = [b.box.top for b in blocks if b.box.right - b.box.left > _WIDE * usual and len(blocks) > 2]

    def by_column(some: Sequence[Block]) -> list[Block]:
        columns: list[list[Block]] = []
        for block in sorted(some, key=lambda block: block.box.left):
            for column in columns:
                if overlap(column[0].box, block.box) > 0.5:
                    column.append(block)
                    break
            else:
                columns.append([block])
        return [block for column in columns for block in sorted(column, key=lambda block: block.box.top)]

    def banded(cuts: Sequence[float]) -> list[Block]:
        bands: dict[int, list[Block]] = {}
        for block in blocks:
            bands.setdefault(sum(cut <= block.box.top for cut in cuts), []).append(block)
        return [block for band in sorted(bands) for block in by_column(bands[band])]

    orders = [banded(wide)]
    tops = sorted({block.box.top for block in blocks})
    for top in tops[1:]:
        upper = [b for b in blocks if b.box.bottom <= top + 0.5 * size]
        lower = [b for b in blocks if b.box.top >= top - 0.5 * size]
        if len(upper) + len(lower) == len(blocks) and len(upper) > 1 and len(lower) > 1:
            orders.append(banded([*wide, top - 0.5 * size]))

    def fit(order: Sequence[Block]) -> float:
        return sum(joint(a, b, genre) for a, b in pairwise(order))

    return max(orders, key=fit)
