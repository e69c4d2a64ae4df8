"""A real SPARQL server: Oxigraph's, on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sparql_server import sparql_server

from kg.config import Settings
from kg.pipeline import build

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty server."""
    with sparql_server(tmp_path / "server") as address:
        yield address


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of two sample pages."""
    out = tmp_path_factory.mktemp("pushed")
    pages = sorted((ROOT / "seeds" / "pages").glob("*.txt"))[:2]
    build([str(page) for page in pages], Settings(), out, jobs=1)
    return out
