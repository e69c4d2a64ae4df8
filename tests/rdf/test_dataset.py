"""The graph on disk: the same bytes, all or nothing, and clear words when it cannot be used."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import page_of

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf import Dataset, claim, open_dataset, swap, validate, write
from kg.resolve import resolve


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def test_the_graph_is_read_back_from_disk(dataset: Dataset, graph: Graph) -> None:
    pages = tuple(replace(page, lines=()) for page in graph.pages)
    assert dataset.graph() == replace(graph, pages=pages)


@pytest.mark.parametrize("base", ["urn:kg:", "http://example.org/a#", "https://example.org/图谱/"])
def test_any_base_that_settings_allow_gives_a_graph_that_conforms(
    base: str, vocabulary: Ontology, settings: Settings, tmp_path: Path
) -> None:
    moved = replace(settings, base=base)
    page = page_of("柳青会见王大力。", [("柳青", "met", "王大力")], {"柳青": "Person", "王大力": "Person"})
    expected = resolve([page], moved)
    write(expected, vocabulary, moved, tmp_path)
    assert open_dataset(tmp_path).graph().facts == expected.facts
    assert open_dataset(tmp_path).graph().articles == expected.articles
    assert validate(tmp_path, moved).conforms


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from builders import page_of; from kg import ontology, rdf;"
        "from kg.config import Settings; from kg.resolve import resolve; s = Settings();"
        "names = {chr(0x4e00 + n): 'Person' for n in range(9)};"
        "page = page_of('x', [(a, 'met', b) for a in names for b in names if a < b], names);"
        "rdf.write(resolve([page], s), ontology.load(s.ontology), s, Path(sys.argv[1]))"
    )
    path = os.pathsep.join(["tests", *filter(None, [os.environ.get("PYTHONPATH")])])
    for name, seed in (("a", "1"), ("b", "2")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", script, str(tmp_path / name)], env=env, check=True)
    for file in ("kg.ttl", "kg.nq"):
        data = (tmp_path / "a" / file).read_bytes()
        assert data == (tmp_path / "b" / file).read_bytes()
        assert len(data) > 1000


def test_turtle_lists_subjects_in_order_with_their_class_first(folder: Path) -> None:
    lines = (folder / "kg.ttl").read_text("utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    subjects = [line for line in lines if line and not line.startswith(("@prefix", "\t"))]
    assert subjects == sorted(subjects)
    assert all(" a " in line for line in subjects)
    assert not any("<http" in line for line in lines if not line.startswith("@prefix"))


def test_store_and_quads_hold_the_same(dataset: Dataset, folder: Path) -> None:
    stored = {str(quad) for quad in dataset.store}
    assert len(stored) == len((folder / "kg.nq").read_text("utf-8").splitlines())


def test_an_open_dataset_cannot_be_changed(dataset: Dataset) -> None:
    with pytest.raises(RuntimeError):
        dataset.store.add(next(iter(dataset.store)))


def test_without_a_graph_the_remedy_is_named(tmp_path: Path) -> None:
    for out in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StoreError, match="there is no graph; run kg build"):
            open_dataset(out)
    assert not (tmp_path / "nowhere").exists()


def test_a_graph_of_another_version_is_refused(copy: Path) -> None:
    (copy / "store" / "KG_VERSION").write_text("kg 0\n")
    with pytest.raises(StoreError, match="version 'kg 0'"):
        open_dataset(copy)


@pytest.mark.parametrize("name", ["KG_VERSION", "CURRENT"])
def test_a_store_with_a_file_missing_is_damaged(copy: Path, name: str) -> None:
    (copy / "store" / name).unlink()
    with pytest.raises(StoreError, match=r"damaged.*run kg build"):
        open_dataset(copy)


def test_a_store_with_cut_tables_is_damaged(copy: Path) -> None:
    for table in (copy / "store").glob("*.sst"):
        table.write_bytes(table.read_bytes()[: table.stat().st_size // 2])
    with pytest.raises(StoreError, match=r"damaged.*run kg build"):
        open_dataset(copy).graph()


def test_a_new_graph_replaces_the_old_one_and_leaves_other_files(
    copy: Path, graph: Graph, vocabulary: Ontology, settings: Settings
) -> None:
    (copy / "notes.txt").write_text("mine")
    smaller = replace(graph, facts=graph.facts[:1])
    write(smaller, vocabulary, settings, copy, {"index.html": b"page"})
    assert open_dataset(copy).graph().facts == smaller.facts
    names = sorted(path.name for path in copy.iterdir())
    assert names == ["index.html", "kg.nq", "kg.ttl", "notes.txt", "store"]


def test_a_write_that_fails_leaves_the_old_graph_whole(copy: Path) -> None:
    before = {path: path.read_bytes() for path in sorted(copy.rglob("*")) if path.is_file()}
    with pytest.raises(RuntimeError, match="power"), swap.replacing(copy) as fresh:  # noqa: PT012
        (fresh / "kg.ttl").write_text("half")
        raise RuntimeError("power cut")
    after = {path: path.read_bytes() for path in sorted(copy.rglob("*")) if path.is_file()}
    assert after == before


def test_a_write_that_was_killed_leaves_nothing_behind_at_the_next(copy: Path) -> None:
    (copy / ".kg-new-abc" / "store").mkdir(parents=True)
    with swap.replacing(copy) as fresh:
        (fresh / "kg.ttl").write_text("new")
    assert not list(copy.glob(".kg-*"))
    assert (copy / "kg.ttl").read_text() == "new"


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_move_that_was_killed_is_finished_at_the_next_opening(
    folder: Path,
    copy: Path,
    tmp_path: Path,
    graph: Graph,
    vocabulary: Ontology,
    settings: Settings,
    moved: int,
) -> None:
    smaller = replace(graph, facts=graph.facts[:1])
    write(smaller, vocabulary, settings, tmp_path / "new")
    (copy / swap.READY).mkdir()
    for number, name in enumerate(("kg.nq", "kg.ttl", "store")):
        if number < moved:
            os.replace(tmp_path / "new" / name, copy / name)
        else:
            os.replace(tmp_path / "new" / name, copy / swap.READY / name)
    assert open_dataset(copy).graph().facts == smaller.facts
    assert not (copy / swap.READY).exists()


def test_two_writers_do_not_mix(copy: Path, graph: Graph, vocabulary: Ontology, settings: Settings) -> None:
    other = os.open(copy, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another process is writing"):
            write(graph, vocabulary, settings, copy)
    finally:
        os.close(other)
    write(graph, vocabulary, settings, copy)


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, graph: Graph, vocabulary: Ontology, settings: Settings
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write(graph, vocabulary, settings, tmp_path / "file")


@pytest.mark.parametrize("name", ["index.html", "report.json", "kg.ttl", "kg.nq", "store"])
def test_files_that_no_build_wrote_are_never_overwritten(
    name: str, tmp_path: Path, graph: Graph, vocabulary: Ontology, settings: Settings
) -> None:
    (tmp_path / name).write_text("mine")
    for act in (lambda: claim(tmp_path), lambda: write(graph, vocabulary, settings, tmp_path)):
        with pytest.raises(StoreError, match=rf"{name} would be overwritten.*; move or delete it"):
            act()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_a_folder_of_the_users_own_that_is_called_store_is_kept(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "mine.txt").write_text("mine")
    with pytest.raises(StoreError, match="store would be overwritten"):
        claim(tmp_path)


def test_a_file_called_store_is_refused_even_where_a_move_is_unfinished(tmp_path: Path) -> None:
    (tmp_path / swap.READY).mkdir()
    (tmp_path / "store").write_text("mine")
    with pytest.raises(StoreError, match="store would be overwritten"):
        claim(tmp_path)


def test_an_empty_folder_a_graph_and_an_unfinished_move_may_be_written(
    copy: Path, tmp_path: Path, graph: Graph, vocabulary: Ontology, settings: Settings
) -> None:
    empty = tmp_path / "output"
    empty.mkdir()
    (empty / ".gitkeep").touch()
    claim(empty)
    assert [path.name for path in empty.iterdir()] == [".gitkeep"]
    claim(tmp_path / "new" / "inner")
    assert not (tmp_path / "new").exists()
    (copy / swap.READY).mkdir()
    os.replace(
        copy / "store", copy / swap.READY / "store"
    )  # kg.nq and kg.ttl are in place, the store not yet
    for out in (empty, copy):
        write(graph, vocabulary, settings, out)
        assert open_dataset(out).graph().facts == graph.facts


@pytest.mark.parametrize(
    ("name", "reason"),
    [("file", "Not a directory"), ("file/inner", "Not a directory"), ("/proc/kg", "No such")],
)
def test_a_place_that_cannot_be_written_is_found_before_anything_is_read(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=rf"cannot be written \({reason}[^)]*\); give a folder"):
        claim(tmp_path / name)


def test_opening_a_healthy_graph_takes_no_lock_and_changes_nothing(copy: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        found = [(path, path.stat()) for path in [copy, *sorted(copy.rglob("*"))]]
        return [(str(path), stat.st_ino, stat.st_ctime_ns) for path, stat in found]

    before = state()
    other = os.open(copy, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        assert open_dataset(copy).query("ASK { ?a kg:met ?b }").truth
    finally:
        os.close(other)
    assert state() == before


def test_a_reader_leaves_an_unfinished_move_to_who_holds_the_lock(copy: Path) -> None:
    (copy / swap.READY).mkdir()
    (copy / swap.READY / "kg.ttl").write_text("new")
    other = os.open(copy, os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(StoreError, match="another process is writing"):
            open_dataset(copy)
    finally:
        os.close(other)
    assert (copy / swap.READY / "kg.ttl").read_text() == "new"
    open_dataset(copy)
    assert (copy / "kg.ttl").read_text() == "new"


def test_one_process_writes_while_another_opens_and_both_succeed_every_time(tmp_path: Path) -> None:
    prepare = (
        "import sys; from pathlib import Path; from builders import page_of; from kg import ontology, rdf;"
        "from kg.config import Settings; from kg.resolve import resolve; s = Settings();"
        "out = Path(sys.argv[1]);"
        "o = ontology.load(s.ontology); names = {chr(0x4e00 + n): 'Person' for n in range(9)};"
        "met = [(a, 'met', b) for a in names for b in names if a < b];"
        "graphs = [resolve([page_of('x', met[:n], names)], s)"
        " for n in (9, 36)];"
    )
    writing = prepare + "[rdf.write(graphs[n % 2], o, s, out) for n in range(15)]"
    reading = prepare + (
        "stop = Path(sys.argv[2]); print(sorted({len(rdf.open_dataset(out).query("
        "'SELECT ?s { ?s a kg:Statement }').rows) for _ in iter(stop.exists, True)}))"
    )
    out, stop = tmp_path / "out", tmp_path / "stop"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(["tests", os.environ.get("PYTHONPATH", "")])}
    first = prepare + "rdf.write(graphs[0], o, s, out)"
    subprocess.run([sys.executable, "-c", first, str(out)], env=env, check=True)
    command = [sys.executable, "-c", reading, str(out), str(stop)]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        try:
            done = subprocess.run(
                [sys.executable, "-c", writing, str(out)], env=env, capture_output=True, text=True, timeout=60
            )
        finally:
            stop.touch()
        said, wrong = reader.communicate(timeout=60)
    assert (wrong, done.stderr) == ("", "")
    assert said == "[9, 36]\n"
    assert not list(out.glob(".kg-*"))
