"""On real pages, when they are there: however they came, whoever read them, the graph is the same bytes."""

from __future__ import annotations

from pathlib import Path

from graphs import add, build, remove, written

from kg.config import Settings
from kg.model import Findings
from kg.pipeline import extract_pages

SETTINGS = Settings()


def test_real_pages_at_once_one_by_one_or_come_and_gone_give_the_same_bytes(
    real_findings: tuple[Findings, ...], tmp_path: Path
) -> None:
    build(real_findings, SETTINGS, tmp_path / "whole")
    whole = written(tmp_path / "whole", SETTINGS)
    assert whole["kg.ttl"] == (tmp_path / "whole" / "kg.ttl").read_bytes()

    last, *others = real_findings[::-1]
    build([last], SETTINGS, tmp_path / "grown")
    for one in others:
        add([one], SETTINGS, tmp_path / "grown")
    assert written(tmp_path / "grown", SETTINGS) == whole

    for one in others:
        remove([one.page.id], SETTINGS, tmp_path / "grown")
    build([last], SETTINGS, tmp_path / "alone")
    assert written(tmp_path / "grown", SETTINGS) == written(tmp_path / "alone", SETTINGS)


def test_two_workers_find_on_real_pages_what_one_process_finds(
    real_findings: tuple[Findings, ...], shared: Path
) -> None:
    found = extract_pages([str(shared / "seeds")], SETTINGS, jobs=2)
    assert tuple(o.findings for o in found if o.findings is not None) == real_findings
