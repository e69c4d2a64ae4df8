"""A limit of time for work that is done in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Late(BaseException):
    """Work takes longer than it may; no error of its own, so that nothing on the way takes it for one."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise `Late` in the block when it takes longer.

    Python code and regular expressions are left at once, compiled code when it returns. Only the main thread
    hears the signal; elsewhere, and where an alarm is set already, nothing limits the block.
    """
    taken = signal.getitimer(signal.ITIMER_REAL)[0] > 0
    if taken or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Late

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
