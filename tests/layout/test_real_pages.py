"""Real pages and our own articles against their annotation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.layout import segment
from kg.lexicon import Lexicon
from kg.model import Article
from kg.read import page_of

ASIDE = {"ad", "weather", "notice"}


def flat(text: str) -> str:
    return "".join(text.split())


def right(gold: dict[str, Any], articles: tuple[Article, ...]) -> Article | None:
    for article in articles:
        body = flat(article.body.of(article.text))
        if body.startswith(flat(gold["body_starts"])[:8]) and body.endswith(flat(gold["body_ends"])[-6:]):
            return article
    return None


def page(path: Path, words: Lexicon) -> tuple[Article, ...]:
    return segment(page_of(path.read_text("utf-8"), path.name), words)


@pytest.mark.parametrize(("stem", "least"), [("000", 1.0), ("001", 1.0), ("003", 0.87)])
def test_the_articles_of_real_pages_are_found(shared: Path, words: Lexicon, stem: str, least: float) -> None:
    (path,) = shared.glob(f"seeds/{stem}*.txt")
    articles = page(path, words)
    gold = [
        a
        for a in json.loads((shared / "gold" / f"{stem}.json").read_text("utf-8"))["articles"]
        if a["kind"] not in ASIDE
    ]
    hits = [(want, hit) for want in gold if (hit := right(want, articles))]
    assert len(hits) >= least * len(gold)
    assert sum(a.kind not in ASIDE for a in articles) <= len(gold)
    for want, hit in hits:
        assert {flat(d) for d in hit.headline} == {flat(d) for d in want["headline"]}
        assert {b.name for b in hit.byline} == {b["name"] for b in want["byline"]}


def test_our_own_articles_are_one_article_each(shared: Path, words: Lexicon) -> None:
    paths = sorted(shared.glob("gold/own/*/*.json"))[::8]
    missed: list[str] = []
    for path in paths:
        (want,) = json.loads(path.read_text("utf-8"))["articles"]
        articles = page(path.parent / "articles" / f"{path.stem}.txt", words)
        hit = right(want, articles) if len(articles) == 1 else None
        heads = {flat(d) for d in want["headline"]}
        people = {b["name"] for b in want["byline"]}
        if hit is None or {flat(d) for d in hit.headline} != heads or {b.name for b in hit.byline} != people:
            missed.append(path.stem)
    assert len(missed) <= 0.02 * len(paths), missed
