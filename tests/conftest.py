"""What the tests share: where our pages, the gold and the handed-over material lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure; and what counts as checked must not hang on a draw of lots.
settings.register_profile("kg", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("kg")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the real pages and their gold, or skip where it is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the real pages lie in ../shared, which is not here")
    return SHARED
