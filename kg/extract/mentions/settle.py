"""What the learned finder found, put beside what the rules know better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.mentions.votes import Candidate, opens, unblocked

SURE = 0.45
"""A mention less probable than this is none."""
IMPLIED = frozenset(["post"])
"""Finders of what is named through another word, which the learned finder does not look for."""


def sure(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the mentions that are probable enough."""
    return [c for c in found if c.confidence >= SURE]


def settle(
    learned: Sequence[Candidate], chosen: Sequence[Candidate], blocked: Sequence[tuple[int, int]]
) -> list[Candidate]:
    """Return the learned finder's mentions, areas in a row taken apart, with those that rules alone find.

    Args:
        learned: mentions, none overlapping another.
        chosen: what the votes alone would choose; of these stand the implied ones, and the event or project
            with which a longer name opens.
        blocked: stretches in which nothing is named.
    """
    areas = {c.start: c for c in chosen if c.kind == "Place"}
    found = [part for c in unblocked(learned, blocked) for part in _apart(c, areas)]
    holder = {place: c for c in found for place in range(c.start, c.end)}
    for c in chosen:
        over = [holder[place] for place in range(c.start, c.end) if place in holder]
        if (not over and not IMPLIED.isdisjoint(c.finders)) or (over and all(opens(c, o) for o in over)):
            found.append(c)
    return sorted(found, key=lambda c: (c.start, c.end))


def beside(found: Sequence[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Return the mentions with the places where a name found elsewhere is printed and touches no other."""
    taken = {place for c in found for place in range(c.start, c.end)}
    more = [c for c in known if taken.isdisjoint(range(c.start, c.end))]
    return sorted([*found, *more], key=lambda c: (c.start, c.end))


def _apart(c: Candidate, areas: dict[int, Candidate]) -> Iterator[Candidate]:
    """Yield the areas that rules see in a row within a place: 如皋市|白蒲镇|文峰村; else the place."""
    if c.kind != "Place":
        yield c
        return
    row: list[Candidate] = []
    start = c.start
    while start in areas and areas[start].end <= c.end:
        row.append(areas[start])
        start = areas[start].end
    if len(row) > 1:
        yield from row
    else:
        yield c
