"""What is set for reading holds, and what goes beyond a limit is refused with the limit's name."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from kg import lexicon
from kg.config import Reading, packed
from kg.errors import ReadError
from kg.model import Page
from kg.read import Source, read, read_pages
from kg.read.inputs import of_file, whole

WORDS = lexicon.load([packed("lexicon")])
TEXT = "本报讯 昨天上午，梅园开放。"


def given(folder: Path, name: str, data: bytes | str) -> Source:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Source(path=path, name=name)


def pages(source: Source, **settings: object) -> list[Page | ReadError]:
    return list(read_pages(source, WORDS, Reading(**settings)))  # type: ignore[arg-type]


def refused(source: Source, **settings: object) -> ReadError:
    (error,) = pages(source, **settings)
    assert isinstance(error, ReadError), error
    assert error.remedy
    return error


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf(*lines: str) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(200, 200))
    for line in lines:
        canvas.drawString(20, 100, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def picture(form: str, size: tuple[int, int] = (40, 30), *more: Image.Image) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(
        stream, form, **({"save_all": True, "append_images": more} if more else {})
    )
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16", "utf-8"])
def test_the_encoding_that_is_set_is_taken(tmp_path: Path, encoding: str) -> None:
    text = "嘉禾市：\r\n梅園開放\r".encode(encoding)
    (page,) = pages(given(tmp_path, "a.txt", text), encoding=encoding)
    assert isinstance(page, Page)
    assert (page.text, page.encoding) == ("嘉禾市：\n梅園開放\n", encoding)


def test_an_encoding_that_is_set_holds_for_tables_and_web_pages_too(tmp_path: Path) -> None:
    table = "title,text\n梅園,昨天開放\n".encode("big5")
    (row,) = pages(given(tmp_path, "a.csv", table), encoding="big5")
    html = f'<meta charset="utf-8"><h1>梅园</h1><p>{TEXT * 5}</p>'.encode("gb18030")
    (web,) = pages(given(tmp_path, "a.html", html), encoding="gb18030")
    assert isinstance(row, Page)
    assert isinstance(web, Page)
    assert row.text == "梅園\n昨天開放"
    assert TEXT in web.text


def test_what_is_not_in_the_encoding_that_is_set_is_refused_with_its_place(tmp_path: Path) -> None:
    error = refused(given(tmp_path, "a.txt", "昨天".encode() + b"\xff"), encoding="utf-8")
    assert (error.what, error.where) == ("not in utf-8, the encoding that is set", "byte 6")


@pytest.mark.parametrize(("data", "what"), [(b" \r\n", "white space"), (b"a\0b", "binary")])
def test_no_text_is_refused_in_an_encoding_that_is_set(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in refused(given(tmp_path, "a.txt", data), encoding="utf-8").what


def test_utf_16_lines_that_break_are_refused_with_their_place(tmp_path: Path) -> None:
    good = "\n".join([json.dumps({"text": "甲"})] * 3).encode("utf-16-le")
    found = pages(given(tmp_path, "a.jsonl", b"\xff\xfe" + good + b"\n\0\x00\xd8\n\0"), encoding="utf-16")
    assert isinstance(found[-1], ReadError)
    assert found[-1].what == "not in utf-16"


def test_a_long_table_in_gbk_is_detected_by_its_beginning(tmp_path: Path) -> None:
    rows = ["标题,正文", *(f"第{n}条,{TEXT * 100}" for n in range(500))]
    data = "\n".join(rows).encode("gbk")
    assert len(data) > 1 << 20
    found = pages(given(tmp_path, "a.csv", data))
    assert len(found) == 500
    last = found[-1]
    assert isinstance(last, Page)
    assert (last.encoding, last.text) == ("gb18030", f"第499条\n{TEXT * 100}")


@pytest.mark.parametrize(
    ("name", "data", "settings", "limit"),
    [
        ("a.txt", "甲" * 40, {"max_bytes": 100}, "max_bytes"),
        ("a.jsonl", json.dumps({"text": "a" * 200}), {"max_record": 100}, "max_record"),
        ("a.csv", "text\n" + "a" * 200, {"max_record": 100}, "max_record"),
        ("a.pdf", pdf("one", "two", "three"), {"max_pages": 2}, "max_pages"),
        ("a.zip", zipped({"a.txt": b"1", "b.txt": b"2"}), {"max_members": 1}, "max_members"),
        ("a.zip", zipped({"a.zip": zipped({"a.txt": b"1"})}), {"max_depth": 1}, "max_depth"),
        ("a.png", picture("PNG"), {"max_pixels": 1000}, "max_pixels"),
    ],
)
def test_what_goes_beyond_a_limit_is_refused_with_its_name(
    tmp_path: Path, name: str, data: bytes | str, settings: dict[str, int], limit: str
) -> None:
    error = refused(given(tmp_path, name, data), **settings)
    assert f"{limit} under [reading]" in str(error.remedy)


def test_too_many_pictures_in_a_file_are_refused(tmp_path: Path) -> None:
    data = picture("TIFF", (40, 30), Image.new("RGB", (40, 30)), Image.new("RGB", (40, 30)))
    assert "3 pictures" in refused(given(tmp_path, "a.tiff", data), max_pages=2).what


def test_a_picture_without_text_is_named_with_its_page(tmp_path: Path) -> None:
    first, second = pages(
        given(tmp_path, "a.tiff", picture("TIFF", (64, 64), Image.new("RGB", (64, 64), "white")))
    )
    assert isinstance(first, ReadError)
    assert isinstance(second, ReadError)
    assert (first.where, second.where) == ("page 1", "page 2")
    assert "no text can be made out" in first.what


def test_a_truncated_picture_is_refused(tmp_path: Path) -> None:
    data = picture("PNG", (300, 300))
    assert "damaged" in refused(given(tmp_path, "a.png", data[: len(data) // 2])).what


def test_a_pdf_without_anything_is_refused_and_lines_alone_are_no_text(tmp_path: Path) -> None:
    assert refused(given(tmp_path, "a.pdf", pdf("", ""))).what == "every page is empty"
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(60, 60))
    canvas.line(5, 5, 50, 50)
    canvas.showPage()
    canvas.drawString(5, 30, "text")
    canvas.save()
    (page,) = pages(given(tmp_path, "a.pdf", stream.getvalue()))
    assert isinstance(page, Page)
    assert page.source == "a.pdf#page=2"


def test_a_scan_in_a_pdf_without_text_is_named_with_its_page(tmp_path: Path) -> None:
    file = pypdfium2.PdfDocument.new()
    page = file.new_page(100, 100)
    bitmap = pypdfium2.PdfBitmap.new_native(20, 20, pypdfium2.raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, 20, 20)
    image = pypdfium2.PdfImage.new(file)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(100, 100))
    page.insert_obj(image)
    page.gen_content()
    file.save(tmp_path / "a.pdf")
    for each in (page, bitmap, file):
        each.close()
    source = Source(tmp_path / "a.pdf", "a.pdf")
    for settings in ({}, {"max_pixels": 5000}):
        error = refused(source, **settings)
        assert (error.what, error.where) == ("no text can be made out in the scan", "page 1")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="this is a folder"):
        whole(of_file(tmp_path, "x"), Reading())
    with pytest.raises(ReadError, match="cannot be opened"):
        whole(of_file(tmp_path / "none.txt", "x"), Reading())


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"a.txt": TEXT.encode()}), "stdin/a.txt"),
        (b'[{"text": "a"}]', "stdin#record=1"),
        (pdf("text"), "stdin#page=1"),
        (TEXT.encode(), "stdin"),
        (f"<html><h1>梅园</h1><p>{TEXT * 3}</p></html>".encode(), "stdin"),
    ],
)
def test_standard_input_is_told_by_how_it_begins(data: bytes, kind: str) -> None:
    (page,) = read_pages(Source(Path("standard input"), "stdin", data), WORDS)
    assert isinstance(page, Page), page
    assert page.source == kind


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_picture_on_standard_input_is_told_too(form: str) -> None:
    (error,) = read_pages(Source(Path("standard input"), "stdin", picture(form)), WORDS)
    assert "no text can be made out" in str(error)


def test_an_archive_with_nothing_to_read_is_refused(tmp_path: Path) -> None:
    assert refused(given(tmp_path, "a.zip", zipped({"a.exe": b"x"}))).what == "no page in this archive"


def test_a_broken_member_does_not_stop_the_others_but_a_spent_budget_does(tmp_path: Path) -> None:
    files = {"a.json": b"{", "b.txt": TEXT.encode(), "c.txt": b"x" * 3000, "d.txt": TEXT.encode()}
    source = given(tmp_path, "a.zip", zipped(files))
    first, second, third, fourth = pages(source)
    assert isinstance(first, ReadError)
    assert isinstance(second, Page)
    assert isinstance(third, Page)
    assert isinstance(fourth, Page)
    *_, last = pages(source, max_unpacked=500)
    assert isinstance(last, ReadError)
    assert "max_unpacked" in str(last.remedy)


def test_a_file_of_several_pages_is_not_read_as_one(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="2 pages"):
        read(given(tmp_path, "a.pdf", pdf("one", "two")))
    with pytest.raises(ReadError, match="the file is empty"):
        read(given(tmp_path, "a.txt", b""))
