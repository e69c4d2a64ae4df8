"""The work folder of a run: what was finished stays there, and the next run takes it from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyspark.sql import DataFrame, SparkSession

from kg.model.digest import digest

FOLDER = ".kg-spark"
DONE = "_SUCCESS"
"""What Spark writes when a table is whole."""


class Shelf:
    """Tables by what they were made of, in a folder of any file system that Spark knows."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.spark = spark
        self.folder = folder
        self.used: set[str] = set()
        self.found = 0

    def kept(self, name: str, made_of: Iterable[str], make: Callable[[], DataFrame]) -> DataFrame:
        """Return the table that was made of these before, or make it and write it down."""
        path = self.place(name, made_of)
        if not self.whole(path):
            make().write.mode("overwrite").parquet(path)
        return self.read(path)

    def place(self, name: str, made_of: Iterable[str]) -> str:
        """Return where the table of this name that is made of these lies, whether it is there or not."""
        where = f"{name}-{digest(*made_of, length=32)}"
        self.used.add(where)
        return f"{self.folder}/{where}"

    def whole(self, path: str) -> bool:
        """Say whether a table was written to its end."""
        return exists(self.spark, f"{path}/{DONE}")

    def read(self, *paths: str) -> DataFrame:
        """Return tables of one form as one."""
        return self.spark.read.parquet(*map(plain, paths))

    def tidy(self, keep: str) -> None:
        """Delete what this run did not need, and of what it did all but the tables of some name."""
        for found in listed(self.spark, self.folder):
            name = found.rsplit("/", 1)[-1]
            if name not in self.used or not name.startswith(f"{keep}-"):
                delete(self.spark, f"{self.folder}/{name}")


def plain(path: str) -> str:
    """Return a path in which no character stands for others.

    >>> plain("a[1]")
    'a\\\\[1\\\\]'
    """
    return "".join(f"\\{char}" if char in "\\*?[]{}" else char for char in path)


def files_of(spark: SparkSession, path: str) -> tuple[Any, Any]:
    """Return Hadoop's file system of a path, and the path as it knows it."""
    there: Any = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(path)  # type: ignore[union-attr]
    return there.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration()), there


def exists(spark: SparkSession, path: str) -> bool:
    """Say whether there is a file or folder."""
    files, there = files_of(spark, path)
    return bool(files.exists(there))


def listed(spark: SparkSession, path: str) -> list[str]:
    """Return what lies in a folder."""
    files, there = files_of(spark, path)
    return (
        sorted(str(one.getPath().toString()) for one in files.listStatus(there))
        if files.exists(there)
        else []
    )


def delete(spark: SparkSession, path: str) -> None:
    """Delete a file, or a folder with all that is in it."""
    files, there = files_of(spark, path)
    files.delete(there, True)


def move(spark: SparkSession, path: str, to: str) -> None:
    """Give a file or folder another place, in which nothing may lie."""
    files, there = files_of(spark, path)
    _, place = files_of(spark, to)
    files.mkdirs(place.getParent())
    if not files.rename(there, place):
        raise OSError(f"{path} cannot be moved to {to}")
