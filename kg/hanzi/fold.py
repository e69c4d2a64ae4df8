"""Length-preserving folding: two ways to print the same thing become one, offsets stay what they are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = dict.fromkeys(map(ord, "“”„‟″＂「」『』"), '"') | dict.fromkeys(map(ord, "‘’‚‛＇"), "'")
_DASHES = dict.fromkeys(map(ord, "—–―‒─━－"), "-")
_EXTRA = _QUOTES | _DASHES | {ord("・"): "·", ord("•"): "·", ord("‧"): "·", ord("　"): " ", 0xA0: " "}


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    mapped = _EXTRA.get(ord(char))
    if mapped is not None:
        return mapped
    for form in (unicodedata.normalize("NFKC", char).lower(), char.lower()):
        if len(form) == 1:
            return form
    return char


def fold(text: str) -> str:
    """Return the text with full-width forms, quotes, dashes and case made alike, of the same length.

    >>> fold("（ＡＢＢ）“平湖”——１７家")
    '(abb)"平湖"--17家'
    >>> len(fold("İ㎡…")) == 3
    True
    """
    return "".join(map(_fold_char, text))
