"""Short forms join their long form: 江苏澄曜 is 江苏澄曜新材料科技有限公司 where both stand on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from kg.extract.mentions.canonical import bare, is_area
from kg.extract.mentions.tables import Names
from kg.hanzi.gazetteer import gazetteer

_COMPANY = re.compile(r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|集团$|合作社$|株式会社$|厂$")
"""The legal form at the end of a firm's name."""
LEAST = 3
"""Characters of a body's name that may stand for it under its committee's: 社工委 of 如皋市委社工委."""
GIVEN = 2
"""Characters of a given name by which somebody is called."""
_LONGEST = 8
"""Code points of the area under whose name a body goes by a shorter one: 甲岭镇|青禾联合社."""
_GROUP = "集团"
"""The end of the name of a group of firms."""
_BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")
_STEM = re.compile(r"“([^”]+)”")
"""The quotation that a name opens with: “青禾通”|平台."""
_QUOTED = frozenset(["Project", "Event"])
_PHASE = re.compile(r"[一二三四首]期|标段$")
_DEFINITE = 4
"""Code points of the name of an event that stands for one with more in its name."""
_OCCASION = re.compile(r"暨|活动$|第[一二三四五六七八九十]+次(?:全体)?会议$")
"""What follows the name of an event in that of the whole: 渔火节|暨美食周, 第三届人民代表大会|第五次会议."""
_BRAND_TAGS = frozenset(["ORG", "PER", "nz", "LOC", "nw", "n", "vn"])


def links(kind: str, found: Iterable[str], names: Names) -> dict[str, str]:
    """Return short form → long form for the names of one kind on a page; ambiguous short forms stay alone."""
    forms = sorted(set(found), key=lambda n: (len(n), n))
    holding: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for char in set(form):
            holding[char].append(number)
    joined: dict[str, str] = {}
    for number, short in enumerate(forms):
        stem = _STEM.match(short)
        rare = min((holding[char] for char in (stem[1] if stem else bare(short) or short)), key=len)
        fits = [forms[i] for i in rare if i > number and _joins(kind, short, forms[i], names)]
        if not fits:
            continue
        longest = fits[-1]
        if all(fit == longest or _joins(kind, fit, longest, names) for fit in fits):
            joined[short] = longest
        elif kind == "Organization" and (group := _meant(short, fits)) is not None:
            joined[short] = group
    return joined


def _joins(kind: str, short: str, long: str, names: Names) -> bool:
    a, b = bare(short), bare(long)
    if a == b:
        return True
    stem = _STEM.match(long)
    quoted = kind in _QUOTED and stem is not None and not _PHASE.search(b)
    if quoted and stem and len(stem[1]) > 1 and (a == stem[1] or short.startswith(stem[0])):
        return kind == "Project" or a == stem[1] or a[-2:] == b[-2:]
    if len(a) < 2 or len(a) >= len(b):
        return False
    if kind == "Organization" and f"“{a}”" in long:
        return True
    if kind == "Event" and len(a) >= _DEFINITE and b.startswith(a) and _OCCASION.match(b, len(a)):
        return True
    if kind == "Place":
        return _place(a, b, names)
    if kind == "Organization":
        return _organization(a, b, names)
    if kind == "Person":
        given = len(a) == GIVEN and b[1:] == a and b[0] in names.surnames and a[0] not in names.surnames
        return given or ("·" in b and b.split("·")[-1] == a)
    if _PHASE.search(b) and not _PHASE.search(a):
        return False
    return (b.endswith(a) and len(a) > 3) or (
        "“" in long and b.startswith(a) and short.startswith("“") and len(a) > 2
    )


def _place(short: str, long: str, names: Names) -> bool:
    if any(long == short + level for level in names.areas):
        return True
    if short.endswith(names.areas) and not short.endswith("区"):
        return False
    if not _subsequence(short, long):
        return False
    if short[-1] == long[-1] and short[-1] in "区园":
        return short[0] == long[0] or len(short) <= 4
    return short[:2] == long[:2] and len(short) == 4 and long.endswith(("开发区", "高新区"))


def _organization(short: str, long: str, names: Names) -> bool:
    if short in names.organs:
        return long.endswith(short) and is_area(long[: -len(short)].removeprefix("中共").removesuffix("委"))
    if short.startswith("中共") or long.startswith("中共"):
        return False
    form = _COMPANY.search(long)
    own = _COMPANY.search(short)
    if form is None:
        owner = long.removesuffix(short)
        if owner == long:
            return _brand(short, long, names)
        if len(short) >= LEAST and owner.endswith(names.areas) and is_area(owner) and len(owner) <= _LONGEST:
            return short not in names.generic
        committee = len(short) >= LEAST and owner.endswith("委") and is_area(owner[:-1])
        return committee or (len(short) > LEAST and bool(gazetteer().find(owner)))
    core = _BRACKET.sub("", long[: form.start()])
    if own is not None:
        stem = _BRACKET.sub("", short[: own.start()])
        return (
            len(stem) >= 2
            and short[-1] == long[-1]
            and (stem in core or (_subsequence(stem, core) and len(stem) > 3))
        )
    if _is_body(short, names) and short != core:
        return False
    return (
        core.startswith(short)
        or any(rest.startswith(short) for rest in _without_region(core, names))
        or (len(short) >= 4 and _subsequence(short, core) and short[:2] == core[:2])
    )


def _brand(short: str, long: str, names: Names) -> bool:
    """Say whether a short name is what a firm is called before its trade: 锐科达 of 江西锐科达电路."""
    if len(short) < 2 or _ordinary(short, names) or _is_body(short, names):
        return False
    trades = (rest[len(short) :] for rest in (long, *_without_region(long, names)) if rest.startswith(short))
    return any(
        trade in names.trades or any(kind == "Organization" for kind, _ in names.heads.get(trade, ()))
        for trade in trades
    )


def _is_body(name: str, names: Names) -> bool:
    """Say whether a name is that of a body, and no firm's by its trade: a longer one is another body's."""
    ends = {name[-length:] for length in range(1, min(names.longest_head + 1, len(name)))} - names.trades
    return name in names.organs or any(
        kind == "Organization" for end in ends for kind, _ in names.heads.get(end, ())
    )


def _without_region(core: str, names: Names) -> Iterable[str]:
    """Return what is left of a firm's name without the area or country before it: 佛山市|南海|凯陶机电."""
    known = gazetteer()
    for length in range(2, min(9, len(core) - 1)):
        if known.find(core[:length]) or core[:length] in names.countries:
            yield core[length:]
            yield from _without_region(core[length:], names)


def _subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def brands(companies: Iterable[str], tokens: Mapping[str, str], names: Names) -> dict[str, str]:
    """Return words of the page that are the short name of a firm on it → the firm's name.

    `tokens` are words with their tag; a word counts when a firm's name opens with it, with or without
    its region.
    """
    found: dict[str, set[str]] = defaultdict(set)
    opening: dict[str, list[str]] = defaultdict(list)
    for word, tag in tokens.items():
        least = 3 if tag in {"n", "vn"} else 2
        if tag in _BRAND_TAGS and len(word) >= least and not _ordinary(word, names):
            opening[word[:2]].append(word)
    for company in companies:
        form = _COMPANY.search(company)
        if form is None or form.start() < 2:
            continue
        core = _BRACKET.sub("", company[: form.start()])
        for head in [core, *_without_region(core, names)]:
            for word in opening.get(head[:2], ()):
                if word != company and head.startswith(word) and (word == head or not _is_body(word, names)):
                    found[word].add(company)
                    found[core[: len(core) - len(head)] + word].add(company)
    return {word: one for word, full in found.items() if (one := _meant(word, full)) is not None}


def _meant(short: str, full: Collection[str]) -> str | None:
    """Return the one firm of some that a short name stands for: of several the group, when there is one."""
    if len(full) == 1:
        return next(iter(full))
    groups = [name for name in full if name.removesuffix(_GROUP).endswith(short) and name.endswith(_GROUP)]
    return groups[0] if len(groups) == 1 else None


def _ordinary(word: str, names: Names) -> bool:
    return bool(gazetteer().find(word)) or any(
        word in words for words in (names.generic, names.modifiers, names.countries)
    )
