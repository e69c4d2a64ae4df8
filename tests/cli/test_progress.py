"""What somebody at a terminal sees while a build runs, and what a log gets."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import KG, Done, warm

from kg.cli import progress
from kg.cli.console import console, table
from kg.cli.progress import Lines
from kg.hanzi.shown import printable
from kg.ledger import Totals
from kg.pipeline import Built

Run = Callable[..., Done]
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(*args: object) -> tuple[int, str]:
    """Return how a call ended whose stdout and stderr are a terminal, and what that got."""
    master, slave = pty.openpty()
    command = [sys.executable, KG, *map(str, args)]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    with subprocess.Popen(command, stderr=slave, stdout=slave, env=environment) as process:
        os.close(slave)
        seen = read_all(master)
    os.close(master)
    return process.returncode, seen


def read_all(terminal: int) -> str:
    """Return everything written to a terminal until it is closed."""
    parts = []
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # Linux reports a closed terminal so
            data = b""
        if not data:
            return b"".join(parts).decode()
        parts.append(data)


@pytest.mark.usefixtures("measured")
def test_a_terminal_shows_a_bar_with_pages_articles_facts_and_time_left(
    pages: Path, graph: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    master, slave = pty.openpty()
    command = [
        sys.executable,
        KG,
        "build",
        pages,
        tmp_path / "empty.txt",
        "--out",
        warm(tmp_path / "o", graph),
        "--jobs",
        "1",
    ]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    with subprocess.Popen(command, stderr=slave, stdout=subprocess.DEVNULL, env=environment) as process:
        os.close(slave)
        seen = read_all(master)
    os.close(master)
    assert process.returncode == 1
    plain = CONTROL.sub("", seen)
    assert re.search(r"4/4 pages  3 articles  \d+ facts  [\d.]+/s +\d+:\d\d:\d\d", plain)
    assert "writing the graph" in plain
    assert re.search(r"left out: \S*empty\.txt", plain.replace("\r\n", ""))


def test_a_table_on_a_terminal_is_text_only(graph: Path, pages: Path, tmp_path: Path) -> None:
    code, seen = on_terminal("stats", "--graph", graph)
    assert code == 0
    assert "most connected" in seen
    assert "\x1b" not in seen
    assert "\\x1b" not in seen
    code, seen = on_terminal("build", pages, "--out", warm(tmp_path / "o", graph), "--jobs", "1")
    assert code == 0
    header = r"^pages +left out +articles +entities +facts *\r?$"
    assert re.search(header, CONTROL.sub("", seen), re.MULTILINE)
    assert "\\x1b" not in seen


def test_a_log_gets_plain_lines_and_not_one_for_every_page(
    pages: Path, tmp_path: Path, call: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 1e9)
    quiet = call("build", pages, "--out", tmp_path / "o", "--jobs", 1).err
    assert "\x1b" not in quiet
    assert "3 pages," not in quiet
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    often = call("build", pages, "--out", tmp_path / "o", "--jobs", 1).err
    assert re.findall(r"(\d) of 3 pages, (\d) articles", often) == [("1", "1"), ("2", "2"), ("3", "3")]
    assert len(re.findall(r"\d facts, \d+\.\d pages a second, \d+:\d\d:\d\d left\n", often)) == 3


def test_the_summary_counts_what_was_built_and_says_what_to_ask(
    pages: Path, tmp_path: Path, call: Run
) -> None:
    err = call("build", pages, "--out", tmp_path / "o", "--jobs", 1).err
    lines = [line.split() for line in err.splitlines()]
    figures = lines[next(n for n, line in enumerate(lines) if line[:1] == ["pages"]) + 2]
    assert figures[:3] == ["3", "0", "3"]
    name, folder = re.search(r"kg show (.+) --graph (\S+)", err).groups()  # type: ignore[union-attr]
    assert folder == str(tmp_path / "o")
    assert call("show", name, "--graph", folder).code == 0


def test_the_command_to_ask_next_can_be_pasted_into_a_shell(pages: Path, tmp_path: Path, call: Run) -> None:
    out = tmp_path / "it's $HOME; my graph"
    err = call("build", pages, "--out", out, "--jobs", 1).err
    command = next(line for line in err.splitlines() if line.startswith("ask next")).removeprefix("ask next")
    words = shlex.split(command)
    assert words[:2] == ["kg", "show"]
    assert words[-2:] == ["--graph", str(out)]
    assert call(*words[1:]).code == 0


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ([("Project", "产业园"), ("Place", "我市"), ("Person", "周立新")], "kg show 周立新 --graph o"),
        ([("Place", "我市"), ("Project", "产业园")], "kg show 产业园 --graph o"),
        ([("Organization", "-a b")], "kg show --graph o -- '-a b'"),
        ([("Place", "我市")], "kg show 我市 --graph o"),
    ],
)
def test_a_name_proper_is_asked_about_first(
    entities: list[tuple[str, str]], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    linked = tuple((kind, name, n + 1 + (kind == "Place")) for n, (kind, name) in enumerate(entities))
    built = Built(Path("o"), (), Totals(0, 0, 0, 0), tuple(sorted(linked, key=lambda one: -one[2])))
    Lines(console(err=True)).summarize(built, ("我",))
    assert f"ask next  {said}\n" in capsys.readouterr().err


def test_nothing_that_a_page_prints_steers_the_terminal() -> None:
    assert printable("a\x1b[31m\x07\u202eb\u200b") == "a\\x1b[31m\\x07\\u202eb\\u200b"
    assert printable("第一行\n第二\t行") == "第一行\n第二\t行"


def test_a_table_sets_figures_right_and_breaks_nothing_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    long = "很长的名称" * 60
    rows = table(("name", "facts"), [(long, "1,203"), ("短\x1b", "7")]).splitlines()
    assert len(rows) == 4
    assert rows[2].startswith(long)
    assert rows[3].startswith("短\\x1b")
    assert rows[3].endswith("    7")
    assert console().width > 1000
