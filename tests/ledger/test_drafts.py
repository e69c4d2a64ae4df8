"""What is made of a page alone is kept beside what it says, and is never more than a way to save time."""

from __future__ import annotations

import pickle
import sqlite3
import zlib
from pathlib import Path

import pytest
from builders import page_of
from graphs import resolving

from kg import cache, ledger
from kg.cache import FILE, opened
from kg.config import Settings
from kg.ledger.drafts import unpack
from kg.model import NONE
from kg.pipeline import build

PAGE = page_of(
    "甲公司落户乙镇，丁出席。",
    [("甲公司", "locatedIn", "乙镇"), ("丁", "attended", "乙镇")],
    {"甲公司": "Organization", "乙镇": "Place", "丁": "Person"},
)
LINES = "栖川市召开会议。\n市委书记陈立文走访栖川市青禾机械有限公司。\n"


def test_a_draft_comes_back_from_its_bytes_as_it_was() -> None:
    made = ledger.draft(PAGE, resolving(Settings(), NONE))
    assert unpack(ledger.pack(made)) == made
    assert (len(made.keys), len(made.articles), len(made.claims)) == (3, 1, 2)


@pytest.mark.parametrize(
    "data",
    [b"", b"draft", zlib.compress(b""), zlib.compress(pickle.dumps(Path())), zlib.compress(pickle.dumps(3))],
)
def test_bytes_that_are_no_draft_are_refused_and_run_nothing(data: bytes) -> None:
    with pytest.raises(ValueError, match="no draft"):
        unpack(data)


def test_what_is_not_looked_at_need_not_be_read() -> None:
    there = cache.decode(cache.encode(PAGE), type(PAGE), ("lines", "entities", "claims"))
    assert (there.articles, there.entities, there.claims, there.page.lines) == (PAGE.articles, (), (), ())
    assert there.page.text == PAGE.page.text


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM drafts",
        "UPDATE drafts SET draft = x'00'",
        "UPDATE drafts SET head = x'00'",
        "UPDATE drafts SET mark = 'another'",
        "UPDATE findings SET data = x'00'",
    ],
)
def test_a_build_without_sound_drafts_or_findings_gives_the_same_bytes(tmp_path: Path, damage: str) -> None:
    (tmp_path / "page.txt").write_text(LINES, "utf-8")
    out = tmp_path / "out"
    build([str(tmp_path / "page.txt")], Settings(), out, jobs=1)
    before = {name: (out / name).read_bytes() for name in ("kg.nq", "kg.ttl", "index.html", "report.json")}
    base = sqlite3.connect(out / FILE)
    assert base.execute("SELECT count(*) FROM drafts").fetchone() == (1,)
    base.execute(damage)
    base.commit()
    base.close()
    build([str(tmp_path / "page.txt")], Settings(), out, jobs=1)
    assert {name: (out / name).read_bytes() for name in before} == before


def test_a_draft_goes_with_its_findings(tmp_path: Path) -> None:
    with opened(tmp_path, write=True) as kept:
        for key in "123":
            kept.put(key, PAGE)
            kept.put_draft(key, "mark", b"head", b"draft")
        kept.drop(["1"])
        kept.keep(["2"])
        assert [kept.head(key, "mark") for key in "123"] == [None, b"head", None]
        assert [kept.draft(key, "mark") for key in "123"] == [None, b"draft", None]
        assert kept.head("2", "another") is None
