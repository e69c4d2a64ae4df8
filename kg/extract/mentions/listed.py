"""Places by lists and numbers: short names before the level of all (江口、新仓等|三个镇), and B-07地块."""

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


def find_numbered(text: Text, names: Names) -> Iterator[Vote]:
    """Vote for places that a letter or number names: B-07地块, 一号馆."""
    for match in names.numbered.finditer(text.text):
        yield Vote(match.start(), match.end(), "Place", "numbered")


def with_level(text: str, start: int, end: int, names: Names) -> str | None:
    """Return a listed place with the level behind its list: 新仓 is 新仓镇; None for mixed levels."""
    level = names.listed.match(text, end)
    if level is None or level[1] not in names.single or text[start:end].endswith(level[1]):
        return None
    return text[start:end] + level[1]
