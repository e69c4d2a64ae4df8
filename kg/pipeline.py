"""The whole build on one screen: find, read, segment, extract, resolve, write, replace.

What flows and who makes it: `Source` (kg.read) → `Page` → `Article` (kg.layout) → `Findings` (kg.extract) →
`Graph` (kg.resolve) → files (kg.rdf, kg.publish).
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

from kg import lexicon, rdf, report
from kg import ontology as ontology_
from kg.config import Settings
from kg.errors import ConfigError, KgError, LexiconError, OntologyError, ReadError, StoreError
from kg.extract import Tools, extract
from kg.layout import date_page, segment
from kg.model import Findings, Graph, Page
from kg.publish.annotations import annotate
from kg.publish.view import view
from kg.read import Source, find, read_pages
from kg.report import Outcome
from kg.resolve import resolve


class Watch:
    """Is told how a build goes; this one keeps it to itself."""

    def begin(self, pages: int) -> None:
        """So many pages lie ahead."""

    def page(self, outcome: Outcome) -> None:
        """One more is done, or refused."""

    def stage(self, name: str) -> None:
        """All pages are done; `resolve` or `write` begins."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: where it lies, what it holds and what became of every input."""

    out: Path
    graph: Graph
    outcomes: tuple[Outcome, ...]

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Return the inputs that gave nothing."""
        return tuple(o for o in self.outcomes if o.error is not None)


def build(
    paths: Sequence[str], settings: Settings, out: Path, *, jobs: int = 1, watch: Watch | None = None
) -> Built:
    """Build the graph of all pages and replace what lies in `out` by it.

    The same pages and settings give the same bytes for any number of jobs. Until everything is written,
    what lay in `out` stays as it was, also when the build is interrupted.

    Raises:
        ReadError: no page could be read; nothing was replaced.
        KgError: settings, ontology or lexicon cannot be used, or `out` cannot be written.
    """
    watch = watch or Watch()
    ontology = ontology_.load(settings.ontology)
    outcomes = report.without_repeats(extract_pages(paths, settings, jobs=jobs, watch=watch))
    findings = [o.findings for o in outcomes if o.findings is not None]
    if not findings:
        raise ReadError(", ".join(paths), "no page could be read", remedy="nothing was replaced")
    watch.stage("resolve")
    graph = resolve(findings, settings)
    watch.stage("write")
    beside = {
        "index.html": view(graph, ontology).encode(),
        "report.json": _json(report.summarize(outcomes, graph, settings)),
    }
    rdf.write(graph, ontology, settings, out, beside)
    return Built(out, graph, outcomes)


def extract_pages(
    paths: Sequence[str], settings: Settings, *, jobs: int = 1, watch: Watch | None = None
) -> Iterator[Outcome]:
    """Yield what each input says or why it cannot be used: first the paths that name nothing, then every
    page in the order of the sources, whatever the number of jobs. A source may hold many pages.

    Raises:
        KgError: settings, ontology or lexicon cannot be used.
    """
    yield from _extract(*find(paths, settings.reading), settings, jobs, watch or Watch())


def _extract(
    sources: Sequence[Source], missing: Sequence[ReadError], settings: Settings, jobs: int, watch: Watch
) -> Iterator[Outcome]:
    watch.begin(len(sources))
    gone = (Outcome(error.source, None, error) for error in missing)
    found = chain(gone, _outcomes(sources, settings, min(jobs, len(sources))))
    for done, outcome in enumerate(found, 1):
        if done > len(sources):
            watch.begin(done)
        watch.page(outcome)
        yield outcome


def write_annotations(
    paths: Sequence[str], settings: Settings, out: Path, *, jobs: int = 1, watch: Watch | None = None
) -> tuple[Outcome, ...]:
    """Write what each page says to STEM.json in `out`, and return what became of every input.

    Where two sources share a stem, and for pages that are one of several in a file, the page's id stands
    in the name too: STEM.ID.json.

    Raises:
        KgError: settings, ontology or lexicon cannot be used, or `out` cannot be written.
    """
    sources, missing = find(paths, settings.reading)
    stems = Counter(_stem(source.name) for source in sources)
    whole = {source.name for source in sources}
    outcomes = []
    for outcome in _extract(sources, missing, settings, jobs, watch or Watch()):
        outcomes.append(outcome)
        if outcome.findings is not None:
            stem = _stem(outcome.source)
            alone = outcome.source in whole and stems[stem] == 1
            name = stem if alone else f"{stem}.{outcome.findings.page.id}"
            put(out / f"{name}.json", _json(annotate(outcome.findings)))
    return tuple(outcomes)


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
    return Tools(ontology_.load(settings.ontology), lexicon.load(settings.lexicon), settings.city)


def _outcomes(sources: Sequence[Source], settings: Settings, jobs: int) -> Iterator[Outcome]:
    tools = equip(settings)
    if jobs <= 1:
        for source in sources:
            yield from _of_source(source, tools, settings)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _equip, (settings,)) as pool:
        with _deaf_children():
            found = pool.map(_work, sources)
        yield from chain.from_iterable(found)


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


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; its folder is made when it is missing.

    Raises:
        StoreError: it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_bytes(data)
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror})") from error


def _stem(source: str) -> str:
    return PurePosixPath(source.partition("#")[0]).stem or "page"


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")
