"""`kg path`: how two entities hang together."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import answer, say
from kg.cli.ending import DONE, PARTLY


@click.command(name="path")
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@options.graph
def command(start: str, end: str, graph: Path) -> int:
    """Show the shortest way from A to B, with its sentences.

    Exit code 1 when a name is not found or no way leads from one to the other.

    \b
    Example:
      kg path 栖川市 邵启明
    """
    from kg.cli.facts import Telling
    from kg.cli.names import named
    from kg.publish import find_path

    data, ontology = options.load_graph(graph)
    starts, ends = named(data, start), named(data, end)
    if not starts or not ends:
        return PARTLY
    if set(starts) & set(ends):
        say(f"{start} and {end} are the same")
        return DONE
    ways = [way for a in starts for b in ends if (way := find_path(data, a, b))]
    if not ways:
        say(f"no way leads from {start} to {end}")
        return PARTLY
    telling = Telling(data, ontology)
    for step in min(ways, key=len):
        answer(f"{step.start.label} — {step.end.label}")
        for fact in step.facts:
            for line in telling.statement(fact):
                answer(f"  {line}")
    return DONE
