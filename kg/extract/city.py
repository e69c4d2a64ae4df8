"""The papers' own city: what 我市, 市委 and 市…局 of a page point to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.towns import Seat
from kg.extract.unlisted import unlisted
from kg.hanzi.gazetteer import Area, gazetteer, short_of
from kg.lexicon import Lexicon, alternation
from kg.model import Article, Page

MASTHEAD, ORGAN, FULL, SHORT = 12.0, 2.0, 1.0, 1.0
"""What one piece of evidence weighs: the newspaper's name, an organ, a full name, a short one."""
OTHERS, DECK = 0.3, 1.0
"""What an organ under a full name weighs beside a bare 市委, and what a headline's opening weighs."""
SEAT = 0.5
"""What one piece of evidence for the county whose towns are printed weighs."""
PARENT = 0.3
"""A county outweighs the prefecture in which it lies from this share of its weight on."""
ENOUGH = 1.0
"""Less evidence than this names no city."""
MARGIN = 1.3
"""The best candidate must outweigh the next by this factor."""


@dataclass(frozen=True, slots=True)
class City:
    """The area whose paper it is.

    Attributes:
        name: 如皋市.
        short: 如皋.
        level: 市, 县, 区, 旗, 州 …
        province: 江苏省, or None when unknown.
        prefecture: 南通市 for a county or county-level city, or None.
    """

    name: str
    short: str
    level: str
    province: str | None = None
    prefecture: str | None = None


@dataclass(frozen=True, slots=True)
class Signs:
    """How a page shows whose paper it is.

    Attributes:
        level: a level of areas that have papers: 市, 县.
        own: the area spoken of as one's own: 我市, 全县.
        bare: an organ or post with a bare level, at the start of a stretch: 市委, 县长.
        organ: an organ under an area's full name: 如皋市|委.
        part: what makes a short name part of another name: 扬州|大学, 江口|镇.
        organs: what follows an area's name or level: 经信局.
    """

    level: re.Pattern[str]
    own: re.Pattern[str]
    bare: re.Pattern[str]
    organ: re.Pattern[str]
    part: re.Pattern[str]
    organs: frozenset[str]


def signs(lexicon: Lexicon) -> Signs:
    """Return the signs of a lexicon's table `city_words`, compiled."""
    table = lexicon.table("city_words")
    use = {
        name: alternation(row["word"] for row in table.where(use=name))
        for name in ("own", "level", "bare", "organ", "after", "part")
    }
    han = "\u4e00-\u9fff"
    return Signs(
        level=re.compile(use["level"]),
        own=re.compile(f"(?:{use['own']})({use['level']})(?!{use['after']})"),
        bare=re.compile(f"(?<![{han}])({use['level']})(?!{use['after']})(?:{use['bare']})"),
        organ=re.compile(f"([{han}]{{2,5}}?(?:{use['level']}))(?!{use['after']})(?:{use['organ']})"),
        part=re.compile(use["part"]),
        organs=frozenset(lexicon.words("organs")),
    )


def find_city(
    page: Page,
    articles: Sequence[Article],
    names: Iterable[str],
    setting: str | None,
    shown: Signs,
    seat: Seat | None = None,
) -> City | None:
    """Return the page's own city: as set, else as the page shows it, else None.

    `names` are the words that the lexer takes for places and organizations, as often as they occur.
    Evidence is the newspaper's name, full and short names of areas, and organs acting under a full name;
    the level on which the page speaks of itself (我市, 县委) says which areas can be meant. An area that
    is in no gazetteer counts when the page itself shows that it is one, and `seat`, the county whose towns
    the page prints.
    """
    if setting:
        areas = gazetteer().find(setting)
        return _city(areas[-1]) if areas else _new(setting)
    times = Counter(names)
    level = _level((article.text for article in articles), times, shown, seat)
    organs = [match[1] for article in articles for match in shown.organ.finditer(article.text)]
    weights: dict[Area, float] = defaultdict(float)
    for name, often in times.items():
        _weigh(name, often, level, weights, shown)
    for name in organs:
        _weigh(name, OTHERS if level else ORGAN, level, weights, shown)
    for article in articles:
        for deck in article.headline:
            _weigh(deck, DECK, level, weights, shown)
    if page.newspaper:
        _weigh(page.newspaper, MASTHEAD, level, weights, shown)
    if seat:
        known = gazetteer().by_name.get(seat.county, ())
        for area in known:
            if len(known) == 1 or area.province == seat.province:
                weights[area] += SEAT * seat.weight
    province = _province(weights)
    texts = [article.text for article in articles]
    for name, weight in unlisted(times, organs, page.newspaper or "", texts, level).items():
        weights[Area(name, short_of(name), name[-1], 3, None, province)] += weight
    return _best(weights, level)


def _best(weights: Mapping[Area, float], level: str | None) -> City | None:
    """Return the area for which most speaks, when it is enough and clearly more than for any other."""
    ranked = sorted(
        ((area, round(weight, 6)) for area, weight in weights.items() if _fits(area, level)),
        key=lambda item: (-item[1], -item[0].rank, item[0].name),
    )
    if not ranked:
        return None
    best, weight = ranked[0]
    for area, its in ranked[1:]:
        if area.prefecture == best.name and its >= PARENT * weight:
            best, weight = area, its
            break
    if weight < (ENOUGH if level and best.rank == 3 else 3 * ENOUGH):
        return None
    rivals = [its for area, its in ranked if area.short != best.short and area.name != best.prefecture]
    return _city(best) if not rivals or weight >= MARGIN * rivals[0] else None


def _fits(area: Area, level: str | None) -> bool:
    """Say whether a paper can be an area's own: a prefecture, a county, or a city that is a province."""
    return area.level == level if level else area.rank > 1 or area.level == "市"


def _level(
    texts: Iterable[str], names: Mapping[str, int], shown: Signs, seat: Seat | None = None
) -> str | None:
    """Return the level on which a page speaks of itself; the county at its seat speaks once for its own.

    Where that is called 全州, the word is its name.
    """
    own = seat.county if seat else ""
    seen = Counter(own[-1:])
    for text in texts:
        seen.update(m[1] for m in shown.own.finditer(text) if not own.startswith(m[0]))
        seen.update(match[1] for match in shown.bare.finditer(text))
    for name, times in names.items():
        if name[1:] in shown.organs and shown.level.match(name):
            seen[name[0]] += times
    return max(seen, key=lambda level: (seen[level], level)) if seen else None


def _weigh(name: str, factor: float, level: str | None, weights: dict[Area, float], shown: Signs) -> None:
    """Add what a name says for the areas whose official or short name it starts with."""
    known = gazetteer()
    for length in range(min(12, len(name)), 1, -1):
        full = known.by_name.get(name[:length])
        areas = full or known.by_short.get(name[:length])
        if areas is None or (not full and shown.part.match(name, length)):
            continue
        for area in areas:
            if full or area.level != "区" or level == "区":
                weights[area] += (FULL if full else SHORT) * factor / len(areas)
        return


def _province(weights: Mapping[Area, float]) -> str | None:
    """Return the province of which a page names most."""
    sums: dict[str, float] = defaultdict(float)
    for area, weight in weights.items():
        sums[area.province or area.name] += weight
    return max(sorted(sums), key=sums.__getitem__) if sums else None


def _city(area: Area) -> City:
    return City(area.name, area.short, area.level, area.province, area.prefecture)


def _new(name: str) -> City:
    return City(name, short_of(name), name[-1] if name[-1] in "市县区旗州镇乡" else "市")
