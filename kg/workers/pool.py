"""Processes that work for this one: what ends or stops answering is replaced, and the others go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, islice
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from kg.errors import KgError, WorkerError

T = TypeVar("T")
R = TypeVar("R")

HELD = 2
"""Tasks that a process holds, so that it need not wait for the next one."""
AHEAD = 16
"""How many tasks of each process may be done, or begun, before the next one whose turn it is."""
TRIES = 2
"""How often a task may end its process: the first time somebody else may have ended it."""
STARTS = 3
"""How many processes in a row may end before they are ready: the next ones would too."""
_BLOCKED = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task has no result: its process ended, or did not answer for so many seconds."""

    seconds: float | None = None


@dataclass(slots=True)
class _Process:
    """One process, and the numbers of the tasks that it holds, the one that it works on first."""

    process: BaseProcess
    talk: Connection
    given: deque[int] = field(default_factory=deque)
    since: float = 0.0
    ready: bool = False


class Pool(Generic[T, R]):
    """Works on tasks in several processes, which end with the first tasks that it was given.

    Inside a `with` of the pool they stay for more tasks until it is left.

    Args:
        make: makes, in each process, the function that turns a task into its result.
        given: what `make` is given.
        jobs: how many processes.
        patience: after how many seconds a task is given up.
    """

    def __init__(
        self, make: Callable[[Any], Callable[[T], R]], given: object, jobs: int, patience: float
    ) -> None:
        self._make = make
        self._given = given
        self._jobs = jobs
        self._patience = patience
        self._context = get_context("spawn")
        self._processes: list[_Process] = []
        self._ended = 0
        self._staying = False
        self._ends: tuple[Connection, Connection] | None = None

    def __enter__(self) -> Pool[T, R]:
        self._staying = True
        return self

    def __exit__(self, *_: object) -> None:
        self._staying = False
        self._close()

    def begin(self, task: T) -> Callable[[], R | Lost]:
        """Have a process begin a task, and return what waits for the result; nothing is asked meanwhile."""
        one = next((one for one in self._processes if one.ready), None)
        if one is None:
            return Lost
        with suppress(OSError):  # it ended, which is heard soon
            one.talk.send((0, task))

        def finish() -> R | Lost:
            try:
                _, good, result = one.talk.recv()
            except (EOFError, OSError):
                self._end(one)
                return Lost()
            if not good:
                raise result
            found: R = result
            return found

        return finish

    def results(self, tasks: Iterable[T], patience: float | None = None) -> Generator[R | Lost, None, None]:
        """Yield the results in the order of the tasks; of one that is lost, why.

        Tasks are taken as they are needed: which ones come may depend on what was yielded. When the iteration
        is left, and when this process dies, the others are ended at once.

        Raises:
            WorkerError: processes end before they are ready.
            KgError: what a task raised; what else it raises ends its process.
        """
        self._patience = patience or self._patience
        self._coming = iter(tasks)
        self._tasks: dict[int, T] = {}
        self._taken = 0
        self._waiting: deque[int] = deque()
        self._next = 0
        self._tried: dict[int, int] = {}
        done: dict[int, R | Lost] = {}
        self._ends = self._ends or self._context.Pipe(duplex=False)
        theirs, _ = self._ends
        whole = False
        try:
            for turn in count():
                self._take(turn)
                if turn == self._taken:
                    whole = True
                    return
                while turn not in done:
                    self._staff(theirs, turn)
                    self._hand_out()
                    done.update(self._hear(turn))
                del self._tasks[turn]
                yield done.pop(turn)
        finally:
            if not (whole and self._staying):
                self._close()

    def _close(self) -> None:
        """End all processes."""
        for one in self._processes:
            one.process.kill()
        for end in self._ends or ():
            end.close()
        for one in self._processes:
            one.process.join()
            one.talk.close()
        self._processes, self._ends = [], None

    def _take(self, turn: int) -> None:
        """Take as many tasks as may be begun before the one whose turn it is."""
        for task in islice(self._coming, turn + AHEAD * self._jobs - self._taken):
            self._tasks[self._taken] = task
            self._taken += 1

    def _staff(self, theirs: Connection, turn: int) -> None:
        """Start as many processes as there is work for."""
        while len(self._processes) < min(self._jobs, self._taken - turn):
            resource_tracker.ensure_running()  # which would let signals through while a process starts
            with _later():
                talk, end = self._context.Pipe()
                process = self._context.Process(
                    target=_serve, args=(end, theirs, self._make, self._given), daemon=True
                )
                process.start()
                self._processes.append(_Process(process, talk))
                end.close()

    def _hand_out(self) -> None:
        for held in range(HELD):
            for one in self._processes:
                if len(one.given) == held:
                    if self._waiting:
                        number = self._waiting.popleft()
                    elif self._next < self._taken:
                        number = self._next
                        self._next += 1
                    else:
                        return
                    if not one.given:
                        one.since = time.monotonic()
                    one.given.append(number)
                    with suppress(OSError):  # it ended, which is heard soon
                        one.talk.send((number, self._tasks[number]))

    def _hear(self, turn: int) -> Iterator[tuple[int, R | Lost]]:
        """Wait for somebody, and yield what is done, by number."""
        busy = [one.since + self._patience for one in self._processes if one.given and one.ready]
        left = max(0.0, min(busy, default=time.monotonic() + self._patience) - time.monotonic())
        heard = wait([one.talk for one in self._processes], left)
        for one in list(self._processes):
            if one.talk in heard:
                yield from self._said(one, turn)
            elif one.ready and one.given and time.monotonic() - one.since > self._patience:
                self._end(one)
                yield one.given.popleft(), Lost(self._patience)
                self._waiting.extendleft(reversed(one.given))

    def _said(self, one: _Process, turn: int) -> Iterator[tuple[int, R | Lost]]:
        try:
            number, good, result = one.talk.recv()
        except (EOFError, OSError):
            self._end(one)
            yield from self._bereft(one, turn)
            return
        one.since = time.monotonic()
        if number is None:
            one.ready, self._ended = True, 0
        if not good:
            raise result
        if number is not None:
            one.given.remove(number)
            yield number, result

    def _bereft(self, one: _Process, turn: int) -> Iterator[tuple[int, R | Lost]]:
        """Take back what a process held that ended; what it worked on may have ended it."""
        if not one.ready:
            self._ended += 1
            if self._ended >= STARTS:
                raise WorkerError(turn, self._taken)
        elif one.given:
            guilty = one.given[0]
            self._tried[guilty] = self._tried.get(guilty, 0) + 1
            if self._tried[guilty] >= TRIES:
                yield one.given.popleft(), Lost()
        self._waiting.extendleft(reversed(one.given))

    def _end(self, one: _Process) -> None:
        self._processes.remove(one)
        one.process.kill()
        one.process.join()
        one.talk.close()


@contextmanager
def _later() -> Iterator[None]:
    """Put signals off, for this process and for those that start meanwhile: a terminal sends Ctrl-C to all,
    and this one ends them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _BLOCKED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    talk: Connection, alive: Connection, make: Callable[[Any], Callable[[Any], Any]], given: object
) -> None:
    """Work in a process of one's own until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _BLOCKED)
    threading.Thread(target=_outlive, args=(alive,), daemon=True).start()
    number = None
    try:
        work = make(given)
        talk.send((None, True, None))
        while True:
            number, task = talk.recv()
            talk.send((number, True, work(task)))
    except (EOFError, BrokenPipeError):
        return
    except KgError as error:
        talk.send((number, False, error))


def _outlive(alive: Connection) -> None:
    """End this process when the one that started it lets go of it, or is no more."""
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)
