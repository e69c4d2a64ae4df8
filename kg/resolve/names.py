"""What a name says of itself: the area it begins with, the form of law it ends in, how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.hanzi.gazetteer import Area, gazetteer
from kg.resolve.tables import AREA, Tables, plain

UNKNOWN = "?"
"""The area of a local name on a page of which nobody knows whose paper it is."""
_BRACKET = re.compile(r"\(([^()]{1,8})\)")  # 某某(中国)有限公司
GROUP = "group"
"""Of a group and its firms of one name, the bare name means the group."""
ENTERED = frozenset({"limited", "stock", "group", "foreign"})
"""Forms of law with which a firm is entered under its full name, which no other one bears."""
KNOWN = 30_000
"""How many names are remembered as taken apart: some 20 MB, whatever the number of pages."""
_PARTY = "中共"
LONGEST = 4
_PREFECTURE = 2
_LEVEL = re.compile("[县区旗](?![域间块])")  # 栖川|区|供电所, and 栖川|区域


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Attributes:
        kind: the class of what bears it.
        text: the name as names are compared.
        area: the lowest area that it begins with (平湖市); else the paper's own when the name is local,
            `UNKNOWN` when that is not known, and nothing when the name is known everywhere.
        printed: whether the name itself begins with the area.
        town: the town or village that stands before the rest.
        rest: what follows, organs in their long form.
        core: the rest without its form of law and the places in brackets.
        legal: the class of its form of law, or nothing.
        places: the places in brackets.
        numbers: figures and ordinals.
        rank: of a place, how high its name stands; a place may change its end within a rank (县 to 市), not
            its rank.
    """

    kind: str
    text: str
    area: str
    printed: bool
    town: str
    rest: str
    core: str
    legal: str
    places: tuple[str, ...]
    numbers: tuple[str, ...]
    rank: int | None = None
    zone: str = ""

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def ranks(self) -> bool:
        """Whether it may be an area that lies elsewhere, though its name alone does not show it."""
        return self.rank == AREA and self.rest == self.text

    @property
    def identity(self) -> str:
        """What two names of one thing share when they are written out alike."""
        return f"{self.kind}|{self.area}|{self.town}|{self.rest}"

    @property
    def entered(self) -> bool:
        """Whether it is a firm's full name, the same in every paper however it is taken apart."""
        return self.legal in ENTERED and self.kind == "Organization"

    @property
    def local(self) -> bool:
        """Whether it means another thing in another city's paper."""
        return not self.printed and self.area != ""


@lru_cache(maxsize=KNOWN)
def read_name(kind: str, name: str, home: str, known: Tables) -> Name:
    """Take a name apart as a paper of the area `home` (or of nobody knows which: empty) means it.

    >>> name = read_name("Organization", "平湖市市场监管局", "", Tables())
    >>> name.area, name.rest
    ('平湖市', '市场监管局')
    """
    text = plain(name)
    if kind == "Organization":
        text = known.mended(text)
    if kind == "Person":
        return Name(kind, text, "", False, "", text, text, "", (), ())
    bare = text.removeprefix(_PARTY) if len(text) > len(_PARTY) + 1 else text
    area, cut = leading_area(kind, bare, home, known)
    rest = bare[cut:]
    town = ""
    cuts = kind in ("Place", "Organization") and rest not in known.bodies  # not 住房和城乡|建设局
    if cuts and (found := known.town.match(rest)) and found.end() < len(rest):
        town, rest = found[0], rest[found.end() :]
    rest = known.organs.get(rest, rest)
    places = tuple(m[1] for m in _BRACKET.finditer(rest) if _is_area(m[1], home, known))
    core = _BRACKET.sub(lambda m: "" if m[1] in places else m[0], rest)
    legal = next((form for form in known.legal if core.endswith(form) and core != form), "")
    core = core.removesuffix(legal)
    printed = bool(area)
    if not printed and not _wide(kind, text, legal and known.legal[legal], bool(places), known):
        area = home or UNKNOWN
    return Name(
        kind=kind,
        text=text,
        area=area,
        printed=printed,
        town=town,
        rest=rest,
        core=core,
        legal=known.legal[legal] if legal else "",
        places=places,
        numbers=tuple(number.removeprefix("第") for number in known.numbers.findall(rest)),
        rank=next((rank for end, rank in known.ranks if text.endswith(end)), None)
        if kind == "Place"
        else None,
        zone=next((end for end in known.zones if rest.endswith(end)), "") if kind == "Place" else "",
    )


def leading_area(kind: str, text: str, home: str, known: Tables) -> tuple[str, int]:
    """Return the lowest area that a name begins with and where it ends; nothing and 0 when there is none.

    >>> leading_area("Place", "浙江省平湖市青禾镇", "", Tables())
    ('平湖市', 6)
    """
    area, at = "", 0
    for found, end in _areas(kind, text, home, known):
        inside = _unsure(found) and (area or home)
        area, at = (f"{inside}{found}" if inside else found), end
    return area, at


def _areas(kind: str, text: str, home: str, known: Tables) -> Iterator[tuple[str, int]]:
    at = 0
    while at < len(text):
        step = _area_at(kind, text, at, home, known)
        if step is None:
            return
        name, at = step
        yield name, at


def _area_at(kind: str, text: str, at: int, home: str, known: Tables) -> tuple[str, int] | None:
    menu = gazetteer()
    for length in sorted(menu.lengths.get(text[at : at + 2], ()), reverse=True):
        if text[at : at + length] in menu.by_name:
            return text[at : at + length], at + length
    pattern = known.area.match(text, at)
    if pattern is not None and not (at and pattern.end() == len(text)):
        return unlisted(pattern[0], known), pattern.end()
    if home and text.startswith(home, at) and (level := _LEVEL.match(text, at + len(home))):
        return home, level.end()
    for length in range(LONGEST, 1, -1):
        short = text[at : at + length]
        end = at + length
        if len(short) == length and (area := _shortened(kind, short, home, short == text, known)):
            if end == len(text) and kind != "Place":
                continue  # a brand of an area's name, and no area
            if not known.part.match(text, end):
                return area, end
    return None


def _shortened(kind: str, short: str, home: str, whole: bool, known: Tables) -> str:
    """Return the area that a short form means in a paper of `home`, or nothing (`whole`: and no more)."""
    if home and short == stem(home, known):
        return home
    found = gazetteer().by_short.get(short, ())
    near = chain(home)
    for area in found:
        if area.name in near or area.prefecture == home or area.rank == 1:
            return area.name
    alone = len(found) == 1 and (whole if kind == "Place" else found[0].rank == _PREFECTURE)
    return found[0].name if alone else ""


def stem(name: str, known: Tables) -> str:
    """Return an area's name without its level."""
    areas = gazetteer().by_name.get(name, ())
    return areas[0].short if areas else unlisted(name, known)


def unlisted(area: str, known: Tables) -> str:
    """Return an area that the gazetteer does not list without its level, since papers leave that off.

    >>> known = Tables(levels=frozenset("市县"))
    >>> unlisted("栖川市", known), unlisted("平湖市", known)
    ('栖川', '平湖市')
    """
    bare = len(area) > 2 and area[-1] in known.levels and area not in gazetteer().by_name
    return area[:-1] if bare else area


def _unsure(name: str) -> bool:
    return len(gazetteer().by_name.get(name, ())) > 1


@lru_cache(maxsize=4096)
def chain(name: str) -> frozenset[str]:
    """Return the areas in which an area lies, as far as the gazetteer knows, with the area itself.

    >>> sorted(chain("平湖市"))
    ['嘉兴市', '平湖市', '浙江省']
    """
    if not name:
        return frozenset()
    found: tuple[Area, ...] = gazetteer().by_name.get(name, ())
    above = (found[0].prefecture, found[0].province) if len(found) == 1 else ()
    return frozenset({name, *(one for one in above if one)})


def firm_form(short: Name, long: Name) -> bool:
    """Say whether a firm's name in full may lie elsewhere than the paper that prints it without its area."""
    return not short.printed and bool(long.legal)


def nested(a: str, b: str) -> bool:
    """Say whether one area lies in the other or is it, or nothing is known of one of them."""
    return not a or not b or UNKNOWN in (a, b) or a in chain(b) or b in chain(a)


@lru_cache(maxsize=4096)
def provincial(name: str) -> bool:
    """Say whether an area is a province: firms bear its name wherever in it they are."""
    return any(one.rank == 1 and one.level != "市" for one in gazetteer().by_name.get(name, ()))


def _is_area(text: str, home: str, known: Tables) -> bool:
    menu = gazetteer()
    return (
        (bool(home) and text in (home, stem(home, known)))
        or text in known.countries
        or text in menu.by_name
        or text in menu.by_short
        or bool(known.area.fullmatch(text))
    )


def _wide(kind: str, text: str, legal: str, bracketed: bool, known: Tables) -> bool:
    """Say whether a name that begins with no area means the same in every paper."""
    if legal in ENTERED or (legal == "company" and bracketed):
        return True
    if text in known.countries:
        return True
    for of, part, word, scope in known.scopes:
        if of in ("-", kind) and (text.startswith(word) if part == "start" else text.endswith(word)):
            return scope == "wide"
    return False
