"""A run of posts as its parts: 市委常委、组织部部长; 甲公司董事长; 副院长兼神经外科主任."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.claims.grammar import NAME
from kg.extract.claims.scene import Node, View
from kg.extract.claims.titles import Titles

_BREAK = re.compile(r"[，。；：！？,:;“”\"‘’（()）《》\n\s…—]")
"""What ends the stretch of posts before a name."""
_ASIDE = re.compile(r"[（(][^（）()]{1,40}[）)]\Z")
"""An aside between posts and name: （援疆干部） in 副市长（援疆干部）孟某."""
_LISTED = re.compile(r"[，。；]")
"""A line without one of these is an item of a list."""
_SPACE = " \u3000"
_QUOTES = '“”"'
_LONGEST = 16
"""A title behind the name of its body is no longer than this."""


_STOPS = frozenset({"Person", "Event", "Award"})
_NICKNAME = re.compile(r"、[“‘\"][^“”‘’\"]{1,10}[”’\"]\Z")
"""What somebody is called: 、“老把式” in 推广股股长、“老把式”何某."""
_HOLDER = ("获得者", "得主", "称号获得者")
"""Behind an award whose holder is named next: 青禾劳动奖章|获得者何某."""
_HOLDS = re.compile(r"(?:担任|现任|时任|曾任|任|当|当过|身为)[^，。；：、]*的\Z")
"""A verb that gives the posts of the name behind them: 担任甲局局长的|何某."""
_TELLING = 14
"""What only tells of somebody between posts and name is no longer: 、“老把式”, 、44岁的."""
_SHORT = 5
"""So much may stand before a bare title that is not the first: 特级|教师."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One title of a run: the name before it, if any, and where it starts."""

    body: Node | None
    title: str
    start: int
    former: bool


def listed(view: View) -> bool:
    """Say whether a sentence is an item of a list: 甲医院主任医师 何某."""
    return _LISTED.search(view.masked) is None


def before(view: View, i: int, known: Titles) -> list[Segment]:
    """Return the posts that stand before the i-th node, left to right."""
    node, base = view.nodes[i], view.start
    stops = {"Person", "Event"} if view.masked.endswith(_HOLDER, 0, node.start - base) else _STOPS
    floor = max((n.end for n in view.nodes[:i] if n.kind in stops), default=base)
    stretch = view.masked[floor - base : node.start - base]
    if _HOLDS.search(stretch):
        stretch = stretch[:-1]
    aside = _ASIDE.search(stretch) or _NICKNAME.search(stretch)
    if aside:
        stretch = stretch[: aside.start()]
    elif stretch[-1:] in _SPACE and listed(view):
        stretch = stretch.rstrip(_SPACE)
    stop = floor + len(stretch)
    breaks = [m.end() for m in _BREAK.finditer(stretch)]
    begin = floor + (breaks[-1] if breaks else 0)
    found: list[Segment] = []
    parts = list(_parts(view, begin, stop, known))
    for number, (start, end) in enumerate(reversed(parts)):
        segment = _segment(view, start, end, known)
        if segment is None:
            telling = number == 0 and len(parts) > 1 and 0 < end - start <= _TELLING
            if telling and _beside_body(view, parts[-2], known):
                continue
            break
        found.append(segment)
        if segment.start > start and not (start > begin and segment.start - start <= _SHORT):
            break
    return found[::-1]


def _beside_body(view: View, part: tuple[int, int], known: Titles) -> bool:
    """Say whether a part is a post whose body is printed: 甲公司经理 in 甲公司经理、44岁的何某."""
    segment = _segment(view, *part, known)
    return segment is not None and segment.body is not None


def between(view: View, start: int, end: int, known: Titles) -> list[Segment]:
    """Return the posts that a stretch opens with, left to right; none when it opens with no post."""
    found: list[Segment] = []
    for first, last in _parts(view, start, end, known):
        segment = _segment(view, first, last, known, alone=True)
        if segment is None:
            break
        lead = view.masked[first - view.start : segment.start - view.start]
        if lead.strip(NAME) and not known.bare(lead + "某某")[1]:
            break
        found.append(segment)
    return found


def _parts(view: View, begin: int, stop: int, known: Titles) -> Iterator[tuple[int, int]]:
    """Yield the stretches that 、 parts, and 兼 where a body or a post follows it."""
    bounds = [(begin, begin)]
    for at in range(begin, stop):
        if view.masked[at - view.start] == "、":
            bounds.append((at, at + 1))
            continue
        joined = known.joins.match(view.masked, at - view.start)
        if joined and at > begin and any(n.start == joined.end() + view.start for n in view.nodes):
            bounds.append((at, joined.end() + view.start))
    bounds.append((stop, stop))
    return ((left[1], right[0]) for left, right in pairwise(bounds))


def _segment(view: View, start: int, end: int, known: Titles, alone: bool = False) -> Segment | None:
    inside = [
        n for n in view.nodes if start <= n.start and n.end <= end and n.kind in {"Organization", "Place"}
    ]
    if inside and inside[-1].end == end:
        return _named_by_post(view, inside[-1], start, known)
    if inside:
        body, text = _body(view, inside, end, known)
        former = view.text[max(view.start, body.start - 1) : body.start] == "原"
        title = text[1:] if text.startswith("的") else text
        if title == "长" and view.text[body.end - 1 : body.end] + title in known.rows:
            title = view.text[body.end - 1 : body.end] + title
        title, ended = known.bare(title)
        if known.is_title(title) and len(title) <= _LONGEST:
            title = title[title.rfind("的") + 1 :].removeprefix("一名").removeprefix("一位")
            return Segment(body, title, body.start - former, former or ended)
        if not title or alone:
            return None
        start = body.end
    return _bare(view, start, end, known)


def _body(view: View, inside: list[Node], end: int, known: Titles) -> tuple[Node, str]:
    """Return the name of the body and the title behind it.

    The name of a section directly behind that of its body belongs to the title: 某局|出入境管理大队大队长.
    """
    body = inside[-1]
    above = inside[-2] if len(inside) > 1 else None
    if above is not None and above.end == body.start and above.kind == body.kind == "Organization":
        name = view.text[body.start : body.end]
        whole = name in known.departments and above.key.name.endswith(("委", "政府"))
        if name.endswith(known.sections) and not whole:
            return above, view.text[above.end : end].strip(_QUOTES)
    return body, view.text[body.end : end].strip(_QUOTES)


def _named_by_post(view: View, body: Node, start: int, known: Titles) -> Segment | None:
    """Read a post that is a name of its body: 副市长 where 市长 names the government."""
    found = known.known.search(view.text[start : body.end])
    if found is None or start + found.start() > body.start:
        return None
    row = known.rows.get(view.text[body.start : body.end])
    title = found.group()
    if row is not None and row["of"] == "place":
        title = title.removeprefix(row["level"])
    return Segment(body, title, start + found.start(), False)


def _bare(view: View, start: int, end: int, known: Titles) -> Segment | None:
    """Read a post that stands without a name: 63岁的村民, 外贸部经理."""
    text = view.text[start:end]
    found = known.known.search(text)
    if found is None:
        return None
    lead = known.lead.match(text[: found.start()])
    given = text[lead.end() if lead else 0 : found.start()]
    title, at = found.group(), start + found.start()
    if given and (
        known.section.fullmatch(given)
        or any(given + title[: o == given + title[0]] == o for o, _ in known.organs)
    ):
        title, at = given + title, at - len(given)
    title, former = known.bare(title)
    return Segment(None, title, at, former)
