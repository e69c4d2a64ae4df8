"""`kg export`: the graph in other formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from kg.cli import options
from kg.cli.console import emit, say
from kg.cli.ending import DONE

NETWORKS = ("graphml", "gexf")
TABLES = ("csv", "parquet")
STARRED = ("ttl", "nt", "nq", "trig")
FORMATS = ("ttl", "nt", "nq", "trig", "jsonld", *NETWORKS, *TABLES)


@click.command(name="export")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    required=True,
    help="ttl, nt, jsonld: entities and statements; nq, trig: with articles and evidence; graphml, gexf: the "
    "network; csv, parquet: tables of nodes, figures, edges and evidence.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file instead of stdout; for csv and parquet a folder, which they need.",
)
@click.option("--rdf12", is_flag=True, help="RDF 1.2: statements reify their triples (ttl, nt, nq, trig).")
@options.graph
def command(format_: str, to: Path | None, rdf12: bool, graph: Path) -> int:
    """Write the graph in another format, to stdout or a file.

    CSV has the headers that neo4j-admin imports; what a spreadsheet would run as a formula gets an
    apostrophe in front. Parquet needs the extra `parquet`.

    \b
    Example:
      kg export --format jsonld --to graph.jsonld
      kg export --format nt | sort | head
      kg export --format csv --to tables
    """
    from kg.pipeline import put

    if rdf12 and format_ not in STARRED:
        raise click.UsageError(f"--rdf12 is for {', '.join(STARRED)}")
    if format_ in TABLES:
        if to is None:
            raise click.UsageError(f"{format_} is several files: give a folder with --to")
        for name, data in _tables(format_, graph).items():
            put(to / name, data)
    else:
        data = _file(format_, graph, rdf12=rdf12)
        if to is None:
            emit(data)
            return DONE
        put(to, data)
    say(f"written: {to}")
    return DONE


def _file(format_: str, graph: Path, *, rdf12: bool) -> bytes:
    from kg.publish import gexf, graphml
    from kg.rdf import export

    if format_ in NETWORKS:
        write = gexf if format_ == "gexf" else graphml
        return write(*options.load_graph(graph))
    return export(graph, format_, options.settings(), rdf12=rdf12)


def _tables(format_: str, graph: Path) -> Mapping[str, bytes]:
    from kg.publish import csv_files, parquet_files

    write = csv_files if format_ == "csv" else parquet_files
    return write(*options.load_graph(graph))
