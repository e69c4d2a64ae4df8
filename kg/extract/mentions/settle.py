"""What the learned finder and the votes of the rules find, put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from kg.extract.mentions.votes import Candidate, unblocked

ADD = 0.85
"""So probable must a mention be that stands where the rules see nothing."""
REPLACE = 0.4
"""So probable must one be that takes the place of what the rules see."""
SURE = 0.9
"""So probable must a mention be that holds more than a name which stands elsewhere on the page."""
WHOLE = 0.7
"""So probable must a place or project be that holds one which the rules see: 洞庭湖|水, “甲”“乙”."""
_PARTS = frozenset(["Place", "Project"])
Stands = Mapping[tuple[str, str], str]


def settle(
    learned: Sequence[Candidate],
    chosen: Sequence[Candidate],
    blocked: Sequence[tuple[int, int]],
    stands: Stands,
    known: Collection[Candidate] = (),
) -> list[Candidate]:
    """Return the mentions that stand, in order.

    The learned finder has heard the rules; it decides but where a rule is known to be right against it.

    Args:
        learned: the learned finder's mentions, none overlapping another.
        chosen: what the votes alone would choose.
        blocked: stretches in which nothing is named.
        stands: of each finder and kind, whether its finds stand without the learned finder: `alone` where
            that sees nothing, `always` also against it.
        known: those of `chosen` whose name both see elsewhere on the page.
    """
    starts = {(c.start, c.kind): c for c in chosen}
    found = [part for c in unblocked(learned, blocked) for part in _apart(c, starts)]
    at: dict[int, list[Candidate]] = defaultdict(list)
    for c in chosen:
        for place in range(c.start, c.end):
            at[place].append(c)
    kept: list[Candidate] = []
    taken: set[int] = set()
    within: set[Candidate] = set()
    better: set[Candidate] = set()
    for c in found:
        over = {other for place in range(c.start, c.end) for other in at.get(place, ())}
        agreed = any(_place(other) == _place(c) for other in over)
        parts = {other for other in over if _part(other, c)}
        firm = bool(parts) or any(
            _trusted(other, stands) == "always" or _cut(other, c, known) for other in over
        )
        if agreed:
            within |= {other for other in over if other.start >= c.start and other.end <= c.end}
        if agreed or (not firm and c.confidence >= (REPLACE if over else ADD)):
            kept.append(c)
            taken.update(range(c.start, c.end))
        else:
            better |= parts
    there = {_place(c) for c in kept}
    more = [c for c in chosen if c in within and _place(c) not in there]
    more += [
        c for c in chosen if (c in better or _trusted(c, stands)) and taken.isdisjoint(range(c.start, c.end))
    ]
    return sorted([*kept, *more], key=lambda c: (c.start, c.end))


def beside(found: Sequence[Candidate], known: Iterable[Candidate]) -> list[Candidate]:
    """Return the mentions with the places where a name found elsewhere is printed and touches no other."""
    taken = {place for c in found for place in range(c.start, c.end)}
    more = [c for c in known if taken.isdisjoint(range(c.start, c.end))]
    return sorted([*found, *more], key=lambda c: (c.start, c.end))


def _place(c: Candidate) -> tuple[int, int, str]:
    return c.start, c.end, c.kind


def _cut(rule: Candidate, learned: Candidate, known: Collection[Candidate]) -> bool:
    """Say whether a name that stands elsewhere on the page is the better part of an unsure mention."""
    return rule in known and learned.confidence < SURE


def _part(rule: Candidate, learned: Candidate) -> bool:
    """Say whether an unsure place or project is one that the rules see, with more."""
    within = learned.start <= rule.start and rule.end <= learned.end
    less = rule.end - rule.start < learned.end - learned.start
    return (
        within and less and rule.kind == learned.kind and rule.kind in _PARTS and learned.confidence < WHOLE
    )


def _trusted(c: Candidate, stands: Stands) -> str:
    """Return how far a mention of the rules stands by itself: `always`, `alone`, or nothing."""
    said = {stands.get((finder, c.kind), "-") for finder in c.finders}
    return "always" if "always" in said else "alone" if "alone" in said else ""


def _apart(c: Candidate, starts: dict[tuple[int, str], Candidate]) -> Iterator[Candidate]:
    """Yield the mentions that rules see in a row within one: 如皋市|白蒲镇|文峰村, “甲”“乙”; else the one."""
    row: list[Candidate] = []
    start = c.start
    while (start, c.kind) in starts and starts[start, c.kind].end <= c.end:
        row.append(starts[start, c.kind])
        start = row[-1].end
    yield from row if len(row) > 1 else [c]
