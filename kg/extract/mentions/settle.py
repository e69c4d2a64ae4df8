"""What the learned finder and the votes of the rules find, put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.extract.mentions.votes import Candidate, unblocked

ADD = 0.95
"""So probable must a mention be that stands where the rules see nothing."""
REPLACE = 0.9
"""So probable must one be that takes the place of what the rules see."""
WEAK = 0.6
"""What the rules are less sure of than this stands only when the learned finder sees it too."""
CLEAR = 0.97
"""What the rules are as sure of as this gives way to nothing."""
MARKS = frozenset(["“”", "「」", "『』", "‘’", "《》"])
IMPLIED = frozenset(["post"])
"""Finders of what is named through another word, which the learned finder does not look for."""


def unquoted(text: str, c: Candidate) -> Candidate:
    """Return a mention without the quotation marks around all of it: “十佳村” is 十佳村."""
    inner = text[c.start + 1 : c.end - 1]
    if text[c.start] + text[c.end - 1] in MARKS and len(inner) > 1 and not set(inner) & set("".join(MARKS)):
        return replace(c, start=c.start + 1, end=c.end - 1)
    return c


def settle(
    learned: Sequence[Candidate], chosen: Sequence[Candidate], blocked: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """Return the mentions that stand, in order.

    The rules know the genre, the learned finder contexts that no rule foresaw; but its articles are denser in
    names than a printed page, so where they differ it has to be sure.

    Args:
        learned: the learned finder's mentions, none overlapping another.
        chosen: what the votes alone would choose.
        blocked: stretches in which nothing is named.
    """
    starts = {(c.start, c.kind): c for c in chosen}
    found = [part for c in unblocked(learned, blocked) for part in _apart(c, starts)]
    seen = {(c.start, c.end, c.kind) for c in found}
    kept = [c for c in chosen if c.confidence >= WEAK or _place(c) in seen or _implied(c)]
    at: dict[int, list[Candidate]] = defaultdict(list)
    for c in kept:
        for place in range(c.start, c.end):
            at[place].append(c)
    added: list[Candidate] = []
    gone: set[Candidate] = set()
    for c in found:
        over = {other for place in range(c.start, c.end) for other in at.get(place, ())}
        if any(_place(other) == _place(c) for other in over):
            continue
        if not over:
            added += [c] if c.confidence >= ADD else []
        elif c.confidence >= REPLACE and not any(o.confidence >= CLEAR or _implied(o) for o in over):
            gone |= over
            added.append(c)
    return sorted([*added, *(c for c in kept if c not in gone)], key=lambda c: (c.start, c.end))


def beside(found: Sequence[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Return the mentions with the places where a name found elsewhere is printed and touches no other."""
    taken = {place for c in found for place in range(c.start, c.end)}
    more = [c for c in known if taken.isdisjoint(range(c.start, c.end))]
    return sorted([*found, *more], key=lambda c: (c.start, c.end))


def _place(c: Candidate) -> tuple[int, int, str]:
    return c.start, c.end, c.kind


def _implied(c: Candidate) -> bool:
    return not IMPLIED.isdisjoint(c.finders)


def _apart(c: Candidate, starts: dict[tuple[int, str], Candidate]) -> Iterator[Candidate]:
    """Yield the mentions that rules see in a row within one: 如皋市|白蒲镇|文峰村, “甲”“乙”; else the one."""
    row: list[Candidate] = []
    start = c.start
    while (start, c.kind) in starts and starts[start, c.kind].end <= c.end:
        row.append(starts[start, c.kind])
        start = row[-1].end
    yield from row if len(row) > 1 else [c]
