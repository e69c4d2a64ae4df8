"""Which headline a block of text belongs to: the one it stands under, or that of the text it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.layout.bylines import parse
from kg.layout.genre import Genre
from kg.layout.printed import Block, Group, around, indented, overlap
from kg.layout.words import Joints
from kg.model import Box

_PICTURE = 1.6  # a picture between columns of one article is at most so many columns wide
_BELOW = 5.0  # a text begins at most so many sizes below its headline
_WORDS = 0.15  # weight of the words that a border cuts
_NEVER = -1.6  # a text that fits no other any better begins anew
_GUTTER = 4.0  # neighbouring columns are at most so many sizes apart


def owners(
    texts: Sequence[Block], heads: Sequence[Group], size: float, joints: Joints, genre: Genre
) -> Iterator[tuple[Block, Group | None, int]]:
    """Yield every text block with the headline it stands under, or with the number of the block it goes on.

    Under a headline it is that one's. Elsewhere it goes on the block above it or the last one of the column
    to its left, whichever its text fits better, and belongs where that one belongs.
    """
    upright = [group for group in heads if group.upright]
    heads = [group for group in heads if not group.upright]
    spans = [_span(group, texts, heads, size, joints, genre) for group in heads]
    before: dict[int, int | None] = {}
    direct: dict[int, Group] = {}
    for number, block in enumerate(texts):
        box = block.box
        head = _above(spans, box, size)
        over = _above([b.box for b in texts], box, size, number)
        if head is not None and (over is None or spans[head].bottom >= texts[over].box.bottom - size):
            direct[number] = heads[head]
        options: list[tuple[float, int | None]]
        options = [] if over is None else [(_below(texts[over], block, joints, genre), over)]
        options += [
            (joint(texts[left], block, joints, genre) + _level(block, left, spans, texts), left)
            for left in _left_of(texts, number, spans, size)
        ]
        worth, last = max(options, default=(0.0, None))
        before[number] = last if worth > _NEVER else None
    for group in upright:
        free = [n for n in range(len(texts)) if _root(n, before, direct) not in direct]
        beside = min(free, key=lambda n: _aside(texts[n].box, group.box), default=None)
        if beside is not None and _aside(texts[beside].box, group.box) < _GUTTER * size:
            direct[_root(beside, before, direct)] = group
    for number, block in enumerate(texts):
        root = _root(number, before, direct)
        yield block, direct.get(root), root


def _root(number: int, before: Mapping[int, int | None], direct: Mapping[int, Group]) -> int:
    """Return the block with which the text begins that goes on in a block: under a headline, or nowhere."""
    seen: list[int] = []
    following: int | None = number
    while following is not None and following not in seen:
        seen.append(following)
        following = None if following in direct else before[following]
    return seen[-1]


def _span(
    group: Group, texts: Sequence[Block], heads: Sequence[Group], size: float, joints: Joints, genre: Genre
) -> Box:
    """Return the place of a headline, as wide as the columns that begin below it.

    A column beside those right below the headline counts when nothing is printed above it up to the level
    of the headline (there may be a picture), and the text goes on between them.
    """
    head = group.box
    below = [b for b in texts if overlap(b.box, head) > 0 and -size < b.box.top - head.bottom < _BELOW * size]
    if not below:
        return head
    span = around([head, *(block.box for block in below)])
    top = min(block.box.top for block in below)
    others = [row.box for other in heads if other is not group for row in other.heads]
    bare = (block for block in texts if not parse(block.text, genre))
    printed = [*others, *(row.box for block in bare for row in block.rows)]

    def joins(block: Block) -> bool:
        box = block.box
        if box.top < top - 3 * size or (span.left <= box.left and box.right <= span.right):
            return False
        if not _near(box, span, size, printed):
            return False
        upto = max(top, box.top) - size
        own = [b.box for b in below]
        if any(
            o.top < upto and o.bottom > head.top and overlap(o, box) > 0.1 and not _within(o, own)
            for o in printed
        ):
            return False
        if box.left > span.left:
            return joint(max(below, key=lambda b: b.box.right), block, joints, genre) >= 0
        return joint(block, min(below, key=lambda b: b.box.left), joints, genre) >= 0

    while (block := next(filter(joins, texts), None)) is not None:
        below.append(block)
        span = around([span, block.box])
    return Box(span.left, head.top, span.right, head.bottom)


def _aside(box: Box, head: Box) -> float:
    """Return how far a column begins to the right of a vertical headline, or ends to the left of it."""
    if min(box.bottom, head.bottom) - max(box.top, head.top) < 0.3 * (head.bottom - head.top):
        return float("inf")
    return box.left - head.right if box.left >= head.left else 1.0 + head.left - box.right


def _within(box: Box, others: Sequence[Box]) -> bool:
    return any(o.left <= box.left and box.right <= o.right and o.top <= box.top < o.bottom for o in others)


def _near(box: Box, span: Box, size: float, printed: Sequence[Box]) -> bool:
    """Say whether a column stands next to others, or a picture as wide as a column stands between."""
    low, high = (span.right, box.left) if box.left > span.left else (box.right, span.left)
    if high - low < _GUTTER * size:
        return True
    between = Box(low + size / 2, box.top, high - size / 2, box.top + _BELOW * size)
    return high - low < _PICTURE * (box.right - box.left) and not any(
        other.top < between.bottom and other.bottom > between.top and overlap(other, between) > 0
        for other in printed
    )


def joint(upper: Block, lower: Block, joints: Joints, genre: Genre) -> float:
    """Return how well the beginning of a block goes on the end of another."""
    last, first = upper.rows[-1], lower.rows[0]
    if parse(last.text, genre):
        return 2.0
    if parse(first.text, genre) or genre.opens_story(first.text):
        return -2.0
    inset = indented(first, lower.box.left)
    if not genre.closed(last.text):
        if inset:
            return -2.0
        return 1.0 + max(-0.5, min(1.5, _WORDS * joints.score(last.text, first.text)))
    if inset:
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


def _below(upper: Block, lower: Block, joints: Joints, genre: Genre) -> float:
    """Return how well a block goes on the one above it; a framed article is set a little further in."""
    worth = 0.4 + joint(upper, lower, joints, genre)
    if abs(upper.box.left - lower.box.left) > 0.4 * lower.size and min(len(upper.rows), len(lower.rows)) > 1:
        worth -= 0.6
    return worth - (0.7 if lower.box.top - upper.box.bottom > lower.size else 0.0)


def _level(block: Block, left: int, spans: Sequence[Box], texts: Sequence[Block]) -> float:
    """Return what it is worth that a column begins level with the headline over the column to its left."""
    box, other = block.box, texts[left].box
    over = [span for span in spans if overlap(span, other) > 0.3 and span.bottom <= other.top + block.size]
    if not over:
        return 0.0
    head = max(over, key=lambda span: span.bottom)
    return 1.0 if abs(head.top - box.top) < 1.5 * block.size and head.right < box.left else 0.0


def _left_of(texts: Sequence[Block], number: int, spans: Sequence[Box], size: float) -> Iterator[int]:
    """Yield the lowest block of each column that stands next on the left, as far down or further.

    What stands below another headline than the block is not looked at.
    """
    box = texts[number].box
    printed = [row.box for block in texts for row in block.rows]
    near = [
        n
        for n, block in enumerate(texts)
        if n != number
        and -size < box.left - block.box.right
        and block.box.bottom > box.top + size
        and _near(box, block.box, size, printed)
        and not any(
            span.top > box.bottom - size
            and span.bottom < block.box.top + size
            and overlap(span, block.box) > 0
            for span in spans
        )
    ]
    for n in near:
        other = texts[n].box
        if not any(
            m != n and overlap(texts[m].box, other) > 0.5 and texts[m].box.top > other.top for m in near
        ):
            yield n
