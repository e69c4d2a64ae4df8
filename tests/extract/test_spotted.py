"""Which known words end and begin at each character, against looking at every stretch."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.mentions.spotted import COLUMNS, LONGEST, spotted, words_of

CHARACTERS = "甲乙丙𠀀\ud800"
WORDS = st.lists(st.text("甲乙丙", min_size=1, max_size=LONGEST), min_size=1, unique=True)


def plainly(text: str, words: list[str]) -> list[list[int]]:
    """Return what `spotted` should, by trying every stretch of every length."""
    number = {word: n for n, word in enumerate(words, 1)}
    rows = []
    for place in range(len(text)):
        ends = [text[max(0, place + 1 - n) : place + 1] for n in range(1, LONGEST + 1) if n <= place + 1]
        begins = [text[place : place + n] for n in range(1, LONGEST + 1) if place + n <= len(text)]
        end, begin = (max((w for w in some if w in number), key=len, default="") for some in (ends, begins))
        rows.append([number.get(end, 0), number.get(begin, 0), len(end), len(begin)])
    return rows


@given(st.text(CHARACTERS), WORDS)
def test_the_longest_words_that_end_and_begin_at_a_character_are_found(text: str, words: list[str]) -> None:
    assert spotted(text, words_of(words)).tolist() == plainly(text, words)


@pytest.mark.parametrize("text", ["", "a", "𠀀", "\ud800\udfff"])
def test_a_text_that_holds_no_known_word_is_zeros(text: str) -> None:
    found = spotted(text, words_of(["甲", "乙丙"]))
    assert found.shape == (len(text), COLUMNS)
    assert not np.any(found)
