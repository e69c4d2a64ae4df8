"""Figures and dates as ends of a claim: the slots of literal predicates."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import End, Figure, Hit, Memory
from kg.extract.claims.scene import View
from kg.hanzi.dates import Date
from kg.model import Literal

_VALUE_GAP = re.compile(rf"[^，。；：、！？,;:“”\"{NAME}\d]{{0,12}}")
"""What may stand between a trigger and its figure: 约 in 总投资约5亿元, 罐头 in 年产罐头5万吨."""
_VALUE_MORE = re.compile(
    rf"(?:增至|增加到|提高到|提升到|提升至|扩大到|扩至|升至|扩大至|、[^，。；：、！？,:;{NAME}\d]{{1,8}})"
)
"""What leads from a figure to another of the same kind: 提高到 in 由4.3亿元提高到7亿元."""

EACH = re.compile("分别|依次|各")
_LISTED = re.compile("、|和|及|以及")
"""What leads to the figure of the next bearer: 3亿元|、|5亿元 in 分别为3亿元、5亿元."""

_DAY = re.compile(r"[^年月日号天晚夜]*(?:[年月][^年月日号天晚夜]*){0,2}(?:[日号晚夜]|(?<![春夏秋冬])天)")
"""The day that a date names, without its hour: 6月1日, 昨天 in 昨天上午."""
_YEAR = re.compile(r"(?:19|20)\d\d年\Z")
"""A year: 2006年."""
_BACK = 4
"""How many sentences back the date may stand that 当天 takes up."""


def fits(kind: str, wanted: str | None) -> bool:
    """Say whether a figure can be a predicate's: what is counted may be an area (光伏玻璃1.2亿平方米)."""
    return kind == wanted or (wanted == "count" and kind == "area")


def value(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the figures after a trigger: 5亿元 in 总投资5亿元."""
    kind, units = hit.frame.predicate.literal, hit.frame.need
    gap = _VALUE_GAP.match(view.masked, hit.end - view.start)
    reach = gap.end() + view.start if gap else hit.end
    found: list[Figure] = []
    for q in view.quantities:
        if q.start < hit.end or not fits(q.kind, kind):
            continue
        if q.start > reach or (units is not None and not units.search(q.text)):
            break
        found.append(Figure(q.start, q.end, Literal(q.text, q.kind, q.value, q.unit)))
        each = EACH.search(view.text, max(view.start, hit.start - 4), min(view.end, hit.end + 4))
        more = (_LISTED if each else _VALUE_MORE).match(view.masked, q.end - view.start)
        reach = more.end() + view.start if more else q.end
    return found


def value_before(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the figure directly before a trigger: 320名 in 320名员工."""
    kind = hit.frame.predicate.literal
    for q in reversed(view.quantities):
        if q.end <= hit.start and fits(q.kind, kind):
            good = hit.start - q.end <= 3 and q.start >= view.clause_start(hit.start)
            return [Figure(q.start, q.end, Literal(q.text, q.kind, q.value, q.unit))] if good else ()
    return ()


def date(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the last date before a trigger: 昨天 in 昨天开工; of 当天, the day that was named before it."""
    found = [d for d in view.dates if d.end <= hit.start]
    return [Figure(d.start, d.end, Literal(_meant(view, d, memory), "date")) for d in found[-1:]]


def _meant(view: View, said: Date, memory: Memory) -> str:
    """Return the date that a word takes up which says that it is the same: 6月1日 of 当天, 2006年 of 当年."""
    for words, named in ((view.grammar.same_day, _DAY), (view.grammar.same_year, _YEAR)):
        if not words.fullmatch(said.text):
            continue
        seen = [v for v in memory.views if v.end <= view.start][-_BACK:]
        for one in (view, *reversed(seen)):
            for other in reversed(one.dates):
                day = named.match(other.text)
                if day and other.end <= said.start and not words.match(other.text):
                    return day.group()
    return said.text


def date_after(view: View, hit: Hit, kinds: frozenset[str], memory: Memory) -> Sequence[End]:
    """Return the date directly after a trigger: 2008年 in 成立于2008年."""
    found = [d for d in view.dates if 0 <= d.start - hit.end <= 3]
    return [Figure(d.start, d.end, Literal(d.text, "date")) for d in found[:1]]
