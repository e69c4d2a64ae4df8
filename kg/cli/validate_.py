"""`kg validate`: the graph against its shapes."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import answer
from kg.cli.ending import DONE, PARTLY


@click.command(name="validate")
@options.graph
def command(graph: Path) -> int:
    """Check the graph with SHACL.

    What must hold are the shapes of the ontology, and domain and range of every predicate. Lists what does
    not conform; the exit code is 1 then.

    \b
    Example:
      kg validate
    """
    from kg.rdf import validate

    report = validate(graph, options.settings())
    for problem in report.problems:
        value = "" if problem.value is None else f" ({problem.value})"
        answer(f"{problem.node}: {problem.message}{value}")
    verdict = "conforms" if report.conforms else f"does not conform: {len(report.problems):,} problems"
    answer(f"{graph}: {verdict}; {report.triples:,} triples checked")
    return DONE if report.conforms else PARTLY
