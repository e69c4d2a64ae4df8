"""Text pages: what is found, in which encodings it is read, and what is said when it cannot be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model.digest import digest
from kg.read import Source, find, page_of, read

TEXT = "■记者 乔一鸣\n\n本报讯 昨天上午，嘉禾市梅园正式开放，首日迎来游客三千多人次。\n"


def written(folder: Path, name: str, data: bytes) -> Source:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Source(path, name)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
    ],
)
def test_a_page_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str, named: str) -> None:
    page = read(written(tmp_path, "a.txt", TEXT.encode(encoding)))
    assert page.text == TEXT
    assert page.encoding == named


def test_utf_16_of_both_byte_orders_is_told_by_its_mark(tmp_path: Path) -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read(written(tmp_path, "a.txt", mark + TEXT.encode(encoding))).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_without_its_mark_too(tmp_path: Path, encoding: str) -> None:
    page = read(written(tmp_path, "a.txt", TEXT.encode(encoding)))
    assert (page.text, page.encoding) == (TEXT, encoding)


def test_traditional_characters_in_big5_are_told_and_kept(tmp_path: Path) -> None:
    text = "本報訊 昨天，縣委召開會議，研究農業工作，會議強調要落實責任。\n"
    page = read(written(tmp_path, "a.txt", text.encode("big5")))
    assert (page.text, page.encoding) == (text, "big5hkscs")


def test_utf_32_of_both_byte_orders_is_told_by_its_mark(tmp_path: Path) -> None:
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")):
        page = read(written(tmp_path, "a.txt", mark + TEXT.encode(encoding)))
        assert (page.text, page.encoding) == (TEXT, "utf-32")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_marked_text_that_holds_nul_is_binary_data(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(ReadError, match="binary data"):
        read(written(tmp_path, "a.txt", "本报讯\0昨天".encode(encoding)))


@pytest.mark.parametrize("text", ["嘉禾市", "本报讯 昨天，天晴。", "我市"])
def test_a_few_words_in_gbk_are_enough(tmp_path: Path, text: str) -> None:
    assert read(written(tmp_path, "a.txt", text.encode("gbk"))).text == text


def test_line_ends_of_all_systems_are_one(tmp_path: Path) -> None:
    page = read(written(tmp_path, "a.md", b"a\r\nb\rc\n"))
    assert [line.text for line in page.lines] == ["a", "b", "c", ""]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r")))
def test_lines_cover_the_page_and_its_id_is_its_content(text: str) -> None:
    page = page_of(text, "a.txt")
    assert "\n".join(line.text for line in page.lines) == text
    assert all(line.span.of(text) == line.text for line in page.lines)
    assert page.id == digest(text, length=12) == page_of(text, "b.txt").id


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (" \n　\n".encode(), "white space"),
        (b"ab\0c", "binary"),
        (b"\xff\xfe\x00\xd8x", "broken"),
        (bytes(range(0x80, 0x100)), "encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, data: bytes, what: str
) -> None:
    source = written(tmp_path, "a.txt", data)
    with pytest.raises(ReadError, match=what) as caught:
        read(source)
    assert str(source.path) in caught.value.source
    assert caught.value.remedy


def test_a_file_that_may_not_be_opened_and_a_folder_are_refused(tmp_path: Path) -> None:
    if os.geteuid() != 0:  # nothing is closed to root
        source = written(tmp_path, "a.txt", b"x")
        source.path.chmod(0)
        with pytest.raises(ReadError, match="cannot be opened"):
            read(source)
    folder = tmp_path / "b.txt"
    folder.mkdir()
    with pytest.raises(ReadError):
        read(Source(folder, "b.txt"))


def test_folders_files_and_patterns_are_found_sorted_and_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "inner/c.md", ".hidden.txt", ".git/d.txt", "e.unknown"):
        written(tmp_path, name, b"x")
    sources, errors = find([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "*.txt")])
    assert [source.name for source in sources] == ["a.txt", "b.txt", "inner/c.md"]
    assert errors == []
    assert find([str(tmp_path / "*.txt"), str(tmp_path)])[0] == sources


def test_what_cannot_be_found_is_said_and_the_rest_found(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", b"x")
    written(tmp_path, "e.unknown", b"x")
    (tmp_path / "none").mkdir()
    named = [str(tmp_path / name) for name in ("missing.txt", "e.unknown", "none", "*.md", "a.txt")]
    sources, errors = find(named)
    assert [source.name for source in sources] == ["a.txt"]
    assert [error.source for error in errors] == named[:4]
    assert all(error.remedy for error in errors)


def test_a_folder_that_a_build_wrote_into_gives_its_pages_but_not_what_was_built(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("昨天，海宁市市长周立新走访了企业。", "utf-8")
    (tmp_path / "output" / "store").mkdir(parents=True)
    (tmp_path / "output" / "store" / "KG_VERSION").write_text("1", "utf-8")
    (tmp_path / "output" / "index.html").write_text("<html></html>", "utf-8")
    (tmp_path / "output" / "report.json").write_text("{}", "utf-8")
    sources, errors = find([str(tmp_path)])
    assert [s.name for s in sources] == ["page.txt"]
    assert not errors


def test_pages_beside_a_graph_are_read_again_however_they_are_named(tmp_path: Path) -> None:
    pages = ["a.txt", "inner/index.html", "inner/store/b.txt", "other/report.json"]
    for name in [*pages, "index.html", "report.json", "kg.ttl", "kg.nq", "store/KG_VERSION", "store/x.txt"]:
        written(tmp_path, name, b"x")
    for named in ([str(tmp_path)], [str(tmp_path / "*")]):
        sources, errors = find(named)
        assert sorted(s.path.relative_to(tmp_path).as_posix() for s in sources) == pages
        assert not errors
