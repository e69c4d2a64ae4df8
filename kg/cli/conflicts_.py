"""`kg conflicts`: facts of which only one can hold."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import answer
from kg.cli.ending import DONE


@click.command(name="conflicts")
@options.graph
def command(graph: Path) -> int:
    """List facts that contradict each other, each with its sentences.

    Two totals for one project, two mayors at one time: all are kept in the graph, and only predicates
    that the ontology marks (kg:oneValued, kg:oneHolder) are compared. `kg reject` drops a fact.

    \b
    Example:
      kg conflicts
    """
    from kg import lexicon
    from kg.cli.facts import Telling
    from kg.config import load
    from kg.publish import label
    from kg.resolve import find_conflicts, tables

    data, ontology = options.load_graph(graph)
    telling = Telling(data, ontology)
    settings = load(Path())
    single = tables(lexicon.load(settings.lexicon)).single
    for number, conflict in enumerate(find_conflicts(data, ontology, single, settings.resolving.figures)):
        about = f"{telling.end(conflict.about)} · {conflict.title or label(ontology, conflict.predicate)}"
        lines = [about]
        for fact in conflict.facts:
            lines += [f"  {line}" for line in telling.statement(fact)]
            lines.append(f"    {fact.iri}")
        answer("\n" * (number > 0) + "\n".join(lines))
    return DONE
