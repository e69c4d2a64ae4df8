"""Dates that facts state mean days: counted from the issue, in the order of the text."""

from __future__ import annotations

from datetime import date

import pytest

from kg import lexicon
from kg.config import packed
from kg.extract.dated import calendar, place_dates
from kg.model import (
    Article,
    Claim,
    Evidence,
    Literal,
    LocalKey,
    SourceMap,
    Span,
    Status,
    When,
)

KNOWN = calendar(lexicon.load([packed("lexicon")]))
PROJECT = LocalKey("p", "Project", "青禾新材料项目")


def article(text: str, issue: When | None) -> Article:
    return Article("p-1", "p", "news", (), (), issue, text, Span(0, len(text)), SourceMap(()))


def claim(text: str, printed: str, said: str, kind: str = "date") -> Claim:
    start = text.index(said)
    evidence = Evidence("p-1", Span(start, start + len(said)), "frame", 0.9)
    return Claim(PROJECT, "startDate", Literal(printed, kind), (), Status.ASSERTED, evidence)


def meant(text: str, printed: str, said: str, issue: When | None) -> str | None:
    (found,) = place_dates([claim(text, printed, said)], [article(text, issue)], KNOWN)
    assert isinstance(found.object, Literal)
    assert found.object.text == printed
    return None if found.object.when is None else found.object.when.edtf


FRIDAY = When(date(2024, 7, 19), date(2024, 7, 19), "2024年7月19日")
SUMMER = When(date(2024, 7, 1), date(2024, 9, 30), "暑期")


@pytest.mark.parametrize(
    ("text", "printed", "said", "issue", "days"),
    [
        ("青禾新材料项目昨天上午开工。", "昨天上午", "昨天上午开工", FRIDAY, "2024-07-18"),
        ("青禾新材料项目昨天上午开工。", "昨天上午", "昨天上午开工", SUMMER, "2024-06-30/2024-09-29"),
        ("青禾新材料项目昨天上午开工。", "昨天上午", "昨天上午开工", None, None),
        ("青禾新材料项目去年3月开工。", "去年3月", "去年3月开工", SUMMER, "2023-03"),
        ("公司2019年落户，次年10月开工。", "次年10月", "次年10月开工", None, "2020-10"),
        ("项目5月1日签约，当月开工；6月1日封顶。", "当月", "当月开工", FRIDAY, "2024-05"),
    ],
)
def test_a_stated_date_means_days(
    text: str, printed: str, said: str, issue: When | None, days: str | None
) -> None:
    assert meant(text, printed, said, issue) == days


def test_of_two_dates_of_one_wording_the_one_that_is_stated_counts() -> None:
    text = "甲项目2019年签约，当年开工。乙项目2022年签约，当年开工。"
    second = claim(text, "当年", "乙项目2022年签约，当年开工")
    (found,) = place_dates([second], [article(text, FRIDAY)], KNOWN)
    assert isinstance(found.object, Literal)
    assert found.object.when is not None
    assert found.object.when.edtf == "2022"


def test_what_is_no_date_stays_as_it_is() -> None:
    text = "总投资3亿元。"
    money = claim(text, "3亿元", "总投资3亿元", "money")
    assert place_dates([money], [article(text, FRIDAY)], KNOWN) == (money,)
