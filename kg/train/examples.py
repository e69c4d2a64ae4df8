"""Windows with what the model reads and what it should answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.extract import Tools
from kg.extract.mentions import propose
from kg.extract.mentions.features import CHOSEN, features, votes_of
from kg.extract.mentions.reading import read
from kg.extract.mentions.spotted import Words, spotted
from kg.extract.mentions.tables import Names, prepare
from kg.layout import segment
from kg.read.pages import page_of
from kg.train.corpus import KINDS, Document, Form, occurrences

TAGS = ("O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI"))
"""What the finder says of a character: nothing, or that a mention begins or goes on there."""
_NUMBER = {tag: number for number, tag in enumerate(TAGS)}


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One window of `n` characters.

    Attributes:
        group: whose page it comes from.
        text: the window.
        votes: (n, columns) zeros and ones, packed by rows; `unpacked` gives them back.
        tags: (n,) numbers of `TAGS`, the answer.
        characters: (n,) their numbers in the lexer's table.
        spotted: (n, 4) the known words that end and begin at each, and their lengths.
        words: (n, 59) logarithms of the probabilities of the lexer's word tags.
    """

    group: str
    text: str
    votes: NDArray[np.uint8]
    tags: NDArray[np.int64]
    characters: NDArray[np.uint16]
    spotted: NDArray[np.int32]
    words: NDArray[np.float16]

    def unpacked(self, columns: int) -> NDArray[np.uint8]:
        """Return the votes as (n, columns)."""
        return np.unpackbits(self.votes, axis=1)[:, :columns]


def columns_of(names: Names) -> dict[tuple[str, str], int]:
    """Return a column for every finder and kind of the table `finders`, and for what is known and chosen."""
    pairs = sorted(pair for pair in names.weights if pair[1] in KINDS)
    pairs += [(finder, kind) for finder in ("known", CHOSEN) for kind in KINDS]
    return {pair: number for number, pair in enumerate(dict.fromkeys(pairs))}


def width(columns: Mapping[tuple[str, str], int]) -> int:
    """Return how many numbers a character has."""
    return 3 * len(columns) + 2


def examples(
    documents: Sequence[Document], tools: Tools, columns: Mapping[tuple[str, str], int], words: Words
) -> Iterator[Example]:
    """Yield the windows of each document as the layout and the rules see it."""
    names = tools.prepared(prepare)
    for document in documents:
        articles = segment(page_of(document.text, document.name), tools.lexicon)
        texts = read(articles, tools.lexer)
        for text, votes in zip(texts, propose(texts, names), strict=True):
            told = features(text.text, votes_of(votes), columns)
            answer = answers(text.text, definite(document.forms, names))
            known = spotted(text.text, words)
            for span, encoded in zip(text.windows, text.encoded, strict=True):
                yield Example(
                    document.group,
                    span.of(text.text),
                    np.packbits(told[span.start : span.end], axis=1),
                    answer[span.start : span.end],
                    tools.lexer.numbers(span.of(text.text)).astype(np.uint16),
                    known[span.start : span.end],
                    encoded.tags.astype(np.float16),
                )


def definite(forms: Sequence[Form], names: Names) -> list[Form]:
    """Return the forms that name something by themselves and no two places at once.

    Left out are bare last words (协会, 大会) and places printed in a row (如皋市|白蒲镇).
    """
    places = {form for form, kind, _ in forms if kind == "Place"}
    return [
        (form, kind, name)
        for form, kind, name in forms
        if form not in names.heads
        and form not in names.generic
        and not (kind == "Place" and several(form, places))
    ]


def several(form: str, places: Collection[str]) -> bool:
    """Say whether a form is two or more known places in a row.

    >>> several("如皋市白蒲镇", {"如皋市", "白蒲镇", "如皋市白蒲镇"}), several("如皋市", {"如皋市"})
    (True, False)
    """
    return any(
        form[:cut] in places and (form[cut:] in places or several(form[cut:], places))
        for cut in range(2, len(form) - 1)
    )


def answers(text: str, forms: Sequence[Form]) -> NDArray[np.int64]:
    """Return the number of the right tag for each character of a text."""
    found = np.zeros(len(text), np.int64)
    for start, end, (_, kind, _) in occurrences(text, forms):
        found[start] = _NUMBER[f"B-{kind}"]
        found[start + 1 : end] = _NUMBER[f"I-{kind}"]
    return found
