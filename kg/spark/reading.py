"""Pages are read in waves: a wave that is finished is kept, and one in which a process ends is parted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from kg.errors import ReadError
from kg.ledger import source_name
from kg.pipeline import Watch
from kg.report import Outcome
from kg.spark import forms, work
from kg.spark.files import Place, contents
from kg.spark.shelf import Shelf
from kg.spark.task import Task

WAVE = 512
"""Files of a wave, on average, as long as there are not too many waves."""
WAVES = 4096
AT_ONCE = 2
"""Waves that are worked on at one time, so that no process waits for the last of another wave."""
TASK = 16
"""Files of a task."""
_CRASHED = ("Python worker exited unexpectedly", "Python worker failed to connect back", "Connection reset")
"""What Spark says when a process was ended, and not when it raised an error."""


@dataclass(slots=True)
class Read:
    """What was read: where its tables lie (PAGES), in fixed order, what is refused, and how much there is.

    Pages count once for each input.
    """

    tables: list[str] = field(default_factory=list)
    refused: list[Outcome] = field(default_factory=list)
    pages: int = 0


def read_all(shelf: Shelf, files: Sequence[Place], task: Task, watch: Watch) -> Read:
    """Read all files and return what became of them.

    Which files a wave holds depends on their names, so that a file more changes one wave.
    """
    number = 1
    while number < WAVES and number * WAVE < len(files):
        number *= 2
    waves: dict[tuple[int, bool], list[Place]] = {}
    for place in files:
        waves.setdefault((_hash(place.name) % number, place.remote), []).append(place)
    jobs = [waves[key] for key in sorted(waves)]
    cores = shelf.spark.sparkContext.defaultParallelism
    done = Read()
    pool = ThreadPoolExecutor(max(AT_ONCE, AT_ONCE * cores * TASK // WAVE))
    try:
        for paths in pool.map(partial(_wave, shelf, task.undecided()), jobs):
            done.tables += paths
            _tell(shelf, paths, done, watch)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        shelf.spark.sparkContext.cancelAllJobs()
        raise
    pool.shutdown()
    return done


def _hash(name: str) -> int:
    return int.from_bytes(blake2b(source_name(name), digest_size=4).digest(), "big")


def _wave(shelf: Shelf, task: Task, files: Sequence[Place]) -> list[str]:
    made_of = (task.whole, task.mark, task.settings.base, repr(task.settings.reading), forms.ddl(forms.PAGES))
    path = shelf.place("pages", (*made_of, *(place.mark for place in files)))
    if shelf.whole(path):
        return [path]
    given = contents(shelf.spark, files, len(files) // TASK)
    try:
        said = forms.mapped(given, partial(work.said, task), forms.PAGES)
        said.write.mode("overwrite").parquet(path)
    except (PySparkException, Py4JError) as error:
        if not any(words in str(error) for words in _CRASHED):
            raise
        if len(files) > 1:
            half = len(files) // 2
            return _wave(shelf, task, files[:half]) + _wave(shelf, task, files[half:])
        _set_aside(shelf, files[0], path)
    return [path]


def _set_aside(shelf: Shelf, place: Place, path: str) -> None:
    """Write down that a file ends the process that reads it."""
    told = (
        place.path,
        "the process that read it ended, as when memory runs out",
        None,
        "leave it out, or split it",
    )
    row = {"at": f"{place.path}#", "source": source_name(place.path), "error": json.dumps(told).encode()}
    columns = forms.ddl(forms.PAGES)
    values = [tuple(row.get(name) for name in forms.PAGES.names)]
    shelf.spark.createDataFrame(values, columns).write.mode("overwrite").parquet(path)


def _tell(shelf: Shelf, paths: Sequence[str], done: Read, watch: Watch) -> None:
    rows = shelf.read(*paths).select("source", "error").collect()
    for source, error in sorted((bytes(row["source"]), bytes(row["error"] or b"")) for row in rows):
        outcome = Outcome(source.decode("utf-8", "surrogatepass"), None, _error(error))
        done.pages += outcome.error is None
        done.refused += [outcome] * (outcome.error is not None)
        watch.page(outcome)


def _error(told: bytes) -> ReadError | None:
    if not told:
        return None
    source, what, where, remedy = json.loads(told)
    return ReadError(source, what, where=where, remedy=remedy)
