"""A printed page as a picture, read by OCR, gives the articles that were printed."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from kg import lexicon
from kg.config import packed
from kg.layout import segment
from kg.model import Byline, Page
from kg.read import Source, read_pages

WORDS = lexicon.load([packed("lexicon")])
HEADS = ("青禾市春季项目集中开工", "柳溪镇梅园迎来盛花期")
BODIES = (
    (
        "本报讯 昨天上午，青禾市举行春季重点项目集中开工仪式，总投资126亿元的32个项目同时动工。",
        "市委书记邵启明宣布开工，市长温若兰主持仪式，各镇负责人参加了开工仪式。",
    ),
    (
        "走进柳溪镇梅园，红梅次第绽放，游客三三两两穿行其间，拍照留念，热闹非凡。",
        "去年，梅园接待游客8万多人次，村里的民宿周末都订满了，村民喜上眉梢。",
    ),
)
PEOPLE = ("■记者 乔一鸣", "■通讯员 许知远")
SIZE, WIDTH = 30, 15


def font(size: int) -> ImageFont.FreeTypeFont:
    """Return a Chinese font of the system, or skip where there is none."""
    have = said("fc-list", ":lang=zh-cn", "file")
    file, _, index = said("fc-match", "-f", "%{file}|%{index}", "sans:lang=zh-cn").partition("|")
    if not file or file not in have:
        pytest.skip("no Chinese font is installed (Debian: fonts-noto-cjk)")
    return ImageFont.truetype(file, size, index=int(index))


def said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return ""


def scan() -> Image.Image:
    """Return a page of two articles side by side, each in one column under its headline."""
    image = Image.new("L", (1240, 900), 250)
    draw = ImageDraw.Draw(image)
    for n, (head, who, body) in enumerate(zip(HEADS, PEOPLE, BODIES, strict=True)):
        left, top = 70 + n * 600, 60
        draw.text((left, top), head, fill=10, font=font(42))
        draw.text((left + 120, top + 75), who, fill=10, font=font(SIZE))
        top += 130
        for paragraph in body:
            text = "　　" + paragraph
            for start in range(0, len(text), WIDTH):
                draw.text((left, top), text[start : start + WIDTH], fill=10, font=font(SIZE))
                top += 46
    return image


def saved(image: Image.Image, path: Path) -> Source:
    if path.suffix == ".pdf":
        image.save(path, "PDF", resolution=150)
    else:
        image.save(path, dpi=(150, 150))
    return Source(path=path, name=path.name)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@pytest.mark.parametrize(("name", "count"), [("page.png", 2), ("page.pdf", 1)])
def test_a_scanned_page_gives_its_articles(tmp_path: Path, name: str, count: int) -> None:
    image = scan().crop((0, 0, 620 * count, 900))
    (page,) = read_pages(saved(image, tmp_path / name), WORDS)
    assert isinstance(page, Page), str(page)
    assert page.encoding == "ocr"
    assert all(line.box is not None for line in page.lines)
    articles = sorted(segment(page, WORDS), key=lambda article: HEADS.index(article.headline[0]))
    assert len(articles) == count
    for article, head, who, body in zip(articles, HEADS, PEOPLE, BODIES, strict=False):
        assert article.headline == (head,)
        assert article.byline == (Byline(*who.lstrip("■").split()),)
        found = article.body.of(article.text).split("\n")
        assert [letters(text) for text in found] == [letters(text) for text in body]


def test_every_picture_of_a_file_is_a_page(tmp_path: Path) -> None:
    first, second = scan().crop((0, 0, 700, 250)), scan().crop((620, 0, 1240, 250))
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=[second])
    path = tmp_path / "a.tiff"
    path.write_bytes(stream.getvalue())
    pages = list(read_pages(Source(path=path, name="a.tiff"), WORDS))
    assert [page.source for page in pages if isinstance(page, Page)] == ["a.tiff#page=1", "a.tiff#page=2"]
    assert [head in page.text for head, page in zip(HEADS, pages, strict=True)] == [True, True]


def test_a_tall_picture_is_read_in_bands_and_no_line_is_lost_or_doubled(tmp_path: Path) -> None:
    lines = [f"第{n}行清溪河整治工程" for n in range(10, 22)]
    image = Image.new("RGB", (520, 140 * len(lines) + 40), "white")
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((40, 20 + 140 * n), line, fill="black", font=font(36))
    (page,) = read_pages(saved(image, tmp_path / "a.png"), WORDS)
    assert isinstance(page, Page)
    assert page.text.split("\n") == lines
