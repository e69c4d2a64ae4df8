"""On real pages, when they are there: whatever page prints a name in full means the same thing by it."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kg.config import Settings
from kg.model import Entity, Findings, Graph
from kg.resolve import resolve

WIDE = ("市", "县", "省", "人民政府", "市委", "有限公司", "集团", "经济技术开发区")
SHORTEST = 3
"""A gold alias of fewer characters (平) is printed for many things."""


@pytest.fixture(scope="module")
def graph(real_findings: tuple[Findings, ...]) -> Graph:
    return resolve(real_findings, Settings())


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, dict[str, Any]]:
    """Return the annotated pages by the start of their file's name."""
    files = sorted((shared / "gold").glob("[0-9]*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def bearing(graph: Graph, kind: str, name: str) -> list[Entity]:
    return [e for e in graph.entities if e.kind == kind and name in (e.label, *e.aliases)]


def test_what_every_page_means_alike_is_one_node_with_every_printed_name(graph: Graph) -> None:
    nodes = defaultdict(set)
    for entity in graph.entities:
        for key in entity.members:
            if key.name.endswith(WIDE):
                nodes[key.kind, key.name].add(entity.iri)
            assert key.name in (entity.label, *entity.aliases)
    assert len(nodes) > 10
    assert {name: iris for name, iris in nodes.items() if len(iris) > 1} == {}


def test_what_several_annotated_pages_name_is_one_node_under_all_names_that_were_found(
    graph: Graph, gold: dict[str, dict[str, Any]]
) -> None:
    pages = defaultdict(set)
    names = defaultdict(set)
    for page, annotated in gold.items():
        for article in annotated["articles"]:
            for entity in article["entities"]:
                pages[entity["type"], entity["name"]].add(page)
                names[entity["type"], entity["name"]] |= {entity["name"], *entity["aliases"]}
    for (kind, name), printed in names.items():
        assert len(bearing(graph, kind, name)) <= 1, name
        if len(pages[kind, name]) > 1 and kind in ("Person", "Organization") and bearing(graph, kind, name):
            found = {e.iri for n in printed if len(n) >= SHORTEST for e in bearing(graph, kind, n)}
            assert len(found) <= 1, name
    again = [key for key, some in pages.items() if len(some) > 1]
    assert len(again) >= 5
    assert sum(len(bearing(graph, *key)) == 1 for key in again) >= 0.8 * len(again)


def test_posts_bear_the_dates_of_the_pages_that_state_them(
    graph: Graph, gold: dict[str, dict[str, Any]]
) -> None:
    entities = {entity.iri: entity for entity in graph.entities}
    stated = defaultdict(list)
    for page, annotated in gold.items():
        for article in annotated["articles"]:
            for fact in article["facts"]:
                if fact["p"] == "holdsPosition" and fact["q"].get("status", "asserted") == "asserted":
                    stated[fact["s"]].append((page, fact["o"], fact["q"].get("title")))
    several = {person: posts for person, posts in stated.items() if len({page for page, *_ in posts}) > 1}
    assert several
    sources = {page.id: page for page in graph.pages}
    articles = {article.id: article for article in graph.articles}
    for person, posts in several.items():
        (found,) = bearing(graph, "Person", person)
        held = [
            fact for fact in graph.facts if fact.subject == found.iri and fact.predicate == "holdsPosition"
        ]
        for page, body, title in posts:
            (fact,) = [
                fact
                for fact in held
                if isinstance(fact.object, str)
                and body in (entities[fact.object].label, *entities[fact.object].aliases)
                and dict(fact.qualifiers).get("title") == title
            ]
            of = {articles[evidence.article].page for evidence in fact.evidence}
            assert any(sources[id_].source.startswith(page) for id_ in of)
            dates = [sources[id_].date for id_ in of]
            known = [date for date in dates if date is not None and not date.period.vague]
            assert fact.reported is not None
            assert (fact.reported.start, fact.reported.end) == (
                min(date.start for date in known),
                max(date.end for date in known),
            )


def test_any_order_of_the_pages_gives_the_same_graph(real_findings: tuple[Findings, ...]) -> None:
    assert resolve(real_findings[::-1], Settings()) == resolve(real_findings, Settings())
