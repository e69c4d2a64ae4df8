"""Files of every kind give the articles that they were made from."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from invented_stories import STORIES, Story

from kg import lexicon
from kg.config import Columns, Reading, packed
from kg.errors import ReadError
from kg.lexicon import Lexicon
from kg.model import Byline, Page
from kg.read import Source, read_pages

Reads = Callable[..., list[Page | ReadError]]
PEOPLE = (
    (Byline("记者", "乔一鸣"), Byline("通讯员", "许知远")),
    (Byline("记者", "夏清和"),),
    (Byline("通讯员", "季云帆"),),
    (Byline("见习记者", "白露"),),
)


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load([packed("lexicon")])


@pytest.fixture
def reads(tmp_path: Path, words: Lexicon) -> Reads:
    """Return a function that writes bytes to a file of a name and reads it."""

    def read(name: str, data: bytes | str, **settings: object) -> list[Page | ReadError]:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return list(read_pages(Source(name=name, path=path), words, Reading(**settings)))

    return read


def record(story: Story) -> dict[str, str]:
    url = f"https://paper.example.org/{story.date}/1.html"
    return {
        "标题": story.title,
        "作者": story.author,
        "发布时间": story.date,
        "正文": story.body,
        "链接": url,
    }


def the_stories(pages: list[Page | ReadError], *, dated: bool = True) -> None:
    """Every page is one story: headline, text, people and day; the spans of its lines are true."""
    assert [p for p in pages if isinstance(p, ReadError)] == []
    assert len(pages) == len(STORIES)
    for page, story, who in zip(pages, STORIES, PEOPLE, strict=True):
        assert isinstance(page, Page)
        assert page.text == f"{story.title}\n{story.body}"
        assert page.given is not None
        assert page.given.headline == (story.title,)
        assert all(line.span.of(page.text) == line.text for line in page.lines)
        if dated:
            assert page.given.byline == who
            assert page.date is not None
            assert page.date.start.isoformat() == story.date
            assert page.address == f"https://paper.example.org/{story.date}/1.html"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_gives_an_article_a_row(reads: Reads, encoding: str) -> None:
    head = ",".join(record(STORIES[0]))
    rows = [",".join(f'"{cell}"' for cell in record(s).values()) for s in STORIES]
    pages = reads("a.csv", "\r\n".join([head, *rows, ""]).encode(encoding))
    the_stories(pages)
    assert [p.source for p in pages] == [f"a.csv#row={n}" for n in (2, 3, 4, 5)]


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_table_may_part_its_columns_by_another_sign(reads: Reads, separator: str) -> None:
    lines = [separator.join(record(STORIES[0]))]
    lines += [separator.join(f'"{cell}"' for cell in record(s).values()) for s in STORIES]
    the_stories(reads("a.csv", "\n".join(lines)))


def test_json_lines_give_an_article_a_line(reads: Reads) -> None:
    lines = "\n".join(json.dumps(record(s), ensure_ascii=n % 2 == 0) for n, s in enumerate(STORIES))
    the_stories(reads("a.jsonl", lines))
    the_stories(reads("a.json", lines))


def test_a_json_list_or_an_object_that_holds_one_gives_an_article_a_record(reads: Reads) -> None:
    records = [record(s) for s in STORIES]
    the_stories(reads("a.json", json.dumps(records)))
    the_stories(reads("a.json", json.dumps({"total": 4, "data": records})))


def test_english_and_nested_names_are_recognised(reads: Reads) -> None:
    story = STORIES[0]
    data = {
        "Headline": story.title,
        "articleBody": list(story.paragraphs),
        "date_published": f"{story.date}T08:00:00+08:00",
        "author": [{"name": "乔一鸣"}, {"name": "许知远"}],
        "publisher": {"name": "青禾日报"},
    }
    (page,) = reads("a.json", json.dumps(data))
    assert page.text == f"{story.title}\n{story.body}"
    assert page.given.byline == (Byline("作者", "乔一鸣"), Byline("作者", "许知远"))
    assert (page.newspaper, page.date.start.isoformat()) == ("青禾日报", story.date)
    assert page.source == "a.json"


def test_columns_can_be_named(reads: Reads) -> None:
    (page,) = reads("a.csv", "甲,乙\n标题一,正文一", columns=Columns(title="甲", text="乙"))
    assert page.text == "标题一\n正文一"


def test_marks_of_html_in_a_record_become_lines(reads: Reads) -> None:
    (page,) = reads(
        "a.json", json.dumps({"title": "甲", "content": "<p>第一段&nbsp;3&lt;5</p><p>第二段</p>"})
    )
    assert page.text == "甲\n第一段\xa03<5\n第二段"


def test_a_record_without_a_title_is_a_page_whose_articles_the_layout_finds(reads: Reads) -> None:
    (page,) = reads("a.jsonl", '{"text": "甲\\n\\n本报讯 昨天。"}')
    assert page.given is None
    assert page.text == "甲\n\n本报讯 昨天。"


def word_bytes(*, titles: bool) -> bytes:
    file = docx.Document()
    for story in STORIES:
        file.add_paragraph(story.title, style="Heading 1" if titles else None)
        for text in story.paragraphs:
            file.add_paragraph(text)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def test_a_word_document_gives_an_article_for_each_heading(reads: Reads) -> None:
    pages = reads("a.docx", word_bytes(titles=True))
    the_stories(pages, dated=False)
    assert [p.source for p in pages] == [f"a.docx#part={n}" for n in (1, 2, 3, 4)]


def test_a_word_document_without_headings_is_a_page_of_text(reads: Reads) -> None:
    (page,) = reads("a.docx", word_bytes(titles=False))
    assert page.given is None
    assert page.text.split("\n") == [line for s in STORIES for line in (s.title, *s.paragraphs)]


def test_the_rows_of_a_table_in_a_word_document_are_lines(reads: Reads) -> None:
    file = docx.Document()
    file.add_paragraph("甲")
    table = file.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    stream = io.BytesIO()
    file.save(stream)
    (page,) = reads("a.docx", stream.getvalue())
    assert page.text == "甲\n格0 格1\n格2 格3"


def test_an_archive_gives_what_its_files_give_and_an_archive_in_it_too(reads: Reads) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("深/b.jsonl", json.dumps(record(STORIES[3])))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../a.json", json.dumps([record(s) for s in STORIES[:3]]))
        archive.writestr("b.zip", inner.getvalue())
        archive.writestr("__MACOSX/a.json", "nonsense")
        archive.writestr("picture.exe", "nonsense")
    pages = reads("all.zip", outer.getvalue())
    the_stories(pages)
    assert pages[0].source == "all.zip/a.json#record=1"
    assert pages[3].source == "all.zip/b.zip/深/b.jsonl#line=1"


def test_names_in_an_archive_of_an_old_chinese_system_are_read(reads: Reads) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("XXXX.txt", "本报讯 昨天。")
    data = stream.getvalue().replace(b"XXXX", "头版".encode("gbk"))
    (page,) = reads("a.zip", data)
    assert page.source == "a.zip/头版.txt"
