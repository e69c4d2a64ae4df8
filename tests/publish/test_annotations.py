"""What one page says, as JSON."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from datetime import date
from typing import Any

import invented_pages
import pytest

from kg.model import Evidence, Findings, LocalEntity, LocalKey, Page, Span, Status, When
from kg.publish.annotations import annotate

BODY = (
    "本报讯 昨天，澄江市委书记林远山走访\n海蓝阀门有限公司。"
    "公司计划投资3亿元建设海蓝二期。林远山未出席晨光大会。"
)
PAGE: dict[str, Any] = {
    "source": "issues/2031/007.txt",
    "date": "2031-05-06",
    "newspaper": "澄江日报",
    "articles": [
        {
            "headline": ["书记走进企业", "林远山走访海蓝阀门"],
            "byline": [("记者", "何一帆")],
            "body": BODY,
            "entities": [
                ("Person", "林远山"),
                ("Organization", "海蓝阀门有限公司", "海蓝阀门"),
                ("Organization", "中共澄江市委", "澄江市委"),
                ("Project", "海蓝二期"),
                ("Event", "晨光大会"),
            ],
            "facts": [
                ("林远山", "holdsPosition", "中共澄江市委", "澄江市委书记林远山", {"title": "书记"}),
                ("林远山", "inspected", "海蓝阀门有限公司", "林远山走访\n海蓝阀门有限公司", {}),
                ("海蓝二期", "totalInvestment", "3亿元", "投资3亿元建设海蓝二期", {"status": "planned"}),
                ("林远山", "attended", "晨光大会", "林远山未出席晨光大会", {"status": "negated"}),
            ],
        },
        {"kind": "weather", "headline": [], "body": "今天晴。", "entities": [], "facts": []},
    ],
}


@pytest.fixture
def said() -> Findings:
    return invented_pages.findings(PAGE)


def test_a_page_is_written_as_an_annotator_would(said: Findings) -> None:
    page = annotate(said)
    assert page["page"] == "007"
    assert page["source"] == "issues/2031/007.txt"
    assert page["address"] is None
    assert (page["newspaper"], page["date"], page["date_evidence"]) == (
        "澄江日报",
        "2031-05-06",
        "2031-05-06",
    )
    story, weather = page["articles"]
    assert story["headline"] == ["书记走进企业", "林远山走访海蓝阀门"]
    assert story["byline"] == [{"role": "记者", "name": "何一帆"}]
    assert (story["body_starts"], story["body_ends"]) == (
        "本报讯昨天，澄江市委书记",
        "。林远山未出席晨光大会。",
    )
    assert {(e["type"], e["name"]) for e in story["entities"]} == {
        ("Person", "林远山"),
        ("Organization", "海蓝阀门有限公司"),
        ("Organization", "中共澄江市委"),
        ("Project", "海蓝二期"),
        ("Event", "晨光大会"),
    }
    assert [(f["s"], f["p"], f["o"], f["q"], f["evidence"]) for f in story["facts"]] == [
        ("林远山", "holdsPosition", "中共澄江市委", {"title": "书记"}, "澄江市委书记林远山"),
        ("林远山", "inspected", "海蓝阀门有限公司", {}, "林远山走访\n海蓝阀门有限公司"),
        ("海蓝二期", "totalInvestment", "3亿元", {"status": "planned"}, "投资3亿元建设海蓝二期"),
    ]
    assert weather == {
        "id": said.articles[1].id,
        "kind": "weather",
        "headline": [],
        "byline": [],
        "body_starts": "今天晴。",
        "body_ends": "今天晴。",
        "entities": [],
        "facts": [],
    }
    assert json.loads(json.dumps(page, ensure_ascii=False)) == page


def test_what_the_page_denies_is_no_fact(said: Findings) -> None:
    assert any(c.status is Status.NEGATED for c in said.claims)
    assert not [f for a in annotate(said)["articles"] for f in a["facts"] if f["p"] == "attended"]


def test_a_fact_is_stated_once_per_article_with_its_surest_evidence(said: Findings) -> None:
    claim = next(c for c in said.claims if c.predicate == "inspected")
    surer = replace(claim, evidence=Evidence(claim.evidence.article, Span(0, 6), "other", 0.97))
    facts = annotate(replace(said, claims=(claim, surer)))["articles"][0]["facts"]
    assert [(f["evidence"], f["confidence"]) for f in facts] == [("书记走进企业", 0.97)]


def test_an_entity_that_only_a_claim_names_stands_beside_it(said: Findings) -> None:
    key = LocalKey(said.page.id, "Place", "澄江市")
    claim = replace(said.claims[0], object=key)
    more = replace(said, entities=(*said.entities, LocalEntity(key, ("我市",), ())), claims=(claim,))
    entities = annotate(more)["articles"][0]["entities"]
    assert {"name": "澄江市", "type": "Place", "aliases": ["我市"], "confidence": 0.8} in entities


def test_an_interval_is_no_date_but_its_evidence(said: Findings) -> None:
    page: Page = replace(said.page, date=When(date(2031, 7, 1), date(2031, 9, 30), "三季度"))
    written = annotate(replace(said, page=page))
    assert written["date"] is None
    assert written["date_evidence"] == "2031-07-01/2031-09-30: 三季度"
    unknown = annotate(replace(said, page=replace(page, date=None)))
    assert (unknown["date"], unknown["date_evidence"]) == (None, "")


def test_gold_that_is_written_again_scores_full(shared: Any) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec
    assert spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    for name in ("w1-01", "w8-05"):
        folder = shared / "gold" / "own" / name.split("-")[0]
        gold = json.loads((folder / f"{name}.json").read_text("utf-8"))
        text = (folder / "articles" / f"{name}.txt").read_text("utf-8")
        page = {"source": f"{name}.txt", "articles": []}
        for raw in gold["articles"]:
            page["articles"].append(
                {
                    "kind": raw["kind"],
                    "body": text,
                    "entities": [(e["type"], e["name"], *e["aliases"]) for e in raw["entities"]],
                    "facts": [(f["s"], f["p"], f["o"], f["evidence"], f["q"]) for f in raw["facts"]],
                }
            )
        said = invented_pages.findings(page)
        tally: dict[str, Any] = score.defaultdict(score.Counter)
        score.score_page(score.Page(gold), score.Page(annotate(said)), tally, [], name)
        wrong = {key: dict(c) for key, c in tally.items() if key.startswith(("entity", "fact", "title"))}
        assert wrong
        assert not [key for key, c in wrong.items() if c.get("missed") or c.get("wrong")], wrong


def test_the_address_of_a_source_is_told() -> None:
    address = "https://paper.example.org/2031/007.html"
    assert annotate(invented_pages.findings({**PAGE, "address": address}))["address"] == address
