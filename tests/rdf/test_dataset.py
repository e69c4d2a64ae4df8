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
from kg.rdf import Dataset, open_dataset, swap, validate, write
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
