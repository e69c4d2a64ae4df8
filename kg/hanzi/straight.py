"""Punctuation as typewriters have it, made that of Chinese print: "平湖",(新埭) becomes “平湖”，（新埭）."""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_BESIDE = re.compile(rf"(?<=[{_HAN}”’）])[,;:?!()]|[,;:?!()](?=[{_HAN}“‘（])")
"""A mark of half width that touches a Han character, or a quotation mark or bracket of full width."""
_QUOTED = {'"': "“”", "'": "‘’"}


def is_straight(text: str) -> bool:
    """Say whether a text has quotation marks or other punctuation of half width beside Han characters.

    >>> is_straight('"平湖"'), is_straight("平湖,新埭"), is_straight("“平湖”，v1.0 (beta)")
    (True, True, False)
    """
    return _BESIDE.search(text) is not None or any(_quotes(line) for line in text.split("\n"))


def in_print(text: str) -> str:
    """Return the text with its straight marks made those of Chinese print; of the same length.

    Quotation marks open and close in turns within a line; a last one without a partner stays as it is, and
    so do marks within Latin words and numbers.

    >>> in_print('他说:"去"小三级"工会",共1,000人(约).')
    '他说：“去”小三级“工会”，共1,000人（约）.'
    >>> in_print("it's 12'")
    "it's 12'"
    """
    lines = [_paired(line) for line in text.split("\n")]
    text = "\n".join(lines)
    while text != (wide := _BESIDE.sub(lambda mark: _WIDE[mark[0]], text)):
        text = wide
    return text


def _paired(line: str) -> str:
    out = list(line)
    for sign, marks in _quotes(line).items():
        for number, place in enumerate(sign):
            out[place] = marks[number % 2]
    return "".join(out)


def _quotes(line: str) -> dict[tuple[int, ...], str]:
    """Return the places of straight quotation marks with a partner in a line, by what they become."""
    found: dict[tuple[int, ...], str] = {}
    for mark, marks in _QUOTED.items():
        places = [n for n, char in enumerate(line) if char == mark and _beside_han(line, n)]
        if len(places) > 1:
            found[tuple(places[: len(places) // 2 * 2])] = marks
    return found


def _beside_han(line: str, place: int) -> bool:
    """Say whether what stands on either side of a mark is no Latin letter or digit on both."""
    before, after = line[place - 1 : place] if place else "", line[place + 1 : place + 2]
    return not (before.isascii() and before.isalnum() and (not after or after.isascii()))
