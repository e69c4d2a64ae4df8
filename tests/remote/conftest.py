"""A real SPARQL server: Oxigraph's, on this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import Settings
from kg.pipeline import build

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    oxigraph = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    assert oxigraph is not None
    command = (oxigraph, "serve", "--location", str(tmp_path / "server"), "--bind", f"127.0.0.1:{port}")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 30
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except OSError:
                    assert time.monotonic() < until
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the graph of two sample pages."""
    out = tmp_path_factory.mktemp("pushed")
    pages = sorted((ROOT / "seeds" / "pages").glob("*.txt"))[:2]
    build([str(page) for page in pages], Settings(), out, jobs=1)
    return out
