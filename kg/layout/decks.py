"""The decks of a headline as they are kept."""

from __future__ import annotations

from collections.abc import Iterable

from kg.layout.traced import Traced, joined


def decks_of(lines: Iterable[Traced]) -> list[Traced]:
    """Return the decks of a headline, each once: a deck printed twice counts once."""
    decks: list[Traced] = []
    for line in lines:
        deck = _one_space(line)
        if "".join(deck.text.split()) not in {"".join(d.text.split()) for d in decks}:
            decks.append(deck)
    return decks


def _one_space(text: Traced) -> Traced:
    """Return a deck with one space where it has white space; a deck of spaced-out characters without."""
    words = text.split()
    if len(words) > 3 and all(len(word) == 1 for word in words):
        return joined(words)
    return text.keep(
        i for i, char in enumerate(text.text) if not char.isspace() or not text.text[i - 1].isspace()
    )
