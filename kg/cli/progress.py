"""How a build is watched: a bar where stderr is a terminal, plain lines where it is not."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.cli.console import console, printable, table
from kg.pipeline import Built, Watch
from kg.report import Outcome

STAGES = {"resolve": "merging names", "write": "writing the graph"}
SECONDS_BETWEEN_LINES = 5.0


class Lines(Watch):
    """Says what happens in plain lines, pages at most every few seconds."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.started = self.told = time.monotonic()
        self.pages = self.done = self.articles = self.claims = 0

    def begin(self, pages: int) -> None:
        """Remember how many lie ahead."""
        self.pages = pages

    def page(self, outcome: Outcome) -> None:
        """Count the page; name it with its remedy when it cannot be used."""
        if outcome.error is not None:
            self.say(f"left out: {outcome.error}")
        if outcome.findings is not None:
            self.articles += len(outcome.findings.articles)
            self.claims += len(outcome.findings.claims)
        self.done += 1
        self.tell()

    def tell(self) -> None:
        """Say how far it is, unless that was said a moment ago."""
        if time.monotonic() - self.told >= SECONDS_BETWEEN_LINES:
            self.told = time.monotonic()
            self.say(f"{self.done} of {self.pages} pages, {self.articles} articles, {self.claims} facts")

    def stage(self, name: str) -> None:
        """Say what is done now."""
        self.say(f"{STAGES[name]} …")

    def say(self, text: str) -> None:
        """Write one line."""
        self.console.print(printable(text))

    def summarize(self, built: Built) -> None:
        """Close with what was built and what to do with it."""
        seconds = time.monotonic() - self.started
        graph = built.graph
        columns = ("pages", "left out", "articles", "entities", "facts")
        figures = (graph.pages, built.refused, graph.articles, graph.entities, graph.facts)
        self.say(f"built in {seconds:.1f} s")
        self.say(table(columns, [[f"{len(values):,}" for values in figures]], err=True))
        best = _best_connected(built)
        self.say(f"open      {built.out / 'index.html'}      the network, in a browser")
        if best is not None:
            option = "" if str(built.out) == "output" else f" --graph {built.out}"
            self.say(f"ask next  kg show {best}{option}")
            self.say(f"          kg query --list{option}")


class Bar(Lines):
    """Draws a bar with pages done, articles, facts and the time left."""

    def __init__(self, console: Console, bar: Progress) -> None:
        super().__init__(console)
        self.bar = bar
        self.task = bar.add_task("reading", total=None, articles=0, facts=0)

    def begin(self, pages: int) -> None:
        """Give the bar its length."""
        super().begin(pages)
        self.bar.update(self.task, total=pages)

    def tell(self) -> None:
        """Move the bar."""
        self.bar.update(self.task, completed=self.done, articles=self.articles, facts=self.claims)

    def stage(self, name: str) -> None:
        """Say what is done now, in front of the bar."""
        self.bar.update(self.task, description=STAGES[name])


@contextmanager
def progress() -> Iterator[Lines]:
    """Give a watch that fits what stderr is."""
    to = console(err=True)
    if not sys.stderr.isatty():
        yield Lines(to)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages  {task.fields[articles]} articles  {task.fields[facts]} facts "),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=to, transient=True) as bar:
        yield Bar(to, bar)


def _best_connected(built: Built) -> str | None:
    """Return the name of the entity with the most facts, for a first question."""
    names = {e.iri: e.label for e in built.graph.entities}
    degree = Counter(end for f in built.graph.facts for end in (f.subject, f.object) if end in names)
    return min((-count, names[str(iri)]) for iri, count in degree.items())[1] if degree else None
