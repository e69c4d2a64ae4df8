"""What longer names open with: counties, towns and bodies that a page names nowhere else."""

from __future__ import annotations

import pytest
from naming import article_of

from kg.extract.mentions.nested import nested
from kg.extract.mentions.reading import read
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import Candidate
from kg.extract.tools import Tools


@pytest.mark.parametrize(
    ("printed", "kind", "more"),
    [
        ("由【沐川县甲岭机械厂】供货", "Organization", [("沐川县", "Place")]),
        (
            "【四川省沐川县乙泽职业学校】的老师",
            "Organization",
            [("四川省", "Place"), ("沐川县", "Place")],
        ),
        ("【四川省乙泽研究中心】挂牌", "Organization", []),
        ("【沐川县】的茶好", "Place", []),
        ("【沐川县甲岭山歌节】开幕", "Event", []),
        ("沐川县不大。【沐川县甲岭机械厂】供货", "Organization", [("沐川县", "Place")]),
        ("建设【沐川县甲岭引水工程】", "Project", [("沐川县", "Place")]),
        ("建设【利店镇甲岭引水工程】", "Project", [("利店镇", "Place")]),
        ("建设【沐川县利店镇甲岭引水工程】", "Project", [("沐川县", "Place"), ("利店镇", "Place")]),
        ("【利店镇中心小学】开学", "Organization", []),
        ("【甲岭机械有限公司党支部】开会", "Organization", [("甲岭机械有限公司", "Organization")]),
        ("【甲岭机械有限责任公司锻件项目】开工", "Project", [("甲岭机械有限责任公司", "Organization")]),
        ("【甲岭机械有限公司】开会", "Organization", []),
        ("【甲岭机械有限公司（筹）】开会", "Organization", []),
        ("【甲岭保险股份有限公司城东支公司】开会", "Organization", []),
        ("【甲岭机械集团的锻件项目】开工", "Project", [("甲岭机械集团", "Organization")]),
        ("【县第三小学“小喇叭”合唱团】获奖", "Organization", [("县第三小学", "Organization")]),
        ("【“甲岭小学的春天”读书项目】启动", "Project", []),
        ("【春天的小喇叭合唱团】获奖", "Organization", []),
        ("【甲岭锻件加工项目二期】投产", "Project", [("甲岭锻件加工项目", "Project")]),
        ("甲岭锻件加工项目不小。【甲岭锻件加工项目二期】投产", "Project", [("甲岭锻件加工项目", "Project")]),
        ("【工程二期】投产", "Project", []),
        ("【甲岭锻件工厂二期】投产", "Project", []),
        ("【焦炉煤气制氢二期】投产", "Project", []),
    ],
)
def test_the_opening_of_a_longer_name_is_named_too(
    mention_tools: Tools, printed: str, kind: str, more: list[tuple[str, str]]
) -> None:
    before, mention, after = printed.replace("】", "【").split("【")
    (text,) = read([article_of(before + mention + after)], mention_tools.lexer)
    held = Candidate(len(before), len(before) + len(mention), kind, ("learned",), 0.9)
    ((first, *others),) = nested([text], [[held]], mention_tools.prepared(prepare))
    assert first == held
    assert [(text.text[c.start : c.end], c.kind) for c in others] == more


def test_what_the_page_names_by_itself_is_left_there(mention_tools: Tools) -> None:
    texts = read(
        [article_of("沐川县甲岭机械厂供货"), article_of("来到沐川县", number=2)], mention_tools.lexer
    )
    firm, county = Candidate(0, 8, "Organization", ("x",), 0.9), Candidate(2, 5, "Place", ("x",), 0.9)
    found = nested(texts, [[firm], [county]], mention_tools.prepared(prepare))
    assert found == [[firm], [county]]
