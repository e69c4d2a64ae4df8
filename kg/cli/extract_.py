"""`kg extract`: pages → one annotation a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.ending import DONE, PARTLY

if TYPE_CHECKING:
    from kg.config import Settings


@click.command(name="extract")
@options.paths
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where the JSON files go; created when missing.",
)
@options.reading
def command(paths: tuple[str, ...], out: Path, jobs: int | None, settings: Settings) -> int:
    """Write what each page says, page by page, as JSON.

    A PATH is a file, a folder, a pattern, or - for standard input. One STEM.json a page: its articles with
    headline and byline, the entities and facts of each, every fact with its sentence. Where two pages share
    a stem, the page's id is added to both (STEM.ID.json). Names are resolved within the page only.

    \b
    Example:
      kg extract seeds/pages --out findings
      kg extract export.csv --out findings --encoding gb18030 --column text=全文
    """
    from kg.cli.progress import progress
    from kg.errors import ReadError
    from kg.pipeline import write_annotations

    with progress() as watch:
        outcomes = write_annotations(paths, settings, out, jobs=jobs, watch=watch)
    written = sum(o.findings is not None for o in outcomes)
    if not written:
        raise ReadError(", ".join(paths), "no page could be read", remedy="nothing was written")
    watch.say(f"{written} pages written into {out}")
    return DONE if written == len(outcomes) else PARTLY
