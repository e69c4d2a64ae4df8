"""What the lexicon knows about names, made ready for comparing them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import ne
from types import MappingProxyType

from kg.config import Resolving
from kg.hanzi.fold import fold
from kg.lexicon import Lexicon, alternation

_HAN = "\u4e00-\u9fff"
_AREA = re.compile(f"[{_HAN}]{{2,3}}?(?:市|县)(?!场|域)")  # 如皋市|港口
_TOWN = re.compile(f"[{_HAN}]{{2,4}}?(?:街道|镇|乡|村|社区)")  # 曹家镇|许村
_NUMBERS = re.compile(
    "[0-9]+|第?[一二三四五六七八九十百]+(?=期|中|小|区|届|次|号|院|幼|分|大)|第[一二三四五六七八九十百]+"
)
AREA = 2
"""The rank of places that papers are named after: cities, counties and districts."""
MENDED = 4
"""A form of law of so many characters is known by the others when one is misread."""
_MARKS = dict.fromkeys(map(ord, "\"'“”‘’《》〈〉「」『』·•"))
_NEVER = re.compile(r"(?!)")
_SHIPPED = Resolving()


def plain(text: str) -> str:
    """Return a name as names are compared: one width and case, no white space, no quotation marks.

    >>> plain("“ＡＢＣ 公司”")
    'abc公司'
    """
    return "".join(fold(text).translate(_MARKS).split())


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Knowledge about names; an empty one knows nothing and still compares. Each equals itself alone.

    Attributes:
        deictic: how names start that mean another thing on every page.
        passing: names that mean another thing in every article: 金奖, of whatever contest.
        own: words that name the paper's own area (我市).
        organs: the long form of an area's organ by any form of it (经信局 → 经济和信息化局).
        bodies: these long forms.
        leading: long forms of the bodies whose posts lead the whole area: party, government, congress.
        legal: kind of body by the form of law that a firm's name ends in, the longest first.
        scopes: (kind or -, start or end, word, scope), the longest first.
        shortened: what short names print for a word of a long one, by that word.
        words: words that long names are made of, for cutting them.
        lookalikes: for each character those that a scan takes for it.
        countries: what stands before a firm's name and is no part of it.
        single: posts that one person holds at a time.
        area: an area by its name's form alone (如皋市|…), for areas that no gazetteer lists.
        part: what makes a short area name part of another name (扬州|大学).
        town: a town, village or street office that stands before what lies in it.
        numbers: figures and ordinals, which tell names apart.
        zone: a body that runs a zone, with the zone: (经济开发区)管委会.
        zones: ends of the names of zones, the longest first.
        papers: the area that a newspaper's name is made of: 今日(栖川), (栖川)日报.
        levels: last characters of the levels that a short form of an area leaves off (如皋|市).
        ranks: ends of the names of places and how high these stand, the longest end first.
        telling: characters that tell names apart that differ in nothing else (东 and 西).
        needed: how much it takes for names to become one, as set.
    """

    deictic: tuple[str, ...] = ()
    passing: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    organs: Mapping[str, str] = field(default_factory=dict)
    bodies: frozenset[str] = frozenset()
    leading: frozenset[str] = frozenset()
    legal: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[tuple[str, str, str, str], ...] = ()
    shortened: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    lookalikes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    area: re.Pattern[str] = _AREA
    part: re.Pattern[str] = _NEVER
    town: re.Pattern[str] = _TOWN
    numbers: re.Pattern[str] = _NUMBERS
    zone: re.Pattern[str] = _NEVER
    zones: tuple[str, ...] = ()
    papers: re.Pattern[str] = _NEVER
    levels: frozenset[str] = frozenset()
    ranks: tuple[tuple[str, int], ...] = ()
    telling: frozenset[str] = frozenset()
    needed: Resolving = _SHIPPED

    def mended(self, name: str) -> str:
        """Return a firm's name with its form of law put right where one character of it is misread.

        >>> Tables(legal={"有限公司": "limited"}).mended("瑞澜精密有限么司")
        '瑞澜精密有限公司'
        """
        if name.endswith(tuple(self.legal)):
            return name
        for form in self.legal:
            end = name[-len(form) :]
            if len(form) >= MENDED < len(name) and sum(map(ne, form, end)) == 1:
                return name[: -len(form)] + form
        return name


def tables(lexicon: Lexicon, needed: Resolving = _SHIPPED) -> Tables:
    """Return what a lexicon knows; tables that it has not are taken as empty.

    Raises:
        LexiconError: a table lacks a column.
    """
    organs, leading = _organs(lexicon)
    after = "|".join(map(re.escape, _use(lexicon, "city_words", "after")))
    part = "|".join(map(re.escape, _use(lexicon, "city_words", "part")))
    return Tables(
        deictic=tuple(sorted(map(plain, _column(lexicon, "deictic_openers", "word")))),
        passing=frozenset(map(plain, _use(lexicon, "ranks", "rank"))),
        own=frozenset(row["word"] for row in _rows(lexicon, "deixis") if row["own"] == "yes")
        | frozenset(f"全{level}" for level in "市县区旗州镇"),
        organs=organs,
        bodies=frozenset(organs.values()),
        leading=leading,
        legal=_longest_first({plain(r["form"]): r["class"] for r in _rows(lexicon, "legal_forms")}),
        scopes=tuple(
            sorted(
                ((r["kind"], r["part"], plain(r["word"]), r["scope"]) for r in _rows(lexicon, "name_scopes")),
                key=lambda row: (-len(row[2]), row),
            )
        ),
        shortened=_grouped((plain(r["long"]), plain(r["short"])) for r in _rows(lexicon, "short_words")),
        words=frozenset(
            plain(row["word" if "word" in row else "head"])
            for name in ("heads", "generic_modifiers", "name_words")
            for row in _rows(lexicon, name)
        ),
        lookalikes=_lookalikes(_column(lexicon, "lookalikes", "chars")),
        countries=tuple(sorted(_column(lexicon, "countries", "word"), key=lambda w: (-len(w), w))),
        single=frozenset(_use(lexicon, "post_words", "single")),
        area=re.compile(f"{_area(after, organs)}|{_district(lexicon, organs)}") if after else _AREA,
        part=re.compile(part) if part else _NEVER,
        zone=_zone(lexicon),
        zones=_use(lexicon, "zone_words", "zone"),
        papers=_papers(lexicon),
        levels=frozenset(r["ending"][-1] for r in _rows(lexicon, "place_levels") if int(r["rank"]) == AREA),
        ranks=tuple(
            sorted(
                ((r["ending"], int(r["rank"])) for r in _rows(lexicon, "place_levels")),
                key=lambda row: (-len(row[0]), row),
            )
        ),
        telling=frozenset("".join(_column(lexicon, "telling_chars", "chars"))),
        needed=needed,
    )


_LEADING = frozenset({"party", "discipline", "government", "congress", "cppcc"})


def _organs(lexicon: Lexicon) -> tuple[Mapping[str, str], frozenset[str]]:
    found: dict[str, str] = {}
    leading = set()
    for row in _rows(lexicon, "organs"):
        word = plain(row["word"])
        full = word if row["full"] == "-" else plain(row["full"])
        if found.get(word, word) == word:  # a word of two rows keeps the long form that one of them gives
            found[word] = full
        if row["class"] in _LEADING:
            leading |= {word, full}
    return MappingProxyType(found), frozenset(leading)


def _area(after: str, organs: Iterable[str]) -> str:
    """Return a pattern of a city or county: not 青禾市|场, but 青禾市|民政局."""
    return rf"[{_HAN}]{{2,3}}?(?:市|县)(?:(?!{after})|(?=(?:{alternation(organs)})\Z))"


def _district(lexicon: Lexicon, organs: Iterable[str]) -> str:
    """Return a pattern of a district before one of its organs: 青禾区|委组织部, and not 开发区|管委会."""
    zones = [word[:-1] for word in _use(lexicon, "zone_words", "zone") if word.endswith("区")]
    none = "".join(f"(?<!{re.escape(stem[-1])})" for stem in sorted(set(zones)))
    words = alternation(organs)
    return rf"[{_HAN}]{{2,3}}?{none}区(?=(?:{words})\Z)"


def _zone(lexicon: Lexicon) -> re.Pattern[str]:
    zones = "|".join(map(re.escape, _use(lexicon, "zone_words", "zone")))
    bodies = "|".join(map(re.escape, _use(lexicon, "zone_words", "body")))
    return re.compile(f"(.*(?:{zones}))(?:{bodies})") if zones and bodies else _NEVER


def _papers(lexicon: Lexicon) -> re.Pattern[str]:
    start, end, none = (
        "|".join(map(re.escape, _use(lexicon, "paper_words", use))) for use in ("start", "end", "none")
    )
    area = rf"(?!{none})[{_HAN}]{{2,3}}"
    return re.compile(f"(?:{start})({area})|({area}?)(?:{end})") if start and end and none else _NEVER


def _lookalikes(rows: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for char in row:
            found[char] |= set(row) - {char}
    return MappingProxyType({char: frozenset(others) for char, others in found.items()})


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for long, short in pairs:
        found[long].append(short)
    return MappingProxyType({long: tuple(found[long]) for long in sorted(found, key=lambda w: (-len(w), w))})


def _longest_first(found: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType({word: found[word] for word in sorted(found, key=lambda w: (-len(w), w))})


def _rows(lexicon: Lexicon, name: str) -> tuple[Mapping[str, str], ...]:
    return lexicon.tables[name].rows if name in lexicon.tables else ()


def _column(lexicon: Lexicon, name: str, column: str) -> tuple[str, ...]:
    return lexicon.tables[name].column(column) if name in lexicon.tables else ()


def _use(lexicon: Lexicon, name: str, use: str) -> tuple[str, ...]:
    words = (row["word"] for row in _rows(lexicon, name) if row["use"] == use)
    return tuple(sorted(words, key=lambda w: (-len(w), w)))
