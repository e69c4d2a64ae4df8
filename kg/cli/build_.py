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
    default=str(options.OUTPUT),
    show_default=True,
    metavar="FOLDER",
    help="Where the graph goes; what an earlier build left there is replaced.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "spark"]),
    default="local",
    show_default=True,
    help="spark: on a cluster (the extra `spark`, and Java 17).",
)
@click.option("--master", metavar="URL", help="Where Spark runs: local[2], spark://host:7077, yarn, k8s://…")
@click.option(
    "--conf",
    multiple=True,
    metavar="NAME=VALUE",
    callback=lambda _, __, given: options.pairs(given, "NAME=VALUE, like spark.executor.memory=8g"),
    help="A setting of Spark; may be repeated.",
)
@options.reading
@options.min_confidence
def command(
    paths: tuple[str, ...],
    out: str,
    engine: str,
    master: str | None,
    conf: dict[str, str],
    jobs: int | None,
    settings: Settings,
) -> int:
    """Read pages and build their knowledge graph.

    A PATH is a file, a folder, a pattern, or - for standard input. Writes into --out: kg.ttl (Turtle), kg.nq
    (N-Quads with the articles and the evidence), store/ (what `kg query` reads), index.html (the network, to
    open in a browser), report.json (what became of every page). A page that cannot be used is named and left
    out; the exit code is 1 then, and 2 when none could be used: then nothing is replaced. What people decided
    (decisions.tsv) holds. Pages that were built before are not worked on again while nothing changed.

    With --engine spark, PATH and --out may be addresses (s3a://…, hdfs://…); the graph is written in parts,
    nquads/ and parquet/, and where it fits one machine all of the above is written as well.

    \b
    Example:
      kg build seeds/pages
      kg build 2024-07/ extra.txt --out july --jobs 2 --city 平湖市
      kg build export.csv --encoding gb18030 --column text=全文 --column title=大标题
      kg build --engine spark --master 'local[4]' archive/
    """
    from kg.cli.progress import progress
    from kg.pipeline import build

    if engine == "spark":
        return _on_spark(paths, out, master, conf, jobs, settings)
    if master is not None or conf:
        raise click.UsageError("--master and --conf go with --engine spark")
    if "://" in out:
        raise click.UsageError("--out takes an address with --engine spark only")
    with progress() as watch:
        try:
            built = build(paths, settings, Path(out), jobs=jobs, watch=watch)
        except KeyboardInterrupt as error:
            raise type(error)("the graph is as it was") from None
    watch.summarize(built, _deictic(settings.lexicon))
    return PARTLY if built.refused else DONE


def _on_spark(
    paths: tuple[str, ...],
    out: str,
    master: str | None,
    conf: dict[str, str],
    jobs: int | None,
    settings: Settings,
) -> int:
    from kg.cli.progress import progress
    from kg.spark.session import session

    if jobs is not None:
        raise click.UsageError("--jobs goes with --engine local; with spark --master says how many")
    session(master, conf)
    from kg.spark.engine import build

    with progress() as watch:
        try:
            built = build(paths, settings, out, watch=watch)
        except KeyboardInterrupt as error:
            raise type(error)("the graph is as it was") from None
        watch.say(f"in parts  {out}/nquads  {out}/parquet")
        if built.built is not None:
            watch.summarize(built.built, _deictic(settings.lexicon))
        else:
            watch.say(
                f"{built.pages:,} pages, {built.articles:,} articles, {built.entities:,} entities, "
                f"{built.facts:,} facts; kg push loads them into a server"
            )
    return PARTLY if built.refused else DONE


def _deictic(folders: Sequence[Path]) -> tuple[str, ...]:
    """Return the words that start a name which means another thing in every paper."""
    from kg.table import read_table

    files = [folder / "deictic_openers.tsv" for folder in folders]
    return tuple(row["word"] for file in files if file.is_file() for row in read_table(file).rows)
