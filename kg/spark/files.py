"""From what a user names to the files to read: on this machine's file system, or on any that Spark knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from kg.config import Reading
from kg.errors import ReadError
from kg.model.digest import digest
from kg.read import KINDS, Source, find
from kg.spark import forms
from kg.spark.shelf import files_of, plain

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:/")  # s3a://bucket/a.txt, and file:/a.txt as Spark gives it back
_WILD = frozenset("*?[{")
LARGEST = 512 << 20
"""Bytes of a file that is not read from a file system of all machines: it travels in one piece."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file to read.

    Attributes:
        name: as pages from it are called.
        path: where it lies; with a scheme when Spark has to fetch it.
        state: its size and when it was changed.
        searched: whether a search in a folder came upon it.
        data: what came in on standard input.
    """

    name: str
    path: str
    state: str
    searched: bool = False
    data: bytes | None = None

    @property
    def remote(self) -> bool:
        """Say whether Spark has to fetch it."""
        return bool(_SCHEME.match(self.path))

    @property
    def mark(self) -> str:
        """Return what is another one when the file is."""
        return digest(self.name, self.path, self.state, str(self.searched), length=32)


def places(
    spark: SparkSession, paths: Sequence[str], reading: Reading
) -> tuple[list[Place], list[ReadError]]:
    """Return the files that are named, each once, by name, and what is wrong with the others."""
    local, errors = find([path for path in paths if "://" not in path], reading)
    found = {place.path: place for place in map(_local, local)}
    for uri in (path for path in paths if "://" in path):
        try:
            for place in _remote(spark, uri):
                if place.state == "":
                    errors.append(_too_large(place))
                else:
                    found[place.path] = min(place, found.get(place.path, place))
        except ReadError as error:
            errors.append(error)
    return sorted(found.values(), key=lambda place: (place.name, place.path)), errors


def _local(source: Source) -> Place:
    path = source.path.absolute()
    if source.data is not None:
        return Place(source.name, str(source.path), digest(repr(source.data)), source.searched, source.data)
    told = path.stat()
    return Place(source.name, str(path), f"{told.st_size} {told.st_mtime_ns}", source.searched)


def _remote(spark: SparkSession, uri: str) -> list[Place]:
    """Return the files under an address; Spark passes over names that begin with . or _."""
    wild = bool(_WILD & set(uri))
    root = uri.rstrip("/")
    try:
        files, there = files_of(spark, uri)
        if not wild and not files.exists(there):
            raise ReadError(uri, "there is no such file or folder", remedy="correct the address")
        single = not wild and files.getFileStatus(there).isFile()
        reader = spark.read.format("binaryFile")
        if not wild:
            reader = reader.option("recursiveFileLookup", "true")
        rows = reader.load(uri if wild else plain(uri)).select(
            "path", "length", sql.unix_micros("modificationTime")
        )
        told = [(str(path), int(size), int(when)) for path, size, when in rows.collect()]
        whole = str(there.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()).makeQualified(there))
    except ReadError:
        raise
    except (PySparkException, Py4JError) as error:
        raise ReadError(
            uri, f"cannot be opened ({_said(error)})", remedy="check the address and its keys"
        ) from error
    found = []
    for path, size, when in told:
        inner = PurePosixPath(path).name if single or wild else path[len(whole.rstrip("/")) + 1 :]
        if PurePosixPath(inner).suffix.lower() in KINDS and not any(
            p.startswith(".") for p in inner.split("/")
        ):
            state = f"{size} {when}" if size <= LARGEST else ""
            found.append(Place(inner, path, state, searched=not single and not wild))
    if not found:
        raise ReadError(root, "no page there", remedy="put files there of a kind that is read")
    return found


def _said(error: Exception) -> str:
    java = getattr(error, "java_exception", None)
    return str(error if java is None else java.getMessage()).strip().partition("\n")[0]


def _too_large(place: Place) -> ReadError:
    return ReadError(
        place.path,
        f"larger than {LARGEST >> 20} MiB",
        remedy="split it, or put it where all machines see it as a file of their own",
    )


def contents(spark: SparkSession, some: Sequence[Place], tasks: int) -> DataFrame:
    """Return what is read of some files, that all lie here or all are fetched (FILES)."""
    if some[0].remote:
        names = {place.path: (place.name, place.searched) for place in some}
        rows = [(path, name, searched) for path, (name, searched) in names.items()]
        known = spark.createDataFrame(rows, "path string, name string, searched boolean")
        read = spark.read.format("binaryFile").load([plain(place.path) for place in some])
        return (
            read.select("path", sql.col("content").alias("data"))
            .join(sql.broadcast(known), "path")
            .select(*forms.FILES.names)
        )
    given = spark.createDataFrame(
        [(place.path, place.name, place.searched, place.data) for place in some], forms.ddl(forms.FILES)
    )
    return given.repartition(max(1, tasks))
