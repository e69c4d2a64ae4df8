"""Other names of people, places and bodies, and places by lists and numbers: who and what is one."""

from __future__ import annotations

import pytest
from naming import article_of

from kg.extract.mentions.areas import Areas
from kg.extract.mentions.link import links
from kg.extract.mentions.listed import find_numbered, with_level
from kg.extract.mentions.reading import read
from kg.extract.mentions.resolve import resolve
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import Candidate
from kg.extract.tools import Tools
from kg.model import Page


def resolved(tools: Tools, printed: str, kind: str) -> set[str]:
    """Return the names of what stands between 【 and 】, all of a kind."""
    plain, spans = "", []
    for number, part in enumerate(printed.replace("】", "【").split("【")):
        if number % 2:
            spans.append((len(plain), len(plain) + len(part)))
        plain += part
    texts = read([article_of(plain)], tools.lexer)
    found = [[Candidate(start, end, kind, ("learned",), 0.9) for start, end in spans]]
    page, names = Page("p", "p.txt", plain, ()), tools.prepared(prepare)
    return {e.key.name for e in resolve(page, texts, found, {}, Areas(None, frozenset()), names, {})}


@pytest.mark.parametrize(
    ("printed", "kind", "names"),
    [
        ("【牛得草】种瓜，村里人喊他“【瓜大王】”。【瓜大王】笑了", "Person", {"牛得草"}),
        ("【牛得草】，人称“【牛大胆】”，会骑马", "Person", {"牛得草"}),
        ("队长【牛大胆】——大名【牛得草】——来了", "Person", {"牛得草"}),
        ("【牛得草】喊【何清】吃饭", "Person", {"牛得草", "何清"}),
        ("【牛得草】说，【何清】的外号不好听", "Person", {"牛得草", "何清"}),
        ("【甲岭镇】原名【乙泽乡】，产茶", "Place", {"甲岭镇"}),
        ("【甲岭工业区】2019年更名为【乙泽产业园】", "Place", {"乙泽产业园"}),
        ("【甲岭镇】在东。原名【乙泽乡】", "Place", {"甲岭镇", "乙泽乡"}),
        ("从【甲岭镇】到【乙泽乡】", "Place", {"甲岭镇", "乙泽乡"}),
        ("【四川省沐川县委政法委】来学习", "Organization", {"中共沐川县委政法委"}),
        ("【甲岭县委政法委】来学习", "Organization", {"中共甲岭县委政法委"}),
    ],
)
def test_other_names_are_those_of_one(mention_tools: Tools, printed: str, kind: str, names: set[str]) -> None:
    assert resolved(mention_tools, printed, kind) == names


@pytest.mark.parametrize(
    ("kind", "short", "long", "joins"),
    [
        ("Person", "得草", "牛得草", True),
        ("Person", "高明", "牛高明", False),
        ("Person", "得草", "草得草", False),
        ("Organization", "固沙站", "沐川县固沙站", True),
        ("Organization", "青禾联合社", "甲岭镇青禾联合社", True),
        ("Organization", "固沙站", "甲岭固沙站", False),
    ],
)
def test_a_short_name_joins_the_long_one(
    mention_tools: Tools, kind: str, short: str, long: str, joins: bool
) -> None:
    assert (links(kind, [short, long], mention_tools.prepared(prepare)) == {short: long}) is joins


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("落在B-07地块上，C地块另议", ["B-07地块", "C地块"]),
        ("察看了09号地块和一号馆", ["09号地块", "一号馆"]),
        ("住3号楼，馆长在三号馆长办公室", []),
        ("两个地块、地块不大", []),
    ],
)
def test_letters_and_numbers_name_places(mention_tools: Tools, body: str, places: list[str]) -> None:
    (text,) = read([article_of(body)], mention_tools.lexer)
    found = find_numbered(text, mention_tools.prepared(prepare))
    assert [text.text[v.start : v.end] for v in found] == places


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("【大仙】、光田两个村受灾", "大仙村"),
        ("大厂、【芒岭】三个片区", "芒岭片区"),
        ("【大仙】等5个乡镇", None),
        ("【大仙村】、光田等三个村", None),
        ("【大仙】的稻子熟了", None),
    ],
)
def test_a_listed_place_has_the_level_of_its_list(
    mention_tools: Tools, printed: str, name: str | None
) -> None:
    before, place, after = printed.replace("】", "【").split("【")
    end = len(before) + len(place)
    assert with_level(before + place + after, len(before), end, mention_tools.prepared(prepare)) == name
