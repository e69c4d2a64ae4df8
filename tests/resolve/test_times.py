"""What holds on a day, and what contradicts what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from builders import page_of
from said import KNOWN

from kg import ontology
from kg.config import Settings
from kg.model import OPEN, Claim, Fact, Findings, Graph, Literal, LocalKey, When
from kg.resolve import find_conflicts, merge
from kg.resolve.times import at

ONTOLOGY = ontology.load(Settings().ontology)
KINDS = {"王建国": "Person", "李卫东": "Person", "河口市人民政府": "Organization"}


def mayor(name: str, day: date, **more: str) -> Findings:
    post = (name, "holdsPosition", "河口市人民政府", {"title": "市长", **more})
    return page_of(f"{name}{day}{more}", [post], KINDS, issued=day)


def graph(*found: Findings):  # type: ignore[no-untyped-def]
    return merge(found, Settings(), ONTOLOGY, KNOWN)


def on(graph: Graph, day: date) -> tuple[Fact, ...]:
    return at(graph.facts, day, {article.id: article for article in graph.articles})


def test_a_post_holds_from_its_first_report_until_a_page_calls_it_former_and_no_successor_ends_it() -> None:
    one = graph(mayor("王建国", date(2021, 1, 5)), mayor("李卫东", date(2023, 1, 5)))
    assert [len(on(one, date(year, 6, 1))) for year in (2020, 2021, 2023)] == [0, 1, 2]
    ended = graph(mayor("王建国", date(2021, 1, 5)), mayor("王建国", date(2023, 1, 5), status="former"))
    assert [f.status for f in on(ended, date(2022, 1, 1))] == ["asserted"]
    assert [f.status for f in on(ended, date(2024, 1, 1))] == ["former"]


def test_a_report_of_no_known_day_counts_from_the_first_day_that_it_may_be_of() -> None:
    undated = page_of("王建国", [("王建国", "holdsPosition", "河口市人民政府", {"title": "市长"})], KINDS)
    assert len(on(graph(undated), date(1990, 1, 1))) == 1
    since = When(date(2021, 1, 1), OPEN, "2021年以来")
    (article,) = undated.articles
    vague = replace(undated, articles=(replace(article, date=since),))
    assert [len(on(graph(vague), date(year, 6, 1))) for year in (2020, 2022)] == [0, 1]


def held(valid: When | None) -> Findings:
    """Return a page of 2022 that states a post, and for how long it is held."""
    found = mayor("王建国", date(2022, 1, 5))
    return replace(found, claims=tuple(replace(claim, valid=valid) for claim in found.claims))


def test_a_stated_time_counts_before_the_reports() -> None:
    until = graph(held(When(date(2019, 3, 1), date(2021, 12, 31), "2019年3月至2021年")))
    assert [len(on(until, date(year, 6, 1))) for year in (2018, 2020, 2022)] == [0, 1, 0]


def test_one_post_in_two_stated_times_is_two_facts_and_in_one_time_is_one() -> None:
    first, second = When(date(2019, 1, 1), date(2020, 12, 31), "a"), When(date(2022, 1, 1), OPEN, "b")
    assert len(graph(held(first), mayor("李卫东", date(2020, 1, 1))).facts) == 2
    other = replace(held(second), page=replace(held(second).page, id="b" * 12))
    two = graph(held(first), moved(other))
    assert sorted(fact.valid.period for fact in two.facts if fact.valid) == [first.period, second.period]
    same = moved(replace(held(replace(first, evidence="c")), page=other.page))
    assert len(graph(held(first), same).facts) == 1


def moved(found: Findings) -> Findings:
    """Return findings as of the page that they name, keys and articles with it."""
    page = found.page.id

    def key(one: LocalKey) -> LocalKey:
        return replace(one, page=page)

    def claim(one: Claim) -> Claim:
        target = key(one.object) if isinstance(one.object, LocalKey) else one.object
        evidence = replace(one.evidence, article=f"{page}-1")
        return replace(one, subject=key(one.subject), object=target, evidence=evidence)

    return replace(
        found,
        articles=tuple(replace(a, id=f"{page}-1", page=page) for a in found.articles),
        entities=tuple(
            replace(e, key=key(e.key), mentions=tuple(replace(m, article=f"{page}-1") for m in e.mentions))
            for e in found.entities
        ),
        claims=tuple(map(claim, found.claims)),
    )


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
