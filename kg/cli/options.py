"""Arguments and options that several verbs share, and the settings they work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.config import Settings
    from kg.ledger import Totals
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
    callback=lambda _, __, given: pairs(given, "PART=NAME, like text=正文"),
    help="The column of tables and records that holds a part of an article (title, text, date, author, url, "
    "newspaper); may be repeated. Else recognised by name.",
)


model = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The learned models that `kg train` wrote.  [default: the shipped ones]",
)

min_confidence = click.option(
    "--min-confidence",
    type=float,
    metavar="P",
    help="Leave facts out of the graph that are less sure, all their evidence taken together; 0 to 1.",
)


def pairs(given: Sequence[str], form: str) -> dict[str, str]:
    """Return what options like --set name=周立新 say, by name.

    Raises:
        click.BadParameter: one is not of the form, or says of the same name what another says.
    """
    named: dict[str, str] = {}
    for text in given:
        part, _, name = text.partition("=")
        if not part or not name:
            raise click.BadParameter(f"{text!r} is not {form}")
        if part in named:
            raise click.BadParameter(f"{part} is named twice, {named[part]!r} and {name!r}")
        named[part] = name
    return named


def reading(verb: Callable[..., int]) -> Callable[..., int]:
    """Give a verb that reads pages its arguments and options, and hand it `paths`, `jobs` and `settings`."""

    @wraps(verb)
    def with_settings(
        *,
        city: str | None,
        model: Path | None,
        encoding: str | None,
        columns: Mapping[str, str],
        min_confidence: float | None = None,
        **others: Any,
    ) -> int:
        given = settings(city, encoding, columns).with_model(model).with_min_confidence(min_confidence)
        return verb(settings=given, **others)

    for one in (columns, encoding, model, city, jobs):
        with_settings = one(with_settings)
    return with_settings


def load_graph(folder: Path) -> tuple[Graph, Ontology]:
    """Return the graph in a folder and the ontology of the settings.

    Raises:
        StoreError: there is no graph, or it cannot be read.
    """
    from kg.ontology import load
    from kg.rdf import open_dataset

    return open_dataset(folder).graph(), load(settings().ontology)


def held(totals: Totals) -> str:
    """Return what a graph holds, in a sentence."""
    left = f"; {totals.unsure:,} less sure facts are not in it" if totals.unsure else ""
    return (
        f"the graph holds {totals.pages:,} pages, {totals.articles:,} articles, "
        f"{totals.entities:,} entities, {totals.facts:,} facts{left}"
    )


def settings(
    city: str | None = None, encoding: str | None = None, columns: Mapping[str, str] | None = None
) -> Settings:
    """Return the settings of the working folder, changed by what the command line says.

    Raises:
        ConfigError: an encoding or a part of an article that is unknown.
    """
    from kg.config import load

    return load(Path()).with_city(city).with_reading(encoding, columns or {})
