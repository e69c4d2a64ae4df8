"""`kg view`: the network page."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE


@click.command(name="view")
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the page goes.  [default: index.html beside the graph]",
)
@options.graph
def command(to: Path | None, graph: Path) -> int:
    """Write the network as one HTML page.

    It opens from disk and asks nothing of any other machine.

    \b
    Example:
      kg view --to network.html
    """
    from kg.pipeline import put
    from kg.publish import view
    from kg.rdf import renew

    data, ontology = options.load_graph(graph)
    file = to or graph / "index.html"
    page = view(data, ontology).encode()
    if to is None:
        renew(graph, {file.name: page})
    else:
        put(file, page)
    say(f"open {file} in a browser")
    return DONE
