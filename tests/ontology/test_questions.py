"""The questions of `ontology/queries` give the true answers of a small graph that is written down here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from builders import page_of
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.plugins.sparql import prepareQuery

from kg import ontology
from kg.config import Settings, packed
from kg.errors import InputError, KgError, OntologyError
from kg.model import Literal, Period
from kg.rdf import Dataset, open_dataset, queries, write
from kg.resolve import resolve

FOLDER = packed("ontology")
FIRST = "柳青会见王大力，考察星辰公司。"
SECOND = "王大力任星辰公司董事长。"
THIRD = "星辰公司再获优秀企业，与河口大学合作。"
KINDS = {
    "柳青": "Person",
    "王大力": "Person",
    "何田": "Person",
    "星辰公司": "Organization",
    "星辰科技": "Organization",
    "河口大学": "Organization",
    "河口镇": "Place",
    "河口县": "Place",
    "河口产业园": "Place",
    "甲项目": "Project",
    "乙项目": "Project",
    "丙项目": "Project",
    "丁项目": "Project",
    "茶会": "Event",
    "年会": "Event",
    "优秀企业": "Award",
}
TWO_NAMES = {"河口镇": ["河口"]}


def money(text: str, value: float, unit: str = "CNY") -> Literal:
    return Literal(text, "money", value, unit)


def days(text: str, first: date, last: date) -> Literal:
    return Literal(text, "date", when=Period(first, last))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    pages = [
        page_of(
            FIRST,
            [
                ("柳青", "met", "王大力"),
                ("柳青", "inspected", "星辰公司"),
                ("王大力", "inspected", "星辰公司"),
                ("柳青", "inspected", "甲项目"),
                ("柳青", "inspected", "丁项目", {"status": "planned"}),
                ("星辰公司", "locatedIn", "河口产业园"),
                ("丙项目", "locatedIn", "河口产业园", {"status": "planned"}),
                ("河口产业园", "locatedIn", "河口镇"),
                ("河口镇", "locatedIn", "河口县"),
                ("星辰公司", "receivedAward", "优秀企业", {"year": "去年"}),
                ("星辰科技", "receivedAward", "优秀企业"),
                ("茶会", "organizedBy", "河口镇"),
                ("茶会", "organizedBy", "星辰公司"),
                ("茶会", "startDate", Literal("昨天", "date")),
                ("柳青", "presided", "茶会"),
                ("王大力", "attended", "茶会"),
                ("何田", "attended", "茶会"),
                ("柳青", "attended", "年会"),
                ("王大力", "attended", "年会"),
                ("何田", "attended", "年会", {"status": "planned"}),
            ],
            KINDS,
            aliases=TWO_NAMES,
            issued=date(2024, 5, 1),
            headline="第一条",
            byline=(("记者", "林小满"),),
        ),
        page_of(
            SECOND,
            [
                ("王大力", "holdsPosition", "星辰公司", {"title": "董事长"}),
                ("柳青", "holdsPosition", "河口县", {"title": "县长", "status": "former"}),
                ("何田", "holdsPosition", "河口县", {"title": "县长"}),
                ("柳青", "holdsPosition", "河口镇", {"title": "镇长", "status": "negated"}),
                ("星辰科技", "partOf", "星辰公司"),
                ("甲项目", "totalInvestment", money("1.2亿元", 1.2e8)),
                ("甲项目", "totalInvestment", money("2亿元", 2e8)),
                ("甲项目", "startDate", days("2023年3月", date(2023, 3, 1), date(2023, 3, 31))),
                ("甲项目", "completionDate", Literal("明年", "date"), {"status": "planned"}),
                ("甲项目", "locatedIn", "河口县"),
                ("乙项目", "totalInvestment", money("90000万元", 9e8), {"status": "planned"}),
                ("丙项目", "totalInvestment", money("9000万元", 9e7)),
                ("丁项目", "totalInvestment", money("5亿美元", 5e8, "USD")),
                ("星辰公司", "undertakes", "甲项目"),
                ("星辰公司", "undertakes", "丁项目", {"status": "planned", "speaker": "王大力"}),
                ("星辰公司", "headcount", Literal("90名", "count", 90, "名"), {"of": "员工", "year": "去年"}),
            ],
            KINDS,
            source="b.txt",
            headline="第二条",
            byline=(("记者", "林小满"), ("摄影", "马川")),
            confidence=0.4,
        ),
        page_of(
            THIRD,
            [
                ("星辰公司", "receivedAward", "优秀企业", {"year": "去年"}),
                ("河口大学", "cooperatesWith", "星辰公司", {"status": "planned"}),
            ],
            {name: KINDS[name] for name in ("星辰公司", "优秀企业", "河口大学")},
            source="c.txt",
            issued=date(2024, 6, 2),
            headline="第三条",
            byline=(),
        ),
    ]
    out = tmp_path_factory.mktemp("questions")
    write(resolve(pages, Settings()), ontology.load(FOLDER), Settings(), out)
    return open_dataset(out)


def answer(dataset: Dataset, name: str, values: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the rows; what GROUP_CONCAT joined in the engine's own order is sorted."""
    rows = dataset.query(queries.find(FOLDER, name).bind(values)).rows
    found = [tuple("" if t is None else t.value.rsplit("#", 1)[-1] for t in row) for row in rows]
    return [tuple("、".join(sorted(cell.split("、"))) for cell in row) for row in found]


ALL: dict[str, str] = {}
ANSWERS: list[tuple[str, dict[str, str], list[tuple[str, ...]]]] = [
    ("articles-about", {"name": "何田"}, [
        ("何田", "", "第二条", "news", "b.txt"),
        ("何田", "2024-05-01", "第一条", "news", "a.txt"),
    ]),
    ("articles-by-journalist", {"journalist": "林小满"}, [
        ("林小满", "记者", "第二条", "", "b.txt"),
        ("林小满", "记者", "第一条", "2024-05-01", "a.txt"),
    ]),
    ("articles-by-journalist", {"journalist": "马川"}, [("马川", "摄影", "第二条", "", "b.txt")]),
    ("awards-by-receiver", {"name": "星辰公司"}, [
        ("星辰公司", "Organization", "优秀企业", "去年", THIRD),
        ("星辰公司", "Organization", "优秀企业", "去年", FIRST),
    ]),
    ("chronicle", {"name": "何田"}, [
        ("", "何田", "holdsPosition", "河口县", "asserted", "1"),
        ("2024-05-01", "何田", "attended", "年会", "planned", "1"),
        ("2024-05-01", "何田", "attended", "茶会", "asserted", "1"),
    ]),
    ("co-attendance", {"name": "王大力"}, [
        ("王大力", "柳青", "2", "年会、茶会"),
        ("王大力", "何田", "1", "茶会"),
    ]),
    ("companies-and-officers", ALL, [("星辰公司", "王大力", "董事长", "asserted")]),
    ("companies-by-place", ALL, [
        ("河口产业园", "星辰公司"), ("河口县", "星辰公司"), ("河口镇", "星辰公司"),
    ]),
    ("companies-by-place", {"name": "河口"}, [("河口镇", "星辰公司")]),
    ("contradicting-figures", ALL, [("甲项目", "totalInvestment", "1.2亿元、2亿元")]),
    ("cooperation-partners", {"name": "星辰公司"}, [("河口大学", "星辰公司", "planned", THIRD)]),
    ("denied-facts", ALL, [("柳青", "holdsPosition", "河口镇", SECOND)]),
    ("entities-with-several-names", ALL, [("河口镇", "Place", "1", "河口")]),
    ("events-with-organizer-and-venue", {"name": "茶会"}, [("茶会", "星辰公司、河口镇", "", "昨天")]),
    ("figures-of-an-entity", {"name": "星辰公司"}, [
        ("星辰公司", "headcount", "90名", "90", "名", "员工", "去年", "asserted"),
    ]),
    ("firms-of-a-park", ALL, [
        ("河口产业园", "丙项目", "Project", "planned", FIRST),
        ("河口产业园", "星辰公司", "Organization", "asserted", FIRST),
    ]),
    ("most-visited", ALL, [("星辰公司", "Organization", "1", "2"), ("甲项目", "Project", "1", "1")]),
    ("people-of-an-organization", {"name": "河口县"}, [
        ("河口县", "何田", "县长", "asserted", ""),
        ("河口县", "柳青", "县长", "former", ""),
    ]),
    ("planned-and-completed-projects", ALL, [("甲项目", "", "2023年3月", "明年", "")]),
    ("posts-of-a-person", ALL, [
        ("何田", "县长", "河口县", "asserted", SECOND),
        ("柳青", "县长", "河口县", "former", SECOND),
        ("王大力", "董事长", "星辰公司", "asserted", SECOND),
    ]),
    ("posts-over-time", {"name": "柳青"}, [("柳青", "", "", "县长", "河口县", "former", "1")]),
    ("projects-above-100-million-yuan", ALL, [
        ("乙项目", "90000万元", "900000000", "planned"),
        ("甲项目", "2亿元", "200000000", "asserted"),
        ("甲项目", "1.2亿元", "120000000", "asserted"),
    ]),
    ("projects-above-100-million-yuan", {"least": "200000000"}, [
        ("乙项目", "90000万元", "900000000", "planned"),
    ]),
    ("projects-by-year", {"least": "1.5e8"}, [
        ("", "乙项目", "90000万元", "900000000", "planned"),
        ("2023", "甲项目", "2亿元", "200000000", "asserted"),
    ]),
    ("receivers-by-award", ALL, [("优秀企业", "2", "星辰公司、星辰科技")]),
    ("subsidiaries", ALL, [("星辰公司", "星辰科技", "asserted", SECOND)]),
    ("successions", ALL, [("河口县", "县长", "柳青", "何田")]),
    ("visits-to-firms", {"name": "柳青"}, [("柳青", "星辰公司", "2024-05-01", FIRST)]),
    ("which-sentence-says-so", {"name": "王大力", "other": "星辰公司"}, [
        ("王大力", "holdsPosition", "星辰公司", "asserted", SECOND, "第二条", "", "b.txt"),
        ("王大力", "inspected", "星辰公司", "asserted", FIRST, "第一条", "2024-05-01", "a.txt"),
    ]),
    ("who-attended-what", {"name": "年会"}, [
        ("年会", "何田", "出席", "planned", FIRST),
        ("年会", "柳青", "出席", "asserted", FIRST),
        ("年会", "王大力", "出席", "asserted", FIRST),
    ]),
    ("who-invested-in-what", {"name": "星辰公司"}, [
        ("星辰公司", "丁项目", "planned", "5亿美元", "", "", ""),
        ("星辰公司", "甲项目", "asserted", "1.2亿元、2亿元", "河口县", "2023年3月", "明年"),
    ]),
    ("who-met-whom", ALL, [("柳青", "王大力", "2024-05-01", FIRST)]),
    ("who-met-whom", {"name": "何田"}, []),
    ("who-said-what", ALL, [("王大力", "星辰公司", "undertakes", "丁项目", SECOND)]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "rows"), ANSWERS)
def test_a_question_gets_its_true_answer(
    dataset: Dataset, name: str, values: dict[str, str], rows: list[tuple[str, ...]]
) -> None:
    assert answer(dataset, name, values) == rows


def test_a_fact_that_two_articles_state_does_not_rest_on_one_sentence(dataset: Dataset) -> None:
    rows = answer(dataset, "facts-resting-on-one-sentence", ALL)
    assert not [row for row in rows if row[:3] == ("星辰公司", "receivedAward", "优秀企业")]
    assert ("星辰科技", "receivedAward", "优秀企业") in [row[:3] for row in rows]
    unsure = answer(dataset, "facts-resting-on-one-sentence", {"most": "0.5"})
    assert {row[4] for row in unsure} == {SECOND}
    assert rows[: len(unsure)] == unsure


def test_what_most_articles_mention_comes_first(dataset: Dataset) -> None:
    rows = answer(dataset, "most-reported", ALL)
    assert [row for row in rows if row[2] == "3"] == [("星辰公司", "Organization", "3")]
    assert [int(row[2]) for row in rows] == sorted((int(row[2]) for row in rows), reverse=True)
    assert {row[0] for row in rows} == set(KINDS)


def test_every_question_is_answered_here_and_has_a_title_and_a_comment() -> None:
    found = queries.load(FOLDER)
    others = {"facts-resting-on-one-sentence", "most-reported"}
    assert {q.name for q in found} == {name for name, *_ in ANSWERS} | others
    assert len(found) >= 20
    assert len({q.title for q in found}) == len(found)
    for question in found:
        assert any("\u4e00" <= c <= "\u9fff" for c in question.title)
        assert question.comment
        prepareQuery(question.sparql)  # rdflib accepts it as it stands, with its own prefixes


@pytest.mark.parametrize("question", queries.load(FOLDER), ids=lambda q: str(q.name))
def test_every_parameter_changes_the_query_and_leaves_it_one(
    dataset: Dataset, question: queries.Question
) -> None:
    for parameter in question.parameters:
        value = "123456" if parameter.kind == "number" else "何田"
        sparql = question.bind({parameter.name: value})
        assert value in sparql
        assert dataset.query(sparql).columns == dataset.query(question.sparql).columns


ECHO = queries.Question(
    "echo",
    "问",
    "",
    "SELECT * { VALUES ?x { UNDEF } VALUES ?y { UNDEF } }",
    (queries.Parameter("x", "zh", "值"), queries.Parameter("y", "text", "值")),
)


@settings(max_examples=40)
@given(st.one_of(st.just("VALUES ?y { UNDEF }"), st.text(st.characters(exclude_categories=["Cs"]))))
def test_a_value_is_a_value_whatever_it_holds(dataset: Dataset, value: str) -> None:
    ((x, y),) = dataset.query(ECHO.bind({"x": value, "y": value[::-1]})).rows
    assert x is not None
    assert y is not None
    assert (x.value, x.language, y.value, y.language) == (value, "zh", value[::-1], None)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("projects-by-year", {"least": "很多"}),
        ("projects-by-year", {"least": "NaN"}),
        ("projects-by-year", {"least": "1e999999999"}),
        ("projects-by-year", {"most": "1"}),
        ("most-visited", {"name": "柳青"}),
        ("who-met-whom", {"name": "\ud800"}),
    ],
)
def test_what_is_no_parameter_or_no_value_of_its_kind_is_refused(name: str, values: dict[str, str]) -> None:
    with pytest.raises(InputError, match=name):
        queries.find(FOLDER, name).bind(values)


def test_a_question_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(OntologyError, match="who-met-whom"):
        queries.find(FOLDER, "who-ate-whom")


@pytest.mark.parametrize(
    "data",
    [
        b"SELECT * { ?s ?p ?o }",
        b"#\nSELECT * {}",
        b"# \xff",
        b"# a\n#? name\nSELECT * { VALUES ?name { UNDEF } }",
        b"# a\n#? name word x\nSELECT * { VALUES ?name { UNDEF } }",
        b"# a\n#? name zh x\nSELECT * { ?s ?p ?o }",
        b"# a\n#? name zh x\nSELECT * { VALUES ?name { UNDEF } VALUES ?name { UNDEF } }",
    ],
)
def test_a_malformed_question_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_bytes(data)
    with pytest.raises(KgError, match=r"x\.rq"):
        queries.load(tmp_path)
