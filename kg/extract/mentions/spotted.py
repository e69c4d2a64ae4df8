"""Words of which the finder knows what they are like: where the longest of them begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 6
"""Code points of a word."""
COLUMNS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words whose vectors a model has.

    Attributes:
        numbers: word → its row, from 1 on; 0 is no word.
        openings: two characters → the length of the longest word that opens with them.
    """

    numbers: Mapping[str, int]
    openings: Mapping[str, int]


def words_of(listed: Iterable[str]) -> Words:
    """Return words as they are looked up; their numbers are their places in the list, from 1 on."""
    numbers = {word: number for number, word in enumerate(listed, 1)}
    openings: dict[str, int] = {}
    for word in numbers:
        if len(word) > openings.get(word[:2], 1):
            openings[word[:2]] = len(word)
    return Words(numbers, openings)


def spotted(text: str, words: Words) -> NDArray[np.int32]:
    """Return for each character the longest words that end and that begin there: (n, 4).

    The columns are the number of the word that ends here, that of the one that begins here, and their lengths.

    >>> spotted("新仓镇上", words_of(["新", "仓", "新仓", "镇", "镇上"])).tolist()
    [[1, 3, 1, 2], [3, 2, 2, 1], [4, 5, 1, 2], [5, 0, 2, 0]]
    """
    n = len(text)
    ending, beginning, before, after = ([0] * n for _ in range(COLUMNS))
    numbers, openings = words.numbers, words.openings
    for start in range(n):
        for size in range(min(openings.get(text[start : start + 2], 1), n - start), 0, -1):
            number = numbers.get(text[start : start + size])
            if number is None:
                continue
            if not after[start]:
                beginning[start], after[start] = number, size
            end = start + size - 1
            if size > before[end]:
                ending[end], before[end] = number, size
    return np.array([ending, beginning, before, after], np.int32).T
