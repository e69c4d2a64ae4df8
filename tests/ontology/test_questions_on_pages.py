"""The questions give, on the sample pages, the answers that a reader of the pages gives.

Every answer was read off the pages, not off the program; where the program does not find all of it yet, the
question is tested on the small graph of `test_questions.py` only.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.config import packed
from kg.rdf import open_dataset, queries

ROOT = Path(__file__).resolve().parents[2]
FOLDER = packed("ontology")

SAID: list[tuple[str, dict[str, str], tuple[str, ...], set[tuple[str, ...]]]] = [
    # 邵启明会见……马丁·克莱因一行。市领导卢振邦、俞海棠，……洪伟参加会见。
    ("who-met-whom", {"name": "马丁·克莱因"}, ("host", "guest"), {
        ("邵启明", "马丁·克莱因"),
        ("卢振邦", "马丁·克莱因"),
        ("俞海棠", "马丁·克莱因"),
        ("洪伟", "马丁·克莱因"),
    }),
    # 邵启明在市行政中心会见了德国哈尔登集团全球副总裁马丁·克莱因一行
    ("which-sentence-says-so", {"name": "马丁·克莱因", "other": "邵启明"}, ("predicate", "source"), {
        ("met", "page-1-wrapped.txt"),
    }),
    # 去年，医院护士长骆冰被评为“宣城市最美护士”。
    ("awards-by-receiver", {"name": "骆冰"}, ("receiver", "award", "year"), {
        ("骆冰", "宣城市最美护士", "去年"),
    }),
    ("chronicle", {"name": "骆冰"}, ("predicate", "object"), {
        ("holdsPosition", "栖川市第二人民医院"),
        ("receivedAward", "宣城市最美护士"),
    }),
    ("articles-about", {"name": "骆冰"}, ("source",), {("page-3-doubled.txt",)}),
    # 安徽鸿泽水务建设有限公司副总经理魏铭
    ("companies-and-officers", {"name": "安徽鸿泽水务建设有限公司"}, ("person", "title", "status"), {
        ("魏铭", "副总经理", "asserted"),
    }),
    # 方海涛当选市科协主席，薄云生、许牧之当选副主席，宋宝来不再担任市科协主席职务。
    ("people-of-an-organization", {"name": "栖川市科协"}, ("person", "title", "status"), {
        ("方海涛", "主席", "asserted"),
        ("薄云生", "副主席", "asserted"),
        ("许牧之", "副主席", "asserted"),
        ("宋宝来", "主席", "former"),
    }),
    ("successions", {"name": "栖川市科协"}, ("title", "before", "after"), {("主席", "宋宝来", "方海涛")}),
    # 任命：尹兆丰为栖川市人民政府常务副市长 …… 免去：卢振邦的……常务副市长职务
    ("successions", {"name": "栖川市人民政府"}, ("title", "before", "after"), {
        ("常务副市长", "卢振邦", "尹兆丰"),
    }),
    # 市委副书记、政法委书记裴立新 …… 市领导汪德厚、苏静芝、裴立新
    ("posts-of-a-person", {"name": "裴立新"}, ("title", "at", "status"), {
        ("副书记", "中共栖川市委", "asserted"),
        ("书记", "中共栖川市委政法委", "asserted"),
        ("领导", "栖川市", "asserted"),
    }),
    # 市委常委、组织部部长柏晓晴, on two pages; once among 市领导
    ("posts-over-time", {"name": "柏晓晴"}, ("title", "at", "articles"), {
        ("常委", "中共栖川市委", "2"),
        ("部长", "中共栖川市委组织部", "2"),
        ("领导", "栖川市", "1"),
    }),
    # 我市举行第21期栖川讲堂主题学习会 (11月6日晚)
    ("events-with-organizer-and-venue", {"name": "第21期栖川讲堂主题学习会"}, ("organizers", "dates"), {
        ("栖川市", "11月6日晚"),
    }),
    # 总投资12亿元: of all projects only this one is above a thousand million
    ("projects-above-100-million-yuan", {"least": "1000000000"}, ("project", "investment"), {
        ("瑞澜精密栖川项目", "12亿元"),
    }),
    # 计划明年3月投产 …… 3月8日哈尔登栖川工厂二期正式投产
    ("planned-and-completed-projects", {"name": "哈尔登栖川工厂二期"}, ("plannedEnd", "completed"), {
        ("明年3月", "3月8日"),
    }),
    # 龙陂镇与沅塘县青石镇签订合作协议 …… 龙陂镇与青石镇签订茶产业共建协议
    ("cooperation-partners", {"name": "龙陂镇"}, ("partner", "other", "status"), {
        ("龙陂镇", "青石镇", "asserted"),
    }),
    # 注册资本3000万元，现有员工96名
    ("figures-of-an-entity", {"name": "安徽云擎智能农机有限公司"}, ("predicate", "figure", "amount"), {
        ("registeredCapital", "3000万元", "30000000"),
        ("headcount", "96名", "96"),
    }),
    ("articles-by-journalist", {"journalist": "丁可"}, ("role", "source"), {
        ("记者", "page-2-overprinted.txt"),
        ("记者", "page-4-interleaved.md"),
        ("记者", "page-5-columns.txt"),
    }),
    ("articles-by-journalist", {"journalist": "彭莉莉"}, ("role", "source"), {
        ("通讯员", "page-1-wrapped.txt"),
        ("通讯员", "page-5-columns.txt"),
    }),
    # 在栖川经济开发区设立哈尔登液压（栖川）有限公司
    ("companies-by-place", {"name": "栖川经济开发区"}, ("organization",), {("哈尔登液压（栖川）有限公司",)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "output"
    kg.build([str(ROOT / "seeds" / "pages")], kg.Settings(), out, jobs=1)
    return out


@pytest.mark.parametrize(("name", "values", "columns", "rows"), SAID)
def test_a_question_is_answered_as_a_reader_answers_it(
    output: Path, name: str, values: dict[str, str], columns: tuple[str, ...], rows: set[tuple[str, ...]]
) -> None:
    result = open_dataset(output).query(queries.find(FOLDER, name).bind(values))
    places = [result.columns.index(column) for column in columns]
    found = {
        tuple("" if (term := row[i]) is None else term.value.rsplit("#", 1)[-1] for i in places)
        for row in result.rows
    }
    assert found == rows
