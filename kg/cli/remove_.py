"""`kg remove`: a page out of the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE


@click.command(name="remove")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@options.graph
def command(pages: tuple[str, ...], graph: Path) -> int:
    """Take pages out of a graph, and out of all that is kept of them beside it.

    A PAGE is the id or the source that `kg stats --pages` lists. When another source has the same text, the
    page stays until its id is given. kg.ttl, kg.nq and index.html still hold the page until `kg export`,
    `kg view` or the next build writes them anew.

    \b
    Example:
      kg remove 2024-07-19.txt
    """
    from kg.changes import remove

    done = remove(pages, options.settings(), graph)
    say(options.held(done.totals))
    return DONE
