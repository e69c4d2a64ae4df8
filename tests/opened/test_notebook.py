"""The notebook in docs/ runs from its first cell to its last and gives what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import notebooks
import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "python.ipynb"


def test_every_cell_gives_what_the_notebook_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])
    kept = 0
    for cell, data in notebooks.run(notebook):
        stored = cell["outputs"][0]["data"] if cell["outputs"] else {}
        assert data == stored
        kept += bool(stored)
    assert kept >= 8
