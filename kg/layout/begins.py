"""Where a body begins when nothing printed says so: bodies that a page gives right below each other.

Every paragraph below a blank line could be the first of another article. What speaks for it: it begins as
articles begin, it shares few rare words with what stands above, its column has another width, and a headline
of the page finds a body that fits. The words were weighed in our own articles (`training/starts.py`); they
are shipped as `starts.npz` beside the tables of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from kg.config import packed
from kg.layout.genre import Genre, flat
from kg.layout.headlines import attach_heads, places, worths
from kg.layout.likely import BITS, counts, plain, seen
from kg.layout.story import Story
from kg.layout.traced import units

FILE = "starts.npz"
ABOVE, BELOW = 500, 250  # so many characters above and below a border are compared
OPENING = 25  # and so many are looked at as the beginning of an article
_OFTEN = 30.0  # of so many characters, one pair that is met by chance counts for nothing
_TALL = 3  # so many lines show how wide a column is
_LEAST = 60  # characters of a body
_WIDTHS = ((1.0, -0.8), (1.9, 0.3), (2.9, 1.5), (99.0, 2.8))  # columns so different: so much in favour
_WIDEST = 30.0  # of a wider one, the lines are paragraphs
_DOUBTFUL = -3.0  # evidence that no headline makes up for
_WEIGHT = 0.45  # of evidence, against the worth of headlines
_HEADLESS = 0.9  # cost of a body, which a headline makes good
_RARE = -1.4  # against a border, as most paragraphs go on
_BETWEEN = "。"  # stands between bodies that are looked at together
_TRIED = 5  # borders looked at together with the headlines at a time


@dataclass(frozen=True, slots=True)
class Starts:
    """How articles begin: pieces of their first characters and how much each tells; and how to add it up."""

    pieces: dict[str, float]
    base: float
    weights: NDArray[np.float64]

    def opening(self, text: str) -> float:
        """Return how much a paragraph begins like an article, in natural logarithms."""
        return self.base + sum(self.pieces.get(piece, 0.0) for piece in openings(text))

    def evidence(self, text: Pairs, at: int, last: int, first: int) -> float:
        """Return how likely an article begins at a place of a text, in natural logarithms.

        `last` and `first` are the lengths of the paragraphs above and below it.
        """
        return float(self.weights @ features(self, text, at, last, first))


def openings(text: str) -> set[str]:
    """Return the pieces by which the beginning of a paragraph is known."""
    told = plain(text[:OPENING])
    found = {"^" + told[:size] for size in (1, 2, 3)}
    return found | {told[i : i + 2] for i in range(len(told) - 1)}


@dataclass(frozen=True, slots=True)
class Pairs:
    """A flat text as what each two neighbouring characters of it tell: how rare, and where they stand before.

    `before` is -1 where a pair stands for the first time, `weights` 0 where it tells nothing.
    """

    text: str
    weights: NDArray[np.float64]
    before: NDArray[np.int64]

    @classmethod
    def of(cls, text: str) -> Pairs:
        """Return what a text tells."""
        model = counts()
        told = plain(text)
        numbers, zero = model.numbered(told), model.numbers.get("0", -1)
        word = _words()[numbers] & (numbers != zero)
        unknown = np.flatnonzero(numbers == 0)
        word[unknown] = [told[place].isalnum() for place in unknown.tolist()]
        keys = np.where(word[:-1] & word[1:], (numbers[:-1] << BITS) | numbers[1:], -1)
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        (often,) = seen(model.pairs, ordered, model.pair_counts)  # keys in order are found sooner
        rare = np.maximum(np.log(model.single.sum() / _OFTEN / (often + 1.0)), 0.0)
        weights = np.zeros(len(keys))
        weights[order] = np.where(ordered < 0, 0.0, rare)
        before = np.full(len(keys), -1)
        before[order[1:]] = np.where(ordered[1:] == ordered[:-1], order[:-1], -1)
        return cls(text, weights, before)

    def part(self, start: int, end: int) -> Pairs:
        """Return what the text from one place to another tells by itself."""
        before = np.maximum(self.before[start : end - 1] - start, -1)
        return Pairs(self.text[start:end], self.weights[start : end - 1], before)

    def shared(self, at: int) -> float:
        """Return the share of the pairs below a place that stand above it, too; rare ones count more."""
        before, weights = self.before[at : at + BELOW], self.weights[at : at + BELOW]
        first = before < at
        if at:
            # the pair that the border cuts is no part of what stands above
            before = np.where(before == at - 1, self.before[at - 1], before)
        above = first & (before >= max(0, at - ABOVE))
        total = float(weights[first].sum())
        return float(weights[above].sum()) / total if total else 0.0


@lru_cache(maxsize=1)
def _words() -> NDArray[np.bool_]:
    """Return of each numbered character whether words are made of it."""
    found = np.zeros(1 << BITS, dtype=np.bool_)
    for char, number in counts().numbers.items():
        found[number] = char.isalnum()
    return found


def features(starts: Starts, text: Pairs, at: int, last: int, first: int) -> NDArray[np.float64]:
    """Return what speaks for and against a border."""
    common = text.shared(at)
    opening = starts.opening(text.text[at : at + OPENING])
    return np.array([common, common**0.5, opening, np.log(first + 1), np.log(last + 1), 1.0])


@lru_cache(maxsize=1)
def starts() -> Starts:
    """Return what was learned, as shipped."""
    with np.load(packed("lexicon") / FILE, allow_pickle=False) as data:
        pieces = dict(zip(data["pieces"].tolist(), data["worth"].astype(np.float64).tolist(), strict=True))
        return Starts(pieces, float(data["base"]), data["weights"].astype(np.float64))


@dataclass(frozen=True, slots=True)
class _Border:
    """Where a body could be two: its place among the stories, the line that would begin it, how likely."""

    story: int
    line: int
    evidence: float


_Known = tuple[Story, Pairs, tuple[tuple[int, float], ...]]
"""A body, what its text tells, and the lines that could begin another with how likely each does."""


def told_apart(told: Sequence[Story], genre: Genre) -> tuple[Story, ...]:
    """Return the stories of a page with bodies parted that hold more than one article.

    Only pages are looked at where headlines stand away from their bodies, or that name nobody: elsewhere
    headlines and bylines say where a body begins.
    """
    page = tuple(told)
    if not _asks(page):
        return page
    known = _known(page, genre)
    borders = _borders(page, known)
    if not borders:
        return page
    headed = attach_heads(page, *places(page))
    worth, side = headed.worth, headed.side
    while True:
        tried = [_split(page, border) for border in borders[:_TRIED]]
        gained = [other - worth for other in worths(tried, side)] if tried else []
        gains = [
            (gain + _WEIGHT * border.evidence - _HEADLESS, n)
            for n, (gain, border) in enumerate(zip(gained, borders, strict=False))
        ]
        best, n = max(gains, default=(0.0, 0))
        if best <= 0:
            return page
        _, pairs, _ = known[id(page[borders[n].story])]
        page = tried[n]
        worth += gained[n]
        first, second = page[borders[n].story : borders[n].story + 2]
        at = sum(len(flat(line.text)) for line in first.lines)
        for body, some in ((first, pairs.part(0, at)), (second, pairs.part(at, len(pairs.text)))):
            known[id(body)] = body, some, tuple(_borders_of(body, some, genre))
        borders = _borders(page, known)


def _asks(page: Sequence[Story]) -> bool:
    kinds = [story.kind for story in page]
    if "byline" not in kinds and not any(story.credit for story in page):
        return True
    runs = "".join({"head": "h", "body": "b"}.get(kind, "") for kind in kinds)
    return "bb" in runs and "hh" in runs


def _split(page: tuple[Story, ...], border: _Border) -> tuple[Story, ...]:
    """Return the page with one body parted; the byline behind it is the second one's."""
    whole, n = page[border.story], border.line
    first = replace(
        whole, lines=whole.lines[:n], credit=(), subheads=frozenset(i for i in whole.subheads if i < n)
    )
    second = replace(
        whole,
        lines=whole.lines[n:],
        opened=False,
        subheads=frozenset(i - n for i in whole.subheads if i >= n),
    )
    return (*page[: border.story], first, second, *page[border.story + 1 :])


def _known(page: Sequence[Story], genre: Genre) -> dict[int, _Known]:
    """Return the bodies that could be two; all their text is looked at together."""
    bodies = [story for story in page if story.kind == "body" and not story.caption]
    texts = ["".join(flat(line.text) for line in story.lines) for story in bodies]
    whole = Pairs.of(_BETWEEN.join(texts))
    known, start = dict[int, _Known](), 0
    for story, text in zip(bodies, texts, strict=True):
        pairs = whole.part(start, start + len(text))
        known[id(story)] = story, pairs, tuple(_borders_of(story, pairs, genre))
        start += len(text) + 1
    return known


def _borders(page: Sequence[Story], known: Mapping[int, _Known]) -> list[_Border]:
    """Return the borders of all bodies, the likeliest first."""
    found = [
        _Border(number, line, evidence)
        for number, story in enumerate(page)
        if id(story) in known
        for line, evidence in known[id(story)][2]
    ]
    return sorted(found, key=lambda border: -border.evidence)


def _borders_of(story: Story, whole: Pairs, genre: Genre) -> Iterator[tuple[int, float]]:
    """Yield the lines that could begin another body, and how likely each one does."""
    starting = [n for n, line in enumerate(story.lines) if n and line.gap and _may_begin(story, n, genre)]
    if not starting:
        return
    texts = [flat(line.text) for line in story.lines]
    place = [0, *accumulate(map(len, texts))]
    note, told = genre.opens_note(texts[0]), starts()
    gaps = [0, *(n for n, line in enumerate(story.lines) if n and line.gap), len(texts)]
    for before, n, after in zip([0, *starting[:-1]], starting, [*starting[1:], len(texts)], strict=True):
        at = place[n]
        if min(at, place[-1] - at) < _LEAST or (note and before == 0):
            continue
        evidence = _RARE + _other_width(story, gaps, n)
        evidence += told.evidence(whole, at, at - place[before], place[after] - at)
        if evidence > _DOUBTFUL:
            yield n, evidence


def _may_begin(story: Story, n: int, genre: Genre) -> bool:
    """Say whether a line below a blank one could be the first of an article."""
    line, above = story.lines[n], story.lines[n - 1]
    if line.column or above.column or n in story.subheads or n - 1 in story.subheads:
        return False
    return genre.closed(above.text) and not line.text.startswith(genre.subheads) and len(line.text) > 1


def _other_width(story: Story, gaps: Sequence[int], n: int) -> float:
    """Return what the widths of the columns above and below a border say."""
    blocks = [(start, end) for start, end in pairwise(gaps) if end - start >= _TALL]
    above = [block for block in blocks if block[1] <= n]
    below = [block for block in blocks if block[0] >= n]
    if not above or not below:
        return 0.0
    upper, lower = _width(story, *above[-1]), _width(story, *below[0])
    if max(upper, lower) > _WIDEST:
        return 0.0
    other = abs(upper - lower)
    return next(worth for most, worth in _WIDTHS if other < most)


def _width(story: Story, start: int, end: int) -> float:
    widths = sorted(units(line.text) for line in story.lines[start:end])
    return widths[-1 - len(widths) // 4]
