"""Tables and the lexicon made of them: what a user edits is read as it stands or refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import lexicon
from kg.config import packed
from kg.errors import LexiconError
from kg.table import Table, read_table


def table(folder: Path, text: str, name: str = "t.tsv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_comments_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    found = read_table(table(tmp_path, "# what it is\nword\tkind\n\n市长\tpost\n# more\n 县长 \t post\n"))
    assert found.name == "t"
    assert found.columns == ("word", "kind")
    assert [dict(row) for row in found.rows] == [
        {"word": "市长", "kind": "post"},
        {"word": "县长", "kind": "post"},
    ]
    assert found.column("word") == ("市长", "县长")
    assert [row["word"] for row in found.where(kind="post", word="县长")] == ["县长"]


def test_empty_cells_are_left_out_of_a_column(tmp_path: Path) -> None:
    assert read_table(table(tmp_path, "a\tb\n1\t\n2\tx\n")).column("b") == ("x",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb\n1\n", "line 2: 1 cells where the header has 2"),
        ("a\n1\n2\n1\n", "line 4: the row of line 2 again"),
        ("# nothing\n\n", "no header"),
    ],
)
def test_a_malformed_table_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        read_table(table(tmp_path, text))


def test_a_table_in_another_encoding_is_refused_with_its_byte(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_bytes("word\n市长\n".encode("gb18030"))
    with pytest.raises(LexiconError, match="byte 5: not UTF-8; save it as UTF-8"):
        read_table(tmp_path / "t.tsv")


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(LexiconError, match="no column 'c'; it has a, b"):
        Table("t", ("a", "b"), ()).column("c")


def test_a_later_folder_adds_rows_and_tables(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    table(first, "word\n市长\n", "posts.tsv")
    table(second, "word\n县长\n", "posts.tsv")
    table(second, "word\n局\n", "organs.tsv")
    found = lexicon.load((first, second))
    assert found.words("posts") == ("市长", "县长")
    assert sorted(found.tables) == ["organs", "posts"]
    with pytest.raises(LexiconError, match=r"nothing\.tsv: no such table; there are organs, posts"):
        found.table("nothing")


def test_two_tables_of_one_name_with_other_columns_are_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    table(first, "word\n市长\n")
    table(second, "word\tkind\n县长\tpost\n")
    with pytest.raises(LexiconError, match="differ"):
        lexicon.load((first, second))


def test_every_shipped_table_explains_itself_before_its_header() -> None:
    paths = sorted(packed("lexicon").glob("*.tsv"))
    assert paths
    for path in paths:
        assert path.read_text("utf-8").startswith("#"), path
    assert set(lexicon.load([packed("lexicon")]).tables) == {path.stem for path in paths}
