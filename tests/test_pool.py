"""Worker processes that end, hang or refuse: what they held is named, and all else is done in order."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from pooled import maker
from processes import LIMIT

from kg.errors import OntologyError, WorkerError
from kg.workers.alarm import Late, within
from kg.workers.pool import Lost, Pool

HASTY = """
import sys
from dataclasses import replace
from kg import extract_pages
from kg.config import Settings
hasty = replace(Settings(), reading=replace(Settings().reading, max_seconds=0.5))
for one in extract_pages([sys.argv[1]], hasty, jobs=1):
    print(one.error)
"""


def test_results_come_in_the_order_of_the_tasks(tmp_path: Path) -> None:
    tasks = [f"task {number}" for number in range(80)]
    assert list(Pool(maker, str(tmp_path / "mark"), 2, 60).results(tasks)) == [t.upper() for t in tasks]


@pytest.mark.usefixtures("measured")
def test_what_ends_its_process_twice_or_hangs_is_lost_and_all_else_is_done(tmp_path: Path) -> None:
    tasks = ["a", "ends", "b", "hangs", "ends once", *"cdefgh"]
    found = list(Pool(maker, str(tmp_path / "mark"), 2, 1.5).results(tasks))
    assert found == ["A", Lost(), "B", Lost(1.5), "ENDS ONCE", *"CDEFGH"]


def test_work_in_this_process_is_left_when_it_takes_too_long() -> None:
    with pytest.raises(Late), within(0.1):
        re.match("(a+)+b", "a" * 60)
    with within(60):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_page_that_takes_too_long_without_other_processes_is_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        lines = (f"{name}栖川市市长陈立文走访第{number}家企业。\n" for number in range(3000))
        (tmp_path / name).write_text("".join(lines), "utf-8")
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    command = [
        sys.executable,
        "-c",
        HASTY,
        str(tmp_path),
    ]  # what measures lines waits for ever when it is cut off
    done = subprocess.run(command, env=unmeasured, capture_output=True, text=True, check=False, timeout=LIMIT)
    assert done.returncode == 0, done.stderr
    errors = done.stdout.splitlines()
    assert [error.count("not done after 0.5 s") for error in errors] == [1, 1]
    assert ["a.txt" in errors[0], "b.txt" in errors[1]] == [True, True]


def test_processes_that_end_when_they_start_end_the_work() -> None:
    with pytest.raises(WorkerError, match="after 0 of 2 files; try --jobs 1"):
        list(Pool(maker, "never", 2, 60).results(["a", "b"]))


def test_what_a_task_raises_is_raised_here_and_no_process_stays(tmp_path: Path) -> None:
    pool = Pool(maker, str(tmp_path / "mark"), 2, 60)
    with pytest.raises(OntologyError, match="no such class"):
        list(pool.results(["a", "refuses", "b"]))
    assert not any(one.process.is_alive() for one in pool._processes)


def test_signals_are_neither_lost_nor_blocked_when_processes_have_started(tmp_path: Path) -> None:
    pool = Pool(maker, str(tmp_path / "mark"), 1, 60)
    with closing(pool.results(["a", "hangs"])) as results:
        assert next(results) == "A"
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
