"""Bare ceremonies: 开幕式 is that of the event, the works or the firm which the article names."""

from __future__ import annotations

import pytest
from naming import article_of

from kg.extract.mentions.occasions import find_occasions, held, occasions
from kg.extract.mentions.reading import read
from kg.extract.mentions.votes import Candidate
from kg.extract.tools import Tools


def called(tools: Tools, printed: str) -> dict[str, str]:
    """Return ceremony as printed → its name; names stand in brackets: 【Event:甲岭山歌节】."""
    body, found, rest = "", [], printed
    while "【" in rest:
        before, rest = rest.split("【", 1)
        named, rest = rest.split("】", 1)
        kind, name = named.split(":")
        body += before
        found.append(Candidate(len(body), len(body) + len(name), kind, ("learned",), 0.9))
        body += name
    body += rest
    (text,) = read([article_of(body)], tools.lexer)
    known = tools.prepared(occasions)
    found = sorted([*found, *find_occasions(text, found, known)], key=lambda c: c.start)
    names = held([text], [found], known)
    return {body[c.start : c.end]: names[text.article.id, c.start] for c in found if "occasion" in c.finders}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("【Event:第二届甲岭山歌节】开幕。县长何清主持开幕式。", "第二届甲岭山歌节开幕式"),
        ("【Project:甲岭引水工程】动工。开工仪式由何清主持。", "甲岭引水工程开工仪式"),
        ("昨天的揭牌仪式上，【Organization:甲岭特教学校】有了新家。", "甲岭特教学校揭牌仪式"),
        ("【Event:甲岭山歌节开幕式】昨晚举行。开幕式由何清主持。", "甲岭山歌节开幕式"),
        (
            "【Event:甲岭山歌节】和【Event:乙川龙舟赛】都在九月。颁奖典礼由何清主持。",
            "乙川龙舟赛颁奖典礼",
        ),
        (
            "【Project:甲岭引水工程】和【Event:乙川龙舟赛】都在九月。开幕式由何清主持。",
            "乙川龙舟赛开幕式",
        ),
    ],
)
def test_a_bare_ceremony_is_that_of_what_the_article_names(
    mention_tools: Tools, printed: str, name: str
) -> None:
    assert list(called(mention_tools, printed).values()) == [name]


@pytest.mark.parametrize(
    "printed",
    [
        "开幕式由何清主持。",
        "【Person:何清】参加了开幕式。",
        "【Event:第二届甲岭山歌节】没有开幕式。",
        "【Event:第二届甲岭山歌节开幕式】由何清主持。",
        "【Event:山歌节】的开幕式很短。",
        "【Place:甲岭县】参加各类签约仪式。",
    ],
)
def test_a_ceremony_of_nothing_is_none(mention_tools: Tools, printed: str) -> None:
    assert called(mention_tools, printed) == {}


def test_a_found_ceremony_takes_its_full_name_too(mention_tools: Tools) -> None:
    body = "第二届甲岭山歌节开幕。开幕式由何清主持。"
    (text,) = read([article_of(body)], mention_tools.lexer)
    at = body.index("开幕式")
    found = [
        Candidate(0, 8, "Event", ("learned",), 0.9),
        Candidate(at, at + 3, "Event", ("learned",), 0.9),
    ]
    names = held([text], [found], mention_tools.prepared(occasions))
    assert names == {(text.article.id, at): "第二届甲岭山歌节开幕式"}
