"""The claim scorer: what it computes, what it may not know, and what it leaves to the frames."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from marked import page_of
from test_claims_gold import entities_of

from kg.config import packed
from kg.errors import ConfigError
from kg.extract.claims import read_claims
from kg.extract.claims.frames import prepare
from kg.extract.scorer import Model, judge, load
from kg.extract.scorer.batch import LONGEST, stretches
from kg.extract.scorer.judge import FINDER
from kg.extract.scorer.network import score
from kg.extract.scorer.pairs import Pairs, pairs
from kg.extract.scorer.scene import Floats, Scene, scene
from kg.extract.tools import Tools
from kg.model import Article, Claim, Literal, Page, SourceMap, Span, Status

CORPUS = Path(__file__).parents[2] / "training" / "corpus"
FLOOR = 0.7
ARTICLE = (
    "本报讯 昨天上午，[{who}|Person]到[{firm}|Organization]调研。[{firm}|Organization]位于[{town}|Place]，"
    "总投资5亿元的[{work}|Project]由该公司建设，占地80亩，预计明年6月投产。"
    "[{club}|Organization]董事长[{head}|Person]参加调研。"
)
NAMES = {
    "who": "何清",
    "firm": "甲山食品有限公司",
    "town": "乙水镇",
    "work": "丙塘加工项目",
    "club": "丁桥集团",
    "head": "栾平",
}


@pytest.fixture(scope="module")
def model() -> Model:
    """Return the shipped model."""
    return load(packed("models") / "scorer.npz")


def read(tools: Tools, marked: str) -> tuple[object, Scene]:
    """Return the reading and the scene of a marked text."""
    page, article, entities = page_of(marked)
    (reading,), _ = read_claims(page, [article], entities, tools)
    seen = scene(reading, {frame.name: frame for frame in prepare(tools.ontology).rows})
    assert seen is not None
    return reading, seen


def judged(tools: Tools, model: Model, marked: str) -> tuple[Claim, ...]:
    """Return the facts of a marked text that stand."""
    page, article, entities = page_of(marked)
    readings, _ = read_claims(page, [article], entities, tools)
    return judge(readings, tools, model)


def test_a_fact_says_how_likely_it_is_and_where_it_stands(claim_tools: Tools, model: Model) -> None:
    found = judged(claim_tools, model, ARTICLE.format(**NAMES))
    assert {(c.subject.name, c.predicate) for c in found} >= {
        (NAMES["firm"], "locatedIn"),
        (NAMES["who"], "inspected"),
        (NAMES["work"], "totalInvestment"),
    }
    (post,) = [c for c in found if c.predicate == "holdsPosition" and c.subject.name == NAMES["head"]]
    assert dict(post.qualifiers)["title"] == "董事长"
    for claim in found:
        assert 0 < claim.evidence.confidence <= 1
        assert claim.evidence.span.end > claim.evidence.span.start
        least = model.unstated if claim.evidence.finder == FINDER else model.stated
        assert claim.evidence.confidence >= least - 0.001


def test_the_same_text_gives_the_same_facts(claim_tools: Tools, model: Model) -> None:
    marked = ARTICLE.format(**NAMES)
    assert judged(claim_tools, model, marked) == judged(claim_tools, model, marked)


@pytest.mark.parametrize("name", ["崔彭", "祁邬", "褚卞", "戚靳", "甘露"])
def test_what_a_person_is_called_changes_no_score(claim_tools: Tools, model: Model, name: str) -> None:
    schema = model.schema(claim_tools.ontology)
    scores = []
    for who in (NAMES["who"], name):
        _, seen = read(claim_tools, ARTICLE.format(**{**NAMES, "who": who}))
        found = pairs(seen, schema)
        assert found is not None
        scores += score(model, [(seen, found)])
    for one, other in zip(*scores, strict=True):
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-4)


def test_what_the_model_never_learned_keeps_the_decision_of_the_frames(
    claim_tools: Tools, model: Model
) -> None:
    page, article, entities = page_of(ARTICLE.format(**NAMES))
    readings, _ = read_claims(page, [article], entities, claim_tools)
    (reading,) = readings
    own = dataclasses.replace(reading.claims[0], predicate="ownPredicate")
    no = dataclasses.replace(reading.claims[0], status=Status.NEGATED)
    more = dataclasses.replace(reading, claims=(*reading.claims, own, no))
    found = judge([more], claim_tools, model)
    assert own in found
    assert no in found


def test_a_word_that_makes_a_plan_counts_and_without_one_the_model_says_how_a_fact_is_meant(
    claim_tools: Tools, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, article, entities = page_of(ARTICLE.format(**NAMES))
    readings, _ = read_claims(page, [article], entities, claim_tools)

    def former(asked: Model, given: Sequence[tuple[Scene, Pairs]]) -> list[tuple[Floats, Floats]]:
        return [
            (scores, np.eye(3, dtype=np.float32)[[2] * len(status)]) for scores, status in score(asked, given)
        ]

    monkeypatch.setattr(sys.modules[judge.__module__], "score", former)
    meant = {c.predicate: c.status for c in judge(readings, claim_tools, model)}
    assert meant["completionDate"] is Status.PLANNED
    assert meant["locatedIn"] is Status.FORMER


def test_each_fact_is_stated_once_and_a_symmetric_one_in_one_direction(
    claim_tools: Tools, model: Model
) -> None:
    marked = (
        "[甲山公司|Organization]与[乙水大学|Organization]签订合作协议。"
        "根据协议，[乙水大学|Organization]将与[甲山公司|Organization]共建实验室。"
    )
    found = judged(claim_tools, model, marked)
    keys = [
        (c.predicate, frozenset({str(c.subject), str(c.object)}))
        if c.predicate in {"cooperatesWith", "met"}
        else (c.predicate, c.subject, c.object)
        for c in found
    ]
    assert len(keys) == len(set(keys))
    assert "cooperatesWith" in {c.predicate for c in found}


def test_an_article_that_names_nothing_has_no_facts(claim_tools: Tools, model: Model) -> None:
    assert judged(claim_tools, model, "今天天气晴。") == ()


def test_a_figure_within_a_name_can_be_an_end(claim_tools: Tools, model: Model) -> None:
    _, seen = read(claim_tools, "[甲山年产5万吨罐头项目|Project]昨天开工。")
    assert "5万吨" in {end.text for end in seen.ends if isinstance(end, Literal)}


def test_the_maximum_of_a_stretch_is_read_off_two_of_those_of_1_2_4_tokens() -> None:
    rng = np.random.default_rng(0)
    states = rng.random(316)
    states[-1] = 0  # the empty token
    starts = rng.integers(0, 300, 500)
    spans = np.stack([starts, np.minimum(starts + rng.integers(0, LONGEST + 20, 500), 300)], axis=1)
    widths = [2**n for n in range(LONGEST.bit_length())]
    ladder = np.array([states[at : at + n].max() for n in widths for at in range(len(states) + 1 - n)])
    for (start, stop), first, second in zip(spans.tolist(), *stretches(spans, len(states)), strict=True):
        want = states[start : min(stop, start + LONGEST)].max(initial=0)
        assert max(ladder[first], ladder[second]) == want


def test_articles_are_scored_alike_alone_and_together(claim_tools: Tools, model: Model) -> None:
    schema = model.schema(claim_tools.ontology)
    given = []
    for number in (1, 3, 2, 9):
        _, seen = read(claim_tools, ARTICLE.format(**NAMES) * number)
        found = pairs(seen, schema)
        assert found is not None
        given.append((seen, found))
    together = score(model, given)
    assert len({len(scores) for scores, _ in together}) > 1
    for one, alone in zip(together, (score(model, [some])[0] for some in given), strict=True):
        for a, b in zip(one, alone, strict=True):
            np.testing.assert_allclose(a, b, rtol=0, atol=1e-4)


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scorer.npz"
    path.write_bytes(b"no model")
    with pytest.raises(ConfigError, match="no model of the scorer"):
        load(path)


def test_a_model_whose_network_is_damaged_is_refused(tmp_path: Path) -> None:
    with np.load(packed("models") / "scorer.npz") as data:
        about, network = data["about"], data["network"].copy()
    network[len(network) // 2] ^= 1
    path = tmp_path / "scorer.npz"
    np.savez_compressed(path, about=about, network=network)
    with pytest.raises(ConfigError, match="damaged"):
        load(path)


def test_the_shipped_model_is_the_one_that_was_measured() -> None:
    folder = packed("models")
    said, name = (folder / "scorer.sha256").read_text("ascii").split()
    assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == said


def test_on_a_writer_it_never_read_it_is_better_than_the_frames(claim_tools: Tools, model: Model) -> None:
    counts = {"frames": [0, 0, 0], "scorer": [0, 0, 0]}
    for file in sorted((CORPUS / "w14").glob("*.json"))[:12]:
        data = json.loads(file.read_text("utf-8"))
        (annotated,) = data["articles"]
        lines = (file.parent / "articles" / f"{file.stem}.txt").read_text("utf-8").splitlines()
        text = "\n".join(line.strip() for line in lines if line.strip())
        body = Span(len("\n".join(annotated["headline"])) + 1, len(text))
        decks = tuple(annotated["headline"])
        article = Article("p-1", "p", "news", decks, (), None, text, body, SourceMap(()))
        tools = claim_tools.of_city(data["city"])
        entities = entities_of(text, annotated["entities"])
        readings, _ = read_claims(Page("p", file.name, text, ()), [article], entities, tools)
        wanted = {(f["s"], f["p"], f["o"]): bool(f.get("optional")) for f in annotated["facts"]}
        for who, claims in (("frames", readings[0].claims), ("scorer", judge(readings, tools, model))):
            said = {
                (c.subject.name, c.predicate, getattr(c.object, "name", "") or c.object.text) for c in claims
            }
            said |= {(o, p, s) for s, p, o in said if p in {"met", "cooperatesWith"} and (o, p, s) in wanted}
            right = sum(fact in said and not optional for fact, optional in wanted.items())
            asked = sum(not optional for optional in wanted.values())
            turned = {(o, p, s) for s, p, o in wanted if p in {"met", "cooperatesWith"}}
            wrong = len(said - wanted.keys() - turned)
            counts[who] = [a + b for a, b in zip(counts[who], (right, wrong, asked), strict=True)]
    f1 = {who: 2 * right / (right + wrong + asked) for who, (right, wrong, asked) in counts.items()}
    assert f1["scorer"] > f1["frames"]
    assert f1["scorer"] >= FLOOR
