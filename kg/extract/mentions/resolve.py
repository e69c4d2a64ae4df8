"""Mentions become page-local entities: one for each thing that the page means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.extract.mentions.addressed import whom
from kg.extract.mentions.areas import Areas
from kg.extract.mentions.canonical import Name, canonical, post_body
from kg.extract.mentions.link import links
from kg.extract.mentions.listed import with_level
from kg.extract.mentions.phases import parent
from kg.extract.mentions.posts import HEADS, area_before, area_beside
from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import TOWN, Names
from kg.extract.mentions.votes import Candidate
from kg.model import LocalEntity, LocalKey, Mention, Page, Span

Found = tuple[Text, Candidate]


def resolve(
    page: Page,
    texts: Sequence[Text],
    chosen: Sequence[Sequence[Candidate]],
    aliases: dict[str, str],
    areas: Areas,
    names: Names,
    complete: Mapping[tuple[str, int], str],
) -> tuple[LocalEntity, ...]:
    """Return the entities of a page, sorted by key.

    Args:
        aliases: short forms of firms → full names.
        complete: (article, start) of a bare rank or ceremony → its name with what it belongs to.
    """
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    renamed: dict[tuple[str, str], str] = {}
    for text, candidates in zip(texts, chosen, strict=True):
        firm, beside, who, spot, town = _NOBODY, _NOBODY, _NOBODY, _NOBODY, ""
        for c in candidates:
            surface = text.text[c.start : c.end]
            if c.finders == ("phase",):
                whole = parent(text, candidates, c.start, names)
                name = Name(surface if whole is None else _phase(text, whole, surface))
            elif c.kind == "Person" and (meant := whom(text, c, candidates, names)) is not None:
                name = Name(meant, (surface,))
            elif c.kind == "Organization" and town.endswith(surface[:1]) and _of_town(surface, names):
                own = canonical(town + surface[1:], c.kind, areas, names)
                name = Name(own.name, (*own.forms, surface))
            elif (text.article.id, c.start) in complete:
                name = canonical(complete[text.article.id, c.start], c.kind, areas, names)
            else:
                name = _name(text, c, surface, aliases, areas, names)
            if c.kind == "Place" and surface[-1] in TOWN and len(surface) > LEAST:
                town = surface
            before = text.text, max(0, c.start - _BEHIND), c.start
            if c.kind == "Person":
                really = names.really.search(*before)
                if (really or names.called.search(*before)) and 0 <= c.start - who[1] <= _CALLED and who[0]:
                    other, goes_by = (who[0], name.name) if really else (name.name, who[0])
                    renamed[c.kind, other] = min(goes_by, renamed.get((c.kind, other), goes_by))
                else:
                    who = name.name, c.end
            elif c.kind == "Place":
                newly = names.renaming.new.search(*before)
                if _near(spot, c.start, text.text) and (newly or names.renaming.former.search(*before)):
                    other, goes_by = (spot[0], name.name) if newly else (name.name, spot[0])
                    renamed[c.kind, other] = min(goes_by, renamed.get((c.kind, other), goes_by))
                spot = name.name, c.end
            elif c.kind == "Organization":
                last = (
                    beside if _near(beside, c.start, text.text) else firm if _FIRM.search(surface) else None
                )
                newly = names.renaming.new.search(*before)
                if last and last[0] and (newly or names.renaming.former.search(*before)):
                    other, goes_by = (last[0], name.name) if newly else (name.name, last[0])
                    renamed[c.kind, other] = min(goes_by, renamed.get((c.kind, other), goes_by))
                elif _FIRM.search(surface):
                    firm = name.name, c.end
                beside = name.name, c.end
            key = (c.kind, name.name)
            groups[key].append((text, c))
            forms[key].update(name.forms)
            if _NO_FORM.isdisjoint(c.finders):
                forms[key].add(surface)
    joined = _join(groups, forms, names)
    _rename(groups, forms, renamed, joined)
    _drop_weak(groups, forms, names)
    _compounds(groups, forms)
    return tuple(_entity(page, key, groups[key], forms[key]) for key in sorted(groups))


def _of_town(surface: str, names: Names) -> bool:
    """Say whether a form is an organ of a town that the text has named: 镇|党委."""
    return surface[0] in TOWN and surface[1:] in names.organs


def _near(last: tuple[str, int], start: int, text: str) -> bool:
    """Say whether a name stands in the sentence of the one before it, not far behind it."""
    return bool(last[0]) and start - last[1] <= _BESIDE and "。" not in text[last[1] : start]


def _name(
    text: Text, c: Candidate, surface: str, aliases: dict[str, str], areas: Areas, names: Names
) -> Name:
    if c.finders == ("post",):
        area = area_before(text, c.start, names)
        if area is None and areas.own(HEADS[surface]) is None:
            area = area_beside(text.text, c.start, HEADS[surface])
        body = post_body(HEADS[surface], area, areas) or post_body(HEADS[surface], None, areas)
        if body is not None:
            return body
    if "listed" in c.finders and (own := with_level(text.text, c.start, c.end, names)):
        full = areas.full(surface)
        return Name(full if full and full[-1] == own[-1] else own, (surface,))
    if c.kind == "Organization" and surface in aliases:
        return Name(aliases[surface], (surface,))
    return canonical(surface, c.kind, areas, names)


_FIRM = re.compile(r"(?:公司|集团|厂|合作社|社|学校|学院|大学|医院)$")
"""The end of a body that can have had another name: …有限公司, …厂."""
_BEHIND = 20
"""Code points of the words that stand before another name: 前身是1985年创办的|某某厂."""
_BESIDE = 30
"""Code points between any two names of one body, at most: 某某局|于2021年3月更名为|某某委员会."""
_CALLED = 60
"""Code points between a person's name and what else the person is called, at most."""
_NOBODY = ("", 0)
_NO_FORM = frozenset(["post", "ranks"])
"""Finders of mentions whose printed form is no name of what is meant: 第二、|三名."""
LEAST = 2
"""A town named by more code points is named by its full name."""
_NUMBER = re.compile(r"[一二三四首]期(?:工程|项目)?$")
"""The phase at the end of a name: …项目|一期."""


def _phase(text: Text, whole: Candidate, surface: str) -> str:
    """Return the name of a phase: 光伏玻璃深加工项目 with 一期 is 光伏玻璃深加工项目一期."""
    return _NUMBER.sub("", text.text[whole.start : whole.end]) + surface


def _join(
    groups: dict[tuple[str, str], list[Found]], forms: dict[tuple[str, str], set[str]], names: Names
) -> dict[tuple[str, str], str]:
    """Put short forms under their long form; return (kind, short form) → long form."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    under: dict[tuple[str, str], str] = {}
    for kind, name in groups:
        by_kind[kind].append(name)
    for kind, found in by_kind.items():
        joined = links(kind, found, names)
        for short in sorted(joined, key=lambda s: (len(s), s)):
            _merge(groups, forms, (kind, short), (kind, joined[short]))
            under[kind, short] = joined[short]
    return under


def _merge(
    groups: dict[tuple[str, str], list[Found]],
    forms: dict[tuple[str, str], set[str]],
    source: tuple[str, str],
    target: tuple[str, str],
) -> None:
    groups[target] += groups.pop(source)
    forms[target] |= forms.pop(source) | {source[1]}


def _rename(
    groups: dict[tuple[str, str], list[Found]],
    forms: dict[tuple[str, str], set[str]],
    renamed: Mapping[tuple[str, str], str],
    joined: Mapping[tuple[str, str], str],
) -> None:
    """Put former and new names, and what else somebody is called, under the name one goes by."""
    under = {**joined, **renamed}
    for other in sorted(renamed):
        source = _last(joined, other)
        target = _last(joined, _last(under, source))
        if source != target and source in groups and target in groups:
            _merge(groups, forms, source, target)


def _last(under: Mapping[tuple[str, str], str], key: tuple[str, str]) -> tuple[str, str]:
    """Follow names to the one that stands under no other; names that run in a circle end where they began."""
    seen: set[tuple[str, str]] = set()
    while key in under and key not in seen:
        seen.add(key)
        key = key[0], under[key]
    return key


def _drop_weak(
    groups: dict[tuple[str, str], list[Found]], forms: dict[tuple[str, str], set[str]], names: Names
) -> None:
    """Take out areas that the page names by a word like 全市 alone, unless their name opens with it."""
    for key in list(groups):
        printed = {text.text[c.start : c.end] for text, c in groups[key]}
        weak = (names.deixis.get(word, ("", ""))[1] == "weak" for word in printed)
        if all(weak) and not any(map(key[1].startswith, printed)):
            del groups[key], forms[key]


def _compounds(groups: dict[tuple[str, str], list[Found]], forms: dict[tuple[str, str], set[str]]) -> None:
    """Give a place the printed form in which a larger place stands directly before it."""
    ends: dict[tuple[str, int], int] = {}
    for (kind, _), found in groups.items():
        if kind == "Place":
            ends.update({(text.article.id, c.end): c.start for text, c in found})
    for key, found in groups.items():
        if key[0] == "Place":
            for text, c in found:
                start = ends.get((text.article.id, c.start))
                if start is not None:
                    forms[key].add(text.text[start : c.end])


def _entity(page: Page, key: tuple[str, str], found: Iterable[Found], forms: set[str]) -> LocalEntity:
    kind, name = key
    order = sorted(found, key=lambda item: (item[0].article.id, item[1].start))
    mentions = tuple(
        Mention(
            text.article.id,
            text.text[c.start : c.end],
            kind,
            Span(c.start, c.end),
            c.finders,
            c.confidence,
        )
        for text, c in order
    )
    return LocalEntity(LocalKey(page.id, kind, name), tuple(sorted(forms - {name})), mentions)
