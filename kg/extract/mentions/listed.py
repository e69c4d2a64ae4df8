"""Places listed by their short names before the level that all of them have: 江口、新仓等|三个镇."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import Names


def find_listed_places(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for each place of a list that ends in a number or 等 and a level.

    The first of them starts where a word does; it is left out when no word starts there.
    """
    for match in names.place_list.finditer(text.text):
        start = match.start()
        for number, item in enumerate(match[1].split("、")):
            end = start + len(item)
            first = start if number else _first(text, start, end)
            if first is not None:
                yield Vote(first, end, "Place", "listed")
            start = end + 1


def _first(text: Text, start: int, end: int) -> int | None:
    """Return where the last word of two characters or more before a place starts, not before `start`."""
    return next((place for place in range(end - 2, start - 1, -1) if place in text.starts), None)
