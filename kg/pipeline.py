"""The whole build on one screen: find, read, segment, extract, resolve, write, replace.

What flows and who makes it: `Source` (kg.read) → `Page` → `Article` (kg.layout) → `Findings` (kg.extract) →
`Graph` (kg.resolve) → files (kg.rdf, kg.publish).
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from kg import cache, decisions, ledger, rdf, report
from kg.cache import Cache
from kg.config import Settings
from kg.errors import ReadError, StoreError
from kg.ledger import Pieces, Said, Totals
from kg.model import Graph
from kg.model.digest import digest
from kg.publish import annotate
from kg.read import Source, find
from kg.report import Outcome
from kg.workers import outcomes
from kg.workers.circles import uncollected
from kg.workers.crew import Crew
from kg.workers.picture import Picture

STEM = 165
"""Bytes of a page's name that the name of its annotation keeps; with id and suffix it stays below 185."""
LINKED = 1_000
"""How many of the most connected entities a build remembers."""


class Watch:
    """Is told how a build goes; this one keeps it to itself.

    Attributes:
        apart: whether pages are worked on in a process of their own also where one is enough, so that a page
            that ends its process does not end the build.
    """

    apart = False

    def begin(self, pages: int) -> None:
        """So many pages lie ahead."""

    def page(self, outcome: Outcome) -> None:
        """One more is done, or refused."""

    def stage(self, name: str) -> None:
        """All pages are done; `resolve` or `write` begins."""


@dataclass(frozen=True)
class Built:
    """A finished build.

    Attributes:
        out: where it lies.
        outcomes: what became of every input; what the pages say is kept on disk and not among it.
        totals: how much the graph holds.
        connected: what is linked most, as class, name and number of facts, the most first.
    """

    out: Path
    outcomes: tuple[Outcome, ...]
    totals: Totals
    connected: tuple[tuple[str, str, int], ...] = ()

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Return the inputs that gave nothing."""
        return tuple(o for o in self.outcomes if o.error is not None)

    @cached_property
    def graph(self) -> Graph:
        """The whole graph, read when it is first asked for; its pages have no printed lines."""
        return rdf.open_dataset(self.out).graph()


def build(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Built:
    """Build the graph of all pages and replace what lies in `out` by it.

    The same pages, settings and decisions give the same bytes for any number of jobs. Until everything is
    written, what lay in `out` stays as it was, also when the build is interrupted or killed; pages that were
    done by then are not worked on again. What pages say waits on disk, so that memory hardly grows with
    their number.

    Raises:
        ReadError: no page could be read; nothing was replaced.
        DecisionError: the file of decisions is malformed or contradicts itself.
        KgError: settings, ontology or lexicon cannot be used, `out` cannot be written, or another process is
            writing it.
    """
    watch = watch or Watch()
    rdf.claim(out)
    pieces = Pieces(settings, decisions.load(settings))
    with rdf.alone(out), Crew() as crew:
        outcomes = kept_pages(paths, settings, out, jobs, watch, crew)
        built = assemble(outcomes, settings, pieces, out, watch, ", ".join(paths), crew)
        with suppress(StoreError), cache.opened(out, write=True) as kept:
            kept.keep({o.key for o in built.outcomes if o.key is not None})
    return built


def assemble(
    outcomes: Iterable[Outcome],
    settings: Settings,
    pieces: Pieces,
    out: Path,
    watch: Watch | None = None,
    named: str = "the pages",
    crew: Crew | None = None,
) -> Built:
    """Replace the graph in `out` by that of outcomes whose findings are kept there.

    Only who is `alone` may do this. An error calls the inputs as `named` says. A crew that holds processes
    lets them help.

    Raises:
        ReadError: there are no findings.
        StoreError: the folder cannot be written.
    """
    stage, crew = (watch or Watch()).stage, crew or Crew()
    with rdf.anew(out) as fresh:
        with ledger.made(fresh) as base:
            came = [_taken_in(base, outcome) for outcome in outcomes]
            chosen = dict(ledger.chosen(base))
            if not chosen:
                raise ReadError(named, "no page could be read", remedy="nothing was replaced")
            ledger.save_ground(base, ledger.ground(settings, pieces.decisions))
            with uncollected(), cache.opened(out, write=False) as kept:
                said = Said(kept, out, pieces, ledger.drafted(settings))
                work = crew.work(pieces, fresh / "shares")
                pages = ledger.lines(base, pieces, said.draft, said.printed, stage, work)
                drawn: list[Callable[[], None]] = []
                lines = _ended(pages, lambda: drawn.append(crew.draw(Picture(fresh, out), pieces)))
                with rdf.filled(fresh, lines, settings.base):
                    drawn[0]()
                    (fresh / rdf.REPORT).write_bytes(report.summarize(base, settings))
            totals = ledger.totals(base)
            linked = tuple((head.kind, head.label, n) for head, n in ledger.connected(base, LINKED))
        os.replace(fresh / ledger.FILE, fresh / rdf.STORE / ledger.FILE)
    return Built(out, report.with_repeats(came, chosen), totals, linked)


def _ended(lines: Iterable[bytes], then: Callable[[], None]) -> Iterator[bytes]:
    """Yield lines, and do something when there are no more."""
    yield from lines
    then()


def _taken_in(base: sqlite3.Connection, outcome: Outcome) -> Outcome:
    """Write down what came in, and return it without its findings."""
    if outcome.error is None:
        ledger.save_inputs(base, [report.entered(outcome)])
    ledger.save_errors(base, report.refused([outcome]))
    return report.light(outcome)


def kept_pages(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    jobs: int | None,
    watch: Watch,
    crew: Crew | None = None,
) -> Iterator[Outcome]:
    """Yield what becomes of each input, as `extract_pages` does; what it says is kept in a graph's folder.

    Findings come packed, and those that were kept there already do not come. For a crew, which makes a whole
    graph, what is made of them alone is kept as well.
    """
    sources, missing = find(paths, settings.reading)
    mark = "" if crew is None else ledger.drafted(settings)
    with ExitStack() as left:
        kept: Cache | None = None
        for outcome in _extract(sources, missing, settings, jobs, watch, out, mark, crew):
            if outcome.key is not None and (outcome.packed is not None or outcome.draft is not None):
                kept = kept or left.enter_context(cache.opened(out, write=True))
                if outcome.packed is not None:
                    kept.put(outcome.key, outcome.packed)
                if outcome.draft is not None:
                    kept.put_draft(outcome.key, mark, *outcome.draft)
            yield outcome


def extract_pages(
    paths: Sequence[str], settings: Settings, *, jobs: int | None = None, watch: Watch | None = None
) -> Iterator[Outcome]:
    """Yield what each input says or why it cannot be used: first the paths that name nothing, then every
    page in the order of the sources, whatever the number of jobs. A source may hold many pages.

    Raises:
        KgError: settings, ontology or lexicon cannot be used.
    """
    yield from _extract(*find(paths, settings.reading), settings, jobs, watch or Watch())


def _extract(
    sources: Sequence[Source],
    missing: Sequence[ReadError],
    settings: Settings,
    jobs: int | None,
    watch: Watch,
    kept: Path | None = None,
    drafted: str = "",
    crew: Crew | None = None,
) -> Iterator[Outcome]:
    watch.begin(len(sources))
    gone = (Outcome(error.source, None, error) for error in missing)
    packed, apart = kept is not None, watch.apart
    here = outcomes(sources, settings, jobs, kept, apart=apart, packed=packed, drafted=drafted, crew=crew)
    found = chain(gone, here)
    for done, outcome in enumerate(found, 1):
        if done > len(sources):
            watch.begin(done)
        watch.page(outcome)
        yield outcome


def write_annotations(
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    jobs: int | None = None,
    watch: Watch | None = None,
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
    came = []
    for outcome in _extract(sources, missing, settings, jobs, watch or Watch()):
        came.append(outcome)
        if outcome.findings is not None:
            # the name of one in several is the file's, "#" and which it is
            part = outcome.source not in whole
            stem = _stem(outcome.source.rpartition("#")[0] if part else outcome.source)
            alone = not part and stems[stem] == 1
            name = stem if alone else f"{stem}.{outcome.findings.page.id}"
            put(out / f"{name}.json", _json(annotate(outcome.findings)))
    return tuple(came)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; its folder is made when it is missing.

    Raises:
        StoreError: it cannot be written.
    """
    # short, however long the name is: a file system takes 255 bytes
    fresh = path.with_name(f".kg-{os.getpid()}-{digest(path.name, length=12)}")
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
    stem = PurePosixPath(source).stem
    while len(stem.encode("utf-8", "surrogatepass")) > STEM:
        stem = stem[:-1]
    return stem or "page"


def _json(data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")
