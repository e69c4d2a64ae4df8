"""Pages → findings, here or in several processes; what a worker needs not is not imported here."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from kg import lexicon, ontology
from kg.config import Settings
from kg.errors import ConfigError, KgError, LexiconError, OntologyError, ReadError, WorkerError
from kg.extract import Tools, extract
from kg.layout import date_page, segment
from kg.model import Findings, Page
from kg.read import Source, read_pages
from kg.report import Outcome

WORTH = 12
"""Files below which a further process costs more to start than it saves."""


def outcomes(sources: Sequence[Source], settings: Settings, jobs: int | None) -> Iterator[Outcome]:
    """Yield what becomes of every page of the sources, in their order, whatever the number of processes.

    `jobs` is that number; None takes one for each core, where there is enough to do for them.

    Raises:
        KgError: ontology or lexicon cannot be used.
        WorkerError: a worker process was ended from outside; in a script of one's own also when what calls
            this is not under `if __name__ == "__main__"`.
    """
    if jobs is None:
        jobs = min(os.cpu_count() or 1, len(sources) // WORTH)
    jobs = min(jobs, len(sources))
    tools = equip(settings)
    if jobs <= 1:
        for source in sources:
            yield from _of_source(source, tools, settings)
        return
    done = 0
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), _equip, (settings,)) as pool:
            with _deaf_children():
                found = pool.map(_work, sources)
            for of_one in found:
                yield from of_one
                done += 1
    except BrokenProcessPool as error:
        raise WorkerError(done, len(sources)) from error


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


def _of_source(source: Source, tools: Tools, settings: Settings) -> Iterator[Outcome]:
    for page in read_pages(source, tools.lexicon, settings.reading):
        yield Outcome(page.source, None, page) if isinstance(page, ReadError) else _outcome(page, tools)


def _outcome(page: Page, tools: Tools) -> Outcome:
    try:
        return Outcome(page.source, extract_page(page, tools), None)
    except (ConfigError, LexiconError, OntologyError):
        raise  # no fault of the page: no other would fare better
    except KgError as error:
        return Outcome(page.source, None, error)


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


_worker: list[tuple[Tools, Settings]] = []
"""In a worker process: its own tools, since a lexer session cannot be handed over."""


def _equip(settings: Settings) -> None:
    _worker.append((equip(settings), settings))


def _work(source: Source) -> list[Outcome]:
    return list(_of_source(source, *_worker[0]))
