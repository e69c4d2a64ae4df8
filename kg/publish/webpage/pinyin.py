"""How the characters of names are read: what the page's search needs to find 钟许栋 by zxd."""

from __future__ import annotations

from collections.abc import Iterable


def readings(names: Iterable[str]) -> dict[str, str]:
    """Return for every Chinese character of the names its readings, without tones, apart by a space.

    A character with several has them all, the most frequent first: which one a name means is not decided.
    ü may be typed v, u or yu.

    >>> readings(["吕单", "A1"])
    {'单': 'dan chan shan', '吕': 'lv lu lyu'}
    """
    from pypinyin import Style, pinyin  # late: it reads its tables, a third of a second

    found = {}
    for sign in sorted({c for name in names for c in name if ord(c) > 0x2E7F}):
        read = [r for r in pinyin(sign, style=Style.NORMAL, heteronym=True)[0] if r.isascii() and r.isalpha()]
        if read:
            found[sign] = " ".join(dict.fromkeys(form for r in read for form in _typed(r)))
    return found


def _typed(reading: str) -> tuple[str, ...]:
    if "v" not in reading:
        return (reading,)
    return reading, reading.replace("v", "u"), reading.replace("v", "yu")
