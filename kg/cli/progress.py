"""How a build is watched: a bar where stderr is a terminal, plain lines where it is not."""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.cli.console import console, table
from kg.cli.ending import WHOLE
from kg.hanzi.shown import printable
from kg.pipeline import Built, Watch
from kg.report import Outcome, sizes

STAGES = {"resolve": "merging names", "write": "writing the graph"}
SECONDS_BETWEEN_LINES = 5.0
KNOWN_BY_NAME = {"Person", "Place", "Organization"}
"""What somebody asks about first."""

PLAIN = re.compile(r"[\w@%+=:,./-]+")
"""What a shell takes as it stands: 周立新, output/index.html. Letters are those of every script."""


def quoted(text: str) -> str:
    """Return a text as one word of a shell.

    >>> quoted("周立新"), quoted("a b; c")
    ('周立新', "'a b; c'")
    """
    return text if PLAIN.fullmatch(text) else shlex.quote(text)


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
        articles, claims = sizes(outcome)
        self.articles += articles
        self.claims += claims
        self.done += 1
        self.tell()

    def tell(self) -> None:
        """Say how far it is, unless that was said a moment ago."""
        if time.monotonic() - self.told >= SECONDS_BETWEEN_LINES:
            self.told = time.monotonic()
            said = f"{self.done} of {self.pages} pages, {self.articles} articles, {self.claims} facts"
            self.say(f"{said}, {self.rate():.1f} pages a second, {self.left()} left")

    def rate(self) -> float:
        """Return how many pages were done in a second since the first came."""
        return self.done / max(time.monotonic() - self.started, 1e-9)

    def left(self) -> str:
        """Return how long the other pages will take if they are like those that are done.

        >>> lines = Lines(console(err=True))
        >>> lines.pages, lines.done, lines.started = 8000, 1000, time.monotonic() - 1000
        >>> lines.left()
        '1:56:40'
        """
        return str(timedelta(seconds=round((self.pages - self.done) / max(self.rate(), 1e-9))))

    def stage(self, name: str) -> None:
        """Say what is done now."""
        self.say(f"{STAGES[name]} …")

    def say(self, text: str) -> None:
        """Write one line."""
        self.console.print(printable(text), soft_wrap=True)

    def summarize(self, built: Built, deictic: Collection[str] = ()) -> None:
        """Close with what was built and what to do with it.

        Names that start with a `deictic` word (我市) are asked about only when there is no other.
        """
        seconds = time.monotonic() - self.started
        totals = built.totals
        columns = ("pages", "left out", "articles", "entities", "facts")
        figures = (totals.pages, len(built.refused), totals.articles, totals.entities, totals.facts)
        self.say(f"built in {seconds:.1f} s")
        self.say(table(columns, [[f"{value:,}" for value in figures]], err=True))
        if totals.unsure:
            self.say(f"{totals.unsure:,} less sure facts are not in the graph (--min-confidence)")
        best = _best_connected(built, tuple(deictic))
        self.say(f"open      {quoted(str(built.out / 'index.html'))}      the network, in a browser")
        if best is not None:
            option = "" if str(built.out) == "output" else f" --graph {quoted(str(built.out))}"
            # a name that looks like an option comes last, behind a sign that no option follows
            named = f"{option} -- {quoted(best)}" if best[0] == "-" else f" {quoted(best)}{option}"
            self.say(f"ask next  kg show{named}")
            self.say(f"          kg query --list{option}")


class Bar(Lines):
    """Draws a bar with pages done, articles, facts and the time left."""

    def __init__(self, console: Console, bar: Progress) -> None:
        super().__init__(console)
        self.bar = bar
        self.task = bar.add_task("reading", total=None, articles=0, facts="")

    def begin(self, pages: int) -> None:
        """Give the bar its length."""
        super().begin(pages)
        self.bar.update(self.task, total=pages)

    def tell(self) -> None:
        """Move the bar."""
        said = f"{self.claims} facts  {self.rate():.1f}/s"
        self.bar.update(self.task, completed=self.done, articles=self.articles, facts=said)

    def stage(self, name: str) -> None:
        """Say what is done now, in front of the bar."""
        self.bar.update(self.task, description=STAGES[name])


@contextmanager
def progress() -> Iterator[Lines]:
    """Give a watch that fits what stderr is; a page never ends a process that is `kg` and nothing else."""
    to = console(err=True)
    if not sys.stderr.isatty():
        yield _apart(Lines(to))
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("pages  {task.fields[articles]} articles  {task.fields[facts]} "),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=to, transient=True) as bar:
        yield _apart(Bar(to, bar))


def _apart(watch: Lines) -> Lines:
    context = click.get_current_context(silent=True)
    watch.apart = context is not None and context.obj is WHOLE
    return watch


def _best_connected(built: Built, deictic: tuple[str, ...]) -> str | None:
    """Return the name of the entity with the most facts, for a first question; best of a proper name."""
    ranked = []
    for kind, name, count in built.connected:
        pointing, thing = name.startswith(deictic), kind not in KNOWN_BY_NAME
        clean = printable(name) == name
        ranked.append((not clean, pointing, thing, -count, name))
    return min(ranked)[-1] if ranked else None
