"""Pages → findings, here or in several processes; what a worker needs not is not imported here."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kg import cache, lexicon, ontology
from kg.cache import Cache
from kg.config import Settings
from kg.errors import ConfigError, KgError, LexiconError, OntologyError, ReadError, WorkerError
from kg.extract import Tools, extract
from kg.layout import date_page, segment
from kg.model import Findings, Page
from kg.model.digest import digest
from kg.read import Source, read_pages
from kg.report import Outcome

WORTH = 12
"""Files below which a further process costs more to start than it saves."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all pages of a run share.

    Attributes:
        settings: as given.
        kept: the folder with the cache that findings may be taken from, or None.
        mark: what the findings of this run depend on besides their page.
    """

    settings: Settings
    kept: Path | None = None
    mark: str = ""


def outcomes(
    sources: Sequence[Source], settings: Settings, jobs: int | None, kept: Path | None = None
) -> Iterator[Outcome]:
    """Yield what becomes of every page of the sources, in their order, whatever the number of processes.

    `jobs` is that number; None takes one for each core, where there is enough to do for them. Findings that
    lie in the cache of the folder `kept` are taken from there. When the iteration is left, and when this
    process dies, the others are ended at once.

    Raises:
        KgError: ontology or lexicon cannot be used.
        WorkerError: a worker process was ended from outside; in a script of one's own also when what calls
            this is not under `if __name__ == "__main__"`.
    """
    if jobs is None:
        jobs = min(os.cpu_count() or 1, len(sources) // WORTH)
    jobs = min(jobs, len(sources))
    task = Task(settings, kept, "" if kept is None else cache.mark(settings))
    tools = equip(settings)
    if jobs <= 1:
        with _cache(task) as found:
            for source in sources:
                yield from _of_source(source, tools, task, found)
        return
    yield from _shared(sources, task, jobs)


def _shared(sources: Sequence[Source], task: Task, jobs: int) -> Iterator[Outcome]:
    """Yield the outcomes that several processes make; they live as long as this holds its end of a pipe."""
    context = get_context("spawn")
    theirs, ours = context.Pipe(duplex=False)
    done = 0
    try:
        with ExitStack() as left:
            left.enter_context(_broken_quietly())
            pool = left.enter_context(ProcessPoolExecutor(jobs, context, _equip, (task, theirs)))
            left.callback(ours.close)  # before the pool waits for them
            with _deaf_children():
                found = pool.map(_work, sources)
            for of_one in found:
                yield from of_one
                done += 1
            pool.shutdown()
    except BrokenProcessPool as error:
        raise WorkerError(done, len(sources)) from error
    finally:
        theirs.close()


def extract_page(page: Page, tools: Tools) -> Findings:
    """Return all that one page says.

    Raises:
        KgError: it cannot be used.
    """
    page = date_page(page, tools.lexicon)
    return extract(page, segment(page, tools.lexicon), tools)


def equip(settings: Settings) -> Tools:
    """Return what extraction works with.

    Raises:
        KgError: ontology or lexicon cannot be used.
    """
    return Tools(ontology.load(settings.ontology), lexicon.load(settings.lexicon), settings.city)


def _of_source(source: Source, tools: Tools, task: Task, kept: Cache) -> Iterator[Outcome]:
    for page in read_pages(source, tools.lexicon, task.settings.reading):
        if isinstance(page, ReadError):
            yield Outcome(page.source, None, page)
        else:
            yield _outcome(page, tools, task, kept)


def _outcome(page: Page, tools: Tools, task: Task, kept: Cache) -> Outcome:
    key = None if task.kept is None else digest(task.mark, cache.page_mark(page), length=32)
    known = None if key is None else kept.get(key)
    if known is not None:
        return Outcome(page.source, known, key=key, kept=True)
    try:
        return Outcome(page.source, extract_page(page, tools), key=key)
    except (ConfigError, LexiconError, OntologyError):
        raise  # no fault of the page: no other would fare better
    except KgError as error:
        return Outcome(page.source, None, error)


@contextmanager
def _cache(task: Task) -> Iterator[Cache]:
    if task.kept is None:
        yield cache.NONE
        return
    with cache.opened(task.kept, write=False) as found:
        yield found


@contextmanager
def _broken_quietly() -> Iterator[None]:
    """Say nothing when the pool's thread gives up tasks that are given up already.

    It does when the processes end before it has heard that nobody waits for them; what it cannot do then is
    of no account, but it would print a traceback.
    """
    before = threading.excepthook

    def told(args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not InvalidStateError:
            before(args)

    threading.excepthook = told
    try:
        yield
    finally:
        threading.excepthook = before


@contextmanager
def _deaf_children() -> Iterator[None]:
    """Let processes that start meanwhile ignore Ctrl-C, which a terminal sends to all: this one ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


_worker: list[tuple[Tools, Task, Cache]] = []
"""In a worker process: its own tools, since a lexer session cannot be handed over."""
_open = ExitStack()


def _equip(task: Task, alive: Connection) -> None:
    threading.Thread(target=_outlive, args=(alive,), daemon=True).start()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _worker.append((equip(task.settings), task, _open.enter_context(_cache(task))))


def _outlive(alive: Connection) -> None:
    """End this process when the one that started it lets go of it, or is no more."""
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def _work(source: Source) -> list[Outcome]:
    return list(_of_source(source, *_worker[0]))
