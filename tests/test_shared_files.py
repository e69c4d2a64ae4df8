"""Files of many pages that several processes share: the same outcomes, whatever their number."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Generator
from pathlib import Path

import pytest

from kg.config import Settings
from kg.errors import ReadError
from kg.model import Page
from kg.read import Source, page_of
from kg.workers import outcomes, parts
from kg.workers.parts import PAGES, Part, Reader, weight

STORY = "本报讯 昨天上午，青桐市水利局局长方知雨到第{n}号泵站检查汛前准备。方知雨要求，机组逐一试车。"


def records(path: Path, count: int) -> Path:
    lines = []
    for n in range(count):
        lines.append(json.dumps({"title": f"泵站检修之{n}", "text": STORY.format(n=n)}, ensure_ascii=False))
        if n % 7 == 3:
            lines.append('{"title": broken')
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_large_file_of_records_gives_the_same_whatever_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "BIG", 1)
    monkeypatch.setattr(parts, "PAGE", 64)
    path = records(tmp_path / "a.jsonl", 3 * PAGES + 2)
    after = tmp_path / "b.txt"
    after.write_text(STORY.format(n=0), "utf-8")
    sources = [Source(path, path.name), Source(after, after.name)]
    assert weight(sources[0]) > 1 == weight(sources[1])
    alone, shared = (list(outcomes(sources, Settings(), jobs)) for jobs in (1, 2))
    assert [o.source for o in shared] == [o.source for o in alone]
    assert [str(o.error) for o in shared] == [str(o.error) for o in alone]
    assert [o.findings for o in shared] == [o.findings for o in alone]
    assert sum(o.error is not None for o in shared) == 4
    assert shared[-1].source == "b.txt"


def test_parts_go_on_until_the_source_is_known_to_have_ended(tmp_path: Path) -> None:
    path = records(tmp_path / "a.jsonl", 2000)
    small = Source(tmp_path / "b.txt", "b.txt")
    ended: set[int] = set()
    coming = parts.divided([Source(path, path.name), small], ended)
    first = [next(coming) for _ in range(3)]
    assert [(part.start, part.stop) for part in first] == [(n * PAGES, (n + 1) * PAGES) for n in range(3)]
    ended.add(0)
    assert list(coming) == [Part(small, 1)]


def test_a_reader_reads_a_source_once_as_long_as_its_parts_go_upwards() -> None:
    opened: list[Source] = []

    def pages(source: Source) -> Generator[Page | ReadError, None, None]:
        opened.append(source)
        yield from (page_of(str(n), f"a#{n}") for n in range(20))

    reader, source = Reader(pages), Source(Path("a.csv"), "a.csv")

    def read(start: int, stop: int | None) -> list[str]:
        return [page.text for page in reader.read(Part(source, 0, start, stop)) if isinstance(page, Page)]

    assert read(0, 4) == ["0", "1", "2", "3"]
    assert read(12, 16) == ["12", "13", "14", "15"]
    assert read(16, 24) == ["16", "17", "18", "19"]
    assert read(24, 28) == []
    assert len(opened) == 1
    assert read(4, 6) == ["4", "5"]
    assert len(opened) == 2
    assert len(read(0, None)) == 20


def test_archives_whose_files_take_long_to_read_are_not_shared(tmp_path: Path) -> None:
    found = []
    for inner in ("a.txt", "a.pdf"):
        path = tmp_path / f"{inner}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inner, STORY * 3000)
        found.append(weight(Source(path, path.name)) > 1)
    assert found == [True, False]
