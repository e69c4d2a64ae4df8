"""The options that say how files are read: encoding and columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import PAGES, Done

Run = Callable[..., Done]
TABLE = "大标题,全文,网页\n市长走访企业,昨天上午，海宁市市长周立新走访了海宁恒达电子有限公司。,https://e.example.org/1\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a table in GB 18030 whose columns have names of their own."""
    file = tmp_path / "export.csv"
    file.write_bytes(TABLE.encode("gb18030"))
    return file


def page(folder: Path) -> dict[str, object]:
    (file,) = folder.iterdir()
    found: dict[str, object] = json.loads(file.read_text("utf-8"))
    return found


def test_columns_that_are_named_hold_the_parts(table: Path, tmp_path: Path, call: Run) -> None:
    columns = ("--column", "text=全文", "--column", "title=大标题", "--column", "url=网页")
    done = call("extract", table, "--out", tmp_path / "o", "--jobs", 1, "--encoding", "GB18030", *columns)
    assert done.code == 0, done.err
    found = page(tmp_path / "o")
    (article,) = found["articles"]  # type: ignore[misc]
    assert article["headline"] == ["市长走访企业"]
    assert article["body_starts"] == "昨天上午，海宁市市长周立"
    assert found["address"] == "https://e.example.org/1"


def test_a_build_reports_how_it_read_and_shows_the_address(table: Path, tmp_path: Path, call: Run) -> None:
    columns = ("--column=text=全文", "--column=title=大标题", "--column=url=网页")
    out = tmp_path / "o"
    assert call("build", table, "--out", out, "--encoding", "gb18030", *columns).code == 0
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["settings"]["reading"]["encoding"] == "gb18030"
    assert report["settings"]["reading"]["columns"]["text"] == "全文"
    assert report["pages"][0]["address"] == "https://e.example.org/1"
    assert (
        "export.csv#row=2 · 市长走访企业 · https://e.example.org/1"
        in call("show", "周立新", "--graph", out).out
    )


def test_the_pages_of_a_graph_are_listed_by_row_with_their_address_and_what_stands_there_twice(
    tmp_path: Path, call: Run
) -> None:
    told = "市长走访企业,昨天上午，海宁市市长周立新走访了第{0}家企业。,https://e.example.org/{0}"
    rows = [told.format(n) for n in range(1, 11)]
    (tmp_path / "a.csv").write_text("\n".join(["标题,正文,链接", *rows, rows[0], ""]), "utf-8")
    assert call("build", tmp_path / "a.csv", "--out", tmp_path / "o", "--jobs", 1).code == 0
    pages, again = call("stats", "--pages", "--graph", tmp_path / "o").out.split(
        "with a text that stands above"
    )
    assert [part for part in pages.split() if part.startswith("a.csv")] == [
        f"a.csv#row={n}" for n in range(3, 13)
    ]
    assert [part for part in pages.split() if part.startswith("https")] == [
        f"https://e.example.org/{n}" for n in (*range(2, 11), 1)
    ]
    assert again.split()[-2:] == ["a.csv#row=2", "a.csv#row=12"]


def test_a_column_that_is_not_there_is_named_with_those_that_are(
    table: Path, tmp_path: Path, call: Run
) -> None:
    done = call("extract", table, "--out", tmp_path / "o", "--column", "text=正文")
    assert done.code == 2
    assert "no column '正文'; there are 大标题, 全文, 网页" in done.err
    assert "--column text=NAME" in done.err


def test_a_wrong_encoding_is_an_error_of_the_page_and_of_nothing_else(tmp_path: Path, call: Run) -> None:
    (tmp_path / "in").mkdir()
    for name, encoding in (("visit.txt", "utf-8"), ("signing.txt", "big5")):
        text = "昨天，市長周立新訪問了企業。" if encoding == "big5" else PAGES[name]
        (tmp_path / "in" / name).write_bytes(text.encode(encoding))
    done = call("extract", tmp_path / "in", "--out", tmp_path / "o", "--jobs", 1, "--encoding", "big5")
    assert done.code == 1
    assert "not in big5, the encoding that is set" in done.err
    assert [p.name for p in (tmp_path / "o").iterdir()] == ["signing.json"]


def test_an_evaluation_takes_the_same_options(tmp_path: Path, call: Run) -> None:
    (tmp_path / "visit.txt").write_bytes(PAGES["visit.txt"].encode("gb18030"))
    call("extract", tmp_path / "visit.txt", "--out", tmp_path, "--jobs", 1)
    asked = ("eval", tmp_path / "visit.json", tmp_path / "visit.txt", "--jobs", 1, "--encoding")
    assert call(*asked, "gb18030", "--column", "text=全文").code == 0
    assert call(*asked, "utf-8").code == 1


@pytest.mark.parametrize("verb", ["build", "extract", "eval"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--encoding", "klingon"], "no encoding of Chinese text is called 'klingon'"),
        (["--encoding", "latin1"], "no encoding of Chinese text is called 'latin1'"),
        (["--column", "body=x"], "unknown key 'body'"),
        (["--column", "text"], "'text' is not PART=NAME"),
        (["--column", "=x"], "'=x' is not PART=NAME"),
        (["--column", "text="], "'text=' is not PART=NAME"),
        (["--column", "text=a", "--column", "text=b"], "text is named twice"),
    ],
)
def test_what_cannot_be_used_is_refused_before_any_work(
    verb: str, options: list[str], message: str, tmp_path: Path, call: Run
) -> None:
    (tmp_path / "p.txt").write_text(PAGES["visit.txt"], "utf-8")
    (tmp_path / "p.json").write_text('{"page": "p", "articles": []}', "utf-8")
    given = [tmp_path / "p.json"] if verb == "eval" else ["--out", tmp_path / "o"]
    done = call(verb, *given, tmp_path / "p.txt", *options)
    assert done.code == 2
    assert message in done.err.replace("\n", " ")
    assert not (tmp_path / "o").exists()


def test_a_column_may_hold_an_equals_sign(tmp_path: Path, call: Run) -> None:
    (tmp_path / "a.csv").write_text("a=b\n昨天，市长周立新走访了企业。\n", "utf-8")
    assert call("extract", tmp_path / "a.csv", "--out", tmp_path / "o", "--column", "text=a=b").code == 0
