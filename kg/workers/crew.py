"""The processes that read pages also make entities and facts of what these say, and the picture of it.

What they are given lies in files, since one that is busy takes no message longer than a pipe holds.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from shutil import rmtree
from typing import Any

from kg.config import Settings
from kg.errors import WorkerError
from kg.ledger import Pieces
from kg.ledger.settling import Work
from kg.ledger.work import Claims, Names, Resolved, Stated, work
from kg.model import Decisions
from kg.workers.circles import uncollected
from kg.workers.picture import Picture, draw
from kg.workers.pool import Lost, Pool

PATIENCE = 86_400.0
"""Seconds after which a share is done here: what hangs together is as large as it is."""
_DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Share:
    """Names or claims in a file; beside it lies what people decided."""

    file: Path


class Crew(ExitStack):
    """Holds the processes of a build until it is left, where there are several."""

    def __init__(self) -> None:
        super().__init__()
        self._pool: Pool[Any, Any] | None = None
        self._folder: Path | None = None

    def hold(self, pool: Pool[Any, Any]) -> None:
        """Let the processes of a pool stay."""
        self._pool = self.enter_context(pool)

    def work(self, pieces: Pieces, folder: Path) -> Work | None:
        """Return what makes entities and facts in these processes, or None where there are none.

        Args:
            pieces: does what they cannot.
            folder: is made, for what they are given.
        """
        pool = self._pool
        if pool is None:
            return None
        folder.mkdir()
        self._folder = folder
        (folder / _DECIDED).write_bytes(pickle.dumps(pieces.decisions))

        def shared(every: Iterable[Names | Claims]) -> Iterator[Resolved | Stated]:
            given: deque[Share] = deque()

            def shares() -> Iterator[Share]:
                for number, some in enumerate(every):
                    given.append(Share(folder / str(number)))
                    given[-1].file.write_bytes(pickle.dumps((isinstance(some, Names), *some)))
                    yield given[-1]

            coming = shares()
            try:
                for found in pool.results(coming, PATIENCE):
                    file = given.popleft().file
                    yield work(_given(file), pieces) if isinstance(found, Lost) else found
                    file.unlink()
            except WorkerError:  # none starts any more, so that the rest is left to this one
                for share in chain(tuple(given), coming):
                    yield work(_given(share.file), pieces)

        return shared

    def draw(self, picture: Picture, pieces: Pieces) -> Callable[[], None]:
        """Have a process begin a picture, and return what waits for it; without processes it is drawn then.

        Nothing else is asked of the crew any more.
        """
        if self._folder is not None:
            rmtree(self._folder)
        begun = None if self._pool is None else self._pool.begin(picture)

        def finish() -> None:
            if begun is None or isinstance(begun(), Lost):
                draw(picture, pieces)

        return finish


class Hand:
    """Does in a process of its own what a crew is given."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._decided: Path | None = None
        self._pieces: Pieces | None = None

    def do(self, one: Share | Picture) -> Resolved | Stated | None:
        """Do a share, or draw a picture."""
        with uncollected():
            return self._do(one)

    def _do(self, one: Share | Picture) -> Resolved | Stated | None:
        if isinstance(one, Picture):
            draw(one, self._pieces or Pieces(self._settings))
            return None
        decided = one.file.with_name(_DECIDED)
        if self._pieces is None or decided != self._decided:
            known: Decisions = pickle.loads(decided.read_bytes())  # noqa: S301 - the build's own
            self._pieces, self._decided = Pieces(self._settings, known), decided
        return work(_given(one.file), self._pieces)


def _given(file: Path) -> Names | Claims:
    names, *fields = pickle.loads(file.read_bytes())  # noqa: S301 - the build's own
    return Names(*fields) if names else Claims(*fields)
