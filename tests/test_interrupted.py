"""Whatever ends a build, the old graph or the new one is whole, and the next build gives the same bytes."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.rdf import alone, open_dataset

KG = str(Path(sysconfig.get_path("scripts"), "kg"))
TEXT = "■记者 陆思敏\n本报讯 昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司第{}分厂。\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(4):
        (folder / f"{number}.txt").write_text(TEXT.format("一二三四"[number]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the graph of one page, and that of all."""
    small, whole = tmp_path_factory.mktemp("small"), tmp_path_factory.mktemp("whole")
    kg.build([str(pages / "0.txt")], kg.Settings(), small)
    kg.build([str(pages)], kg.Settings(), whole, jobs=1)
    return small, whole


def turtle(out: Path) -> bytes:
    return (out / "kg.ttl").read_bytes()


def facts(out: Path) -> int:
    return len(open_dataset(out).query("SELECT ?s { ?s a kg:Statement }").rows)


def start(*args: object, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, KG, *map(str, args)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload,no-any-return]


FAULT = """
import os
import kg.workers
from kg.cli import main

whole = kg.workers.extract_page

def extract_page(page, tools):
    if "第二分厂" in page.text:
        os._exit(9)
    return whole(page, tools)

kg.workers.extract_page = extract_page
if __name__ == "__main__":
    main()
"""
"""The command line, in which one page ends the process that works on it."""


@pytest.mark.usefixtures("measured")
def test_a_page_that_ends_its_process_is_named_and_the_rest_is_built_with_one_process(
    pages: Path, tmp_path: Path
) -> None:
    (tmp_path / "fault.py").write_text(FAULT, "utf-8")
    command = [sys.executable, str(tmp_path / "fault.py"), "build", str(pages), "--out", str(tmp_path / "o")]
    command += ["--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 1, done.stderr
    assert "1.txt: ended the process that worked on it, twice" in done.stderr
    rows = json.loads((tmp_path / "o" / "report.json").read_text("utf-8"))
    assert rows["totals"]["pages"] == 3
    assert facts(tmp_path / "o") > 0


def events(out: Path) -> str:
    """Return what a writer has made so far, as names: another text is another moment of a build."""
    found = [path for path in out.rglob("*") if ".kg-" in str(path)]
    return " ".join(sorted(path.name for path in found))


@pytest.mark.parametrize("verb", ["build", "add"])
def test_a_write_that_is_killed_at_any_moment_leaves_one_graph_whole(
    verb: str, pages: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    small, whole = built
    paths = [pages] if verb == "build" else sorted(pages.glob("[123].txt"))
    counts = {facts(small), facts(whole)}
    seen: set[str] = set()
    for attempt in range(5):
        out = tmp_path / str(attempt)
        shutil.copytree(small, out)
        shutil.copy(whole / ".kg-cache", out)  # tested is how pages are written, not read
        where = ("--out", out, "--jobs", 1) if verb == "build" else ("--graph", out, "--jobs", 1)
        with start(verb, *paths, *where) as process:
            while process.poll() is None:
                now = events(out)
                if now and now not in seen:
                    seen.add(now)
                    break
            process.kill()
            process.communicate(timeout=60)
        assert facts(out) in counts
        if process.returncode == 0:
            break
    assert len(seen) > 1
    kg.build([str(pages)], kg.Settings(), out, jobs=1)
    assert turtle(out) == turtle(whole)
    assert not list(out.glob(".kg-new*"))


def test_a_full_disk_leaves_the_old_graph_whole(
    pages: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    small, _ = built
    out = tmp_path / "o"
    shutil.copytree(small, out)
    before = turtle(small)

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    for verb, where in (("build", "--out"), ("add", "--graph")):
        with start(verb, pages, where, out, "--jobs", 1, preexec_fn=little) as process:
            _, err = process.communicate(timeout=100)
        assert process.returncode == 2, err
        assert "cannot be written" in err
        assert turtle(out) == before
        assert facts(out) == facts(small)


def test_of_two_writers_the_second_says_so_and_leaves(
    pages: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "o"
    shutil.copytree(built[0], out)
    with alone(out):
        for verb, where in (("build", "--out"), ("add", "--graph")):
            with start(verb, pages, where, out) as process:
                _, err = process.communicate(timeout=100)
            assert process.returncode == 2
            assert f"another process is writing this graph (process {os.getpid()})" in err
        assert facts(out) == facts(built[0])
        with pytest.raises(StoreError, match="another process"), alone(out):
            pass
    assert turtle(out) == turtle(built[0])


def test_a_lock_that_a_killed_process_left_means_nothing(tmp_path: Path) -> None:
    (tmp_path / ".kg-lock").write_text("1")
    with alone(tmp_path):
        pass
    assert not list(tmp_path.iterdir())


def test_a_folder_that_was_made_for_nothing_is_gone_again(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone(tmp_path / "a" / "b"):
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
    return found


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells the children of a process")
@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9), (signal.SIGINT, 130)]
)
def test_no_worker_outlives_a_build(sign: signal.Signals, code: int, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "o"
    folder.mkdir()
    (folder / "0.txt").write_text("", "utf-8")
    for number in range(1, 300):
        (folder / f"{number}.txt").write_text(f"第{number}版\n" + TEXT * 40, "utf-8")
    with start("build", folder, "--out", out, "--jobs", 2) as process:
        assert process.stderr is not None
        assert "0.txt" in process.stderr.readline()
        workers = children(process.pid)
        os.kill(process.pid, sign)
        process.communicate(timeout=60)
    assert process.returncode == code
    assert len(workers) >= 2
    until = time.monotonic() + 20
    while not all(map(gone, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert all(map(gone, workers))
    assert sign == signal.SIGKILL or not list(out.glob(".kg-new*"))


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?b < ?h && ?c > ?i) }"


def test_a_long_query_ends_at_once(built: tuple[Path, Path]) -> None:
    with start("query", SLOW, "--graph", built[1]) as process:
        until = time.monotonic() + 60
        while not (asked := children(process.pid)) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(1)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 10
    assert (process.returncode, err) == (130, "kg: interrupted\n")
    assert all(map(gone, asked))
    with start("query", SLOW, "--graph", built[1], "--time-limit", "1") as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "after 1 s" in err


def test_what_was_done_before_a_build_was_killed_is_not_done_again(pages: Path, tmp_path: Path) -> None:
    first = kg.build([str(pages)], kg.Settings(), tmp_path, jobs=1)
    assert not any(o.kept for o in first.outcomes)
    again = kg.build([str(pages)], kg.Settings(), tmp_path, jobs=1)
    assert all(o.kept for o in again.outcomes)
    assert again.graph == first.graph
    other = kg.build([str(pages)], kg.Settings(city="海宁市"), tmp_path, jobs=1)
    assert not any(o.kept for o in other.outcomes)


def test_the_lock_is_held_for_readers_only_while_a_graph_is_moved(tmp_path: Path) -> None:
    with alone(tmp_path):
        folder = os.open(tmp_path, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(folder)


def test_a_report_says_what_is_older_than_the_store(
    pages: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "o"
    shutil.copytree(built[0], out)
    kg.add([str(p) for p in sorted(pages.glob("[123].txt"))], kg.Settings(), out)
    assert json.loads((out / "report.json").read_bytes())["stale"] == ["index.html", "kg.nq", "kg.ttl"]
    assert turtle(out) == turtle(built[0])
    done = subprocess.run(
        [sys.executable, KG, "export", "--format", "ttl", "--graph", out], capture_output=True
    )
    assert done.stdout == turtle(built[1]) == turtle(out)
    assert json.loads((out / "report.json").read_bytes())["stale"] == ["index.html"]
    subprocess.run([sys.executable, KG, "view", "--graph", out], check=True, capture_output=True)
    report = json.loads((out / "report.json").read_bytes())
    assert report == json.loads((built[1] / "report.json").read_bytes())
    assert (out / "index.html").read_bytes() == (built[1] / "index.html").read_bytes()
    kg.remove(["1.txt", "2.txt", "3.txt"], kg.Settings(), out)
    subprocess.run(
        [sys.executable, KG, "export", "--format", "nq", "--graph", out], check=True, capture_output=True
    )
    assert turtle(out) == turtle(built[0])
