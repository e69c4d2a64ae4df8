"""Words of which the finder knows what they are like: where the longest of them begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 4
"""Code points of a word."""
COLUMNS = 4
_BITS = 15
"""Bits for the number of a character among those of all words."""
_PLANE = 0x10000
"""Characters beyond the first plane stand in no word."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words whose vectors a model has, as they are looked up.

    Attributes:
        characters: (65536,) for each code point its number among the characters of the words, or 0.
        keys: the words as whole numbers, in order: the numbers of their characters one after the other.
        numbers: of each of them its row, from 1 on.
    """

    characters: NDArray[np.int64]
    keys: NDArray[np.int64]
    numbers: NDArray[np.int32]


def words_of(listed: Sequence[str]) -> Words:
    """Return words as they are looked up; their numbers are their places in the list, from 1 on."""
    found = sorted(set("".join(listed)))
    characters = np.zeros(_PLANE, np.int64)
    characters[[ord(char) for char in found]] = np.arange(1, len(found) + 1)
    keys = np.zeros(len(listed), np.int64)
    for place in range(LONGEST):
        there = np.array([len(word) > place for word in listed])
        codes = np.array([ord(word[place]) if len(word) > place else 0 for word in listed])
        keys = np.where(there, (keys << _BITS) | characters[codes], keys)
    order = np.argsort(keys, kind="stable")
    return Words(characters, keys[order], (order + 1).astype(np.int32))


def spotted(text: str, words: Words) -> NDArray[np.int32]:
    """Return for each character the longest words that end and that begin there: (n, 4).

    The columns are the number of the word that ends here, of the one that begins here, and their lengths.

    >>> spotted("新仓镇上", words_of(["新", "仓", "新仓", "镇", "镇上"])).tolist()
    [[1, 3, 1, 2], [3, 2, 2, 1], [4, 5, 1, 2], [5, 0, 2, 0]]
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    here = words.characters[np.where(codes < _PLANE, codes, 0)]
    found = np.zeros((len(here), COLUMNS), np.int32)
    keys, whole = here, here > 0
    for size in range(1, min(LONGEST, len(here)) + 1):
        if size > 1:
            after = here[size - 1 :]
            keys, whole = (keys[: len(after)] << _BITS) | after, whole[: len(after)] & (after > 0)
        place = np.minimum(np.searchsorted(words.keys, keys), len(words.keys) - 1)
        start = np.flatnonzero(whole & (words.keys[place] == keys))
        number = words.numbers[place[start]]
        found[start, 1], found[start, 3] = number, size
        end = start + size - 1
        found[end, 0], found[end, 2] = number, size
    return found
