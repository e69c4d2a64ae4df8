"""The interval of a page without a printed date: an oracle of invented sentences, and composed pages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import lexicon
from kg.config import packed
from kg.layout.clues import Clues
from kg.layout.issued import issue_interval

CLUES = Clues.of(lexicon.load([packed("lexicon")]))
BOTH = "2023年，全市建成茶园两千亩。2022年以来，公路已通到村口。"
"""Names its latest years more than once."""


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("甲", None),
        ("茶叶研究所昨天开门迎客。", "1956-01-28/.."),
        ("2024年7月18日建成的茶园昨天开园。", "2024-07-18/.."),
        (BOTH, "2023-01-01/2024-12-31"),
        (BOTH + "预计2023年底完成。", "2023"),
        (BOTH + "到2035年，基本建成茶乡。", "2023-01-01/2024-12-31"),
        (BOTH + "《规划（2021—2035年）》已印发。", "2023-01-01/2024-12-31"),
        ("大家学习党的二十届三中全会精神。", "2024-07-18/2025-12-31"),
        ("市里开展党史学习教育。", "2021-02-01/2022-03-31"),
        ("今年是新中国成立75周年。", "2024"),
        ("为庆祝中国共产党成立一百周年，合唱团昨天演出。", "2021"),
        ("2021年庆祝建党100周年时种下的树。2023年又种了一片。2023年已成林。", "2023-01-01/2024-12-31"),
        ("今年是“十四五”收官之年。", "2025"),
        ("今年（2024年）茶叶丰收。", "2024"),
        ("去年（2023年）茶叶丰收。", "2024"),
        ("今年是新中国成立75周年。新华社北京7月18日电", "2024-07-18/2024-07-21"),
        ("今年是新中国成立75周年。本报讯 7月18日，茶园开园。", "2024-07-18/2024-08-18"),
        ("今年是新中国成立75周年。截至6月底，茶园已有两千亩。", "2024-06-25/2024-12-31"),
        ("今年是新中国成立75周年。今年1至6月，茶叶丰收。", "2024-06-25/2024-12-31"),
        (BOTH + "7月18日（星期四），茶园开园。", "2024-01-17/2024-12-31"),
        ("今年是新中国成立75周年。今天是重阳节，", "2024-10-10/2024-10-12"),
        ("今年是建党100周年。昨天下午，市里举行庆祝“五一”劳动节大会。", "2021-04-06/2021-05-07"),
        ("今年是新中国成立75周年。端午前夕，茶农采茶忙。", "2024-05-16/2024-06-16"),
        ("今年是新中国成立75周年。昨天（7月18日），茶园开园。", "2024-07-18/2024-07-19"),
        ("今年是新中国成立75周年。新华社2月30日电。", "2024"),
    ],
)
def test_a_text_bounds_its_issue(text: str, interval: str | None) -> None:
    found = issue_interval(text, CLUES)
    assert (None if found is None else found.period.shown) == interval


def test_the_evidence_names_the_clues_that_narrowed() -> None:
    found = issue_interval("今年是新中国成立75周年。本报讯 7月18日，茶园开园。", CLUES)
    assert found is not None
    assert "新中国成立75周年" in found.evidence
    assert "本报讯7月18日" in found.evidence
    silent = issue_interval(BOTH, CLUES)
    assert silent is not None
    assert "no later year is named" in silent.evidence


@st.composite
def composed(draw: st.DrawFn) -> tuple[date, str]:
    """Draw a day and a page of that day: each sentence is true on it, as a newspaper would write it."""
    day = draw(st.dates(date(2012, 1, 1), date(2029, 12, 31)))
    recent = day - timedelta(draw(st.integers(1, 20)))
    past = day - timedelta(draw(st.integers(1, 90)))
    ahead = day.year + draw(st.integers(0, 6))
    done = draw(st.integers(1, 12))
    said = [
        f"{day.year - 1}年，全市新建茶园两千亩。",
        f"{day.year - 1}年以来，已有三家企业落户。",
        f"{day.year - draw(st.integers(2, 30))}年成立的合作社规模扩大。",
        f"项目预计{ahead}年建成。",
        f"力争到{ahead}年底实现全覆盖。",
        f"（{day.year - 1}—{day.year + 4}年）规划已经印发。",
        f"本报讯 {recent.month}月{recent.day}日，茶园开园。",
        f"{past.month}月{past.day}日（星期{'一二三四五六日'[past.weekday()]}），比赛举行。",
        f"今年是新中国成立{day.year - 1949}周年。",
        f"去年（{day.year - 1}年）茶叶丰收。",
        f"新华社北京{(day - timedelta(1)).month}月{(day - timedelta(1)).day}日电",
        "" if done >= day.month else f"今年1至{done}月，销售额增长一成。",
        "" if done >= day.month else f"截至{done}月底，茶园已有两千亩。",
    ]
    for start, word in (
        (date(2024, 7, 18), "二十届三中全会"),
        (date(2017, 10, 24), "乡村振兴"),
        (date(2023, 9, 8), "新质生产力"),
    ):
        said.append(f"大家谈{word}。" if day >= start else "")
    feast = draw(st.sampled_from(("春节", "端午节", "国庆节", "重阳节")))
    there = CLUES.calendar.festival(feast, day.year)
    if there is not None and 0 <= (there.start - day).days <= 15:
        said.append(f"昨天，社区举行庆祝{feast}活动。")
    first = draw(st.sampled_from(said[:2]))
    return day, first + "".join(draw(st.permutations(draw(st.lists(st.sampled_from(said), max_size=8)))))


@settings(deadline=None, max_examples=150)
@given(composed())
def test_the_interval_of_a_composed_page_holds_its_day(page: tuple[date, str]) -> None:
    day, text = page
    found = issue_interval(text, CLUES)
    assert found is not None
    assert found.start <= day <= found.end


@settings(deadline=None)
@given(st.text("今年去202413567月日，。底至成立周年星期四本报讯昨天庆祝五一将已《（）》-", max_size=60))
def test_any_text_has_an_interval_or_none(text: str) -> None:
    found = issue_interval(text, CLUES)
    assert found is None or found.start <= found.end
