"""What the tests share: where our pages, the gold and the handed-over material lie."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings as checking
from playwright.sync_api import Browser, sync_playwright
from processes import children_killed_after

from kg.config import Settings
from kg.model import Findings
from kg.pipeline import extract_pages

# A busy machine is no failure; and what counts as checked must not hang on a draw of lots.
checking.register_profile("kg", deadline=None, derandomize="CI" in os.environ)
checking.load_profile("kg")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


LONGEST = (
    "test_interrupted",
    "test_build",
    "test_on_spark",
    "test_served_bounds",
    "test_view_in_browser",
    "test_served_viewer",
    "test_ending",
    "test_progress",
    "test_setup",
    "test_laws",
    "test_real_laws",
    "test_viewer_functions",
    "test_asking",
)
"""The files of tests that take longest: where several processes share the files, none may come last."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    turn = {f"{name}.py": number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: turn.get(item.path.name, len(turn)))


@pytest.fixture(scope="session", autouse=True)
def measuring() -> Mapping[str, str]:
    """Return what tells a process that starts to measure its coverage; without that none does.

    It makes a process twice as slow: few tests need it to show lines that only such processes run.
    """
    return {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_PROCESS_")}


@pytest.fixture
def measured(measuring: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the processes of a test measure their coverage; of those that are killed nothing is kept."""
    for name, value in measuring.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the real pages and their gold, or skip where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the real pages lie in ../shared, which is not here")
    return SHARED


@pytest.fixture(scope="session")
def real_findings(shared: Path) -> tuple[Findings, ...]:
    """Return what the real pages say, read once for all tests."""
    came = extract_pages([str(shared / "seeds")], Settings(), jobs=1)
    return tuple(outcome.findings for outcome in came if outcome.findings is not None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip where there is none."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as engine:
        started = engine.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield started
        finally:
            with children_killed_after(20, "chrom"):  # closing waits for it without a limit
                started.close()
