"""The processes of a build help after the last page too, and nothing is missing when they do not."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.config import Settings
from kg.errors import WorkerError
from kg.pipeline import build
from kg.workers import crew as crew_module
from kg.workers.crew import Crew
from kg.workers.pool import Lost, Pool

FILES = ("kg.nq", "kg.ttl", "index.html", "report.json")
STORIES = (
    "栖川市市长陈立文走访青禾机械有限公司。",
    "栖川市召开会议，市委书记周远山出席。",
    "云岭镇与青禾机械有限公司签约。",
    "陈立文在云岭镇调研。",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number, story in enumerate(STORIES):
        (pages / f"{number}.txt").write_text(f"第{number}条\n{story}\n", "utf-8")
    return pages


def built(folder: Path, out: Path, jobs: int) -> dict[str, bytes]:
    build([str(folder)], Settings(), out, jobs=jobs)
    assert {path.name for path in out.iterdir()} == {*FILES, "store", ".kg-cache"}
    return {name: (out / name).read_bytes() for name in FILES}


def test_processes_that_end_after_the_last_page_leave_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = built(folder, tmp_path / "alone", 1)
    shared: list[int] = []
    results = Pool.results

    def ending(self: Pool[Any, Any], tasks: Iterable[Any], patience: float | None = None) -> Iterator[Any]:
        if patience == crew_module.PATIENCE:  # the pages are done
            for one in self._processes:
                os.kill(one.process.pid or 0, signal.SIGKILL)
                shared.append(1)
        yield from results(self, tasks, patience)

    with monkeypatch.context() as patch:
        patch.setattr(Pool, "results", ending)
        assert built(folder, tmp_path / "ended", 2) == alone
    assert shared
    assert built(folder, tmp_path / "together", 2) == alone


@pytest.mark.parametrize("starting", [True, False])
def test_what_processes_lose_or_cannot_begin_is_done_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starting: bool
) -> None:
    class Losing:
        def __init__(self) -> None:
            self.shares = 0

        def results(self, tasks: Iterable[Any], _: float) -> Iterator[Lost]:
            for _ in tasks:
                self.shares += 1
                if not starting:
                    raise WorkerError(0, 1)
                yield Lost()

        def begin(self, _: object) -> Callable[[], Lost]:
            return Lost

    alone = built(folder, tmp_path / "alone", 1)
    losing = Losing()

    def crew() -> Crew:
        made = Crew()
        made._pool = losing  # type: ignore[assignment]
        return made

    monkeypatch.setattr("kg.pipeline.Crew", crew)
    assert built(folder, tmp_path / "lost", 1) == alone
    assert losing.shares
