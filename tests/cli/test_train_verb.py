"""`kg train` and `--model` as a user calls them, as far as that needs no training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from calling import Done

Run = Callable[..., Done]


def test_a_corpus_that_cannot_be_learned_from_is_refused_with_file_and_line(
    call: Run, tmp_path: Path
) -> None:
    done = call("train", tmp_path, "--out", tmp_path / "model")
    assert done.code == 2
    assert f"{tmp_path}: no annotated page here; give a folder of PAGE.json" in done.err
    (tmp_path / "a.txt").write_text("何清说。\n", "utf-8")
    (tmp_path / "a.json").write_text(
        '{"articles": [{"entities": [\n{"name": "何清", "type": "Ship"}]}]}', "utf-8"
    )
    done = call("train", tmp_path, "--out", tmp_path / "model")
    assert done.code == 2
    assert f"{tmp_path / 'a.json'}, line 2: 何清 is a Ship; use one of Person, Organization" in done.err
    assert not (tmp_path / "model").exists()


def test_nothing_but_a_model_is_replaced(call: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("何清说。\n", "utf-8")
    (tmp_path / "a.json").write_text(
        '{"articles": [{"entities": [{"name": "何清", "type": "Person"}]}]}', "utf-8"
    )
    done = call("train", tmp_path, "--out", tmp_path)
    assert done.code == 2
    assert f"{tmp_path}: holds a.json, which is no model's; name a new folder" in done.err


def test_a_folder_that_is_no_model_is_refused_by_every_verb_that_reads_pages(
    call: Run, pages: Path, graph: Path, tmp_path: Path
) -> None:
    for verb in (("build", "--out", tmp_path), ("extract", "--out", tmp_path), ("add", "--graph", graph)):
        done = call(*verb, pages, "--model", pages)
        assert done.code == 2
        assert f"{pages}: no model: encoder.onnx and finder.onnx and finder.json missing" in done.err
