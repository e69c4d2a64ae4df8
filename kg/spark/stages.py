"""What all pages say becomes one graph: joins bring together what depends on one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql

from kg.cache import jot
from kg.spark import forms, work
from kg.spark.components import components
from kg.spark.shelf import Shelf
from kg.spark.task import Task, pieces


@dataclass(frozen=True, slots=True)
class Found:
    """The graph, in tables: PAGES without errors and repeats, STORIES, ENTITIES and FACTS."""

    pages: DataFrame
    stories: DataFrame
    entities: DataFrame
    facts: DataFrame


def resolved(shelf: Shelf, said: DataFrame, task: Task, made_of: Sequence[str]) -> Found:
    """Return the graph that all pages make."""
    pages = _distinct(shelf, said, made_of)
    stories = shelf.kept("stories", made_of, lambda: _stories(shelf, pages, task, made_of))
    entities = shelf.kept("entities", made_of, lambda: _entities(shelf, pages, stories, task, made_of))
    facts = shelf.kept("facts", made_of, lambda: _facts(pages, stories, entities, task))
    return Found(pages, stories, entities, facts)


def _distinct(shelf: Shelf, said: DataFrame, made_of: Sequence[str]) -> DataFrame:
    """Return the pages, of several with one text that of the smallest source."""
    good = said.where("findings IS NOT NULL")
    order = Window.partitionBy("page").orderBy("source", "found", "row", "at")
    light = good.select("page", "source", "found", "row", "at")
    more = light.withColumn("n", sql.row_number().over(order)).where("n > 1").select("at")
    repeats = shelf.kept("repeats", made_of, lambda: more)
    return good if repeats.isEmpty() else good.join(repeats, "at", "left_anti")


def _stories(shelf: Shelf, pages: DataFrame, task: Task, made_of: Sequence[str]) -> DataFrame:
    """Return which articles are prints of one story."""
    articles = pages.select(sql.explode("articles").alias("a")).select("a.*")
    bands = articles.select(sql.xxhash64("article").alias("node"), sql.explode("bands").alias("band"))
    low = bands.groupBy("band").agg(sql.min("node").alias("b"), sql.count("*").alias("n")).where("n > 1")
    edges = bands.join(low, "band").select(sql.col("node").alias("a"), "b")
    parts = components(edges, _turns(shelf, "alike", made_of))
    near = articles.withColumn("node", sql.xxhash64("article")).join(parts, "node")
    return _spread(near.select("part", "text"), partial(work.told_again, task), forms.STORIES)


def _entities(
    shelf: Shelf, pages: DataFrame, stories: DataFrame, task: Task, made_of: Sequence[str]
) -> DataFrame:
    """Return what the names of all pages become: each component of names that may matter to one another."""
    keys = pages.select(sql.explode("keys").alias("k")).select("k.*")
    named = keys.select("called", "blocks").dropDuplicates(["called"])
    # the last bit of a block says that it is only answered; who answers matters to those who ask
    blocks = named.select("called", sql.explode("blocks").alias("b")).select(
        "called", sql.expr("shiftright(b, 1)").alias("block"), sql.expr("b & 1").alias("answers")
    )
    hubs = blocks.groupBy("block").agg(
        sql.min("called").alias("b"), sql.min("answers").alias("l"), sql.count("*").alias("n")
    )
    edges = (
        blocks.join(hubs.where("l = 0 AND n > 1"), "block")
        .select(sql.col("called").alias("a"), "b")
        .where("a <> b")
    )
    parts = components(edges.union(_ties(keys, task)), _turns(shelf, "near", made_of))
    joined = keys.join(parts, sql.col("called") == sql.col("node"), "left")
    joined = joined.withColumn("part", sql.coalesce("part", "called"))
    printed = keys.select("key", sql.explode("printed").alias("article")).join(stories, "article")
    told = printed.groupBy("key").agg(sql.collect_list(sql.struct("article", "story")).alias("stories"))
    rows = joined.join(told, "key", "left").select("part", "profile", "stories")
    return _spread(rows, partial(work.merged, task), forms.ENTITIES)


def _ties(keys: DataFrame, task: Task) -> DataFrame:
    """Return what decisions tie together."""
    spark = keys.sparkSession
    pairs = [(jot(a), jot(b)) for a, b in pieces(task).links()]
    ends = spark.createDataFrame(pairs, "one binary, other binary")
    called = keys.select("key", "called")
    first = ends.join(called, sql.col("one") == sql.col("key")).select(sql.col("called").alias("a"), "other")
    return first.join(called, sql.col("other") == sql.col("key")).select("a", sql.col("called").alias("b"))


def _facts(pages: DataFrame, stories: DataFrame, entities: DataFrame, task: Task) -> DataFrame:
    """Return what all claims state: those about one pair of entities come together."""
    ends = entities.where("iri IS NOT NULL").select("iri", "kind", sql.explode("members").alias("key"))
    spoken = [jot(key) for key in pieces(task).spoken_of()]
    known = ends.where(sql.col("key").isin(spoken)).collect() if spoken else []
    claims = pages.select(sql.explode("claims").alias("c")).select("c.*")
    for end in ("subject", "object"):
        named = ends.select(
            sql.col("key").alias(end),
            sql.col("iri").alias(f"{end}_iri"),
            sql.col("kind").alias(f"{end}_kind"),
        )
        claims = claims.join(named, end, "inner" if end == "subject" else "left")
    other = sql.coalesce("object_iri", sql.lit(""))
    pair = sql.xxhash64(sql.least("subject_iri", other), sql.greatest("subject_iri", other))
    rows = claims.join(stories, "article", "left").withColumn("part", pair)
    became = sorted((bytes(row["key"]), row["iri"], row["kind"]) for row in known)
    return _spread(rows, partial(work.stated, task, became), forms.FACTS)


def _spread(rows: DataFrame, stage: Callable[..., object], schema: pa.Schema) -> DataFrame:
    """Run a stage over all rows, those of one `part` one after the other in one process."""
    sorted_ = rows.repartition("part").sortWithinPartitions("part")
    return forms.mapped(sorted_, stage, schema)


def _turns(shelf: Shelf, name: str, made_of: Sequence[str]) -> Callable[[DataFrame, int], DataFrame]:
    return lambda edges, turn: shelf.kept(name, (*made_of, str(turn)), lambda: edges)
