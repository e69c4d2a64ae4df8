"""Pages → findings, here or in several processes; what a worker needs not is not imported here."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg import cache, lexicon, ontology
from kg.cache import Cache
from kg.config import Settings
from kg.errors import ConfigError, KgError, LexiconError, OntologyError, ReadError, WorkerError
from kg.extract import Tools, check_models, extract
from kg.layout import date_page, segment
from kg.model import Findings, Page
from kg.model.digest import digest
from kg.read import Source, read_pages
from kg.report import Outcome, counted
from kg.workers.alarm import Late, within
from kg.workers.parts import PAGES, Part, Reader, divided, weight
from kg.workers.pool import Lost, Pool

WORTH = 12
"""Files below which a further process costs more to start than it saves."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all pages of a run share.

    Attributes:
        settings: as given.
        kept: the folder with the cache that findings may be taken from, or None.
        mark: what the findings of this run depend on besides their page.
        packed: whether findings come as bytes, and those that the cache keeps not at all: both cost more to
            hand over than to read once more.
    """

    settings: Settings
    kept: Path | None = None
    mark: str = ""
    packed: bool = False


def outcomes(
    sources: Sequence[Source],
    settings: Settings,
    jobs: int | None,
    kept: Path | None = None,
    *,
    apart: bool = False,
    packed: bool = False,
) -> Iterator[Outcome]:
    """Yield what becomes of every page of the sources, in their order, whatever the number of processes.

    `jobs` is that number; None takes one for each core, where there is enough to do for them. Findings that
    lie in the cache of the folder `kept` are taken from there; who wants them `packed` gets bytes, and none
    of what is there. A large table, file of records or archive is shared by the processes. When the iteration
    is left, and when this process dies, the others are ended at once. A source, or a part of one, that twice
    ends the process that works on it, or is not done in time, is given up with all that is behind it in the
    source. Where one process is enough, that is this one, but with `apart`: then too a page that is not done
    in time is given up, and one that ends the process ends the run.

    Raises:
        KgError: ontology or lexicon cannot be used.
        WorkerError: worker processes cannot start, as in a script of one's own when what calls this is not
            under `if __name__ == "__main__"`.
    """
    work = sum(map(weight, sources))
    alone = jobs == 1 or (work < WORTH and jobs is None)
    jobs = 1 if alone else max(1, min(jobs or os.cpu_count() or 1, work // (WORTH if jobs is None else 1)))
    task = Task(settings, kept, "" if kept is None else cache.mark(settings), packed)
    if alone and not apart:
        tools = equip(settings)
        with _cache(task) as found:
            for source in sources:
                yield from _in_time(source, _of_source(source, tools, task, found), task)
        return
    yield from _shared(sources, task, jobs)


def _in_time(source: Source, found: Iterator[Outcome], task: Task) -> Iterator[Outcome]:
    """Yield outcomes of a source until one takes too long, and that it did."""
    patience = task.settings.reading.max_seconds
    while True:
        try:
            with within(patience):
                outcome = next(found, None)
        except Late:
            outcome, found = Outcome(source.name, None, _aside(source, Lost(patience))), iter(())
        if outcome is None:
            return
        yield outcome


def _shared(sources: Sequence[Source], task: Task, jobs: int) -> Iterator[Outcome]:
    """Yield the outcomes that several processes make."""
    ended: set[int] = set()
    given: deque[Part] = deque()

    def tasks() -> Iterator[Part]:
        for part in divided(sources, ended):
            given.append(part)
            yield part

    pool = Pool(_worker, task, jobs, task.settings.reading.max_seconds)
    try:
        with closing(pool.results(tasks())) as results:
            for found in results:
                part = given.popleft()
                if part.number in ended:
                    continue  # asked for before it was known that there is no more
                if isinstance(found, Lost):
                    ended.add(part.number)
                    yield Outcome(part.source.name, None, _aside(part.source, found))
                    continue
                if part.stop is None or len(found) < PAGES:
                    ended.add(part.number)
                yield from found
    except WorkerError:
        raise WorkerError(len(ended), len(sources)) from None


def _aside(source: Source, lost: Lost) -> ReadError:
    if lost.seconds is None:
        return ReadError(
            source.name,
            "ended the process that worked on it, twice",
            remedy="it may need more memory than there is: try fewer --jobs, or divide the file",
        )
    return ReadError(
        source.name,
        f"not done after {lost.seconds:g} s",
        remedy="divide the file, or set max_seconds under [reading] in kg.toml",
    )


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
        KgError: ontology, lexicon or model cannot be used.
    """
    declared, tables = ontology.load(settings.ontology), lexicon.load(settings.lexicon)
    if settings.model is not None:
        check_models(settings.model, tables, declared)
    tools = Tools(declared, tables, settings.city, settings.model)
    for known in _equipped:
        if (known.ontology, known.lexicon, known.models) == (declared, tables, settings.model):
            tools = known.of_city(settings.city)
    _equipped[:] = [tools]
    return tools


_equipped: list[Tools] = []
"""The tools of the last run in this process: what was prepared of the same tables serves the next one."""


def _of_source(source: Source, tools: Tools, task: Task, kept: Cache) -> Iterator[Outcome]:
    for page in read_pages(source, tools.lexicon, task.settings.reading):
        yield _handed(_outcome(page, tools, task, kept), task)


def _handed(outcome: Outcome, task: Task) -> Outcome:
    """Return an outcome as it is handed on."""
    if not task.packed or outcome.findings is None:
        return outcome
    packed = None if outcome.kept else cache.encode(outcome.findings)
    return replace(counted(outcome), findings=None, packed=packed)


def _outcome(page: Page | ReadError, tools: Tools, task: Task, kept: Cache) -> Outcome:
    if isinstance(page, ReadError):
        return Outcome(page.source, None, page)
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


_left_open = ExitStack()
"""What a worker process opens is closed when it ends."""


def _worker(task: Task) -> Callable[[Part], list[Outcome]]:
    """Return what turns a part into outcomes in a worker process; a lexer session cannot be handed over."""
    tools, kept = equip(task.settings), _left_open.enter_context(_cache(task))
    reader = Reader(lambda source: read_pages(source, tools.lexicon, task.settings.reading))
    return lambda part: [_handed(_outcome(page, tools, task, kept), task) for page in reader.read(part)]
