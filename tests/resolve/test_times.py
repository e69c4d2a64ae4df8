"""What holds on a day, and what contradicts what."""

from __future__ import annotations

from datetime import date

from builders import page_of
from said import KNOWN

from kg import ontology
from kg.config import Settings
from kg.model import Findings, Literal
from kg.resolve import find_conflicts, merge
from kg.resolve.times import at

ONTOLOGY = ontology.load(Settings().ontology)
KINDS = {"王建国": "Person", "李卫东": "Person", "河口市人民政府": "Organization"}


def mayor(name: str, day: date, **more: str) -> Findings:
    post = (name, "holdsPosition", "河口市人民政府", {"title": "市长", **more})
    return page_of(f"{name}{day}{more}", [post], KINDS, issued=day)


def graph(*found: Findings):  # type: ignore[no-untyped-def]
    return merge(found, Settings(), ONTOLOGY, KNOWN)


def test_a_post_holds_from_its_first_report_until_a_page_calls_it_former_and_no_successor_ends_it() -> None:
    one = graph(mayor("王建国", date(2021, 1, 5)), mayor("李卫东", date(2023, 1, 5)))
    assert [len(at(one.facts, date(year, 6, 1))) for year in (2020, 2021, 2023)] == [0, 1, 2]
    ended = graph(mayor("王建国", date(2021, 1, 5)), mayor("王建国", date(2023, 1, 5), status="former"))
    assert [f.status for f in at(ended.facts, date(2022, 1, 1))] == ["asserted"]
    assert [f.status for f in at(ended.facts, date(2024, 1, 1))] == ["former"]


def test_two_mayors_at_one_time_contradict_each_other_and_one_after_the_other_do_not() -> None:
    both = graph(mayor("王建国", date(2021, 1, 5)), mayor("李卫东", date(2021, 1, 5)))
    (conflict,) = find_conflicts(both, ONTOLOGY, KNOWN.single)
    assert (conflict.title, len(conflict.facts)) == ("市长", 2)
    later = graph(mayor("王建国", date(2021, 1, 5)), mayor("李卫东", date(2023, 1, 5)))
    assert find_conflicts(later, ONTOLOGY, KNOWN.single) == ()


def test_two_totals_of_one_project_contradict_each_other_and_more_exact_ones_do_not() -> None:
    def total(text: str, value: float) -> Findings:
        said = ("星河项目", "totalInvestment", Literal(text, "money", value, "CNY"))
        return page_of(text, [said], {"星河项目": "Project"})

    found = graph(total("1亿元", 1e8), total("2亿元", 2e8), total("2.01亿元", 2.01e8))
    (conflict,) = find_conflicts(found, ONTOLOGY, KNOWN.single)
    assert len(conflict.facts) == 3
    assert find_conflicts(graph(total("2亿元", 2e8), total("2.01亿元", 2.01e8)), ONTOLOGY, KNOWN.single) == ()
