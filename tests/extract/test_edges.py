"""The edges of learned mentions: what the genre prints there is set right, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from naming import article_of

from kg.extract.mentions.edges import edged
from kg.extract.mentions.overrun import within_words
from kg.extract.mentions.reading import read
from kg.extract.mentions.tables import prepare
from kg.extract.mentions.votes import Candidate, balanced
from kg.extract.tools import Tools


def cut(tools: Tools, printed: str, kind: str) -> list[str]:
    """Return what is left of the mention that stands between 【 and 】."""
    before, mention, after = printed.replace("】", "【").split("【")
    (text,) = read([article_of(before + mention + after)], tools.lexer)
    found = Candidate(len(before), len(before) + len(mention), kind, ("learned",), 0.9)
    return [text.text[c.start : c.end] for c in edged(text, [found], tools.prepared(prepare))]


@pytest.mark.parametrize(
    ("printed", "kind", "left"),
    [
        ("甲山机械【乙泽股份）】昨日挂牌", "Organization", ["乙泽股份"]),
        ("织机企业【丙隆机械（】Belloni）来了", "Organization", ["丙隆机械"]),
        ("总监【尤里·陈（Yuri Chen】）坦言", "Person", ["尤里·陈"]),
        ("与【丁元细胞株式会社（Daewon Cell）】签约", "Organization", ["丁元细胞株式会社"]),
        ("评上了“【十佳民宿村”】，大家高兴", "Award", ["十佳民宿村"]),
        ("【戊岭（青州）有限公司】投产", "Organization", ["戊岭（青州）有限公司"]),
        ("【“青禾通”平台】上线", "Project", ["“青禾通”平台"]),
        ("【县农业农村局渔业股】股长说", "Organization", ["县农业农村局"]),
        ("【县委办公室】通报", "Organization", ["县委办公室"]),
        ("农机厂的【何振岐东】拼西凑几万元", "Person", ["何振岐"]),
        ("副镇长【欧阳静波】说", "Person", ["欧阳静波"]),
        ("旗长【敖日其楞】介绍", "Person", ["敖日其楞"]),
        ("新增【三条全自动灌装线】，产量翻番", "Project", []),
        ("【第一家物流公司】开业", "Organization", []),
        ("来到【两家子镇】调研", "Place", ["两家子镇"]),
        ("位于【甲岭镇的乙川数字产业园】", "Place", ["甲岭镇", "乙川数字产业园"]),
        ("受到【甲岭镇的欢迎】", "Place", ["甲岭镇"]),
        ("举办了【“甲岭的春天”文艺晚会】", "Event", ["“甲岭的春天”文艺晚会"]),
        ("举办【海鲜厨艺争霸赛、广场舞大赛】", "Event", ["海鲜厨艺争霸赛", "广场舞大赛"]),
        ("由【市科协和科普工作联席会议】主办", "Event", ["市科协", "科普工作联席会议"]),
        ("【中共中央国务院】印发", "Organization", []),
        ("推进【甲岭“水、电、路”改造工程】", "Project", ["甲岭“水、电、路”改造工程"]),
        ("【甲岭市水利局党组】成员、副局长何清", "Organization", ["甲岭市水利局"]),
        ("【甲岭市水利局党组】召开会议", "Organization", ["甲岭市水利局党组"]),
        ("【甲岭镇党委】委员何清", "Organization", ["甲岭镇党委"]),
        ("【甲岭村党支部】书记何清", "Organization", ["甲岭村"]),
        ("【甲岭社区党委】召开会议", "Organization", ["甲岭社区党委"]),
        ("何塘村的路修好了。【村党支部】书记何清说", "Organization", []),
        ("【甲岭玩具集团生产部】副经理何清说", "Organization", ["甲岭玩具集团"]),
        ("【市甲岭医院检验科】检验师何清", "Organization", ["市甲岭医院"]),
        ("【甲岭玩具集团生产部】今天上午停工", "Organization", ["甲岭玩具集团生产部"]),
        ("【甲岭海事局赣榆海事处】处长何清", "Organization", ["甲岭海事局赣榆海事处"]),
        ("【甲岭市委组织部】部长何清", "Organization", ["甲岭市委组织部"]),
        ("由【县水利局联合团县委】举办", "Organization", ["县水利局", "团县委"]),
        ("【甲岭县妇女联合会】举办", "Organization", ["甲岭县妇女联合会"]),
        ("【甲岭联合食品有限公司】投产", "Organization", ["甲岭联合食品有限公司"]),
        ("【“甲岭纺织”“乙泽线业”】这些大厂", "Organization", ["甲岭纺织", "乙泽线业"]),
        ("只评【“最佳乡音”“最佳新篇”两个奖】", "Award", ["最佳乡音", "最佳新篇"]),
        ("举办【“甲岭杯”乡村歌手大赛】", "Event", ["“甲岭杯”乡村歌手大赛"]),
        ("长平、【流江两村】的群众", "Place", ["流江"]),
        ("锦屏、木林、【九功四镇（乡）】联手", "Place", ["九功"]),
        ("住在【枣园三村】", "Place", ["枣园三村"]),
        ("在【甲岭国际大酒店二楼荆江厅】会见", "Place", ["甲岭国际大酒店", "荆江厅"]),
        ("位于【甲岭大厦二楼】", "Place", ["甲岭大厦二楼"]),
        ("由县【第三实验小学】承办", "Organization", ["县第三实验小学"]),
        ("我市【新华书店】开业", "Organization", ["新华书店"]),
        ("建成【八台镇速冻面点项目】", "Project", ["八台镇速冻面点项目"]),
    ],
)
def test_a_mention_is_cut_to_the_name_it_holds(
    mention_tools: Tools, printed: str, kind: str, left: list[str]
) -> None:
    assert cut(mention_tools, printed, kind) == left


@given(st.text(alphabet="甲乙“”（）()‘’", min_size=6, max_size=14), st.integers(0, 5), st.integers(1, 6))
def test_what_is_left_is_balanced_and_at_most_one_mark_wider(
    mention_tools: Tools, text: str, start: int, size: int
) -> None:
    (read_,) = read([article_of(text)], mention_tools.lexer)
    end = min(len(text), start + size)
    found = Candidate(start, end, "Project", ("learned",), 0.9)
    for c in edged(read_, [found], mention_tools.prepared(prepare)):
        assert start - 1 <= c.start < c.end <= end + 1
        assert balanced(text[c.start : c.end])


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        (["【甲川集团】落户，全靠支持", "我们衷心感【谢甲川集团】的信任"], ["甲川集团", "甲川集团"]),
        (["【乙岭机械厂】今年扩产", "走进【乙岭机械厂办】公室"], ["乙岭机械厂", "乙岭机械厂"]),
        (["【文物馆】开馆", "来到【县文物馆】参观"], ["文物馆", "县文物馆"]),
        (
            ["【甲川集团】落户", "感【谢甲川集团】", "【谢甲川集团】投产"],
            ["甲川集团", "谢甲川集团", "谢甲川集团"],
        ),
        (["感【谢甲川集团】的信任"], ["谢甲川集团"]),
    ],
)
def test_a_mention_that_took_half_a_word_is_cut_to_the_name_printed_elsewhere(
    mention_tools: Tools, printed: list[str], left: list[str]
) -> None:
    parts = [line.replace("】", "【").split("【") for line in printed]
    texts = read([article_of("".join(part)) for part in parts], mention_tools.lexer)
    found = [
        [Candidate(len(before), len(before) + len(mention), "Organization", ("learned",), 0.9)]
        for before, mention, _ in parts
    ]
    cut_to = within_words(texts, found)
    assert [t.text[c.start : c.end] for t, (c,) in zip(texts, cut_to, strict=True)] == left
