"""Texts in traditional characters told from others, and read as if they were in simplified ones."""

from __future__ import annotations

import re
from pathlib import Path

from kg.hanzi.fold import simplified

_TEXT = {
    ord(traditional): plain
    for traditional, _, plain in (
        line.partition("\t")
        for line in Path(__file__).with_name("traditional_text.tsv").read_text("utf-8").splitlines()[3:]
    )
}
_HANZI = re.compile(r"[㐀-鿿]")  # 平
_SHARE = 0.1  # of the characters of a traditional text that simplified ones lack: a third is usual
_LEAST = 3  # so many of them: 喆 alone is a name


def is_traditional(text: str) -> bool:
    """Say whether a text is in traditional characters; names of a few such characters do not make it so.

    >>> is_traditional("平湖市委書記會見了來訪的客人"), is_traditional("平湖市委书记会见了陶喆、李國強")
    (True, False)
    """
    plain = simplified(text)
    if plain == text:
        return False
    changed = sum(a != b for a, b in zip(plain, text, strict=True))
    return changed >= max(_LEAST, _SHARE * len(_HANZI.findall(text)))


def in_simplified(text: str) -> str:
    """Return a text in traditional characters in simplified ones, quotation marks too; of the same length.

    >>> in_simplified("會後他說：「於是市委書記來了」")
    '会后他说：“于是市委书记来了”'
    """
    return simplified(text).translate(_TEXT)
