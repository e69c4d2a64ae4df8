"""`kg rename`: the name under which a thing is shown."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(name="rename")
@click.argument("name")
@click.argument("new", metavar="NEW")
@options.graph
def command(name: str, new: str, graph: Path) -> int:
    """Say under which name a thing is shown; it keeps its others.

    The decision is a line in decisions.tsv, holds in every build, and is undone by deleting the line.

    \b
    Example:
      kg rename 河口经开 河口经济技术开发区
    """
    from kg.cli.deciding import settle, the_one
    from kg.errors import InputError
    from kg.model import Named

    if not new.strip():
        raise InputError("NEW", "it is empty", remedy="give a name")
    data, _ = options.load_graph(graph)
    return settle([Named(the_one(data, name).members[0], new)], graph)
