"""The whole way from Python: what flows out, in which order, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.errors import ConfigError, DecisionError, LexiconError, OntologyError, ReadError, StoreError
from kg.pipeline import Watch, build, extract_pages, put, write_annotations
from kg.report import Outcome

VISIT = "昨天，海宁市市长周立新走访了海宁恒达电子有限公司。\n"
MEETING = "3月2日，海宁市市长周立新会见了浙江大学副校长罗启明。\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder with two pages and one empty file between them."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("a.txt", VISIT), ("b.txt", ""), ("c.txt", MEETING)):
        (folder / name).write_text(text, "utf-8")
    return folder


class Note(Watch):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, pages: int) -> None:
        self.told.append(f"begin {pages}")

    def page(self, outcome: Outcome) -> None:
        self.told.append(f"page {outcome.source} {'refused' if outcome.error else 'read'}")

    def stage(self, name: str) -> None:
        self.told.append(name)


def names(outcomes: Sequence[Outcome]) -> list[str]:
    return [Path(o.source).name for o in outcomes]


def test_each_input_gives_an_outcome_missing_paths_first(pages: Path) -> None:
    outcomes = list(extract_pages([str(pages), str(pages / "none.txt")], kg.Settings()))
    assert names(outcomes) == ["none.txt", "a.txt", "b.txt", "c.txt"]
    assert [isinstance(o.error, ReadError) for o in outcomes] == [True, False, True, False]
    assert all((o.findings is None) == (o.error is not None) for o in outcomes)


def test_every_claim_points_into_an_article_of_its_page(pages: Path) -> None:
    for outcome in extract_pages([str(pages)], kg.Settings()):
        if outcome.findings is not None:
            texts = {a.id: a.text for a in outcome.findings.articles}
            keys = {e.key for e in outcome.findings.entities}
            assert outcome.findings.claims
            for claim in outcome.findings.claims:
                assert claim.subject in keys
                assert claim.evidence.span.of(texts[claim.evidence.article])


def test_a_build_tells_its_watch_what_happens(pages: Path, tmp_path: Path) -> None:
    note = Note()
    built = build([str(pages)], kg.Settings(), tmp_path / "o", watch=note)
    assert note.told[0] == "begin 3"
    assert [line.split()[-1] for line in note.told[1:4]] == ["read", "refused", "read"]
    assert note.told[4:] == ["resolve", "write"]
    assert names(built.refused) == ["b.txt"]


def test_what_was_built_can_be_opened_and_read_back(pages: Path, tmp_path: Path) -> None:
    built = build([str(pages)], kg.Settings(), tmp_path / "o")
    back = kg.open(tmp_path / "o").graph()
    assert back.entities == built.graph.entities
    assert back.facts == built.graph.facts
    assert {e.label for e in back.entities if e.kind == "Person"} == {"周立新", "罗启明"}


def test_an_entity_of_two_pages_is_one_with_evidence_of_both(pages: Path, tmp_path: Path) -> None:
    graph = build([str(pages)], kg.Settings(), tmp_path / "o").graph
    (mayor,) = (e for e in graph.entities if e.label == "周立新")
    assert len({article.split("-")[0] for article in mayor.articles}) == 2


def test_the_order_of_the_paths_does_not_matter(pages: Path, tmp_path: Path) -> None:
    a, c = str(pages / "a.txt"), str(pages / "c.txt")
    for out, paths in (("x", [a, c]), ("y", [c, a, a])):
        build(paths, kg.Settings(), tmp_path / out)
    for name in ("kg.ttl", "kg.nq", "report.json", "index.html"):
        assert (tmp_path / "x" / name).read_bytes() == (tmp_path / "y" / name).read_bytes(), name


def test_the_report_says_what_each_page_gave_and_what_was_wrong(pages: Path, tmp_path: Path) -> None:
    settings = kg.Settings(city="海宁市")
    built = build([str(pages)], settings, tmp_path / "o")
    report = json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))
    assert report["settings"]["city"] == "海宁市"
    assert report["settings"]["ontology"] == "shipped"
    assert report["totals"]["facts"] == len(built.graph.facts)
    said = [o.findings for o in extract_pages([str(pages)], settings) if o.findings]
    assert [(row["source"], row["id"], row["encoding"]) for row in report["pages"]] == [
        (one.page.source, one.page.id, "utf-8") for one in said
    ]
    assert [o.page for o in built.outcomes if o.page] == [one.page.id for one in said]
    claims = [len(one.claims) for one in said]
    assert [sum(row["claims"].values()) for row in report["pages"]] == claims
    people = [sum(len(article.byline) for article in one.articles) for one in said]
    assert [row["bylines"]["people"] for row in report["pages"]] == people
    assert all(row["bylines"]["doubtful"] == {} for row in report["pages"])
    (error,) = report["errors"]
    assert Path(error["source"]).name == "b.txt"
    assert error["what"]
    assert error["remedy"]


def test_without_one_readable_page_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no page could be read"):
        build([str(tmp_path / "none.txt")], kg.Settings(), tmp_path / "o")
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_tables_stops_the_build_instead_of_every_page(
    pages: Path, tmp_path: Path, jobs: int
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "posts.tsv").write_text("word\tword\nx\n", "utf-8")
    settings = kg.Settings(lexicon=(*kg.Settings().lexicon, tmp_path / "mine"))
    with pytest.raises(LexiconError, match="posts"):
        build([str(pages)], settings, tmp_path / "o", jobs=jobs)
    (tmp_path / "mine" / "kg.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(OntologyError):
        build([str(pages)], replace(kg.Settings(), ontology=tmp_path / "mine"), tmp_path / "o", jobs=jobs)
    assert not (tmp_path / "o").exists()


def test_a_fault_of_the_frames_stops_the_build_when_the_first_page_needs_them(
    pages: Path, tmp_path: Path
) -> None:
    shutil.copytree(kg.Settings().ontology, tmp_path / "mine")
    (tmp_path / "mine" / "frames.tsv").write_text("predicate\ntwo\n", "utf-8")
    with pytest.raises(OntologyError):
        build([str(pages)], replace(kg.Settings(), ontology=tmp_path / "mine"), tmp_path / "o")


def test_workers_started_from_any_thread_find_the_same(pages: Path) -> None:
    here = list(extract_pages([str(pages)], kg.Settings()))
    with ThreadPoolExecutor(1) as pool:
        there = pool.submit(lambda: list(extract_pages([str(pages)], kg.Settings(), jobs=2))).result()
    assert [o.findings for o in there] == [o.findings for o in here]
    assert [str(o.error) for o in there] == [str(o.error) for o in here]


def test_a_file_is_put_whole_and_replaces_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "new" / "file.txt"
    put(file, b"one")
    put(file, b"two")
    assert file.read_bytes() == b"two"
    assert [p.name for p in file.parent.iterdir()] == ["file.txt"]
    with pytest.raises(StoreError, match="cannot be written"):
        put(file / "below.txt", b"")


def test_a_name_as_long_as_a_file_system_takes_is_cut_between_characters(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for end, text in (("甲", VISIT), ("乙", MEETING)):
        (tmp_path / "in" / f"{'海' * 81}{end}.txt").write_text(text, "utf-8")
    came = write_annotations([str(tmp_path / "in")], kg.Settings(), tmp_path / "o")
    files = sorted(p.name for p in (tmp_path / "o").iterdir())
    ids = sorted(o.findings.page.id for o in came if o.findings)
    assert files == [f"{'海' * 55}.{page}.json" for page in ids]
    put(tmp_path / ("江" * 85), b"x")
    assert (tmp_path / ("江" * 85)).read_bytes() == b"x"


def test_only_a_part_of_a_file_loses_what_stands_behind_the_sign(tmp_path: Path) -> None:
    (tmp_path / "a#1.txt").write_text(VISIT, "utf-8")
    row = json.dumps({"title": "走访", "text": VISIT}, ensure_ascii=False)
    (tmp_path / "b#2.jsonl").write_text(f"{row}\n", "utf-8")
    came = write_annotations([str(tmp_path)], kg.Settings(), tmp_path / "o")
    (part,) = (o.findings.page.id for o in came if o.findings and "line=" in o.source)
    assert {p.name for p in (tmp_path / "o").iterdir()} == {"a#1.json", f"b#2.{part}.json"}


def test_the_package_shows_its_names_and_no_others() -> None:
    for name in kg.__all__:
        assert getattr(kg, name) is not None
        assert name in dir(kg)
    assert kg.KgError in ConfigError.__mro__
    with pytest.raises(AttributeError, match="no attribute 'shut'"):
        kg.__getattr__("shut")


def test_decisions_that_are_malformed_are_refused_and_nothing_is_built(pages: Path, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.tsv"
    decisions.write_text("merge\ta\tb\n", "utf-8")
    with pytest.raises(
        DecisionError, match=r"decisions\.tsv: other columns than expected; write decision page"
    ):
        build([str(pages)], kg.Settings(decisions=decisions), tmp_path / "out")
    assert not (tmp_path / "out").exists()
