"""What people decide and which pages come and go, by the verbs: undone, the graph is the same bytes."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from calling import Done

from kg import Settings
from kg.ledger import FILE
from kg.rdf import REPORT, STORE, open_dataset
from kg.rdf.patch import texts

Run = Callable[..., Done]
BOTH = ("merge", "沈国强", "罗启明")


@pytest.fixture
def own(graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the graph, which the working folder is one's own of."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(graph, tmp_path / "output")
    return Path("output")


def turtle(out: Path) -> bytes:
    return texts(out, Settings().base)["kg.ttl"]


def forget(file: Path) -> None:
    """Delete the lines that decide something, as an editor would."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    head = next(at for at, line in enumerate(lines) if line.startswith("decision\t"))
    file.write_text("".join(lines[: head + 1]), "utf-8")


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (BOTH, 1),
        (("split", "周立新"), 3),
        (("rename", "周立新", "老周"), 1),
        (("retype", "浙江大学", "Place"), 1),
        (("reject", "周立新", "met", "罗启明"), 1),
    ],
)
def test_a_decision_changes_the_graph_and_without_its_lines_the_bytes_are_those_before(
    words: tuple[str, ...], rows: int, own: Path, call: Run
) -> None:
    before = turtle(own)
    done = call(*words)
    assert done.code == 0, done.err
    assert f"delete {'the line' if rows == 1 else f'its {rows} lines'} in decisions.tsv" in done.err
    after = turtle(own)
    assert after != before
    assert call("decide").code == 0
    assert turtle(own) == after
    forget(Path("decisions.tsv"))
    assert call("decide").code == 0
    assert turtle(own) == before


def test_what_is_decided_holds_in_a_build_and_what_contradicts_it_is_refused_with_both_lines(
    own: Path, pages: Path, call: Run
) -> None:
    assert call(*BOTH).code == 0
    decided = turtle(own)
    assert call("build", pages, "--jobs", 1).code == 0
    assert (own / "kg.ttl").read_bytes() == decided
    file = Path("decisions.tsv")
    (line,) = [row for row in file.read_text("utf-8").splitlines() if row.startswith("merge\t")]
    with file.open("a", encoding="utf-8") as rows:
        rows.write(line.replace("merge", "apart", 1) + "\n")
    for verb in ("decide", "build"):
        done = call(verb, *([pages] if verb == "build" else []))
        assert done.code == 2
        assert "line 8: keeps apart what line 7 merges" in done.err
    assert turtle(own) == decided
    assert call(*BOTH).code == 2


def test_a_page_that_goes_is_kept_nowhere_and_when_it_comes_back_the_graph_is_what_it_was(
    own: Path, pages: Path, call: Run
) -> None:
    before = turtle(own)
    (found,) = [p.id for p in open_dataset(own).graph().pages if p.source == "signing.txt"]
    done = call("remove", "signing.txt")
    assert (done.code, "2 pages" in done.err) == (0, True)
    assert "罗启明".encode() not in turtle(own)
    report = json.loads((own / REPORT).read_bytes())
    assert [page["source"] for page in report["pages"]] == ["meeting.md", "visit.txt"]
    assert report["stale"] == ["index.html", "kg.nq", "kg.ttl"]
    assert "罗启明".encode() not in (own / STORE / FILE).read_bytes()
    with closing(sqlite3.connect(own / ".kg-cache")) as kept:
        assert kept.execute("SELECT count(*) FROM findings").fetchone() == (2,)
    for form in ("ttl", "nq"):
        told = call("export", "--format", form).out
        assert "沈国强" in told
        assert found not in told
        assert found.encode() not in (own / f"kg.{form}").read_bytes()
    again = call("remove", "signing.txt")
    assert (again.code, "no page of the graph" in again.err) == (2, True)
    assert call("add", pages / "signing.txt", "--jobs", 1).code == 0
    assert turtle(own) == before
    assert call("add", pages / "signing.txt", "--jobs", 1).code == 0
    assert turtle(own) == before
