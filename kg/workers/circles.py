"""The search for circles of values that nobody needs, which goes through all that a process holds."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not search while a graph is made or changed: that makes none to speak of."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def passed_over() -> Iterator[None]:
    """Search among what is made from now on only: models and tables are many values and are kept anyway."""
    own = gc.get_freeze_count() == 0
    if own:
        gc.freeze()
    try:
        yield
    finally:
        if own:
            gc.unfreeze()
