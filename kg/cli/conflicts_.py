"""`kg conflicts`: facts of which only one can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.console import answer, say
from kg.cli.ending import DONE

if TYPE_CHECKING:
    from kg.cli.facts import Telling
    from kg.resolve import Conflict


@click.command(name="conflicts")
@options.graph
def command(graph: Path) -> int:
    """List facts that contradict each other, each with its sentences.

    Two totals for one project, two mayors at one time: all are kept in the graph, and only predicates
    that the ontology marks (kg:oneValued, kg:oneHolder) are compared. `kg reject` drops a fact; two holders
    of one name that are one person are made one by the line that is printed below them.

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
    found = find_conflicts(data, ontology, single, settings.resolving.figures)
    for number, conflict in enumerate(found):
        about = f"{telling.end(conflict.about)} · {conflict.title or label(ontology, conflict.predicate)}"
        lines = [about]
        for fact in conflict.facts:
            lines += [f"  {line}" for line in telling.statement(fact)]
            lines.append(f"    {fact.iri}")
        lines += [f"  {line}" for line in _namesakes(conflict, telling)]
        answer("\n" * (number > 0) + "\n".join(lines))
    if not found:
        say("no facts contradict each other")
    return DONE


def _namesakes(conflict: Conflict, telling: Telling) -> Iterator[str]:
    """Yield how to make those one that contradict each other and bear one name."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for fact in conflict.facts:
        for end in (fact.subject, fact.object):
            if isinstance(end, str):
                bearers[telling.end(end)].add(end)
    for name in sorted(bearers):
        first, *others = sorted(bearers[name])
        for other in others:
            yield f"{name}: the same? kg merge {first} {other}"
