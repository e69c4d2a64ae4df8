"""`kg export`: the graph in other formats."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import emit, say
from kg.cli.ending import DONE

FORMATS = ("ttl", "nt", "nq", "jsonld", "graphml")


@click.command(name="export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    required=True,
    help="ttl, nt, jsonld: entities and statements; nq: with articles and evidence; graphml: the network.",
)
@click.option(
    "--to", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="A file instead of stdout."
)
@options.graph
def command(format_: str, to: Path | None, graph: Path) -> int:
    """Write the graph in another format, to stdout or a file.

    \b
    Example:
      kg export --format jsonld --to graph.jsonld
      kg export --format nt | sort | head
    """
    from kg.pipeline import put
    from kg.publish import graphml
    from kg.rdf import export

    if format_ == "graphml":
        data = graphml(*options.load_graph(graph))
    else:
        data = export(graph, format_, options.settings())
    if to is None:
        emit(data)
    else:
        put(to, data)
        say(f"written: {to}")
    return DONE
