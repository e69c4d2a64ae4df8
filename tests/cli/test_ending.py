"""Every way out of a run has its exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from calling import KG, Done

from kg.cli.ending import Ending
from kg.errors import KgError, QueryError

Run = Callable[..., Done]


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            QueryError("a group is not closed", (2, 5)),
            2,
            "kg: query, line 2, column 5: a group is not closed\n",
        ),
        (KeyboardInterrupt(), 130, "kg: interrupted; the graph is as it was\n"),
        (click.Abort(), 130, "kg: interrupted; the graph is as it was\n"),
        (KgError("a\x1b[2Jb"), 2, "kg: a\\x1b[2Jb\n"),
    ],
)
def test_what_ends_a_run_is_said_in_one_line(
    error: BaseException, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, Ending():
        raise error
    assert ended.value.code == code
    assert capsys.readouterr() == ("", said)


def test_a_bug_keeps_its_traceback_and_ends_with_70(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, Ending():
        raise ZeroDivisionError("division by zero")
    assert ended.value.code == 70
    err = capsys.readouterr().err
    assert "Traceback (most recent call last)" in err
    assert "ZeroDivisionError: division by zero" in err
    assert "this is a bug" in err


def test_an_exit_code_that_was_chosen_stays() -> None:
    with pytest.raises(SystemExit) as ended, Ending():
        sys.exit(1)
    assert ended.value.code == 1


def test_an_unknown_verb_is_refused(call: Run) -> None:
    done = call("bild")
    assert (done.code, done.out) == (2, "")
    assert "bild" in done.err


def test_a_reader_that_has_seen_enough_is_no_error(graph: Path) -> None:
    command = [sys.executable, KG, "export", "--format", "nq", "--graph", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 0
    assert err == b""
