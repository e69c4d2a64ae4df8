"""A town with its village is two places, whoever found them as one."""

from __future__ import annotations

import pytest
from naming import article_of

from kg.extract.mentions.parted import parted
from kg.extract.mentions.reading import read
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import Candidate
from kg.extract.tools import Tools


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("甲岭镇乙泽村", ["甲岭镇", "乙泽村"]),
        ("丙水街道丁花社区", ["丙水街道", "丁花社区"]),
        ("甲岭乡东村", ["甲岭乡", "东村"]),
        ("朝阳苏木巴音嘎查", ["朝阳苏木", "巴音嘎查"]),
        ("甲岭镇", ["甲岭镇"]),
        ("乙泽村", ["乙泽村"]),
        ("古镇新村", ["古镇新村"]),
        ("甲岭镇社区", ["甲岭镇社区"]),
        ("甲岭镇乙泽中学", ["甲岭镇乙泽中学"]),
    ],
)
def test_a_town_with_its_village_comes_apart(mention_tools: Tools, printed: str, parts: list[str]) -> None:
    body = f"何清住在{printed}。"
    (text,) = read([article_of(body)], mention_tools.lexer)
    place = Candidate(4, 4 + len(printed), "Place", ("learned",), 0.9)
    found = list(parted(text, [place], mention_tools.prepared(prepare)))
    assert [body[c.start : c.end] for c in found] == parts
    assert {c.kind for c in found} == {"Place"}
