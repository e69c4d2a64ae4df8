"""Lines with their places on paper to rows and blocks: what stands in one column, set in one size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from kg.layout.traced import Traced, joined, units
from kg.model import Box, Page

_SAME_SIZE = 0.8  # sizes of one block differ at most so much
_PITCH = 1.0  # lines of one block are at most so many sizes apart
_INDENT = 2.8  # an indented line begins at most so many sizes further in
_ROW = 0.4
_HEAD = 1.22  # a headline is at least so many times as large as the text
_BEGINS = 1.2  # an indented line begins at least so many sizes further in than its column
SCANNED = "ocr"  # the encoding of a page that was read from a picture
_LONG = 8.0  # the pitch of a line with so many characters is that of its type
_TALL = 2.0  # a vertical line is so many times as high as wide


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line of a column: pieces that a wide gap parts stand in it with a space between."""

    traced: Traced
    box: Box
    size: float

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.traced.text


@dataclass(frozen=True, slots=True)
class Block:
    """Rows one below the other in one column, in one size.

    Attributes:
        box: the place of all rows.
        size: the size of the type.
    """

    rows: tuple[Row, ...]
    box: Box = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "box", around(row.box for row in self.rows))
        object.__setattr__(self, "size", median(row.size for row in self.rows))

    @property
    def text(self) -> str:
        """The rows, put together without a break."""
        return "".join(row.text for row in self.rows)


@dataclass(eq=False, slots=True)
class Group:
    """One article while it is gathered: the rows of its headline and the blocks of its text."""

    heads: list[Row] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """The place of the headline."""
        return around(row.box for row in self.heads)

    @property
    def upright(self) -> bool:
        """Whether the headline is set from the top down."""
        return all(
            row.box.bottom - row.box.top > _TALL * (row.box.right - row.box.left) for row in self.heads
        )


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box that holds all boxes."""
    found = list(boxes)
    return Box(
        min(b.left for b in found),
        min(b.top for b in found),
        max(b.right for b in found),
        max(b.bottom for b in found),
    )


def overlap(one: Box, other: Box) -> float:
    """Return the share of the narrower box's width that both have in common.

    >>> overlap(Box(0, 0, 10, 1), Box(5, 9, 9, 10))
    1.0
    """
    common = min(one.right, other.right) - max(one.left, other.left)
    narrow = min(one.right - one.left, other.right - other.left)
    return max(0.0, common) / narrow if narrow > 0 else 0.0


def rows_of(page: Page, skip: frozenset[int] = frozenset()) -> tuple[Row, ...]:
    """Return the lines of a page that have a place on paper, from the top down.

    The size of type is the height of a line's box. Boxes found in a picture stand off the type unevenly:
    there the pitch of the characters of long lines says how much.
    """
    rows = []
    for number, line in enumerate(page.lines):
        if line.box is not None and number not in skip and line.text.strip():
            height, width = line.box.bottom - line.box.top, line.box.right - line.box.left
            upright = height > _TALL * width and len(line.text.strip()) > 1
            size = width if upright else height
            rows.append(Row(Traced.at(line.text, line.span.start).strip(), line.box, size))
    if page.encoding == SCANNED:
        rows = _by_pitch(rows)
    return tuple(sorted(rows, key=lambda row: (row.box.top, row.box.left)))


def _by_pitch(rows: Sequence[Row]) -> list[Row]:
    pitches = [(row.box.right - row.box.left) / units(row.text) for row in rows]
    long = [units(row.text) >= _LONG and row.size < _TALL * p for row, p in zip(rows, pitches, strict=True)]
    shares = [p / row.size for row, p, fits in zip(rows, pitches, long, strict=True) if fits]
    share = median(shares) if shares else 1.0
    return [
        replace(row, size=pitch if fits and pitch < row.size else share * row.size)
        for row, pitch, fits in zip(rows, pitches, long, strict=True)
    ]


def text_size(rows: Sequence[Row]) -> float:
    """Return the size in which most of the page is set: the text's own."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    smoothed = {size: sum(sizes.get(size + d, 0) for d in (-0.5, 0.0, 0.5)) for size in sizes}
    best = max(smoothed, key=lambda size: (smoothed[size], -size))
    near = [row.size for row in rows for _ in row.text if abs(row.size - best) <= 0.75]
    return median(near)


def is_head(block: Block, text: float) -> bool:
    """Say whether a block is set as large as a headline."""
    return block.size >= _HEAD * text


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    """Return the rows as blocks, from the top down."""
    above: dict[int, int] = {}
    for upper, row in enumerate(rows):
        lower = min(
            (n for n in _just_below(rows, upper) if _continues(row, rows[n])),
            key=lambda n: (rows[n].box.top, abs(rows[n].box.left - row.box.left)),
            default=None,
        )
        if lower is None:
            continue
        rival = above.get(lower)
        if rival is None or _nearer(rows[upper], rows[rival], rows[lower]):
            above[lower] = upper
    below = {upper: lower for lower, upper in above.items()}
    chains: list[list[Row]] = []
    for number in range(len(rows)):
        if number in above:
            continue
        chain = [rows[number]]
        while (following := below.get(number)) is not None:
            chain.append(rows[following])
            number = following
        chains.append(chain)
    return [Block(tuple(chain)) for chain in _merged(chains)]


def _just_below(rows: Sequence[Row], upper: int) -> Iterator[int]:
    """Yield the numbers of the rows that are not too far down to continue a row."""
    reach = rows[upper].box.bottom + _PITCH * rows[upper].size / _SAME_SIZE
    for number in range(upper + 1, len(rows)):
        if rows[number].box.top > reach:
            return
        yield number


def _continues(upper: Row, lower: Row) -> bool:
    size = max(upper.size, lower.size)
    return (
        lower.box.top > upper.box.top + 0.5 * size
        and lower.box.top - upper.box.bottom < _PITCH * size
        and min(upper.size, lower.size) > _SAME_SIZE * size
        and abs(upper.box.left - lower.box.left) < _INDENT * size
    )


def _nearer(row: Row, rival: Row, lower: Row) -> bool:
    if abs(row.box.bottom - rival.box.bottom) > _ROW * row.size:
        return row.box.bottom > rival.box.bottom
    return abs(row.box.left - lower.box.left) < abs(rival.box.left - lower.box.left)


def _merged(chains: list[list[Row]]) -> list[list[Row]]:
    """Put short pieces into the row of the column in which they stand."""
    out: list[list[Row]] = []
    for chain in sorted(chains, key=lambda chain: (-len(chain), chain[0].box.top, chain[0].box.left)):
        if len(chain) == 1:
            piece = chain[0]
            for other in out:
                column = around(row.box for row in other)
                inside = (
                    column.left - piece.size <= piece.box.left
                    and piece.box.right <= column.right + piece.size
                )
                at = next((n for n, row in enumerate(other) if inside and _beside(row, piece)), None)
                if at is not None:
                    other[at] = _one_row(other[at], piece)
                    break
            else:
                out.append(chain)
        else:
            out.append(chain)
    return sorted(out, key=lambda chain: (chain[0].box.top, chain[0].box.left))


def _beside(row: Row, piece: Row) -> bool:
    apart = row.box.right <= piece.box.left + 1 or piece.box.right <= row.box.left + 1
    level = abs((row.box.top + row.box.bottom) - (piece.box.top + piece.box.bottom)) / 2 < _ROW * row.size
    return apart and level and min(row.size, piece.size) > _SAME_SIZE * max(row.size, piece.size)


def _one_row(one: Row, other: Row) -> Row:
    left, right = sorted((one, other), key=lambda row: row.box.left)
    return Row(
        joined([left.traced, right.traced], " "), around([left.box, right.box]), max(one.size, other.size)
    )


def indented(row: Row, column: float) -> bool:
    """Say whether a row begins further in than the left edge of its column."""
    return row.box.left - column > _BEGINS * row.size
