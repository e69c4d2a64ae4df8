"""The graph in files: N-Quads in parts by the beginning of their subject's IRI, and tables as Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kg.rdf.terms import RDF
from kg.spark import forms, work
from kg.spark.shelf import Shelf, delete, listed, move
from kg.spark.stages import Found
from kg.spark.task import Task

QUADS, TABLES = "nquads", "parquet"
TYPE, FIRST = f"> <{RDF}type> ", "> \x01"
"""What stands between a subject and its class, and what is sorted in its place, before other predicates."""
MANY = 100_000
"""From so many pages on there are 256 parts of each kind of subject, before that 16."""


def write(shelf: Shelf, home: str, said: DataFrame, found: Found, task: Task, made_of: Sequence[str]) -> None:
    """Write `nquads/` and `parquet/` into a folder, and replace what an earlier run wrote there."""
    told = shelf.kept("told", made_of, lambda: _told(found, task))
    parts = shelf.place(QUADS, made_of)
    if not shelf.whole(parts):
        lines = _lines(found, told, task)
        digits = 2 if found.pages.count() >= MANY else 1
        _in_parts(lines, task.settings.base, digits).write.mode("overwrite").partitionBy("part").text(parts)
    entities = found.entities.where("iri IS NOT NULL")
    tables = {
        "nodes": forms.mapped(entities.select("entity"), partial(work.nodes, task), forms.NODES)
        .select(sql.explode("nodes").alias("row"))
        .select("row.*"),
        "inputs": said.select(
            sql.col("source").cast("string").alias("source"),
            "page",
            sql.col("row").cast("string").alias("report"),
            sql.col("error").cast("string").alias("error"),
        ),
    }
    for name in ("figures", "edges", "evidence"):
        tables[name] = told.select(sql.explode(name).alias("row")).select("row.*")
    written = {name: shelf.place(f"table-{name}", made_of) for name in tables}
    with ThreadPoolExecutor(len(written)) as pool:
        left = [name for name, path in written.items() if not shelf.whole(path)]
        list(pool.map(lambda name: tables[name].write.mode("overwrite").parquet(written[name]), left))
    _place(shelf, home, parts, written)


def _told(found: Found, task: Task) -> DataFrame:
    articles = found.pages.select(sql.explode("articles").alias("a")).select("a.article", "a.text", "a.sheet")
    facts = found.facts.select("iri", "fact", sql.explode("articles").alias("article"))
    rows = facts.join(articles, "article").select("iri", "fact", "text", "sheet")
    together = rows.repartition("iri").sortWithinPartitions("iri")
    return forms.mapped(together, partial(work.quoted, task), forms.TOLD)


def _lines(found: Found, told: DataFrame, task: Task) -> DataFrame:
    """Return all lines, some of them several times."""
    base = task.settings.base
    tables = [
        table.select(sql.explode("lines").alias("line"))
        for table in (found.pages, found.entities, found.facts, told)
    ]
    again = forms.mapped(found.stories, partial(work.reprinted, base), forms.LINE)
    every = tables[0]
    for one in (*tables[1:], again):
        every = every.union(one)
    return every.select(sql.col("line").cast("string").alias("line"))


def _in_parts(lines: DataFrame, base: str, digits: int) -> DataFrame:
    """Return the lines sorted, each once, with the part that each belongs to: article-3, statement-f.

    Parts follow one another as their names do, so that all of them, one after the other, are sorted too.
    """
    keys = lines.select(sql.replace("line", sql.lit(TYPE), sql.lit(FIRST)).alias("key"))
    rest = sql.expr(f"substring(key, {len(base) + 2})")
    kind = sql.substring_index(rest, "/", 1)
    number = sql.substring(rest, sql.length(kind) + 2, sql.lit(digits))
    parted = keys.withColumn("part", sql.concat(kind, sql.lit("-"), number))
    once = parted.repartition("part").dropDuplicates(["part", "key"]).sortWithinPartitions("part", "key")
    return once.select(sql.replace("key", sql.lit(FIRST), sql.lit(TYPE)).alias("value"), "part")


def _place(shelf: Shelf, home: str, parts: str, tables: dict[str, str]) -> None:
    """Move what was written to its place; whoever is killed meanwhile writes it again."""
    spark = shelf.spark
    for name in (QUADS, TABLES):
        delete(spark, f"{home}/{name}")
    for folder in listed(spark, parts):
        name = folder.rsplit("/", 1)[-1]
        if name.startswith("part="):
            (file,) = [one for one in listed(spark, folder) if one.rsplit("/", 1)[-1].startswith("part-")]
            move(spark, file, f"{home}/{QUADS}/{name.removeprefix('part=')}.nq")
    for name, path in tables.items():
        move(spark, path, f"{home}/{TABLES}/{name}")
    delete(spark, parts)
