"""What is left to people: names that may be one, facts that contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from calling import Done

from kg import Settings
from kg.model import (
    Article,
    Doubt,
    Entity,
    Evidence,
    Fact,
    Graph,
    Literal,
    LocalKey,
    Page,
    Segment,
    SourceMap,
    Span,
    Status,
    When,
)
from kg.ontology import load
from kg.rdf import open_dataset, write

Run = Callable[..., Done]
BASE = "https://kg.example.org/"
PAGE = "a" * 12
TEXT = "禾川新闻\n云溪产业园总投资3亿元。云溪产业园总投资5亿元。何青山2021年3月起任禾川市交通局局长。"
DAY = When(date(2024, 5, 1), date(2024, 5, 1), "2024年5月1日")
SINCE = When(date(2021, 3, 1), date.max, "2021年3月起任")


def entity(number: int, kind: str, label: str) -> Entity:
    key = LocalKey(PAGE, kind, label)
    return Entity(f"{BASE}entity/{number:016x}", kind, label, (), (key,), (), (f"{PAGE}-1",))


PARK, SAME = entity(1, "Project", "云溪产业园"), entity(2, "Project", "云奚产业园")
CHIEF, BUREAU = entity(3, "Person", "何青山"), entity(4, "Organization", "禾川市交通局")


def fact(number: int, subject: Entity, name: str, end: str | Literal, said: str, **more: str) -> Fact:
    start = TEXT.index(said)
    evidence = Evidence(f"{PAGE}-1", Span(start, start + len(said)), "frame", 0.9)
    valid = SINCE if more else None
    qualifiers = tuple(sorted(more.items()))
    iri = f"{BASE}statement/{number:016x}"
    return Fact(iri, subject.iri, name, end, qualifiers, Status.ASSERTED, (evidence,), 0.9, DAY, valid)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph with two totals for one project, and two names that may be one."""
    article = Article(
        f"{PAGE}-1", PAGE, "news", ("禾川新闻",), (), DAY, TEXT, Span(5, len(TEXT)),
        SourceMap((Segment(0, 0, len(TEXT)),)),
    )  # fmt: skip
    facts = (
        fact(1, PARK, "totalInvestment", Literal("3亿元", "money", 3e8, "CNY"), "总投资3亿元"),
        fact(2, PARK, "totalInvestment", Literal("5亿元", "money", 5e8, "CNY"), "总投资5亿元"),
        fact(3, CHIEF, "holdsPosition", BUREAU.iri, "何青山2021年3月起任禾川市交通局局长", title="局长"),
    )
    doubts = (Doubt(PARK.iri, SAME.iri, 0.4, ("一字之差", "字形相近")),)
    entities = (PARK, SAME, CHIEF, BUREAU)
    graph = Graph((Page(PAGE, "p.txt", TEXT, (), DAY),), (article,), entities, facts, doubts)
    out = tmp_path_factory.mktemp("doubtful")
    write(graph, load(Settings().ontology), Settings(), out)
    return out


def test_names_that_may_be_one_are_listed_with_reasons_and_iris(doubtful: Path, call: Run) -> None:
    done = call("review", "--graph", doubtful)
    assert done.code == 0
    first, one, where, other, _ = done.out.splitlines()
    assert first == "0.40  一字之差、字形相近"
    assert one.endswith(PARK.iri)
    assert where == "    p.txt · 禾川新闻 · 2024-05-01"
    assert other.endswith(SAME.iri)
    assert call("review", "--most", 0, "--graph", doubtful).code == 2


def test_facts_that_contradict_each_other_are_listed_with_sentences_and_marked(
    doubtful: Path, call: Run
) -> None:
    done = call("conflicts", "--graph", doubtful)
    assert done.code == 0
    assert done.out.startswith("云溪产业园 · 总投资\n")
    for figure in ("3亿元", "5亿元"):
        assert f"云溪产业园 —总投资→ {figure}\n" in done.out
        assert f"「云溪产业园总投资{figure}。」" in done.out
        assert f"    {figure}（有矛盾）\n" in call("show", "云溪产业园", "--graph", doubtful).out


def test_two_holders_of_one_name_are_listed_with_the_line_that_makes_them_one(
    doubtful: Path, call: Run, tmp_path: Path
) -> None:
    twin = entity(5, "Person", "何青山")
    said = "何青山2021年3月起任禾川市交通局局长"
    facts = [
        fact(n, one, "holdsPosition", BUREAU.iri, said, title="局长") for n, one in ((3, CHIEF), (4, twin))
    ]
    shown = open_dataset(doubtful).graph()
    graph = replace(shown, entities=(PARK, SAME, CHIEF, BUREAU, twin), facts=tuple(facts))
    write(graph, load(Settings().ontology), Settings(), tmp_path)
    done = call("conflicts", "--graph", tmp_path)
    assert done.out.splitlines()[-1] == f"  何青山: the same? kg merge {CHIEF.iri} {twin.iri}"
    assert "merge" not in call("conflicts", "--graph", doubtful).out


def test_a_day_is_asked_about_with_the_dates_that_answer_it_and_no_doubt_is_told_as_none(
    doubtful: Path, call: Run, tmp_path: Path
) -> None:
    shown = open_dataset(doubtful).graph()
    since = When(date(2024, 1, 1), date.max, "2024年")
    (article,) = shown.articles
    graph = replace(shown, articles=(replace(article, date=since),), doubts=())
    write(graph, load(Settings().ontology), Settings(), tmp_path)
    assert "2024-01-01/.." not in call("show", "云溪产业园", "--graph", tmp_path).out
    dated = call("show", "云溪产业园", "--at", "2024-07-01", "--graph", tmp_path)
    assert "p.txt · 禾川新闻 · 2024-01-01/..\n" in dated.out
    done = call("review", "--graph", tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "no names were kept apart that may be one\n")


def test_what_counts_as_a_contradiction_is_a_setting(
    doubtful: Path, call: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text("[resolving]\nfigures = 0.5\n", "utf-8")
    done = call("conflicts", "--graph", doubtful)
    assert (done.out, done.err) == ("", "no facts contradict each other\n")
    (tmp_path / "kg.toml").write_text("[resolving]\nfigures = 'a'\n", "utf-8")
    done = call("conflicts", "--graph", doubtful)
    assert done.code == 2
    assert "figures is not a number" in done.err


def test_a_post_shows_since_when_it_is_held_and_reported_and_holds_from_then_on(
    doubtful: Path, call: Run
) -> None:
    line = "    禾川市交通局（局长，2021-03-01/..「2021年3月起任」，见报 2024-05-01）\n"
    assert line in call("show", "何青山", "--graph", doubtful).out
    assert line in call("show", "何青山", "--at", "2022-01-01", "--graph", doubtful).out
    early = call("show", "何青山", "--at", "2020-01-01", "--graph", doubtful)
    assert "禾川市交通局" not in early.out
    assert early.err == "何青山: nothing that is reported holds on 2020-01-01\n"
