"""The words of jieba's dictionary, as two readings of it give them."""

from __future__ import annotations

from kg.hanzi.words import word_pairs, word_weights


def test_the_words_of_two_characters_are_those_whose_use_is_known() -> None:
    assert word_pairs() == {word for word in word_weights() if len(word) == 2}
    assert "感谢" in word_pairs()
