"""Facts in words: namesakes, status, qualifiers, figures. The graph is written by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from calling import Done

from kg import Settings
from kg.cli.facts import Telling
from kg.model import (
    Article,
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
from kg.rdf import write

Run = Callable[..., Done]
BASE = "https://kg.example.org/"
ADDRESS = "https://paper.example.org/1"
TEXT = "禾川新闻\n原副市长王强将牵头建设云溪产业园。云溪产业园总投资3亿元。医生王强未出席禾川论坛。天晴。"


def entity(number: int, kind: str, label: str, *aliases: str) -> Entity:
    key = LocalKey("a" * 12, kind, label)
    return Entity(f"{BASE}entity/{number:016x}", kind, label, aliases, (key,), (), ("aaaaaaaaaaaa-1",))


OFFICIAL = entity(1, "Person", "王强")
DOCTOR = entity(2, "Person", "王强", "王医生")
PARK = entity(3, "Project", "云溪产业园")
CITY = entity(4, "Organization", "禾川市人民政府")
FORUM = entity(5, "Event", "禾川论坛")
ALONE = entity(6, "Place", "空山")


def fact(
    number: int,
    subject: Entity,
    predicate: str,
    end: Entity | Literal,
    said: str,
    status: Status = Status.ASSERTED,
    **qualifiers: str,
) -> Fact:
    start = TEXT.index(said)
    evidence = tuple(
        Evidence("aaaaaaaaaaaa-1", Span(start + cut, start + len(said)), "frame", 0.9) for cut in (0, 1)
    )
    target = end if isinstance(end, Literal) else end.iri
    iri, held = f"{BASE}statement/{number:016x}", tuple(sorted(qualifiers.items()))
    return Fact(iri, subject.iri, predicate, target, held, status, evidence, 0.9)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a graph with namesakes and facts of every status."""
    day = When(date(2024, 5, 1), date(2024, 5, 1), "2024年5月1日")
    page = Page("aaaaaaaaaaaa", "p.txt", TEXT, (), day, None, address=ADDRESS)
    article = Article(
        "aaaaaaaaaaaa-1", page.id, "news", ("禾川新闻",), (), day, TEXT, Span(5, len(TEXT)),
        SourceMap((Segment(0, 0, len(TEXT)),)),
    )  # fmt: skip
    facts = (
        fact(1, OFFICIAL, "holdsPosition", CITY, "原副市长王强", Status.FORMER, title="副市长"),
        fact(2, OFFICIAL, "undertakes", PARK, "王强将牵头建设云溪产业园", Status.PLANNED),
        fact(3, PARK, "totalInvestment", Literal("3亿元", "money", 3e8, "CNY"), "总投资3亿元"),
        fact(4, DOCTOR, "attended", FORUM, "王强未出席禾川论坛", Status.NEGATED),
    )
    graph = Graph((page,), (article,), (OFFICIAL, DOCTOR, PARK, CITY, FORUM, ALONE), facts)
    out = tmp_path_factory.mktemp("told")
    write(graph, load(Settings().ontology), Settings(), out)
    return out


def test_namesakes_are_all_shown_apart(told: Path, call: Run) -> None:
    out = call("show", "王强", "--graph", told).out
    first, second = out.split("\n\n")
    assert first.startswith("王强  人物")
    assert second.startswith("王强  人物")
    assert ("副市长" in first) != ("副市长" in second)
    assert ("又称：王医生" in first) != ("又称：王医生" in second)


def test_status_and_qualifiers_stand_with_the_fact_and_a_sentence_stands_once(told: Path, call: Run) -> None:
    lines = [line.strip() for line in call("show", OFFICIAL.iri, "--graph", told).out.splitlines()]
    assert "禾川市人民政府（副市长，曾经）" in lines
    assert "云溪产业园（计划）" in lines
    sentence = "「原副市长王强将牵头建设云溪产业园。」 p.txt · 禾川新闻 · 2024-05-01 · " + ADDRESS
    assert lines.count(sentence) == 2  # once under each of the two facts
    assert "出席（否认）" not in lines


def test_qualifiers_are_named_as_on_the_network_page() -> None:
    given = fact(
        9, PARK, "employs", Literal("3", "count", 3.0, ""), "天晴", of="职工", per="年", speaker="王强"
    )
    words = Telling(Graph((), (), (PARK,), (given,)), load(Settings().ontology)).details(given)
    assert words == "（所计对象 职工，每 年，说话人 王强）"


def test_a_figure_is_shown_as_printed(told: Path, call: Run) -> None:
    out = call("show", "云溪产业园", "--graph", told).out
    assert "  总投资\n    3亿元\n" in out
    assert "  ← 承担\n    王强（计划）\n" in out


def test_what_is_denied_is_marked_so(told: Path, call: Run) -> None:
    assert "    禾川论坛（否认）\n" in call("show", "王医生", "--graph", told).out


def test_no_way_leads_to_what_stands_alone_or_is_only_denied(told: Path, call: Run) -> None:
    for end in ("空山", "禾川论坛"):
        done = call("path", "云溪产业园", end, "--graph", told)
        assert (done.code, done.out) == (1, "")
        assert f"no way leads from 云溪产业园 to {end}" in done.err


def test_the_shortest_way_among_namesakes_is_taken(told: Path, call: Run) -> None:
    out = call("path", "王强", "禾川市人民政府", "--graph", told).out
    assert out.splitlines()[0] == "王强 — 禾川市人民政府"
    assert f"· {ADDRESS}" in out
    assert "  王强 —任职于→ 禾川市人民政府（副市长，曾经）" in out.splitlines()


def test_what_does_not_conform_is_listed(told: Path, tmp_path: Path, call: Run) -> None:
    out = tmp_path / "o"
    shutil.copytree(told, out)
    with (out / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\n<https://kg.example.org/entity/nameless> a <https://kg.example.org/ontology#Person> .\n"
        )
    done = call("validate", "--graph", out)
    assert done.code == 1
    assert "https://kg.example.org/entity/nameless: " in done.out
    assert "does not conform" in done.out
