"""Arguments and options that several verbs share, and the settings they work with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


encoding = click.option(
    "--encoding",
    metavar="NAME",
    help="The encoding of every text (gb18030, big5, …); else detected file by file.",
)

columns = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="PART=NAME",
    callback=lambda _, __, given: _columns(given),
    help="The column of tables and records that holds a part of an article (title, text, date, author, url, "
    "newspaper); may be repeated. Else recognised by name.",
)


def _columns(given: Sequence[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for text in given:
        part, _, name = text.partition("=")
        if not part or not name:
            raise click.BadParameter(f"{text!r} is not PART=NAME, like text=正文")
        if part in named:
            raise click.BadParameter(f"{part} is named twice, {named[part]!r} and {name!r}")
        named[part] = name
    return named


def load_graph(folder: Path) -> tuple[Graph, Ontology]:
    """Return the graph in a folder and the ontology of the settings.

    Raises:
        StoreError: there is no graph, or it cannot be read.
    """
    from kg.ontology import load
    from kg.rdf import open_dataset

    return open_dataset(folder).graph(), load(settings().ontology)


def settings(
    city: str | None = None, encoding: str | None = None, columns: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings of the working folder, changed by what the command line says.

    Raises:
        ConfigError: an encoding or a part of an article that is unknown.
    """
    from kg.config import load

    return load(Path()).with_city(city).with_reading(encoding, columns or {})
