"""The cache forgets rather than lies: whatever happens to its file, findings are the right ones or none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from builders import page_of

from kg.cache import FILE, mark, opened, page_mark
from kg.cache.marks import PACKAGE
from kg.config import Settings, packed
from kg.errors import StoreError

ONE, TWO = page_of("甲乙见丙丁。"), page_of("丙丁见甲乙。")


def test_what_is_kept_is_found_by_the_next_process(tmp_path: Path) -> None:
    with opened(tmp_path, write=True) as cache:
        cache.put("1", ONE)
        cache.put("2", TWO)
    with opened(tmp_path, write=False) as cache:
        assert (cache.get("1"), cache.get("2"), cache.get("3")) == (ONE, TWO, None)


def test_what_is_not_kept_or_dropped_leaves_no_byte_behind(tmp_path: Path) -> None:
    with opened(tmp_path, write=True) as cache:
        for key in "123":
            cache.put(key, replace(ONE, page=replace(ONE.page, source=f"{key}.txt")))
        cache.put("secret", TWO)
        cache.drop(["1"])
        cache.keep(["2"])
    with opened(tmp_path, write=False) as cache:
        assert [cache.get(key) is None for key in ("1", "2", "3", "secret")] == [True, False, True, True]
    assert b"secret" not in (tmp_path / FILE).read_bytes()


def test_a_read_of_nothing_makes_no_file(tmp_path: Path) -> None:
    with opened(tmp_path, write=False) as cache:
        assert cache.get("1") is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("size", [0, 72, 100, 4096, 6000, -1])
def test_a_damaged_file_is_as_good_as_none_and_is_made_anew(tmp_path: Path, size: int) -> None:
    with opened(tmp_path, write=True) as cache:
        cache.put("1", ONE)
    file = tmp_path / FILE
    data = file.read_bytes()
    file.write_bytes(data[:size] if size >= 0 else data[:100] + bytes(len(data) - 100))
    with opened(tmp_path, write=False) as cache:
        assert cache.get("1") in (None, ONE)
    with opened(tmp_path, write=True) as cache:
        cache.put("2", TWO)
    with opened(tmp_path, write=False) as cache:
        assert cache.get("2") in (None, TWO)
        assert cache.get("1") in (None, ONE)


def test_a_file_of_somebody_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("mine")
    for write in (True, False):
        with pytest.raises(StoreError, match="no build wrote it"), opened(tmp_path, write=write):
            pass
    assert (tmp_path / FILE).read_text() == "mine"


def test_the_mark_changes_with_everything_that_findings_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings()
    first = mark(settings)
    assert mark(replace(settings, base="https://other.example.org/")) == first
    marks = {first, mark(settings.with_city("海宁市"))}
    mine = tmp_path / "words"
    mine.mkdir()
    marks.add(mark(replace(settings, lexicon=(*settings.lexicon, mine))))
    (mine / "posts.tsv").write_text("word\n", "utf-8")
    marks.add(mark(replace(settings, lexicon=(*settings.lexicon, mine))))
    (mine / "starts.npz").write_bytes(b"counted")
    marks.add(mark(replace(settings, lexicon=(*settings.lexicon, mine))))
    shutil.copytree(settings.ontology, tmp_path / "ontology")
    other = replace(settings, ontology=tmp_path / "ontology")
    assert mark(other) == first
    with (tmp_path / "ontology" / "frames.tsv").open("a", encoding="utf-8") as file:
        file.write("\n")
    marks.add(mark(other))
    shutil.copytree(PACKAGE, tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("kg.cache.marks.PACKAGE", tmp_path / "kg")
    assert mark(settings) == first
    shutil.copytree(tmp_path / "kg", tmp_path / "other")
    with (tmp_path / "other" / "extract" / "tools.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    monkeypatch.setattr("kg.cache.marks.PACKAGE", tmp_path / "other")
    marks.add(mark(settings))
    own = shutil.copytree(packed("models"), tmp_path / "models")
    assert mark(settings.with_model(own)) == mark(settings)
    (own / "scorer.npz").unlink()
    assert mark(settings.with_model(own)) == mark(settings)
    (own / "finder.onnx").write_bytes(b"another")
    marks.add(mark(settings.with_model(own)))
    assert len(marks) == 8


def test_a_page_from_another_file_is_another_page_to_the_cache() -> None:
    page = ONE.page
    others = [
        replace(page, source="b.txt"),
        replace(page, newspaper="河口日报"),
        replace(page, encoding="big5"),
    ]
    assert len({page_mark(one) for one in (page, *others)}) == 4
