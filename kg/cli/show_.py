"""`kg show`: one entity, everything known of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import answer, say
from kg.cli.ending import DONE, PARTLY


@click.command(name="show")
@click.argument("name")
@click.option(
    "--at",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what holds on this day (2024-07-01), as far as reported by then.",
)
@options.graph
def command(name: str, graph: Path, day: datetime | None) -> int:
    """Show what is known of a name, every fact with its sentence.

    NAME is any name it is printed under, or its IRI. When several bear the name, all are shown; when none
    does, close names are suggested and the exit code is 1. A post says when it was reported first and last,
    and for how long it is held where a text says so. A fact that another one contradicts is marked.

    \b
    Example:
      kg show 栖川市
      kg show 栖川市 --at 2024-07-01
    """
    from kg import lexicon
    from kg.cli.facts import Telling
    from kg.cli.names import named
    from kg.config import load
    from kg.resolve import find_conflicts, tables
    from kg.resolve.times import at

    data, ontology = options.load_graph(graph)
    found = named(data, name)
    disputed: set[str] = set()
    if found:
        settings = load(Path())
        single = tables(lexicon.load(settings.lexicon)).single
        disputed = {
            fact.iri
            for one in find_conflicts(data, ontology, single, settings.resolving.figures)
            for fact in one.facts
        }
    if day is not None:
        data = replace(data, facts=at(data.facts, day.date(), {a.id: a for a in data.articles}))
    telling = Telling(data, ontology, disputed, vaguely=day is not None)
    for number, entity in enumerate(found):
        answer("\n" * (number > 0) + "\n".join(telling.entity(entity)))
        if day is not None and not any(entity.iri in (fact.subject, fact.object) for fact in data.facts):
            say(f"{entity.label}: nothing that is reported holds on {day.date()}")
    return DONE if found else PARTLY
