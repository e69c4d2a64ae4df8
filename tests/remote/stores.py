"""What a server holds."""

from __future__ import annotations

import urllib.request


def dump(server: str) -> list[str]:
    """Return all that a server holds, as sorted lines of N-Quads."""
    asked = urllib.request.Request(f"{server}/store", headers={"Accept": "application/n-quads"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return sorted(answer.read().decode().splitlines())
