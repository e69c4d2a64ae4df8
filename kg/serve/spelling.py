"""How well a name answers what somebody typed: written out, in part, in pinyin, or shortened.

The ranks are those of the network page's `match.js`: 0 the name, 1 its beginning, 2 a part of it, 3 all of it
in pinyin, 4 its beginning in pinyin, 5 characters of it in order, 6 a part of it in pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_LEFT_OUT = re.compile(r"[\s“”\"'‘’《》〈〉「」]")
_SPELLED = re.compile(r"[a-z']+")
_LONG = 120
"""No more characters of a name are read aloud."""
_FORMS = 8
"""No name is kept under more initials than this, whatever its characters may be read like."""
_TRIED = 200
"""No more ways to divide what was typed into syllables are tried."""


def flat(text: str) -> str:
    """Return a text as names are compared.

    >>> flat(" “ＡＢ 公司”")
    'ab公司'
    """
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).lower())


def is_spelled(wanted: str) -> bool:
    """Say whether what was typed, flat, may be pinyin."""
    return _SPELLED.fullmatch(wanted) is not None


@lru_cache(maxsize=20_000)
def readings(sign: str) -> tuple[str, ...]:
    """Return how a character is read, without tones; ü as v, u or yu. What is no Chinese is itself.

    >>> readings("吕"), readings("a")
    (('lv', 'lu', 'lyu'), ('a',))
    """
    from kg.publish.webpage.pinyin import readings as read

    found = read([sign]).get(sign)
    return (sign,) if found is None else tuple(found.split(" "))


def initials(name: str) -> list[str]:
    """Return the first letters of a name's syllables, apart by spaces, for every way to read it.

    >>> initials("重庆")
    ['z q', 'c q', 't q']
    """
    signs = flat(name)[:_LONG]
    ways = [dict.fromkeys(r[0] for r in readings(sign)) for sign in signs]
    count = 1
    for way in ways:
        count *= len(way)
    if count > _FORMS:
        ways = [dict.fromkeys([next(iter(way))]) for way in ways]
    return [" ".join(one) for one in product(*ways)] if signs else []


def wanted_initials(wanted: str) -> list[str]:
    """Return the first letters that a name may have which is spelled like this, the fewest first.

    A syllable begins with no i, u or v, so that these belong to what stands before.

    >>> wanted_initials("zhang")[:3]
    ['z', 'z h', 'z a']
    """
    found: dict[str, None] = {}
    parts: list[tuple[int, str]] = [(0, "")]
    while parts and len(found) < _TRIED:
        following: list[tuple[int, str]] = []
        for at, before in parts:
            for end in range(at + 1, min(len(wanted), at + 6) + 1):
                if end < len(wanted) and wanted[end] in "iuv":
                    continue
                if end - at > 1 and not _may_be_read(wanted[at:end], whole=end < len(wanted)):
                    continue
                letters = f"{before} {wanted[at]}".strip()
                if end == len(wanted):
                    found[letters] = None
                else:
                    following.append((end, letters))
        parts = list(dict.fromkeys(following))[: 10 * _TRIED]
    return list(found)[:_TRIED]


def _may_be_read(part: str, *, whole: bool) -> bool:
    if part in ("zh", "ch", "sh"):
        return True
    return part in (_SYLLABLES if whole else _BEGINNINGS)


_BEGIN = re.split(" ", " b p m f d t n l g k h j q x zh ch sh r z c s y w")
_END = re.split(
    " ",
    "a o e i u v ai ei ui ao ou iu ie ve ue er an en in un vn ang eng ing ong ia iao ian iang iong "
    "ua uo uai uan uang yu yue",
)
_SYLLABLES = frozenset(begin + end for begin in _BEGIN for end in _END)
"""Every syllable as it is typed, and some that there are not: what is found is looked at again."""
_BEGINNINGS = frozenset(form[:n] for form in _SYLLABLES for n in range(1, len(form) + 1))


def rank(name: str, wanted: str) -> int | None:
    """Return how well a name answers, both flat, or None.

    >>> [rank("平湖经济技术开发区", w) for w in ("平湖", "经开", "phjj", "jjjs", "开经")]
    [1, 5, 4, 6, None]
    """
    at = name.find(wanted)
    if at >= 0:
        return 0 if name == wanted else 1 if at == 0 else 2
    if is_spelled(wanted):
        return _spelled(name[:_LONG], wanted.replace("'", ""))
    return 5 if _shortens(name, wanted) else None


def _spelled(name: str, wanted: str) -> int | None:
    if not wanted:
        return None
    for start in range(len(name) if len(wanted) > 1 else 1):
        end = _read(name, start, wanted, 0, set())
        if end is not None:
            return 6 if start else 3 if end == len(name) else 4
    return None


def _read(name: str, at: int, wanted: str, start: int, failed: set[tuple[int, int]]) -> int | None:
    """Return where a name has been read when all that was typed is used up.

    Each character counts by its whole reading or its beginning (zh or z), the last by any beginning.
    """
    if start == len(wanted):
        return at
    if at >= len(name) or (at, start) in failed:
        return None
    for reading in readings(name[at]):
        if reading.startswith(wanted[start:]):
            return at + 1
        for size in dict.fromkeys((len(reading), 2 if reading[1:2] == "h" else 1, 1)):
            if wanted.startswith(reading[:size], start):
                end = _read(name, at + 1, wanted, start + size, failed)
                if end is not None:
                    return end
    failed.add((at, start))
    return None


def _shortens(name: str, wanted: str) -> bool:
    if len(wanted) < 2:
        return False
    at = -1
    for sign in wanted:
        at = name.find(sign, at + 1)
        if at < 0:
            return False
    return True
