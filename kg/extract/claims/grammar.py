"""Small words and words that take up a name, compiled from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.lexicon import Lexicon, alternation
from kg.table import Row

NAME = "\ue000"
"""Stands for each character of a name in `View.masked`, so that no pattern reads into a name."""
_OPEN, _CLOSE = r"[“‘\"《「]?", r"[”’\"》」]?"
_COUNTED = r"(?:[一两三四五六七八九十数多几]|\d{1,4})(?:余|多)?(?:家|名|位|支|户|批)(?!以上)"
"""People or bodies that are counted, not named: 两家企业, 12名职工."""
_ROLES = ("by", "in", "with", "to", "led")


@dataclass(frozen=True, slots=True)
class Grammar:
    """Patterns over a sentence whose names are masked.

    Attributes:
        link: what joins two names of a list: 、 in 甲、乙.
        comma: a pause that can join two of them.
        listed: what follows a body in a list of those present: 负责人 in 甲局负责人.
        preposition: a word directly before a name that keeps it from being a subject: 在 in 在甲举行.
        modifies: what follows a name that only modifies: 的 in 甲的项目, but not in 甲的代表走访.
        holds: what may stand between a place and what lies in it: nothing, 的, 企业 in 甲镇企业乙公司.
        opening: words before a subject that do not take its place: 目前 in 目前，该公司.
        start: what stands before a word that takes up a name: 该 in 该公司, a pause in ，公司.
        anaphor: the words that take up a name.
        meanings: what each of them can mean.
        roles: prepositions by the slot they fill.
        unnamed: a subject without a name: 他们, 两家企业.
        counted: people or bodies that are counted, behind whose they are: 33名职工 in 我市33名职工.
        brings: a verb directly before what it brings up: 设立 in 设立乙公司.
        bound: a word at a figure that makes it a bound: 超 in 超5亿元, 余 in 1200余人.
        change: what a figure is compared with: ，同比增长17%.
        offices: ends of the names of bodies that speak of others' figures: 局 in 甲市统计局.
        says: what makes the name before it a speaker: 说 in 何某说.
        visits: who goes somewhere to see it: 一行 in 何某一行走进甲公司.
        contest: how the names of contests end: 大赛 in 青禾技能大赛.
        somebody: a word for somebody directly before a name: 果农 in 甲镇果农何某.
        same_day, same_year: a date that is that of before: 当天下午, 同年.
    """

    link: re.Pattern[str]
    comma: re.Pattern[str]
    listed: re.Pattern[str]
    preposition: re.Pattern[str]
    modifies: re.Pattern[str]
    holds: frozenset[str]
    opening: re.Pattern[str]
    start: re.Pattern[str]
    anaphor: re.Pattern[str]
    meanings: Mapping[str, Row]
    roles: Mapping[str, frozenset[str]]
    unnamed: re.Pattern[str]
    counted: re.Pattern[str]
    brings: re.Pattern[str]
    bound: re.Pattern[str]
    change: re.Pattern[str]
    offices: tuple[str, ...]
    into: tuple[str, ...]
    somebody: re.Pattern[str]
    contest: re.Pattern[str]
    visits: re.Pattern[str]
    says: re.Pattern[str]
    same_day: re.Pattern[str]
    same_year: re.Pattern[str]


def grammar(lexicon: Lexicon) -> Grammar:
    """Compile the tables `particles` and `anaphors`."""
    table = lexicon.table("particles")
    words = {use: [r["word"] for r in table.where(use=use)] for use in {r["use"] for r in table.rows}}
    prepositions = [w for use in (*_ROLES, "other") for w in words.get(use, [])]
    meanings: dict[str, Row] = {}
    figures = lexicon.table("figure_words")
    changes = alternation(r["word"] for r in figures.where(use="change"))
    bounds = alternation(r["word"] for r in figures.rows if r["use"] != "change")
    for row in lexicon.table("anaphors").rows:
        meanings.setdefault(row["word"], row)
    dates = lexicon.table("date_words")
    clock = alternation(r["word"] for r in dates.where(kind="clock"))
    same_day, same_year = (
        alternation(r["word"] for r in dates.where(kind=kind) if r["from"] == r["to"] == "0")
        for kind in ("that-day", "that-year")
    )
    says = [row["word"] for row in lexicon.table("cues").where(means="says")]
    return Grammar(
        link=re.compile(rf"{_CLOSE}等?(?:{alternation(words.get('link', []))}|{_CLOSE}、?[“\"]){_OPEN}"),
        listed=re.compile(rf"、|等|及|和|{alternation(words.get('listed', []))}"),
        comma=re.compile(rf"{_CLOSE}，{_OPEN}"),
        preposition=re.compile(rf"({alternation(prepositions)}){_OPEN}\Z"),
        modifies=re.compile(
            rf"{_CLOSE}(?!(?:{alternation(words.get('acts', []))})(?!{NAME}))"
            rf"(?:{alternation(words.get('modifies', []))})"
        ),
        holds=frozenset({"", *words.get("holds", [])}),
        opening=re.compile(rf"{alternation(words.get('opening', []))}|[\s“‘\"《「]"),
        start=re.compile(
            rf"(?:\A|[，。：；！？、,:;“”\"‘’）)\s]|{alternation(words.get('takes-up', []))})\Z"
        ),
        anaphor=re.compile(alternation(meanings)),
        meanings=meanings,
        brings=re.compile(
            rf"(?:{alternation(words.get('brings', []))})了?(?:[^，。；：{NAME}]{{0,12}}的)?{_OPEN}\Z"
        ),
        says=re.compile(rf"[^{NAME}，。；：]{{0,8}}(?:{alternation(says)})"),
        visits=re.compile(alternation(words.get("visits", []))),
        contest=re.compile(rf"(?:{alternation(words.get('contest', []))})[^赛]{{0,6}}\Z"),
        somebody=re.compile(rf"(?:{alternation(words.get('somebody', []))})\Z"),
        bound=re.compile(rf"\A(?:{bounds})|(?:{bounds})(?=[^\d一二三四五六七八九十百千万亿]{{0,5}}\Z)"),
        change=re.compile(rf"[，,（(]?((?:{changes})[^，。；\d]{{1,4}}\d+(?:\.\d+)?(?:%|个百分点))"),
        offices=tuple(words.get("office", [])) or ("\0",),
        into=tuple(words.get("into", [])),
        unnamed=re.compile(rf"{alternation(words.get('unnamed', []))}|{_COUNTED}"),
        counted=re.compile(rf"(?:共?有|的)?{_COUNTED}"),
        same_day=re.compile(rf"(?:{same_day})(?:{clock})?"),
        same_year=re.compile(same_year),
        roles={use: frozenset(words.get(use, [])) for use in _ROLES},
    )
