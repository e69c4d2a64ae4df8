"""`kg merge`: two things that are one."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(name="merge")
@click.argument("a")
@click.argument("b")
@options.graph
def command(a: str, b: str, graph: Path) -> int:
    """Say that A and B are one.

    Each is a name that only one thing bears, or an IRI. The decision is a line in decisions.tsv, holds in
    every build, and is undone by deleting the line.

    \b
    Example:
      kg merge 河口经开 河口经济技术开发区
    """
    from kg.cli.deciding import settle, the_one
    from kg.errors import InputError
    from kg.model import Same

    data, _ = options.load_graph(graph)
    one, other = the_one(data, a), the_one(data, b)
    if one == other:
        raise InputError(b, f"it is the same as {a} already")
    return settle([Same(one.members[0], other.members[0])], graph)
