"""What the room shows of itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg import publish


def test_every_public_name_is_there_and_no_other() -> None:
    for name in publish.__all__:
        assert callable(getattr(publish, name))
        assert getattr(publish, name).__doc__
        assert name in dir(publish)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = publish.nothing  # type: ignore[attr-defined]


def test_looking_up_a_name_loads_no_network_library() -> None:
    code = "import sys; from kg.publish import find_entities; print('networkx' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "False\n"
