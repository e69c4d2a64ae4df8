"""The questions of `ontology/queries` give the true answers of a small graph."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from builders import page_of
from rdflib.plugins.sparql import prepareQuery

from kg import ontology
from kg.config import Settings, packed
from kg.errors import OntologyError
from kg.model import Literal
from kg.rdf import Dataset, open_dataset, queries, write
from kg.resolve import resolve

FOLDER = packed("ontology")
FIRST, SECOND = "柳青会见王大力，考察星辰公司。", "王大力任星辰公司董事长。"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    kinds = {
        "柳青": "Person",
        "王大力": "Person",
        "星辰公司": "Organization",
        "河口镇": "Place",
        "河口县": "Place",
        "甲项目": "Project",
        "乙项目": "Project",
        "丙项目": "Project",
        "丁项目": "Project",
        "茶会": "Event",
        "优秀企业": "Award",
    }
    pages = [
        page_of(
            FIRST,
            [
                ("柳青", "met", "王大力"),
                ("柳青", "inspected", "星辰公司"),
                ("王大力", "inspected", "星辰公司"),
                ("柳青", "inspected", "甲项目"),
                ("柳青", "inspected", "丁项目", {"status": "planned"}),
                ("星辰公司", "locatedIn", "河口镇"),
                ("河口镇", "locatedIn", "河口县"),
                ("星辰公司", "receivedAward", "优秀企业"),
                ("茶会", "organizedBy", "河口镇"),
                ("茶会", "organizedBy", "星辰公司"),
                ("茶会", "startDate", Literal("昨天", "date")),
            ],
            kinds,
            aliases={"河口镇": ["河口"]},
            issued=date(2024, 5, 1),
        ),
        page_of(
            SECOND,
            [
                ("王大力", "holdsPosition", "星辰公司", {"title": "董事长"}),
                ("柳青", "holdsPosition", "河口县", {"title": "县长", "status": "former"}),
                ("柳青", "holdsPosition", "河口镇", {"title": "镇长", "status": "negated"}),
                ("甲项目", "totalInvestment", Literal("1.2亿元", "money", 1.2e8, "CNY")),
                (
                    "乙项目",
                    "totalInvestment",
                    Literal("90000万元", "money", 9e8, "CNY"),
                    {"status": "planned"},
                ),
                ("丙项目", "totalInvestment", Literal("9000万元", "money", 9e7, "CNY")),
                ("丁项目", "totalInvestment", Literal("5亿美元", "money", 5e8, "USD")),
            ],
            kinds,
        ),
    ]
    out = tmp_path_factory.mktemp("questions")
    settings = Settings()
    write(resolve(pages, settings), ontology.load(FOLDER), settings, out)
    return open_dataset(out)


def answer(dataset: Dataset, sparql: str) -> list[tuple[str, ...]]:
    rows = dataset.query(sparql).rows
    return [tuple("" if t is None else t.value.rsplit("#", 1)[-1] for t in row) for row in rows]


ANSWERS = {
    "who-met-whom": [("柳青", "王大力", "2024-05-01", FIRST)],
    "companies-by-place": [("河口县", "星辰公司"), ("河口镇", "星辰公司")],
    "posts-of-a-person": [
        ("柳青", "县长", "河口县", "former", SECOND),
        ("王大力", "董事长", "星辰公司", "asserted", SECOND),
    ],
    "projects-above-100-million-yuan": [
        ("乙项目", "90000万元", "900000000", "planned"),
        ("甲项目", "1.2亿元", "120000000", "asserted"),
    ],
    "most-visited": [("星辰公司", "Organization", "1", "2"), ("甲项目", "Project", "1", "1")],
    "awards-by-receiver": [("星辰公司", "Organization", "优秀企业", FIRST)],
    "companies-and-officers": [("星辰公司", "王大力", "董事长", "asserted")],
}


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_question_gets_its_true_answer(dataset: Dataset, name: str) -> None:
    assert answer(dataset, queries.find(FOLDER, name).sparql) == ANSWERS[name]


def test_an_event_with_two_organizers_is_one_row(dataset: Dataset) -> None:
    ((event, organizers, venues, dates),) = answer(
        dataset, queries.find(FOLDER, "events-with-organizer-and-venue").sparql
    )
    assert (event, venues, dates) == ("茶会", "", "昨天")
    assert sorted(organizers.split("、")) == ["星辰公司", "河口镇"]


@pytest.mark.parametrize("name", ["河口镇", "河口"])
def test_a_question_can_be_narrowed_to_one_name_or_another_name_of_it(dataset: Dataset, name: str) -> None:
    sparql = queries.find(FOLDER, "companies-by-place").sparql.replace("{ UNDEF }", f'{{ "{name}"@zh }}')
    assert answer(dataset, sparql) == [("河口镇", "星辰公司")]
    person = queries.find(FOLDER, "posts-of-a-person").sparql.replace("{ UNDEF }", '{ "柳青"@zh }')
    assert [row[0] for row in answer(dataset, person)] == ["柳青"]


def test_every_question_is_answered_here_and_has_a_title_and_a_comment() -> None:
    found = queries.load(FOLDER)
    assert {q.name for q in found} == {*ANSWERS, "events-with-organizer-and-venue"}
    for question in found:
        assert any("\u4e00" <= c <= "\u9fff" for c in question.title)
        assert (
            question.comment.isascii()
            or "某" in question.comment
            or "张三" in question.comment
            or "亿" in question.comment
        )
        prepareQuery(question.sparql)  # rdflib accepts it as it stands, with its own prefixes


def test_a_question_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(OntologyError, match="who-met-whom"):
        queries.find(FOLDER, "who-ate-whom")


@pytest.mark.parametrize("data", [b"SELECT * { ?s ?p ?o }", b"#\nSELECT * {}", b"# \xff"])
def test_a_question_without_a_title_or_not_in_utf8_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "x.rq").write_bytes(data)
    with pytest.raises(OntologyError, match=r"x\.rq"):
        queries.load(tmp_path)
