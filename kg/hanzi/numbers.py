"""Numerals: 14.8, 1,400, 三, 十二, 两万, 3.2亿, 百万, 〇 read as numbers."""

from __future__ import annotations

from decimal import Decimal

from kg.hanzi.fold import fold

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
    "半": 0.5,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "廿": 20}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

NUMERAL = (
    r"(?:\d{1,15}(?:[,，]\d{3}){0,5}(?:\.\d{1,9})?[十百千]?[万亿]{0,3}"
    r"|[零〇一二两三四五六七八九十百千万亿半]{1,16})"
)
"""A numeral as a piece of a regular expression, over folded text: 14.8亿, 1,400, 三百, 两万."""


def number(text: str) -> float | None:
    """Return the value of a numeral, or None when it is none.

    It is computed in decimals: the float is the one nearest to what is printed.

    >>> number("14.8亿"), number("１,４００"), number("十二"), number("两万"), number("三百零五")
    (1480000000.0, 1400.0, 12.0, 20000.0, 305.0)
    >>> number("9.3亿"), number("1.13万")
    (930000000.0, 11300.0)
    >>> number("甲"), number(""), number("1.2.3")
    (None, None, None)
    """
    flat = fold(text).replace(",", "").strip()
    if not flat:
        return None
    digits = len(flat) - len(flat.lstrip("0123456789."))
    if digits:
        return _scaled(flat[:digits], flat[digits:])
    return _written(flat)


def _scaled(digits: str, scales: str) -> float | None:
    if digits.count(".") > 1 or digits.strip(".") == "" or len(digits) > 300:
        return None
    factor = 1
    for char in scales:
        step = _SMALL.get(char) or _LARGE.get(char)
        if step is None or factor > 10**16:
            return None
        factor *= step
    return float(Decimal(digits) * factor)


def _written(text: str) -> float | None:
    if len(text) > 30:
        return None
    if all(c in _DIGITS for c in text) and len(text) > 1 and "半" not in text:
        return float("".join(str(int(_DIGITS[c])) for c in text))
    total = section = 0.0
    last = 0
    digit: float | None = None
    for char in text:
        if char in _DIGITS:
            digit = float(_DIGITS[char])
        elif char in _SMALL:
            section += (1.0 if digit is None else digit) * _SMALL[char]
            digit = None
        elif char in _LARGE:
            unit = _LARGE[char]
            section += digit or 0.0
            if unit > last:
                total = (total + section or 1.0) * unit
            else:
                total += section * unit
            section, digit, last = 0.0, None, unit
        else:
            return None
    return total + section + (digit or 0.0)
