"""`kg add`: further pages into a graph that is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.ending import DONE, PARTLY

if TYPE_CHECKING:
    from kg.config import Settings


@click.command(name="add")
@options.paths
@options.graph
@options.reading
@options.min_confidence
def command(paths: tuple[str, ...], graph: Path, jobs: int | None, settings: Settings) -> int:
    """Add pages to a graph without building it anew.

    A PATH is what `kg build` takes. The graph is afterwards what a build of all its pages gives; give the
    same options as for the build. kg.ttl, kg.nq and index.html become stale, which report.json says;
    `kg export`, `kg view` and the next build write them anew.

    \b
    Example:
      kg add 2024-07-20.txt
    """
    from kg.changes import add
    from kg.cli.progress import progress

    with progress() as watch:
        try:
            done = add(paths, settings, graph, jobs=jobs, watch=watch)
        except KeyboardInterrupt as error:
            raise type(error)("the graph is as it was") from None
    watch.say(options.held(done.totals))
    return PARTLY if done.refused else DONE
