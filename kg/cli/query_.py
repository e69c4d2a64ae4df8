"""`kg query`: SPARQL over the graph."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import options

FORMATS = ("table", "csv", "tsv", "json", "ttl")


@click.command(name="query")
@click.argument("sparql", required=False, metavar="[SPARQL]")
@click.option(
    "-f",
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from a file.",
)
@click.option("--name", metavar="NAME", help="Ask one of the questions that `--list` shows.")
@click.option("--list", "list_", is_flag=True, help="List the questions that are ready to ask.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="table for people; csv, tsv, json: the SPARQL result formats; ttl for CONSTRUCT and DESCRIBE.",
)
@options.graph
def command(
    sparql: str | None, file: Path | None, name: str | None, list_: bool, format_: str, graph: Path
) -> int:
    """Ask the graph a SPARQL question.

    The prefixes kg, rdf, rdfs, owl, xsd, skos, prov and schema need no declaration.

    \b
    Examples:
      kg query --list
      kg query --name who-met-whom
      kg query 'SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } LIMIT 5' --format csv
    """
    if sum((sparql is not None, file is not None, name is not None, list_)) != 1:
        raise click.UsageError("give one of: a SPARQL query, -f FILE, --name NAME, --list")
