"""`kg query`: SPARQL over the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.console import answer, emit
from kg.cli.ending import DONE

if TYPE_CHECKING:
    from kg.rdf.queries import Question

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
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="NAME=VALUE",
    callback=lambda _, __, given: options.pairs(given, "NAME=VALUE, like name=周立新"),
    help="Set a parameter of the question that --name asks, which `--list` names; may be repeated.",
)
@click.option("--list", "list_", is_flag=True, help="List the questions that are ready to ask.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="table for people; csv, tsv, json: the SPARQL result formats; ttl for CONSTRUCT and DESCRIBE.",
)
@click.option(
    "--time-limit",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after so long; Ctrl-C ends a query at any moment.",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="Ask a SPARQL server (http://host:7878/query) instead of the folder.",
)
@options.graph
def command(
    sparql: str | None,
    file: Path | None,
    name: str | None,
    values: dict[str, str],
    list_: bool,
    format_: str,
    seconds: float | None,
    endpoint: str | None,
    graph: Path,
) -> int:
    """Ask the graph a SPARQL question.

    The prefixes kg, rdf, rdfs, owl, xsd, skos, oa, prov, org, dcterms and schema need no declaration. An
    answer is taken from all graphs together, unless the query names one.

    \b
    Examples:
      kg query --list
      kg query --name who-met-whom
      kg query --name posts-of-a-person --set name=周立新
      kg query 'SELECT ?name WHERE { ?p a kg:Person ; rdfs:label ?name } LIMIT 5' --format csv
      kg query --name who-met-whom --endpoint http://127.0.0.1:7878/query
    """
    from kg.rdf import queries
    from kg.rdf.apart import ask_apart

    if [sparql, file, name, list_ or None].count(None) != 3:
        raise click.UsageError("give one of: a SPARQL query, -f FILE, --name NAME, --list")
    if values and name is None:
        raise click.UsageError("--set goes with --name")
    ontology = options.settings().ontology
    if list_:
        questions = queries.load(ontology)
        width = max((len(q.name) for q in questions), default=0)
        answer("\n".join(f"{q.name:{width}}  {q.title}{_settable(q)}" for q in questions))
        return DONE
    if name is not None:
        sparql = queries.find(ontology, name).bind(values)
    elif file is not None:
        sparql = _read(file)
    if endpoint is not None:
        from kg.remote import ask

        out = ask(endpoint, sparql or "", format_, seconds)
    else:
        out = ask_apart(graph, sparql or "", format_, seconds)
    emit(out if out.endswith("\n") else out + "\n")
    return DONE


def _settable(question: Question) -> str:
    """Return what can be set in a question, in brackets, or nothing."""
    names = ", ".join(parameter.name for parameter in question.parameters)
    return f"  [--set {names}]" if names else ""


def _read(file: Path) -> str:
    from kg.errors import InputError

    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise InputError(str(file), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        where = f"byte {error.start}"
        raise InputError(str(file), "not UTF-8", where=where, remedy="save it as UTF-8") from error
