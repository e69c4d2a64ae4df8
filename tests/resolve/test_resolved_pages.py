"""On real pages, when they are there: whatever page prints a name in full means the same thing by it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kg.config import Settings
from kg.model import Findings, Graph
from kg.pipeline import extract_pages
from kg.resolve import resolve

WIDE = ("市", "县", "省", "人民政府", "市委", "有限公司", "集团", "经济技术开发区")


@pytest.fixture(scope="module")
def found(shared: Path) -> list[Findings]:
    return [o.findings for o in extract_pages([str(shared / "seeds")], Settings(), jobs=1) if o.findings]


@pytest.fixture(scope="module")
def graph(found: list[Findings]) -> Graph:
    return resolve(found, Settings())


def test_what_every_page_means_alike_is_one_node_with_every_printed_name(graph: Graph) -> None:
    nodes = defaultdict(set)
    for entity in graph.entities:
        for key in entity.members:
            if key.name.endswith(WIDE):
                nodes[key.kind, key.name].add(entity.iri)
            assert key.name in (entity.label, *entity.aliases)
    assert len(nodes) > 10
    assert {name: iris for name, iris in nodes.items() if len(iris) > 1} == {}


def test_a_page_more_or_less_changes_nothing_of_names_that_it_does_not_touch(found: list[Findings]) -> None:
    assert resolve(found[::-1], Settings()) == resolve(found, Settings())
