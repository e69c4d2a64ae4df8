"""What a frame reads beside its two ends: title, year, what is counted, per year."""

from __future__ import annotations

import re

from kg.extract.claims.grammar import NAME
from kg.extract.claims.memory import End, Figure, Hit
from kg.extract.claims.scene import View
from kg.extract.claims.titles import Titles

_TITLE = re.compile(
    rf"的?([^，。；：、！？,:;（）()“”{NAME}的]{{1,14}}?)(?:一职|职务|[，。；！？、：,:;（(]|\Z|的)"
)
_TITLE_BEFORE = re.compile(rf"([^，。；：、！？,:;（）()“”{NAME}的]{{2,10}}?)由[^，。；]*\Z")
"""A title before 由: 秘书长 in 秘书长由何某担任."""
_YEAR = re.compile(r"(?:\d{4}年度?|今年|去年|明年|前年|后年)")
_PER = re.compile(r"[年日月]")
_OF_BETWEEN = re.compile(
    r"(?:为|达到|达|突破|超过|实现|约|共|有|由|从|过去|可|现|总数|将|的|增至|提升至|扩大到)+"
)
_OF_AFTER = re.compile(rf"的?([^，。；：、！？,:;（）()“”的{NAME}\d]{{1,8}})")


def qualifiers(view: View, hit: Hit, end: End, speaker: str | None, known: Titles) -> dict[str, str] | None:
    """Return the qualifiers that the frame of a hit reads, and the speaker when there is one.

    None when a frame reads a title and what stands there is none.
    """
    out: dict[str, str] = {}
    reads = hit.frame.reads
    if "title" in reads and not isinstance(end, Figure):
        at = max(end.end, hit.end) - view.start
        found = _TITLE.match(view.masked, at)
        before = _TITLE_BEFORE.search(
            view.masked, view.clause_start(hit.start) - view.start, hit.start - view.start
        )
        if found and known.is_title(found[1]):
            out["title"] = found[1]
        elif before and known.is_title(before[1]):
            out["title"] = before[1]
        else:
            return None
    if "year" in reads:
        years = [d for d in view.dates if d.start < hit.end and _YEAR.match(d.text)]
        if years:
            found = _YEAR.match(years[-1].text)
            out["year"] = found.group() if found else years[-1].text
    if isinstance(end, Figure):
        out |= _meant(view, end)
        if "per" in reads and _PER.match(hit.word):
            out["per"] = hit.word[0]
        if "of" in reads:
            of = _of(view, hit, end)
            if of:
                out["of"] = of
    if "amount" in reads:
        sums = [
            q for q in view.quantities if q.kind == "money" and view.clause(q.start) == view.clause(hit.start)
        ]
        if sums:
            out["amount"] = sums[0].text
    if speaker:
        out["speaker"] = speaker
    return out


def _meant(view: View, end: Figure) -> dict[str, str]:
    """Return what the words at a figure and behind it say of it: a bound (超, 余), a comparison (同比…)."""
    out: dict[str, str] = {}
    if end.literal.kind != "date":
        bound = view.grammar.bound.search(end.literal.text)
        change = view.grammar.change.match(view.masked, end.end - view.start)
        out = {"bound": bound.group()} if bound else {}
        if change:
            out["change"] = change[1]
    return out


def _of(view: View, hit: Hit, end: Figure) -> str:
    if end.start >= hit.end:
        between = _OF_BETWEEN.sub("", view.masked[hit.end - view.start : end.start - view.start]).replace(
            NAME, ""
        )
        if between:
            return between
        after = _OF_AFTER.match(view.masked, end.end - view.start)
        if after and len(hit.word) <= 2:
            return after[1]
    return hit.word
