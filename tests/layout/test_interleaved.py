"""Columns that a scan ran into each other come apart again, on pages nobody has seen."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interleave import Printed, printed
from written import PIECES

from kg.layout import segment
from kg.layout.weave import Lines, woven
from kg.lexicon import Lexicon
from kg.read import page_of

HELD_OUT = ("w13", "w14")  # of the articles in training/corpus, those that nothing was counted in


def flat(text: str) -> str:
    return "".join(text.split())


def texts() -> Iterator[Sequence[str]]:
    yield from (piece.paragraphs for piece in PIECES if piece.paragraphs[0].startswith("本报讯"))
    corpus = Path(__file__).parents[2] / "training" / "corpus"
    for path in sorted(path for name in HELD_OUT for path in (corpus / name / "articles").glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if len(line) > 40]
        if sum(map(len, lines)) >= 250 and lines[0].startswith("本报讯"):
            yield lines


def read(body: Printed, words: Lexicon) -> str:
    page = page_of(f"## 栖川重点项目提速推进\n\n■记者 高一鸣\n\n{body.text}", "a.md")
    return "".join(flat(article.body.of(article.text)) for article in segment(page, words))


def test_most_line_joins_of_unseen_articles_are_found_again(words: Lexicon) -> None:
    asked = given_ = found = exact = 0
    bodies = [printed(text, random.Random(n)) for n, text in enumerate([*texts()][:24])]
    for body in bodies:
        got, raw = read(body, words), flat(body.text)
        lines = [flat(line) for line in body.lines]
        pairs = [above + below for above, below in pairwise(lines)]
        asked += len(pairs)
        given_ += sum(pair in raw for pair in pairs)
        found += sum(pair in got for pair in pairs)
        exact += got == flat("".join(lines))
        assert sorted(got) == sorted(raw)
    assert asked - found <= 0.3 * (asked - given_)
    assert found >= 0.9 * asked
    assert exact >= 0.5 * len(bodies)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(3, 30))
def test_an_order_keeps_every_line_and_the_first_one_first(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    gaps, closed = rng.random((2, count)) < 0.3
    order = woven(Lines(rng.normal(0.0, 4.0, (count, count)), tuple(gaps.tolist()), tuple(closed.tolist())))
    assert sorted(order) == list(range(count))
    assert order[0] == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31), st.integers(5, 14), st.integers(5, 14))
def test_rows_read_across_are_parted_where_joins_are_certain(seed: int, height: int, other: int) -> None:
    rng = random.Random(seed)
    common = min(height, other)
    start = rng.randrange(1, common - 2)
    across = set(range(start, rng.randrange(start + 1, common - 1)))
    left: list[int] = []
    for row in range(height):
        left += [row, height + row] if row in across else [row]
    right = [height + row for row in range(other) if row not in across]
    page = left + right
    odds = np.full((len(page), len(page)), -4.0)
    for i, above in enumerate(page):
        for j, below in enumerate(page):
            if below == above + 1:
                odds[i, j] = 6.0
    gaps = tuple(n in (0, len(left)) for n in range(len(page)))
    order = woven(Lines(odds, gaps, tuple(line == len(page) - 1 for line in page)))
    assert [page[n] for n in order] == sorted(page)


def fragments_in_order(gold: dict[str, Any], bodies: Sequence[str]) -> int:
    opening = flat(str(gold["body_starts"]))
    body = next((text for text in bodies if text.startswith(opening)), "")
    place, found = -1, 0
    for fragment in gold["reading_order"]:
        there = body.find(flat(fragment), place + 1)
        if there >= 0:
            place, found = there, found + 1
    return found


@pytest.mark.parametrize(("name", "least"), [("real", 1.0), ("own", 0.9)])
def test_column_fragments_stand_in_their_order(
    request: pytest.FixtureRequest, words: Lexicon, name: str, least: float
) -> None:
    root = Path(__file__).parents[2]
    if name == "real":
        shared: Path = request.getfixturevalue("shared")
        (path,) = shared.glob("seeds/003*.txt")
        annotated = shared / "gold" / "003.json"
    else:
        path = root / "seeds" / "pages" / "page-4-interleaved.md"
        annotated = root / "tests" / "gold" / "page-4-interleaved.json"
    articles = segment(page_of(path.read_text("utf-8"), path.name), words)
    bodies = [flat(article.body.of(article.text)) for article in articles]
    gold = [a for a in json.loads(annotated.read_text("utf-8"))["articles"] if "reading_order" in a]
    found = sum(fragments_in_order(article, bodies) for article in gold)
    assert found >= least * sum(len(article["reading_order"]) for article in gold)
