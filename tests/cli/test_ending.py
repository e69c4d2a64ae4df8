"""Every way out of a run has its exit code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from calling import KG, Done, warm

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
        (KeyboardInterrupt("the graph is as it was"), 130, "kg: interrupted; the graph is as it was\n"),
        (KeyboardInterrupt(), 130, "kg: interrupted\n"),
        (click.Abort(), 130, "kg: interrupted\n"),
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


@pytest.mark.usefixtures("measured")
def test_a_reader_that_has_seen_enough_is_no_error(graph: Path) -> None:
    command = [sys.executable, KG, "export", "--format", "nq", "--graph", str(graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()
    assert process.returncode == 0
    assert err == b""


def shell(line: str, *args: object) -> Done:
    """Return how a line of bash ended, whatever stands before it in a pipe; $1… are the arguments."""
    command = ["bash", "-o", "pipefail", "-c", f'kg() {{ "$PYTHON" "$KG" "$@"; }}; {line}', "bash"]
    done = subprocess.run(
        [*command, *map(str, args)],
        env={**os.environ, "PYTHON": sys.executable, "KG": KG},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.mark.usefixtures("measured")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("verb", ["stats", "export --format nq", "query --list", "--help"])
def test_an_answer_that_cannot_be_written_is_one_sentence(verb: str, graph: Path) -> None:
    end = ' --graph "$1"' if verb in {"stats", "export --format nq"} else ""
    done = shell(f"kg {verb}{end} >/dev/full", graph)
    assert (done.code, done.err) == (
        2,
        "kg: standard output cannot be written (No space left on device)\n",
    )


@pytest.mark.usefixtures("measured")
def test_an_answer_to_a_closed_stream_is_one_sentence(graph: Path) -> None:
    done = shell('kg stats --graph "$1" >&-', graph)
    assert done.code == 2
    assert re.fullmatch(r"kg: standard output cannot be written \(.+\)\n", done.err)


@pytest.mark.parametrize("end", ["2>&-", "2>&1 | head -1", "2>/dev/full", ">&-", ">&- 2>&-"])
def test_a_build_that_nobody_listens_to_is_built(end: str, pages: Path, graph: Path, tmp_path: Path) -> None:
    out = warm(tmp_path / "o", graph)
    done = shell(f'kg build "$1" "$1/none.txt" --out "$2" --jobs 1 {end}', pages, out)
    assert done.code == 1, done.err  # for the page that is missing
    assert (tmp_path / "o" / "kg.nq").stat().st_size > 1000
