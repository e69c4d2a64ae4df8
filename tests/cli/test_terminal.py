"""What a page prints does not steer the terminal that shows it."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

HOSTILE = "王强\x1b[31m\x1b]0;title\x07\x9b2J\u202e<http://e/x>\r\n\t好"
CODE = f"from kg.cli.console import emit\nemit({HOSTILE!r})\nemit({HOSTILE!r}.encode())\n"


def test_raw_answers_are_made_harmless_on_a_terminal() -> None:
    master, slave = pty.openpty()
    try:
        subprocess.run([sys.executable, "-c", CODE], stdout=slave, check=True)
    finally:
        os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    text = shown.decode()
    assert not {char for char in text if ord(char) < 32} - {"\n", "\r", "\t"}
    assert not {"\x7f", "\x9b", "\u202e"} & set(text)
    assert text.count("王强\\x1b[31m") == 2
    assert text.count("\t好") == 2


@pytest.mark.parametrize("twice", [HOSTILE * 2], ids=["hostile"])
def test_into_a_file_they_go_as_they_are(tmp_path: Path, twice: str) -> None:
    with (tmp_path / "out").open("wb") as file:
        subprocess.run(
            [sys.executable, "-c", CODE], stdout=file, check=True, env={**os.environ, "PYTHONUTF8": "1"}
        )
    assert (tmp_path / "out").read_bytes() == twice.encode()
