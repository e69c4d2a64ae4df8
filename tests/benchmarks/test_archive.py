"""The composer of archives: the same pages for the same seed, and a truth that fits what is printed."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from archive import Named, compose

Composed = list[tuple[str, list[Named]]]


@pytest.fixture(scope="module")
def composed() -> Composed:
    return list(compose(6, 1, 3, 4))


def test_the_same_seed_gives_the_same_pages_and_a_smaller_archive_begins_a_larger(composed: Composed) -> None:
    assert list(islice(compose(60, 1, 3, 4), 3)) == composed[:3]
    assert next(compose(1, 2, 3, 4)) != composed[0]


def test_who_is_named_in_the_truth_is_printed_on_the_page(
    composed: Composed,
) -> None:
    printed = []
    for text, named in composed:
        flat = "".join(text.split())
        people = [name for kind, name, _ in named if kind == "Person"]
        assert people
        there = [name in flat for name in people]
        assert sum(there) >= 0.8 * len(there)
        printed += there
        assert all(who for _, _, who in named)
    assert sum(printed) >= 0.9 * len(printed)


def test_a_page_bears_its_paper_its_day_and_the_names_of_its_city(composed: Composed) -> None:
    for text, _ in composed:
        head = text.splitlines()[0]
        assert "日报 2023年1月" in head
        assert text.count(head.partition("日报")[0]) > 1
