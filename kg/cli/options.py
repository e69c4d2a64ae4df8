"""Arguments and options that several verbs share, and the settings they work with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.model import Graph
    from kg.ontology import Ontology

OUTPUT = Path("output")

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")

graph = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=OUTPUT,
    show_default=True,
    metavar="FOLDER",
    help="The folder that `kg build` wrote.",
)

city = click.option(
    "--city",
    metavar="NAME",
    help="The city that the paper calls its own (平湖市); else inferred page by page.",
)


jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes.  [default: one per core, fewer for few files]",
)


def load_graph(folder: Path) -> tuple[Graph, Ontology]:
    """Return the graph in a folder and the ontology of the settings.

    Raises:
        StoreError: there is no graph, or it cannot be read.
    """
    from kg.ontology import load
    from kg.rdf import open_dataset

    return open_dataset(folder).graph(), load(settings().ontology)


def settings(city: str | None = None) -> Settings:
    """Return the settings of the working folder, with the city of the command line if one was given."""
    from kg.config import load

    return load(Path()).with_city(city)
