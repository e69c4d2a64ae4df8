"""The whole build on one screen: find, read, segment, extract, resolve, write, replace.

What flows and who makes it: `Source` (kg.read) → `Page` → `Article` (kg.layout) → `Findings` (kg.extract) →
`Graph` (kg.resolve) → files (kg.rdf, kg.publish).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from kg import ontology as ontology_
from kg import rdf, report
from kg.config import Settings
from kg.errors import DecisionError, ReadError, StoreError
from kg.model import Graph
from kg.model.digest import digest
from kg.publish import annotate, view
from kg.read import Source, find
from kg.report import Outcome
from kg.resolve import resolve
from kg.workers import outcomes

STEM = 165
"""Bytes of a page's name that the name of its annotation keeps; with id and suffix it stays below 185."""


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
    paths: Sequence[str],
    settings: Settings,
    out: Path,
    *,
    jobs: int | None = None,
    watch: Watch | None = None,
) -> Built:
    """Build the graph of all pages and replace what lies in `out` by it.

    The same pages and settings give the same bytes for any number of jobs. Until everything is written,
    what lay in `out` stays as it was, also when the build is interrupted.

    Raises:
        ReadError: no page could be read; nothing was replaced.
        DecisionError: there is a decisions file, which this version does not apply.
        KgError: settings, ontology or lexicon cannot be used, or `out` cannot be written.
    """
    watch = watch or Watch()
    if settings.decisions.exists():
        raise DecisionError(
            str(settings.decisions), "decisions about names are not applied yet", remedy="move the file away"
        )
    rdf.claim(out)
    ontology = ontology_.load(settings.ontology)
    came = report.without_repeats(extract_pages(paths, settings, jobs=jobs, watch=watch))
    findings = [o.findings for o in came if o.findings is not None]
    if not findings:
        raise ReadError(", ".join(paths), "no page could be read", remedy="nothing was replaced")
    watch.stage("resolve")
    graph = resolve(findings, settings)
    watch.stage("write")
    beside = {
        "index.html": view(graph, ontology).encode(),
        "report.json": _json(report.summarize(came, graph, settings)),
    }
    rdf.write(graph, ontology, settings, out, beside)
    return Built(out, graph, came)


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
) -> Iterator[Outcome]:
    watch.begin(len(sources))
    gone = (Outcome(error.source, None, error) for error in missing)
    found = chain(gone, outcomes(sources, settings, jobs))
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
