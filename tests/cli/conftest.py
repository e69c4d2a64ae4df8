"""The graph built from our pages, and the command line, in this process or in one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import KG, PAGES, Done

from kg.cli import main


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three pages."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in PAGES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Return the command line, called in this process."""

    def run(*args: object) -> Done:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, out, err)

    return run


@pytest.fixture(scope="session")
def spawn() -> Callable[..., Done]:
    """Return the command line, called in a process of its own."""

    def run(*args: object, cwd: Path | None = None) -> Done:
        command = [sys.executable, KG, *map(str, args)]
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def graph(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph built from the pages."""
    out = tmp_path_factory.mktemp("graph") / "output"
    with pytest.raises(SystemExit) as ended:
        main(["build", str(pages), "--out", str(out), "--jobs", "1"])
    assert ended.value.code == 0
    return out
