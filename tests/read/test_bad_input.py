"""What cannot be read is one clear error with source, place and remedy; the rest is read in little memory."""

from __future__ import annotations

import io
import json
import os
import resource
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from invented_stories import STORIES
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kg import lexicon
from kg.config import Columns, Reading, packed
from kg.errors import ReadError
from kg.model import Page
from kg.read import Source, find, read_pages

WORDS = lexicon.load([packed("lexicon")])
GOOD = json.dumps({"title": STORIES[0].title, "text": STORIES[0].body}, ensure_ascii=False)
MIB = 1 << 20


def given(folder: Path, name: str, data: bytes | str) -> Source:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Source(path=path, name=name)


def refused(source: Source, reading: Reading = Reading()) -> ReadError:  # noqa: B008
    """Read a source that gives one error and nothing else; the error names the source and a remedy."""
    (error,) = read_pages(source, WORDS, reading)
    assert isinstance(error, ReadError), error
    assert str(source.path) in error.source
    assert error.remedy
    return error


def zipped(files: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf(text: str = "one page", **settings: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, **settings)
    canvas.drawString(100, 700, text)
    canvas.save()
    return stream.getvalue()


def word() -> bytes:
    stream = io.BytesIO()
    file = docx.Document()
    file.add_paragraph(STORIES[0].body * 50)
    file.save(stream)
    return stream.getvalue()


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    error = refused(given(tmp_path, "a.pdf", pdf(encrypt=StandardEncryption("secret"))))
    assert error.what == "encrypted"
    assert "password" in str(error.remedy)


WHOLE = {"a.pdf": pdf(), "a.docx": word(), "a.zip": zipped({"a.txt": "甲"})}


@pytest.mark.parametrize(("name", "data"), WHOLE.items(), ids=WHOLE)
@pytest.mark.parametrize("kept", [0.0, 0.02, 0.5, 0.9])
def test_a_truncated_file(tmp_path: Path, name: str, data: bytes, kept: float) -> None:
    source = given(tmp_path, name, data[: int(len(data) * kept)])
    pages = list(read_pages(source, WORDS))
    if name == "a.pdf" and pages and isinstance(pages[0], Page):
        assert "one page" in pages[0].text  # PDF readers rebuild a lost table of contents
    else:
        assert "damaged" in refused(source).what


def test_a_page_that_is_only_a_picture_names_the_extra_when_it_is_not_installed(tmp_path: Path) -> None:
    file = pypdfium2.PdfDocument.new()
    page = file.new_page(200, 200)
    bitmap = pypdfium2.PdfBitmap.new_native(20, 20, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, 20, 20)
    image = pypdfium2.PdfImage.new(file)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(200, 200))
    page.insert_obj(image)
    page.gen_content()
    file.save(tmp_path / "a.pdf")
    for each in (page, bitmap, file):
        each.close()
    assert "pip install 'baozhi-kg[ocr]'" in without("rapidocr", tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("package", "name", "extra"),
    [
        ("pypdfium2", "a.pdf", "pdf"),
        ("docx", "a.docx", "word"),
        ("trafilatura", "a.html", "html"),
        ("rapidocr", "a.png", "ocr"),
    ],
)
def test_a_missing_extra_is_named(tmp_path: Path, package: str, name: str, extra: str) -> None:
    given(tmp_path, name, "anything")
    assert f"pip install 'baozhi-kg[{extra}]'" in without(package, tmp_path / name)


def without(package: str, path: Path) -> str:
    """Return what reading a file says in a process in which a package is not installed."""
    code = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from pathlib import Path\n"
        "from kg import lexicon\n"
        "from kg.config import packed\n"
        "from kg.read import Source, read_pages\n"
        f"path = Path({str(path)!r})\n"
        "print(*read_pages(Source(path=path, name=path.name), lexicon.load([packed('lexicon')])))\n"
    )
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_an_archive_that_unpacks_to_far_too_much_is_refused_in_little_memory(tmp_path: Path) -> None:
    source = given(tmp_path, "bomb.zip", zipped({"a.txt": b"\0" * (60 * MIB), "b.jsonl": GOOD}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error, page = read_pages(source, WORDS)
    assert isinstance(error, ReadError)
    assert error.source.endswith("bomb.zip/a.txt")
    assert "bomb" in error.what
    assert isinstance(page, Page)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024


def test_a_member_larger_than_its_header_says_is_refused(tmp_path: Path) -> None:
    data = zipped({"a.txt": "甲" * 1000}, zipfile.ZIP_STORED)
    lying = data.replace(struct.pack("<II", 3000, 3000), struct.pack("<II", 3000, 10))
    assert lying != data
    assert "a.txt" in refused(given(tmp_path, "a.zip", lying)).source


def test_the_members_of_an_archive_share_one_budget(tmp_path: Path) -> None:
    inner = zipped({"x.txt": os.urandom(400).hex()})
    source = given(tmp_path, "a.zip", zipped({f"{n}.zip": inner for n in range(9)}))
    pages = list(read_pages(source, WORDS, Reading(max_unpacked=3000)))
    assert sum(isinstance(p, Page) for p in pages) in {1, 2}
    assert "unpacks to more than 3000 bytes" in str(pages[-1])


def test_archives_nested_too_deep_or_with_too_many_members(tmp_path: Path) -> None:
    nested = zipped({"c.zip": zipped({"b.zip": zipped({"a.txt": "甲"})})})
    assert "deep" in refused(given(tmp_path, "a.zip", nested)).what
    many = zipped({f"{n}.txt": "甲" for n in range(5)})
    assert "5 members" in refused(given(tmp_path, "b.zip", many), Reading(max_members=4)).what


def test_an_encrypted_member_and_an_archive_without_pages(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "甲"}, zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(given(tmp_path, "a.zip", bytes(data))).what == "encrypted"
    assert "no page" in refused(given(tmp_path, "b.zip", zipped({"a.exe": "甲"}))).what


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.pdf", "a.docx", "a.png"]
)
def test_a_huge_file_in_one_line_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(b"{" if name.endswith("l") else b"a")
        file.seek(200 * MIB)
        file.write(b"a")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refused(Source(path=path, name=name), Reading(max_bytes=8 * MIB, max_record=1 * MIB))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024
    assert "kg.toml" in str(error.remedy) or "no column" in error.what or "text" in str(error.remedy)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("shift", [0, 1, 2])
def test_a_line_longer_than_a_record_is_said_to_be_so_in_every_encoding(
    tmp_path: Path, encoding: str, shift: int
) -> None:
    line = '{"title": "' + "a" * shift + '", "text": "' + "春耕备耕，" * 350_000 + '"}'
    error = refused(given(tmp_path, "a.jsonl", line.encode(encoding)), Reading(max_record=1_000_000))
    assert (error.what, error.where) == ("longer than 1000000 characters", "line 1")


@pytest.mark.parametrize("size", [200 * MIB, 60 * MIB, 3 * MIB])
def test_a_text_longer_than_any_page_is_refused_in_little_memory(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        for _ in range(size // (3 * MIB)):
            file.write("甲".encode() * MIB)
        file.seek(size)
        file.write(b"a")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = refused(Source(path=path, name="a.txt"))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024
    assert "longer than 500,000 characters" in error.what
    assert "max_page" in str(error.remedy)


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv"])
def test_how_long_a_page_may_be_is_a_setting(tmp_path: Path, name: str) -> None:
    body = STORIES[0].body
    record = json.dumps({"text": body}, ensure_ascii=False)
    data = {"a.txt": body, "a.jsonl": record, "a.csv": f'text\n"{body}"\n'}[name]
    source = given(tmp_path, name, data)
    (page,) = read_pages(source, WORDS, Reading(max_page=len(body)))
    assert isinstance(page, Page)
    error = refused(source, Reading(max_page=len(page.text) - 1))
    assert "characters, as no page is" in error.what


def test_a_column_that_was_named_and_is_lacking_is_said(tmp_path: Path) -> None:
    reading = Reading(columns=Columns(title="大标题"))
    error = refused(given(tmp_path, "a.csv", "标题,正文\n甲,乙\n"), reading)
    assert error.what == "no column '大标题'; there are 标题, 正文"
    assert "--column" in str(error.remedy)


def test_files_of_other_kinds_that_a_search_comes_upon_are_passed_over(tmp_path: Path) -> None:
    given(tmp_path, "package.json", '{"name": "x", "version": "1", "author": "y"}')
    given(tmp_path, "points.json", '[{"x": 1}, {"x": 2}]')
    given(tmp_path, "numbers.json", "[1, 2]")
    given(tmp_path, "titles.csv", "标题,作者\n甲,乙\n")
    given(tmp_path, "good.jsonl", GOOD)
    given(tmp_path, "packed.zip", zipped({"package.json": '{"name": "x"}', "a.jsonl": GOOD}))
    sources, errors = find([str(tmp_path)])
    assert errors == []
    found = [(s.name, page) for s in sources for page in read_pages(s, WORDS)]
    assert [(name, type(page)) for name, page in found] == [
        ("good.jsonl", Page),
        ("packed.zip", Page),
        ("titles.csv", ReadError),
    ]


def test_every_table_without_a_text_is_named_once_wherever_it_lies(tmp_path: Path) -> None:
    numbers = "year,tons\n2023,14\n2024,15\n"
    given(tmp_path, "numbers.csv", numbers)
    given(tmp_path, "packed.zip", zipped({"in/numbers.csv": numbers, "a.jsonl": GOOD}))
    sources, errors = find([str(tmp_path)])
    assert errors == []
    pages = [page for source in sources for page in read_pages(source, WORDS)]
    wrong = [page for page in pages if isinstance(page, ReadError)]
    assert [Path(error.source).name for error in wrong] == ["numbers.csv", "numbers.csv"]
    for error in wrong:
        assert error.what == "no column is known to hold the text; there are year, tons"
        assert error.where == "row 1"
        assert "elsewhere" in str(error.remedy)
    assert len(pages) == 3


def test_a_table_of_articles_under_unknown_names_is_no_file_of_another_kind(tmp_path: Path) -> None:
    text = "昨天上午，青禾市的农技员到田头，看了苗情，讲了怎样追肥。"
    given(tmp_path, "a.csv", f"k1,k2\n1,{text}\n")
    given(tmp_path, "b.json", json.dumps([{"k1": 1, "k2": text}]))
    given(tmp_path, "words.json", json.dumps([{"k1": 1, "k2": "昨天上午"}]))
    sources, _ = find([str(tmp_path)])
    found = [
        (s.name, page.what) for s in sources for page in read_pages(s, WORDS) if isinstance(page, ReadError)
    ]
    assert found == [
        (name, "no column is known to hold the text; there are k1, k2") for name in ("a.csv", "b.json")
    ]


def test_what_is_no_word_document_is_called_so(tmp_path: Path) -> None:
    assert "no Word document" in refused(given(tmp_path, "a.docx", b"PK\x03\x04junk")).what


def test_files_of_other_kinds_that_are_named_are_an_error(tmp_path: Path) -> None:
    for name, data in {"package.json": '{"name": "x"}', "words.tsv": "word\tkind\n甲\t乙\n"}.items():
        path = given(tmp_path, name, data).path
        (source,), _ = find([str(path)])
        assert "no column is known" in refused(source).what
    (source,), _ = find([str(tmp_path / "words.tsv")])
    reading = Reading(columns=Columns(text="全文"))
    assert "no column '全文'" in refused(source, reading).what


def test_nul_bytes(tmp_path: Path) -> None:
    assert "binary" in refused(given(tmp_path, "a.txt", b"\xe7\x94\xb2\0")).what
    assert "binary" in refused(given(tmp_path, "a.html", b"<p>\xe7\x94\xb2\0</p>")).what
    assert "NUL" in refused(given(tmp_path, "a.jsonl", '{"text": "a\\u0000b"}')).what
    assert "binary" in refused(given(tmp_path, "a.csv", "text\r\na\0b\r\n")).what


def test_lone_surrogates(tmp_path: Path) -> None:
    assert "no text" in refused(given(tmp_path, "a.jsonl", '{"text": "a\\ud800b"}')).what
    assert refused(given(tmp_path, "a.txt", "甲\ud800乙".encode("utf-8", "surrogatepass"))).where is not None
    assert refused(
        given(tmp_path, "b.txt", b"\xff\xfe" + "甲\ud800乙".encode("utf-16-le", "surrogatepass"))
    ).where


def test_a_table_without_a_text_column_says_what_columns_there_are(tmp_path: Path) -> None:
    error = refused(given(tmp_path, "a.csv", "编号,题名\n1,甲\n"))
    assert "编号, 题名" in error.what
    assert "[reading.columns]" in str(error.remedy)


def test_broken_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    lines = [
        GOOD,
        '{"text": ',
        GOOD.replace("青禾", "平川"),
        "[1, 2]",
        '{"title": "x"}',
        '{"text": " "}',
        "[" * 100_000,
    ]
    pages = list(read_pages(given(tmp_path, "a.jsonl", "\n".join(lines)), WORDS))
    assert [isinstance(p, Page) for p in pages] == [True, False, True, False, False, False, False]
    assert [p.where for p in pages if isinstance(p, ReadError)] == [
        "line 2, column 9",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]


def test_rows_of_another_length_are_named_and_the_others_read(tmp_path: Path) -> None:
    rows = 'title,text\n甲,"一\n二"\n乙\n丙,三\n'
    first, error, last = read_pages(given(tmp_path, "a.csv", rows), WORDS)
    assert isinstance(first, Page)
    assert isinstance(error, ReadError)
    assert error.where == "row 3"
    assert isinstance(last, Page)
    assert last.source == "a.csv#row=4"


def test_a_file_of_nothing_but_broken_records_is_left_after_some(tmp_path: Path) -> None:
    pages = list(read_pages(given(tmp_path, "a.jsonl", "{\n" * 1000), WORDS, Reading(max_broken=5)))
    assert len(pages) == 6
    assert "5 parts of it cannot be read" in str(pages[-1])


def test_bytes_of_another_encoding_in_one_row_spoil_only_that_row(tmp_path: Path) -> None:
    data = "title,text\n甲,一\n".encode() + "乙,二乙二乙\n".encode("gbk") + "丙,三\n".encode()
    reading = Reading(encoding="utf-8")
    first, error, last = read_pages(given(tmp_path, "a.csv", data), WORDS, reading)
    assert isinstance(first, Page)
    assert isinstance(last, Page)
    assert isinstance(error, ReadError)
    assert error.where == "row 3"


def test_a_circle_of_links_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("甲", "utf-8")
    for name in ("one", "two"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "in")
    (tmp_path / "x.txt").symlink_to(tmp_path / "y.txt")
    (tmp_path / "y.txt").symlink_to(tmp_path / "x.txt")
    for named in (str(tmp_path), str(tmp_path / "**/*.txt")):
        sources, errors = find([named])
        assert [s.path for s in sources] == [tmp_path / "in" / "a.txt"]
        assert [Path(error.source).name for error in errors] == ["x.txt", "y.txt"]
        assert all("circle" in error.what and error.remedy for error in errors)
    sources, (error,) = find([str(tmp_path / "x.txt")])
    assert sources == []
    assert "circle" in error.what


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.zip", "a.png", "a.json", "a.csv", "a.html", "a.tiff"])
@pytest.mark.parametrize(
    "data", [b"", b"   \n", b"nonsense", bytes(range(1, 256)), b"PK\x03\x04" + b"x" * 99, b"%PDF-1.7\n"]
)
def test_nonsense_is_never_more_than_an_error(tmp_path: Path, name: str, data: bytes) -> None:
    pages = list(read_pages(given(tmp_path, name, data), WORDS))
    assert len(pages) == 1
    assert isinstance(pages[0], ReadError) or name == "a.html"
