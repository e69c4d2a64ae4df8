"""Entities against annotated articles: figures that must not fall."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from naming import article_of

from kg.evaluate.pages import AnnotatedPage, Rules, pair
from kg.extract.mentions import find_entities
from kg.extract.tools import Tools
from kg.model import Page


def f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed)


@pytest.mark.parametrize(("writer", "least"), [("w3", 0.75), ("w9", 0.75)])
def test_entities_of_annotated_articles(
    shared: Path, mention_tools: Tools, writer: str, least: float
) -> None:
    rules = Rules.of(mention_tools.ontology)
    right = wrong = missed = 0
    for path in sorted((shared / "gold" / "own" / writer).glob("*.json"))[:14]:
        raw = json.loads(path.read_text("utf-8"))
        text = (path.parent / "articles" / f"{path.stem}.txt").read_text("utf-8")
        headline = "".join(raw["articles"][0]["headline"][:1])
        lines = [line.strip() for line in text.splitlines() if line.strip() and "■" not in line]
        article = article_of("\n".join(lines[len(raw["articles"][0]["headline"]) :]), headline)
        found = find_entities(Page("p", path.name, text, ()), [article], mention_tools)
        predicted = AnnotatedPage(
            {
                "articles": [
                    {
                        "entities": [
                            {"name": e.key.name, "type": e.key.kind, "aliases": list(e.aliases)}
                            for e in found
                        ]
                    }
                ]
            },
            rules,
        )
        gold = AnnotatedPage(raw, rules)
        pairs = pair(gold, predicted)
        asked = {i for i, optional in enumerate(gold.optional) if not optional}
        right += len(asked & set(pairs.values()))
        missed += len(asked - set(pairs.values()))
        wrong += len(predicted.types) - len(pairs)
    assert f1(right, wrong, missed) >= least
