"""The whole build on Spark, on one screen: what is read, said, merged, stated and written, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kg import cache, rdf
from kg.config import Settings
from kg.errors import ReadError
from kg.ledger import Pieces
from kg.model import Findings
from kg.model.digest import digest
from kg.pipeline import Built, Watch, assemble
from kg.report import Outcome
from kg.spark import output, stages
from kg.spark.files import places
from kg.spark.reading import read_all
from kg.spark.session import session
from kg.spark.shelf import FOLDER, Shelf
from kg.spark.task import task_of

FITS = 100_000
"""Up to so many pages also what one machine builds is written: the store, Turtle, the network page."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A finished build: where it lies, how much it holds, and what could not be used.

    `built` is what was built besides for this machine alone, if it was.
    """

    out: str
    pages: int
    articles: int
    entities: int
    facts: int
    refused: tuple[Outcome, ...]
    built: Built | None = None


def build(
    paths: Sequence[str],
    settings: Settings,
    out: str,
    *,
    master: str | None = None,
    conf: Mapping[str, str] | None = None,
    watch: Watch | None = None,
) -> Spread:
    """Build the graph of all pages on a cluster, and replace what lies in `out` by it.

    The N-Quads are those of `kg.pipeline.build`, to the byte. What was finished when a run was killed is not
    done again by the next one. While it runs, what lay in `out` stays as it was. A graph in a folder
    of this machine that fits it is written as `kg.pipeline.build` does besides.

    Args:
        paths: files, folders and patterns that every machine of the cluster sees, and addresses of file
            systems that Spark knows (hdfs://, s3a://, file://).
        settings: as for every build.
        out: a folder that every machine sees, or an address.
        master: where Spark runs; None for what its own settings say.
        conf: settings of Spark.
        watch: is told how it goes.

    Raises:
        InputError: Spark or Java is missing.
        ReadError: no page could be read; nothing was replaced.
        KgError: as for every build.
    """
    watch = watch or Watch()
    task = task_of(settings)
    spark = session(master, conf)
    local = "://" not in out
    with ExitStack() as left:
        if local:
            rdf.claim(Path(out))
            left.enter_context(rdf.alone(Path(out)))
        home = str(Path(out).absolute()) if local else out.rstrip("/")
        shelf = Shelf(spark, f"{home}/{FOLDER}")
        files, missing = places(spark, paths, settings.reading)
        watch.begin(len(files))
        refused = [Outcome(error.source, None, error) for error in missing]
        for one in refused:
            watch.page(one)
        read = read_all(shelf, files, task, watch)
        refused += read.refused
        if not read.pages:
            raise ReadError(", ".join(paths), "no page could be read", remedy="nothing was replaced")
        made_of = (
            *read.tables,
            digest(repr(cache.jot(task.decisions)), repr((settings.min_confidence, settings.resolving))),
        )
        said = shelf.read(*read.tables)
        watch.stage("resolve")
        found = stages.resolved(shelf, said, task, made_of)
        watch.stage("write")
        output.write(shelf, home, said, found, task, made_of)
        counted = _counts(found)
        fits = local and counted[0] <= FITS
        came = chain(refused, _kept(said, Path(out))) if fits else ()
        pieces = Pieces(settings, task.decisions)
        done = assemble(came, settings, pieces, Path(out), watch) if fits else None
        shelf.tidy("pages")
    return Spread(out, *counted, tuple(refused), done)


def _kept(said: DataFrame, out: Path) -> Iterator[Outcome]:
    """Put what the pages say where one machine looks for it, and yield it."""
    with cache.opened(out, write=True) as kept:
        for row in said.where("findings IS NOT NULL").select("source", "found", "findings").toLocalIterator():
            findings = cache.decode(bytes(row["findings"]), Findings)
            kept.put(row["found"], findings)
            source = bytes(row["source"]).decode("utf-8", "surrogatepass")
            yield Outcome(source, findings, key=row["found"], kept=True)


def _counts(found: stages.Found) -> tuple[int, int, int, int]:
    pages = found.pages.agg(sql.count("*"), sql.sum(sql.expr("said[0]"))).first()
    entities = found.entities.where("iri IS NOT NULL").count()
    return int(pages[0]), int(pages[1]), entities, found.facts.count()  # type: ignore[index]
