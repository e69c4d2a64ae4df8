"""Votes become mentions: confidence from the finders that agree, and one mention at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.extract.mentions.reading import Vote

MANY = 50
"""More blocked stretches than this lie in no one vote."""
ENOUGH = 0.5
"""From this confidence on a stretch is a mention."""
_PAIRS = (("“", "”"), ("（", "）"), ("‘", "’"), ("《", "》"), ("(", ")"), ("「", "」"))
_MARKS = frozenset(mark for pair in _PAIRS for mark in pair)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch with all that voted for one kind of it; `confidence` is 1 - (1 - w1)(1 - w2)…"""

    start: int
    end: int
    kind: str
    finders: tuple[str, ...]
    confidence: float


def count(votes: Iterable[Vote], weights: Mapping[tuple[str, str], float]) -> list[Candidate]:
    """Return one candidate for each stretch and kind, with the confidence of its votes."""
    by_stretch: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for vote in votes:
        by_stretch[vote.start, vote.end, vote.kind].add(vote.finder)
    found = []
    for (start, end, kind), finders in by_stretch.items():
        doubt = 1.0
        for finder in sorted(finders):
            doubt *= 1.0 - weights.get((finder, kind), weights.get((finder, "-"), 0.0))
        found.append(Candidate(start, end, kind, tuple(sorted(finders)), round(1.0 - doubt, 4)))
    return found


def balanced(surface: str) -> bool:
    """Say whether every quotation mark and bracket in a name has its partner.

    >>> [balanced(s) for s in ("“青禾通”平台", "（如皋）有限公司", "联合社）党委")]
    [True, True, False]
    """
    return _MARKS.isdisjoint(surface) or all(surface.count(a) == surface.count(b) for a, b in _PAIRS)


Stretch = TypeVar("Stretch", Vote, "Candidate")


def unblocked(votes: Iterable[Stretch], blocked: Sequence[tuple[int, int]]) -> list[Stretch]:
    """Return the votes that lie in no blocked stretch and cross none; one that holds a whole one stays."""
    ends = [end for _, end in blocked]
    return [v for v in votes if not _crosses(v, blocked, bisect_right(ends, v.start))]


def _crosses(vote: Vote | Candidate, blocked: Sequence[tuple[int, int]], first: int) -> bool:
    for start, end in blocked[first : first + MANY]:
        if start >= vote.end:
            return False
        if not _wider(vote, start, end):
            return True
    return False


def _wider(vote: Vote | Candidate, start: int, end: int) -> bool:
    return vote.start <= start and end <= vote.end and vote.end - vote.start > end - start + 2


def choose(candidates: Iterable[Candidate], enough: float = ENOUGH) -> list[Candidate]:
    """Return candidates that stand: the longest first, then the surest, then the leftmost.

    None overlaps another, but for the event or project with which the name of an event opens (第六届技能大赛|
    开幕式), or an event that of an honour.
    """
    holder: dict[int, Candidate] = {}
    chosen = []
    good = (c for c in candidates if c.confidence >= enough and c.end > c.start)
    for c in sorted(good, key=lambda c: (c.start - c.end, -c.confidence, c.start, c.kind)):
        over = [holder[place] for place in range(c.start, c.end) if place in holder]
        if over and not all(opens(c, other) for other in over):
            continue
        if not over:
            holder.update(dict.fromkeys(range(c.start, c.end), c))
        chosen.append(c)
    return sorted(chosen, key=lambda c: (c.start, c.end))


def opens(part: Candidate, whole: Candidate) -> bool:
    """Say whether a stretch may be the beginning of another's name: 第六届技能大赛|开幕式."""
    kinds = {"Event": {"Event", "Award"}, "Project": {"Event"}}.get(part.kind, set())
    return whole.kind in kinds and part.start == whole.start
