"""What worker processes of the tests do: work, end, hang, or refuse."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from kg.errors import OntologyError


def maker(mark: str) -> Callable[[str], str]:
    """Return the work of a process; `mark` is a file that the first one to be killed once leaves."""
    if mark == "never":
        os._exit(3)

    def work(task: str) -> str:
        if task == "ends":
            os._exit(3)
        if task == "hangs":
            time.sleep(1000)
        if task == "refuses":
            raise OntologyError("kg.ttl", "no such class")
        if task == "ends once" and not Path(mark).exists():
            Path(mark).touch()
            os._exit(3)
        return task.upper()

    return work
