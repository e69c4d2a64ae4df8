"""Lines with places on paper to groups, an article each: by columns, sizes and what lies under what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.layout.bylines import parse, split_credit
from kg.layout.genre import Genre
from kg.layout.owners import joint, owners
from kg.layout.printed import SCANNED, Block, Group, Row, blocks_of, is_head, overlap, rows_of, text_size
from kg.layout.story import of_photo
from kg.layout.traced import Traced, joined, units
from kg.layout.words import Joints
from kg.model import Box, Page

_DECK_GAP = 0.9  # decks of one headline are at most so many sizes apart
_UNDER = 6.0  # text below a headline begins at most so many of its sizes further down
_PHRASE = 1.15  # two phrases of a deck in one row stand at most so many sizes apart
_CAPTION = 160  # a caption is at most so long
_BYLINE = 20.0  # a byline row is at most so wide, in hanzi
_WIDE = 1.4  # a block so many times as wide as the others runs across columns


def groups(page: Page, genre: Genre, skip: frozenset[int] = frozenset()) -> list[Group]:
    """Return the articles of a page: headline rows from the top down, text blocks in reading order."""
    rows = rows_of(page, skip)
    if not rows:
        return []
    if page.encoding == SCANNED:
        rows = tuple(_legible(row, genre) for row in rows)
    size = text_size(rows)
    blocks = blocks_of(rows)
    heads, texts = _headlines(blocks, size, genre)
    captions = [block for block in texts if _is_caption(block, genre)]
    texts = [block for block in texts if not any(block is caption for caption in captions)]
    joints = Joints(row.text for row in rows)
    owned = owners(texts, heads, size, joints, genre)
    made = [*heads]
    loose: dict[int, Group] = {}
    for block, owner, root in owned:
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
        group.blocks = _in_order(group.blocks, size, joints, genre)
    return [group for group in made if group.blocks]


def _legible(row: Row, genre: Genre) -> Row:
    """Return a row of a scan; if it is a byline, with the mark and spaces that a scan loses (记者张三)."""
    text = row.text
    roles = [role.word for role in genre.roles if role.place == "before" and len(role.word) > 1]
    bare = text.lstrip("".join(genre.marks))
    if units(text) > _BYLINE or not bare.startswith(tuple(roles)) or genre.closed(text):
        return row
    parts = re.split(f"({'|'.join(map(re.escape, roles))})", bare)
    places = [0]
    for part in parts:
        places.append(places[-1] + len(part))
    start = len(text) - len(bare)
    words = [row.traced.cut(start + a, start + b) for a, b in pairwise(places) if b > a]
    spaced = joined([Traced.inserted(min(genre.marks)), *words], " ")
    return replace(row, traced=spaced) if parse(spaced.text, genre) else row


def _headlines(blocks: Sequence[Block], size: float, genre: Genre) -> tuple[list[Group], list[Block]]:
    """Part headlines from text; decks that stand together make one headline."""
    heads: list[Group] = []
    texts: list[Block] = []
    small = [row.box for block in blocks if not is_head(block, size) for row in block.rows]
    for block in blocks:
        long = len(block.text) > 90 and genre.closed(block.text)
        if not is_head(block, size) or long:
            texts.append(block)
            continue
        near = [group for group in heads if any(_one_headline(row, block, small) for row in group.heads)]
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


def _one_headline(row: Row, block: Block, text: Sequence[Box]) -> bool:
    """Say whether a block of headline size belongs to the headline of a row.

    Phrases side by side do when text runs on below the gap between them; over the gap between columns they
    are headlines of two articles.
    """
    size = max(row.size, block.size)
    box = block.box
    gap = max(box.top - row.box.bottom, row.box.top - box.bottom)
    if gap < _DECK_GAP * min(row.size, block.size) and overlap(row.box, box) > 0.3:
        return True
    left, right = sorted((row.box, box), key=lambda b: b.left)
    level = abs(box.top - row.box.top) < 0.3 * size and abs(row.size - block.size) < 0.1 * size
    middle = (left.right + right.left) / 2
    below = [
        b for b in text if size < b.top - left.bottom + size < _UNDER * size and b.left < middle < b.right
    ]
    return level and right.left - left.right < _PHRASE * size and bool(below)


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


def _in_order(blocks: Sequence[Block], size: float, joints: Joints, genre: Genre) -> list[Block]:
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
        return sum(joint(a, b, joints, genre) for a, b in pairwise(order))

    return max(orders, key=fit)
