"""`kg decide`: the graph as the file of decisions says now."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE


@click.command(name="decide")
@options.graph
def command(graph: Path) -> int:
    """Bring a graph up to date with decisions.tsv after lines were written or deleted by hand.

    No page is read. `kg build` and `kg add` do the same besides their work.

    \b
    Example:
      kg decide
    """
    from kg.changes import redo

    say(options.held(redo(options.settings(), graph).totals))
    return DONE
