"""The text layer of a PDF becomes lines with their places; settings of reading are checked."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from kg import lexicon
from kg.config import packed
from kg.model import Page
from kg.read import Source, read_pages

WORDS = lexicon.load([packed("lexicon")])
FONT = "STSong-Light"


def pages(folder: Path, *draw: Callable[[Canvas], None]) -> list[Page]:
    """Print a page for each function and read the file."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(400, 600))
    for page in draw:
        canvas.setFont(FONT, 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    path = folder / "a.pdf"
    path.write_bytes(stream.getvalue())
    found = list(read_pages(Source(path=path, name="a.pdf"), WORDS))
    assert all(isinstance(page, Page) for page in found), found
    return [page for page in found if isinstance(page, Page)]


def test_every_page_with_text_is_a_page_and_empty_ones_are_passed_over(tmp_path: Path) -> None:
    found = pages(
        tmp_path,
        lambda c: c.drawString(50, 500, "第一版"),
        lambda c: None,
        lambda c: c.drawString(50, 500, "第三版"),
    )
    assert [(p.source, p.text) for p in found] == [("a.pdf#page=1", "第一版"), ("a.pdf#page=3", "第三版")]


def test_places_are_in_points_from_the_top_left(tmp_path: Path) -> None:
    ((line,),) = (p.lines for p in pages(tmp_path, lambda c: c.drawString(50, 500, "平川日报")))
    assert line.box is not None
    assert line.box.left == pytest.approx(50, abs=1)
    assert line.box.right == pytest.approx(90, abs=1)
    assert line.box.bottom == pytest.approx(100, abs=4)
    assert line.box.bottom - line.box.top == pytest.approx(10, abs=2)


def test_a_printed_line_is_cut_at_the_gap_between_columns_but_not_between_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 500, "左边一栏的文字")
        canvas.drawString(134, 500, "右边一栏的文字")
        canvas.drawString(50, 480, "共AI PaaS平台12个")

    (page,) = pages(tmp_path, draw)
    assert page.text.split("\n") == ["左边一栏的文字", "右边一栏的文字", "共AI PaaS平台12个"]


def test_a_shadow_printed_under_the_type_counts_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 30)
        for shift in (0, 1.2, 2.4):
            canvas.drawString(50 + shift, 500 - shift, "梅园开放喜迎客")

    (page,) = pages(tmp_path, draw)
    assert page.text == "梅园开放喜迎客"


def test_a_vertical_headline_is_one_line(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 24)
        for n, char in enumerate("梅园迎客来"):
            canvas.drawString(50, 500 - 28 * n, char)
        canvas.setFont(FONT, 10)
        canvas.drawString(100, 500, "本报讯 昨天，梅园开放。")

    (page,) = pages(tmp_path, draw)
    assert page.text.split("\n") == ["梅园迎客来", "本报讯 昨天，梅园开放。"]


def test_type_set_askew_is_left_out(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 500, "梅园开放")
        canvas.rotate(30)
        canvas.drawString(300, 100, "水印")

    (page,) = pages(tmp_path, draw)
    assert page.text == "梅园开放"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("标题：无\n本报讯 昨天。".encode("gb18030"), "gb18030"),
        (b'{"title": "a", "text": "\xe6\x98\xa8\xe5\xa4\xa9"}\n{"text": "b"}', "utf-8"),
        (
            "<!DOCTYPE html><title>梅园</title><h1>开放</h1><p>昨天，梅园开放，游客很多。</p>".encode(),
            "utf-8",
        ),
    ],
)
def test_standard_input_is_read_by_what_it_holds(text: bytes, kind: str) -> None:
    code = (
        "from kg import lexicon\nfrom kg.config import packed\nfrom kg.read import find, read_pages\n"
        "(source,), errors = find(['-'])\nassert not errors\n"
        "for p in read_pages(source, lexicon.load([packed('lexicon')])): print(p.source, p.encoding)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], input=text, capture_output=True, check=True)
    lines = done.stdout.decode().split("\n")[:-1]
    assert all(line.startswith("stdin") and line.endswith(kind) for line in lines)
    assert len(lines) == (2 if text.startswith(b"{") else 1)
