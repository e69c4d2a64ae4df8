"""The catalogue lies beside the graph: a server begins with it, and never with that of another graph."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from processes import run_apart

from kg import ontology
from kg.config import Settings
from kg.model import Graph
from kg.rdf import write
from kg.rdf.swap import CATALOGUE
from kg.serve.kept import NAMES, STORIES, keep, mark, stamp, take
from kg.serve.making import Maker

SETTINGS = Settings()
NOTHING = Graph((), (), (), ())


@pytest.fixture(scope="module")
def made(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph whose catalogue was made and kept by a server."""
    copy = tmp_path_factory.mktemp("kept") / "graph"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".kg-*"))
    articles(copy)
    return copy


@pytest.fixture
def out(made: Path, tmp_path: Path) -> Path:
    """A graph with a catalogue that says there are seven articles, so that one sees who takes it."""
    copy = tmp_path / "graph"
    shutil.copytree(made, copy)
    place = copy / CATALOGUE
    with closing(sqlite3.connect(place / NAMES)) as base:
        base.execute("UPDATE meta SET value = 7 WHERE name = 'articles'")
        base.commit()
    assert keep(copy, stamp(copy, SETTINGS.ontology), place / NAMES, place / STORIES)
    return copy


def articles(out: Path) -> int:
    """Return how many articles a server would say there are, from the catalogue that it gets."""

    async def made() -> int:
        maker = Maker(out, None, SETTINGS.ontology)
        try:
            index = await maker.make()
            count = index.counts()["Article"]
            assert index.stories is not None
            assert index.articles("会见")
            index.forget()
            return count
        finally:
            await maker.close()

    return run_apart(made())


def test_the_first_server_keeps_it_and_the_next_takes_it(made: Path, out: Path) -> None:
    assert sorted(path.name for path in made.glob(".kg-*")) == [CATALOGUE]
    assert json.loads((made / CATALOGUE / "stamp.json").read_text())["graph"] == list(mark(made))
    assert articles(out) == 7


def test_it_goes_with_the_graph_it_is_of(out: Path) -> None:
    write(NOTHING, ontology.load(SETTINGS.ontology), SETTINGS, out)
    assert not (out / CATALOGUE).exists()


def test_that_of_another_writing_or_ontology_is_not_taken(out: Path, tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    assert not take(copy, SETTINGS.ontology, into)
    other = tmp_path / "ontology"
    shutil.copytree(SETTINGS.ontology, other)
    with (other / "kg.ttl").open("a") as file:
        file.write("\n# another\n")
    assert not take(out, other, into)
    version = out / "store" / "KG_VERSION"
    version.write_text(version.read_text())
    assert not take(out, SETTINGS.ontology, into)


@pytest.mark.parametrize("harm", ["cut", "words", "stamp"])
def test_half_of_one_is_not_taken(harm: str, out: Path, tmp_path: Path) -> None:
    place = out / CATALOGUE
    if harm == "cut":
        (place / NAMES).write_bytes((place / NAMES).read_bytes()[:5000])
    elif harm == "words":
        (place / STORIES).unlink()
    else:
        (place / "stamp.json").write_text('["?"]')
    assert not take(out, SETTINGS.ontology, tmp_path)


def test_a_damaged_one_is_made_anew(out: Path, graph: Graph) -> None:
    names = out / CATALOGUE / NAMES
    names.write_bytes(b"x" * names.stat().st_size)
    assert articles(out) == len(graph.articles)


def test_what_was_made_of_a_graph_that_is_gone_is_not_kept(out: Path, tmp_path: Path) -> None:
    before = stamp(out, SETTINGS.ontology)
    assert take(out, SETTINGS.ontology, tmp_path)
    write(NOTHING, ontology.load(SETTINGS.ontology), SETTINGS, out)
    assert not keep(out, before, tmp_path / NAMES, tmp_path / STORIES)
    assert not list(out.glob(".kg-*"))


def test_where_it_cannot_be_kept_a_server_makes_its_own(out: Path, graph: Graph) -> None:
    shutil.rmtree(out / CATALOGUE)
    (out / CATALOGUE).write_text("somebody's")
    assert articles(out) == len(graph.articles)
    assert (out / CATALOGUE).read_text() == "somebody's"
