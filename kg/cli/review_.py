"""`kg review`: what resolution leaves to people."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import answer, say
from kg.cli.ending import DONE

SHOWN = 50
PRINTED = 2
"""Of so many articles at most each name is told where it is printed."""


@click.command(name="review")
@click.option("--most", type=click.IntRange(1), default=SHOWN, show_default=True, help="How many to list.")
@options.graph
def command(most: int, graph: Path) -> int:
    """List names that were kept apart and may be one, likeliest first, with what speaks for and against it.

    Each comes with two articles that print it; `kg show IRI` tells all. `kg merge` with both IRIs makes
    them one.

    \b
    Example:
      kg review --most 10
    """
    from kg.cli.facts import Telling
    from kg.publish import label

    data, ontology = options.load_graph(graph)
    telling = Telling(data, ontology)
    for doubt in data.doubts[:most]:
        lines = [f"{doubt.score:.2f}  {'、'.join(doubt.reasons)}"]
        for iri in (doubt.a, doubt.b):
            one = telling.entities[iri]
            names = f"（{'、'.join(one.aliases)}）" if one.aliases else ""
            lines.append(f"  {one.label}{names}  {label(ontology, one.kind)}  {len(one.articles)} 篇  {iri}")
            articles = (telling.articles[id_] for id_ in one.articles[:PRINTED])
            lines += [f"    {telling.where(article)}" for article in articles]
        answer("\n".join(lines))
    if not data.doubts:
        say("no names were kept apart that may be one")
    return DONE
