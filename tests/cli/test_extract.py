"""`kg extract` and `kg eval` from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from calling import PAGES, Done

Run = Callable[..., Done]


def test_every_page_becomes_a_file_named_after_it(pages: Path, tmp_path: Path, call: Run) -> None:
    done = call("extract", pages, "--out", tmp_path / "o", "--jobs", 1)
    assert (done.code, done.out) == (0, "")
    assert {p.name for p in (tmp_path / "o").iterdir()} == {"visit.json", "meeting.json", "signing.json"}
    visit = json.loads((tmp_path / "o" / "visit.json").read_text("utf-8"))
    (article,) = visit["articles"]
    assert article["headline"] == ["市长周立新走访重点企业"]
    assert article["byline"] == [{"role": "记者", "name": "陆思敏"}]
    assert {"周立新", "沈国强"} <= {e["name"] for e in article["entities"]}


def test_pages_of_one_stem_get_their_ids_and_both_are_kept(tmp_path: Path, call: Run) -> None:
    for folder, text in (("a", PAGES["visit.txt"]), ("b", PAGES["signing.txt"])):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "001.txt").write_text(text, "utf-8")
    assert call("extract", tmp_path / "a", tmp_path / "b", "--out", tmp_path / "o", "--jobs", 1).code == 0
    names = sorted(p.name for p in (tmp_path / "o").iterdir())
    assert len(names) == 2
    assert all(name.startswith("001.") and name.endswith(".json") and len(name) == 21 for name in names)


def test_a_city_that_is_given_is_the_papers_own(tmp_path: Path, call: Run) -> None:
    (tmp_path / "p.txt").write_text(
        "我市出台新政\n本报讯 昨天，市委书记许建华走访了我市企业代表。\n", "utf-8"
    )
    assert (
        call("extract", tmp_path / "p.txt", "--out", tmp_path / "o", "--city", "海宁市", "--jobs", 1).code
        == 0
    )
    text = (tmp_path / "o" / "p.json").read_text("utf-8")
    assert "中共海宁市委" in text


def test_unreadable_pages_are_named_and_the_rest_is_written(pages: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = call("extract", tmp_path / "empty.txt", pages / "visit.txt", "--out", tmp_path / "o", "--jobs", 1)
    assert done.code == 1
    assert "empty.txt" in done.err
    assert [p.name for p in (tmp_path / "o").iterdir()] == ["visit.json"]
    none = call("extract", tmp_path / "empty.txt", "--out", tmp_path / "o", "--jobs", 1)
    assert none.code == 2
    assert none.err.splitlines()[-1].startswith("kg: ")
    assert "no page could be read" in none.err


def test_what_was_extracted_scores_full_marks_against_itself(pages: Path, tmp_path: Path, call: Run) -> None:
    call("extract", pages, "--out", tmp_path / "gold", "--jobs", 1)
    done = call("eval", tmp_path / "gold", pages, "--jobs", 1)
    assert done.code == 0
    rows = {line[:28].strip(): line[28:].split() for line in done.out.splitlines()[1:]}
    for group in ("ENTITIES", "FACTS", "article", "byline"):
        assert rows[group][2] == "1.000", group


def test_texts_beside_the_annotations_are_found(pages: Path, tmp_path: Path, call: Run) -> None:
    gold = tmp_path / "gold"
    call("extract", pages, "--out", gold, "--jobs", 1)
    asked = call("eval", gold, pages, "--jobs", 1).out
    (gold / "articles").mkdir()
    for page in pages.iterdir():
        (gold / "articles" / page.name).write_bytes(page.read_bytes())
    assert call("eval", gold, "--jobs", 1).out == asked
    assert call("eval", tmp_path, "--jobs", 1).out == asked
    (gold / "articles" / "visit.txt").unlink()
    done = call("eval", gold, "--jobs", 1)
    assert done.code == 2
    assert "visit.json" in done.err
    (gold / "visit.txt").write_text(PAGES["visit.txt"], "utf-8")
    assert call("eval", gold, "--jobs", 1).out == asked


def test_errors_are_listed_with_their_sentence(pages: Path, tmp_path: Path, call: Run) -> None:
    call("extract", pages / "visit.txt", "--out", tmp_path, "--jobs", 1)
    gold = json.loads((tmp_path / "visit.json").read_text("utf-8"))
    gold["articles"][0]["entities"].append({"name": "虚构局", "type": "Organization", "aliases": []})
    (tmp_path / "visit.json").write_text(json.dumps(gold), "utf-8")
    asked = ("eval", tmp_path / "visit.json", pages / "visit.txt", "--jobs", 1)
    assert "虚构局" not in call(*asked).out
    assert "missed Organization: 虚构局" in call(*asked, "--errors").out
