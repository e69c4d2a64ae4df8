"""`kg build`: pages → graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.ending import DONE, PARTLY

if TYPE_CHECKING:
    from kg.config import Settings


@click.command(name="build")
@options.paths
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=options.OUTPUT,
    show_default=True,
    metavar="FOLDER",
    help="Where the graph goes; what an earlier build left there is replaced.",
)
@options.reading
@options.min_confidence
def command(paths: tuple[str, ...], out: Path, jobs: int | None, settings: Settings) -> int:
    """Read pages and build their knowledge graph.

    A PATH is a file, a folder, a pattern, or - for standard input. Writes into --out: kg.ttl (Turtle), kg.nq
    (N-Quads with the articles and the evidence), store/ (what `kg query` reads), index.html (the network, to
    open in a browser), report.json (what became of every page). A page that cannot be used is named and left
    out; the exit code is 1 then, and 2 when none could be used: then nothing is replaced. What people decided
    (decisions.tsv) holds. Pages that were built before are not worked on again while nothing changed.

    \b
    Example:
      kg build seeds/pages
      kg build 2024-07/ extra.txt --out july --jobs 2 --city 平湖市
      kg build export.csv --encoding gb18030 --column text=全文 --column title=大标题
    """
    from kg.cli.progress import progress
    from kg.pipeline import build

    with progress() as watch:
        try:
            built = build(paths, settings, out, jobs=jobs, watch=watch)
        except KeyboardInterrupt as error:
            raise type(error)("the graph is as it was") from None
    watch.summarize(built, _deictic(settings.lexicon))
    return PARTLY if built.refused else DONE


def _deictic(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the words that start a name which means another thing in every paper."""
    from kg.table import read_table

    files = [folder / "deictic_openers.tsv" for folder in folders]
    return tuple(row["word"] for file in files if file.is_file() for row in read_table(file).rows)
