"""The figures: against counts worked out by hand, and against the script that measures the project."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError
from kg.evaluate import fold, render, score


def page(*articles: dict[str, Any]) -> dict[str, Any]:
    return {"page": "p", "newspaper": None, "date": None, "articles": list(articles)}


def entity(name: str, kind: str, *aliases: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, "aliases": list(aliases), **more}


def fact(s: str, p: str, o: str, /, **q: str) -> dict[str, Any]:
    return {"s": s, "p": p, "o": o, "q": q, "evidence": s + o}


def article(entities: list[Any], facts: list[Any], **more: Any) -> dict[str, Any]:
    base = {"id": "p-1", "kind": "news", "headline": ["题"], "byline": [{"role": "记者", "name": "甲乙"}]}
    return (
        base
        | {"body_starts": "一二三四五六七八", "body_ends": "九十一二三四"}
        | more
        | {
            "entities": entities,
            "facts": facts,
        }
    )


def write(folder: Path, name: str, data: dict[str, Any]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


PEOPLE = [entity("赵甲", "Person"), entity("钱乙", "Person"), entity("丁市", "Place", "我市")]


def test_what_agrees_is_right_and_a_symmetric_fact_may_be_turned_round(tmp_path: Path) -> None:
    gold = page(
        article(PEOPLE, [fact("赵甲", "met", "钱乙"), fact("赵甲", "holdsPosition", "丁市", title="市长")])
    )
    said = page(
        article(PEOPLE, [fact("钱乙", "met", "赵甲"), fact("赵甲", "holdsPosition", "丁市", title="镇长")])
    )
    scores = score(write(tmp_path / "g", "p.json", gold), write(tmp_path / "p", "p.json", said))
    assert scores.tally["ENTITIES"] == {"right": 3}
    assert scores.tally["FACTS"] == {"right": 2}
    assert scores.tally["title"] == {"wrong": 1}
    assert scores.figures("FACTS") == (1.0, 1.0, 1.0)


def test_misses_and_inventions_are_counted_and_named_with_their_sentence(tmp_path: Path) -> None:
    gold = page(article(PEOPLE, [fact("赵甲", "inspected", "丁市")]))
    said = page(article([*PEOPLE[:2], entity("戊会", "Event")], [fact("赵甲", "attended", "戊会")]))
    scores = score(write(tmp_path / "g", "p.json", gold), write(tmp_path / "p", "p.json", said))
    assert scores.tally["ENTITIES"] == {"right": 2, "missed": 1, "wrong": 1}
    assert scores.tally["FACTS"] == {"missed": 1, "wrong": 1}
    assert any("missed fact: 赵甲 inspected 丁市 | 赵甲丁市" in e for e in scores.errors)


def test_what_is_optional_is_neither_asked_for_nor_punished(tmp_path: Path) -> None:
    place = entity("丁市", "Place", optional=True)
    gold = page(article([PEOPLE[0], place], [fact("赵甲", "inspected", "丁市") | {"optional": True}]))
    both = [PEOPLE[0], place]
    with_it = score(
        write(tmp_path / "g", "p.json", gold),
        write(tmp_path / "a", "p.json", page(article(both, [fact("赵甲", "inspected", "丁市")]))),
    )
    without = score(
        tmp_path / "g" / "p.json", write(tmp_path / "b", "p.json", page(article([PEOPLE[0]], [])))
    )
    assert with_it.figures("FACTS") == without.figures("FACTS") == (0.0, 0.0, 0.0)
    assert without.tally["ENTITIES"] == {"right": 1}


def test_a_page_without_prediction_counts_as_missed(tmp_path: Path) -> None:
    write(tmp_path / "g", "p.json", page(article(PEOPLE, [])))
    (tmp_path / "p").mkdir()
    scores = score(tmp_path / "g", tmp_path / "p")
    assert scores.tally["ENTITIES"] == {"missed": 3}
    assert "p no prediction" in scores.errors


def test_a_file_that_is_no_annotation_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("[1]", "utf-8")
    with pytest.raises(InputError, match=r"bad\.json: not an annotated page"):
        score(bad, bad)
    with pytest.raises(InputError, match="no annotation here"):
        score(tmp_path / "nowhere", tmp_path)


def test_folding_hides_width_case_quotes_and_white_space() -> None:
    assert fold("“ＡＢＢ”　公司\n（平湖）") == "abb公司(平湖)"


def _damage(data: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    for a in data["articles"]:
        a["entities"] = [e for e in a["entities"] if dice.random() < 0.8]
        a["facts"] = [f for f in a["facts"] if dice.random() < 0.8]
        a["byline"] = [b for b in a["byline"] if dice.random() < 0.8]
        for f in a["facts"]:
            if dice.random() < 0.2:
                f["p"] = dice.choice(["met", "attended", "area"])
            if dice.random() < 0.2:
                f["q"] = {"title": "长", "status": "planned"}
            if dice.random() < 0.2:
                f["s"], f["o"] = f["o"], f["s"]
        if dice.random() < 0.2:
            a["body_ends"] = "别处"
    return data


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_table_is_the_one_that_the_measuring_script_prints(
    shared: Path, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    gold = shared / "gold"
    for file in sorted(gold.glob("*.json")):
        data = _damage(json.loads(file.read_text("utf-8")), dice)
        write(tmp_path / "p", f"{file.stem}_x.json", data)
    script = [sys.executable, str(shared / "tools" / "score.py"), str(gold), str(tmp_path / "p")]
    printed = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    assert render(score(gold, tmp_path / "p")) == printed.rstrip("\n")
