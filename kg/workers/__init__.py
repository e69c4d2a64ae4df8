"""Pages → findings, here or in several processes; what a worker needs not is not imported here."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg import cache, lexicon, ontology
from kg.cache import Cache
from kg.config import Settings
from kg.errors import ConfigError, KgError, LexiconError, OntologyError, ReadError, WorkerError
from kg.extract import Tools, check_models, extract
from kg.layout import date_page, segment
from kg.ledger import Pieces, draft, pack
from kg.model import Findings, Page
from kg.model.digest import digest
from kg.read import Source, read_pages
from kg.report import Outcome, counted, of_head, titled
from kg.workers.alarm import Late, within
from kg.workers.circles import passed_over
from kg.workers.crew import Crew, Hand, Share
from kg.workers.parts import PAGES, Part, Reader, divided, weight
from kg.workers.picture import Picture
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
        drafted: under which mark what is made of findings for a graph alone comes too, as bytes; of what is
            kept under it nothing is read. Or nothing.
    """

    settings: Settings
    kept: Path | None = None
    mark: str = ""
    packed: bool = False
    drafted: str = ""


def outcomes(
    sources: Sequence[Source],
    settings: Settings,
    jobs: int | None,
    kept: Path | None = None,
    *,
    apart: bool = False,
    packed: bool = False,
    drafted: str = "",
    crew: Crew | None = None,
) -> Iterator[Outcome]:
    """Yield what becomes of every page of the sources, in their order, whatever the number of processes.

    `jobs` is that number; None takes one for each core, where there is enough to do for them. Findings that
    lie in the cache of the folder `kept` are taken from there; who wants them `packed` gets bytes, and none
    of what is there. A large table, file of records or archive is shared by the processes. When the iteration
    is left, and when this process dies, the others are ended at once; where there are several, a `crew` keeps
    them for more. A source, or a part of one, that twice
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
    task = Task(settings, kept, "" if kept is None else cache.mark(settings), packed, drafted)
    if alone and not apart:
        with _cache(task) as found:
            desk = _desk(task, found)
            with passed_over():
                for source in sources:
                    yield from _in_time(source, _of_source(source, desk), task)
        return
    yield from _shared(sources, task, jobs, crew)


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


def _shared(sources: Sequence[Source], task: Task, jobs: int, crew: Crew | None) -> Iterator[Outcome]:
    """Yield the outcomes that several processes make."""
    ended: set[int] = set()
    given: deque[Part] = deque()

    def tasks() -> Iterator[Part]:
        for part in divided(sources, ended):
            given.append(part)
            yield part

    pool = Pool(_worker, task, jobs, task.settings.reading.max_seconds)
    if crew is not None and jobs > 1:
        crew.hold(pool)
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


@dataclass(frozen=True, slots=True)
class _Desk:
    """What somebody works with on the pages of a run; pieces where drafts are asked for."""

    task: Task
    tools: Tools
    kept: Cache
    pieces: Pieces | None


def _desk(task: Task, kept: Cache) -> _Desk:
    return _Desk(task, equip(task.settings), kept, Pieces(task.settings) if task.drafted else None)


def _of_source(source: Source, desk: _Desk) -> Iterator[Outcome]:
    for page in read_pages(source, desk.tools.lexicon, desk.task.settings.reading):
        yield _handed(_outcome(page, desk), desk)


def _handed(outcome: Outcome, desk: _Desk) -> Outcome:
    """Return an outcome as it is handed on."""
    found = outcome.findings
    if not desk.task.packed or found is None:
        return outcome
    packed = None if outcome.kept else cache.encode(found)
    told = counted(outcome)
    made = None if desk.pieces is None else (titled(told), pack(draft(found, desk.pieces)))
    return replace(told, findings=None, packed=packed, draft=made)


def _outcome(page: Page | ReadError, desk: _Desk) -> Outcome:
    if isinstance(page, ReadError):
        return Outcome(page.source, None, page)
    task = desk.task
    key = None if task.kept is None else digest(task.mark, cache.page_mark(page), length=32)
    known = None if key is None else _known(page.source, key, desk)
    if known is not None:
        return known
    try:
        return Outcome(page.source, extract_page(page, desk.tools), key=key)
    except (ConfigError, LexiconError, OntologyError):
        raise  # no fault of the page: no other would fare better
    except KgError as error:
        return Outcome(page.source, None, error)


def _known(source: str, key: str, desk: _Desk) -> Outcome | None:
    """Return the outcome of a page whose findings are kept; where a draft is too, they are not read."""
    head = desk.kept.head(key, desk.task.drafted) if desk.task.drafted else None
    if head is not None:
        with suppress(ValueError):
            return of_head(head, source, key)
    found = desk.kept.get(key)
    return None if found is None else Outcome(source, found, key=key, kept=True)


@contextmanager
def _cache(task: Task) -> Iterator[Cache]:
    if task.kept is None:
        yield cache.NONE
        return
    with cache.opened(task.kept, write=False) as found:
        yield found


_left_open = ExitStack()
"""What a worker process opens is closed when it ends."""


def _worker(task: Task) -> Callable[[Part | Share | Picture], Any]:
    """Return what turns a part into outcomes in a worker process; a lexer session cannot be handed over."""
    desk = _desk(task, _left_open.enter_context(_cache(task)))
    reader = Reader(lambda source: read_pages(source, desk.tools.lexicon, task.settings.reading))
    _left_open.enter_context(passed_over())
    hand = Hand(task.settings)

    def work(one: Part | Share | Picture) -> Any:
        if not isinstance(one, Part):
            return hand.do(one)
        return [_handed(_outcome(page, desk), desk) for page in reader.read(one)]

    return work
