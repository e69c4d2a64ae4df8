"""`kg retype`: the class of a thing."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options


@click.command(name="retype")
@click.argument("name")
@click.argument("kind", metavar="CLASS")
@options.graph
def command(name: str, kind: str, graph: Path) -> int:
    """Say of which class a thing is.

    CLASS is a class of the ontology: Person, Organization, Place, Project, Event, Award. Facts that make no
    sense for the class are left out. The decision is a line in decisions.tsv.

    \b
    Example:
      kg retype 河口新城 Place
    """
    from kg.cli.deciding import settle, the_one
    from kg.errors import InputError
    from kg.model import Typed

    data, ontology = options.load_graph(graph)
    if kind not in ontology.classes:
        raise InputError("CLASS", f"no class {kind!r}", remedy=f"use one of {', '.join(ontology.classes)}")
    return settle([Typed(the_one(data, name).members[0], kind)], graph)
