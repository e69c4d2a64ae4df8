"""Mentions that took a character of the word beside them: the page prints the name elsewhere without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.mentions.reading import Text
from kg.extract.mentions.votes import Candidate
from kg.hanzi.words import word_pairs

LEAST = 3
"""Characters of the shortest name that another one is cut to."""


def within_words(texts: Sequence[Text], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Return the mentions, those cut that hold half of a word and else a name found elsewhere on the page.

    感|谢甲川集团 is 甲川集团 when that is found elsewhere and 谢甲川集团 is not, for 感谢 is a word; likewise
    at the end. `found` are the mentions of each text.
    """
    printed = Counter(
        (text.text[c.start : c.end], c.kind) for text, some in zip(texts, found, strict=True) for c in some
    )
    return [[_cut(text.text, c, printed) for c in some] for text, some in zip(texts, found, strict=True)]


def _cut(text: str, c: Candidate, printed: Counter[tuple[str, str]]) -> Candidate:
    surface = text[c.start : c.end]
    if len(surface) <= LEAST or printed[surface, c.kind] > 1:
        return c
    words = word_pairs()
    if (surface[1:], c.kind) in printed and text[max(0, c.start - 1) : c.start + 1] in words and c.start:
        return replace(c, start=c.start + 1)
    if (surface[:-1], c.kind) in printed and text[c.end - 1 : c.end + 1] in words and c.end < len(text):
        return replace(c, end=c.end - 1)
    return c
