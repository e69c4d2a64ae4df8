"""A real SPARQL server for the tests: Oxigraph's, on this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import end


@contextmanager
def sparql_server(place: Path) -> Iterator[str]:
    """Run a server that keeps its store in a folder, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    oxigraph = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    assert oxigraph is not None
    command = (oxigraph, "serve", "--location", str(place), "--bind", f"127.0.0.1:{port}")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert time.monotonic() < until
                assert process.poll() is None
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)
