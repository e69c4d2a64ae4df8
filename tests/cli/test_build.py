"""`kg build` from outside: files, streams, exit codes, and what must not change."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from calling import KG, Done

Run = Callable[..., Done]
PARTS = {"kg.ttl", "kg.nq", "store", "index.html", "report.json"}
ALL = PARTS | {".kg-cache"}


def files(folder: Path) -> dict[str, bytes]:
    """Return the parts of a graph that are the same for the same pages; the store's files are not."""
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name in PARTS}


def test_a_build_writes_the_graph_and_nothing_else(graph: Path) -> None:
    assert {p.name for p in graph.iterdir()} == ALL


def test_the_turtle_holds_a_person_of_the_pages_by_name(graph: Path) -> None:
    turtle = rdflib.Graph().parse(graph / "kg.ttl")
    labels = {str(label) for label in turtle.objects(None, rdflib.RDFS.label)}
    assert "周立新" in labels
    assert "海宁恒达电子有限公司" in labels


def test_two_builds_and_any_number_of_jobs_give_the_same_bytes(
    graph: Path, pages: Path, tmp_path: Path, spawn: Run
) -> None:
    done = spawn("build", pages, "--out", tmp_path / "two", "--jobs", 2)
    assert done.code == 0, done.err
    assert files(tmp_path / "two") == files(graph)


def test_messages_go_to_stderr_and_stdout_stays_empty(pages: Path, tmp_path: Path, call: Run) -> None:
    done = call("build", pages, "--out", tmp_path / "o", "--jobs", 1)
    assert (done.code, done.out) == (0, "")
    assert str(tmp_path / "o" / "index.html") in done.err.replace("\n", "")
    assert "kg show" in done.err


def test_what_cannot_be_read_is_named_with_its_remedy_and_the_rest_is_built(
    pages: Path, tmp_path: Path, call: Run
) -> None:
    folder = tmp_path / "in"
    shutil.copytree(pages, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    done = call("build", folder, tmp_path / "gone.txt", "--out", tmp_path / "o", "--jobs", 1)
    assert done.code == 1
    report = json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))
    assert [row["source"] for row in report["pages"]] == sorted(p.name for p in pages.iterdir())
    assert {Path(e["source"]).name for e in report["errors"]} == {"gone.txt", "empty.txt", "binary.txt"}
    for error in report["errors"]:
        assert error["remedy"]
        assert error["what"] in done.err
        assert error["remedy"] in done.err


def test_where_nothing_can_be_read_nothing_is_replaced(graph: Path, tmp_path: Path, call: Run) -> None:
    out = tmp_path / "o"
    shutil.copytree(graph, out)
    (tmp_path / "empty.txt").write_bytes(b" \n")
    done = call("build", tmp_path / "empty.txt", "--out", out)
    assert done.code == 2
    assert "no page could be read" in done.err
    assert files(out) == files(graph)
    assert {p.name for p in out.iterdir()} == ALL


def test_a_page_that_stands_twice_counts_once(graph: Path, pages: Path, tmp_path: Path, call: Run) -> None:
    folder = tmp_path / "in"
    shutil.copytree(pages, folder)
    shutil.copy(folder / "visit.txt", folder / "zz-again.txt")
    assert call("build", folder, "--out", tmp_path / "o", "--jobs", 1).code == 0
    assert (tmp_path / "o" / "kg.ttl").read_bytes() == (graph / "kg.ttl").read_bytes()
    rows = json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))["pages"]
    assert rows[-1] == {"source": "zz-again.txt", "dropped": "the same text as visit.txt"}


def test_another_build_replaces_the_graph_and_leaves_strange_files_alone(
    graph: Path, pages: Path, tmp_path: Path, call: Run
) -> None:
    out = tmp_path / "o"
    shutil.copytree(graph, out)
    (out / "mine.txt").write_text("mine")
    assert call("build", pages / "visit.txt", "--out", out).code == 0
    assert (out / "kg.ttl").read_bytes() != (graph / "kg.ttl").read_bytes()
    assert {p.name for p in out.iterdir()} == ALL | {"mine.txt"}
    assert call(
        "query", "SELECT ?s { ?s rdfs:label '罗启明'@zh }", "--graph", out, "--format", "csv"
    ).out.split() == ["s"]


def test_a_folder_that_cannot_be_written_is_refused(pages: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "file").write_text("in the way")
    done = call("build", pages / "visit.txt", "--out", tmp_path / "file" / "o")
    assert done.code == 2
    assert "cannot be written" in done.err


def test_settings_that_cannot_be_used_are_refused_before_any_work(
    pages: Path, tmp_path: Path, call: Run, monkeypatch: object
) -> None:
    (tmp_path / "kg.toml").write_text('base = "no iri"\n')
    old = Path.cwd()
    os.chdir(tmp_path)
    try:
        done = call("build", pages)
    finally:
        os.chdir(old)
    assert done.code == 2
    assert "kg.toml" in done.err
    assert not (tmp_path / "output").exists()


def workers(pid: int) -> list[int]:
    """Return the worker processes of a process."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(c) for c in children if b"multiprocessing-fork" in Path(f"/proc/{c}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells the children of a process")
def test_a_worker_that_is_killed_is_replaced_and_the_graph_is_the_same(tmp_path: Path, call: Run) -> None:
    out, pages = tmp_path / "o", tmp_path / "in"
    many_pages(pages, 16)
    command = [sys.executable, KG, "build", str(pages), "--out", str(out), "--jobs", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "0.txt" in process.stderr.readline()
        os.kill(workers(process.pid)[0], signal.SIGKILL)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert err.count("left out") == 1
    assert "Traceback" not in err
    assert call("build", pages, "--out", tmp_path / "whole", "--jobs", 1).code == 1
    assert files(out) == files(tmp_path / "whole")


def many_pages(folder: Path, many: int = 400) -> None:
    """Write so many pages, the first of which is empty."""
    folder.mkdir()
    (folder / "0.txt").write_text("", "utf-8")
    for number in range(1, many):
        (folder / f"{number}.txt").write_text(
            f"第{number}版\n" + "昨天，海宁市市长周立新走访了企业。" * 40, "utf-8"
        )


def test_ctrl_c_ends_with_130_and_the_old_graph_whole(graph: Path, tmp_path: Path) -> None:
    out, pages = tmp_path / "o", tmp_path / "in"
    shutil.copytree(graph, out)
    many_pages(pages)
    command = [sys.executable, KG, "build", str(pages), "--out", str(out), "--jobs", "2"]
    started = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    with started as process:
        assert process.stderr is not None
        assert "0.txt" in process.stderr.readline()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert files(out) == files(graph)
    assert {p.name for p in out.iterdir()} == ALL
