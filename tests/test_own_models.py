"""Models of one's own in a build: used, remembered with the graph, and never mixed with others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.changes import add, remove
from kg.config import Settings, load, packed
from kg.errors import ConfigError, StoreError
from kg.pipeline import build, extract_pages

SETTINGS = Settings()
VISIT = "昨天，海宁市市长周立新走访了海宁恒达电子有限公司。\n"
MEETING = "3月2日，海宁市市长周立新会见了浙江大学副校长罗启明。\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Return a folder with two pages."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(VISIT, "utf-8")
    (folder / "b.txt").write_text(MEETING, "utf-8")
    return folder


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """Return a model that calls people and places each other's class."""
    folder = shutil.copytree(packed("models"), tmp_path / "turned")
    card = json.loads((folder / "finder.json").read_text("utf-8"))
    other = {"Person": "Place", "Place": "Person"}
    card["tags"] = [tag[:2] + other.get(tag[2:], tag[2:]) for tag in card["tags"]]
    (folder / "finder.json").write_text(json.dumps(card), "utf-8")
    return folder


def named(pages: Path, settings: Settings) -> set[tuple[str, str]]:
    found = extract_pages([str(pages)], settings, jobs=1)
    return {(e.key.name, e.key.kind) for one in found if one.findings for e in one.findings.entities}


def test_a_model_of_ones_own_finds_the_names(pages: Path, turned: Path) -> None:
    assert ("罗启明", "Person") in named(pages, SETTINGS)
    assert ("罗启明", "Place") in named(pages, SETTINGS.with_model(turned))


def test_a_graph_grows_only_with_the_model_that_it_was_built_with(
    pages: Path, turned: Path, tmp_path: Path
) -> None:
    copy, out = shutil.copytree(packed("models"), tmp_path / "copy"), tmp_path / "out"
    mine = SETTINGS.with_model(copy)
    build([str(pages / "a.txt")], mine, out, jobs=1)
    with pytest.raises(StoreError, match=r"built with the model .*copy as it was then; add with that"):
        add([str(pages / "b.txt")], SETTINGS.with_model(turned), out, jobs=1)
    add([str(pages / "b.txt")], SETTINGS, out, jobs=1)
    whole = build([str(pages)], SETTINGS, tmp_path / "whole", jobs=1)
    with pytest.raises(StoreError, match="built with the shipped model"):
        add([str(pages / "a.txt")], SETTINGS.with_model(turned), whole.out, jobs=1)
    (copy / "finder.onnx").unlink()
    remove(["b.txt"], SETTINGS, out)
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["settings"]["model"] == copy.as_posix()
    assert report["totals"]["pages"] == 1
    assert json.loads((whole.out / "report.json").read_text("utf-8"))["settings"]["model"] == "shipped"


def test_the_model_stands_in_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "kg.toml").write_text('model = "mine"', "utf-8")
    assert load(tmp_path).model == tmp_path / "mine"
    (tmp_path / "kg.toml").write_text('model = "none"', "utf-8")
    with pytest.raises(ConfigError, match="no folder 'none'"):
        load(tmp_path)


def test_a_build_with_a_folder_that_is_no_model_is_refused_before_a_page_is_read(
    pages: Path, tmp_path: Path
) -> None:
    with pytest.raises(
        ConfigError, match=r"no model: .*finder\.json missing; give a folder that kg train wrote"
    ):
        build([str(pages)], SETTINGS.with_model(pages), tmp_path / "out", jobs=2)
    assert not (tmp_path / "out" / "store").exists()
