"""People called by surname and title, whom an article names in full elsewhere: 仲|书记, 老|郝."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import Names
from kg.extract.mentions.votes import Candidate

LONGEST = 5
"""So many code points no Chinese name has."""
CONFIDENCE = 0.8
"""How sure it is that a surname and a title mean who is named with that surname."""


def addressed(text: Text, found: Sequence[Candidate], names: Names) -> Iterator[Candidate]:
    """Yield mentions of people by surname and title where nothing else is named.

    Only people whom the article names in full before are meant: 郎有才 … 郎总工.
    """
    full = list(_full(text, found, names))
    taken = {place for c in found for place in range(c.start, c.end)}
    surnames = {surface[:size] for _, surface in full for size in (1, 2)}
    for match in names.titled.finditer(text.text) if full else ():
        start, end = match.span()
        if match[1] not in surnames or start not in text.starts or not taken.isdisjoint(range(start, end)):
            continue
        if any(place < start and surface.startswith(match[1]) for place, surface in full):
            yield Candidate(start, end, "Person", ("address",), CONFIDENCE)


def whom(text: Text, c: Candidate, found: Sequence[Candidate], names: Names) -> str | None:
    """Return the full name of who is meant by a form of address: the last of the surname before it.

    Where none stands before it, the first behind it; None for other names, and where nobody has the surname.
    """
    surname = _surname(text.text[c.start : c.end], names)
    if not surname:
        return None
    known = [(place, surface) for place, surface in _full(text, found, names) if surface.startswith(surname)]
    before = [surface for place, surface in known if place < c.start]
    return before[-1] if before else known[0][1] if known else None


def _surname(surface: str, names: Names) -> str:
    """Return the surname of a form of address: 仲书记, 老郝, 崔老; nothing for a full name."""
    match = names.titled.fullmatch(surface) or names.familiar.fullmatch(surface)
    return next((part for part in match.groups() if part), "") if match else ""


def _full(text: Text, found: Sequence[Candidate], names: Names) -> Iterator[tuple[int, str]]:
    """Yield the people named by more than a form of address, as (start, surface), in order."""
    people = sorted((c for c in found if c.kind == "Person"), key=lambda c: c.start)
    for c in people:
        surface = text.text[c.start : c.end]
        if 1 < len(surface) < LONGEST and not _surname(surface, names):
            yield c.start, surface
