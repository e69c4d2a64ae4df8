"""Connected components as joins: what hangs together, whatever lies between.

Large-star and small-star by turns (Kiveris and others, "Connected Components in MapReduce and Beyond", 2014):
each turn brings every node nearer to the smallest one of its component, until all point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

Keep = Callable[[DataFrame, int], DataFrame]


FEW = 1_000_000
"""So many edges are put together in one process: the turns would take longer."""


def components(edges: DataFrame, keep: Keep, few: int = FEW) -> DataFrame:
    """Return for every node of some edge (columns a and b, whole numbers) the smallest of its component.

    Args:
        edges: which two belong together, in any direction, also several times.
        keep: writes the edges of a turn down, so that no turn is worked out twice, and gives them back.
        few: up to how many edges are put together in one process.

    Returns:
        The columns node and part; the smallest node itself is among them.
    """
    now = keep(_small_star(edges.where("a <> b")), 0)
    near = now.limit(few + 1).toArrow()
    if near.num_rows <= few:
        joined = _roots(zip(near.column("a").to_pylist(), near.column("b").to_pylist(), strict=True))
        return now.sparkSession.createDataFrame(joined, "node bigint, part bigint")
    mark = _mark(now)
    for turn in range(1, 1_000):
        after = keep(_small_star(_large_star(now)), turn)
        found = _mark(after)
        if found == mark:
            break
        now, mark = after, found
    roots = now.select(sql.col("b").alias("node"), sql.col("b").alias("part"))
    return now.select(sql.col("a").alias("node"), sql.col("b").alias("part")).union(roots).distinct()


def _roots(edges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return every node of some edge with the smallest of its component.

    >>> _roots([(4, 2), (4, 7), (1, 7), (9, 8)])
    [(1, 1), (2, 1), (4, 1), (7, 1), (8, 8), (9, 8)]
    """
    above: dict[int, int] = {}

    def root(node: int) -> int:
        top = node
        while above.setdefault(top, top) != top:
            top = above[top]
        while above[node] != top:
            above[node], node = top, above[node]
        return top

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        above[high] = low
    return [(node, root(node)) for node in sorted(above)]


def _large_star(edges: DataFrame) -> DataFrame:
    """Point all greater neighbours of every node to the smallest of its neighbours and itself."""
    both = edges.select("a", "b").union(edges.select(sql.col("b").alias("a"), sql.col("a").alias("b")))
    least = both.groupBy("a").agg(sql.least(sql.min("b"), sql.col("a")).alias("low"))
    return both.join(least, "a").where("b > a").select(sql.col("b").alias("a"), sql.col("low").alias("b"))


def _small_star(edges: DataFrame) -> DataFrame:
    """Point every node and all its smaller neighbours to the smallest of these; each edge once, downwards."""
    down = edges.select(sql.greatest("a", "b").alias("a"), sql.least("a", "b").alias("b")).distinct()
    least = down.groupBy("a").agg(sql.min("b").alias("low"))
    pulled = (
        down.join(least, "a").where("b <> low").select(sql.col("b").alias("a"), sql.col("low").alias("b"))
    )
    return pulled.union(least.select("a", sql.col("low").alias("b"))).distinct()


def _mark(edges: DataFrame) -> tuple[object, ...]:
    """Return what two sets of edges that differ do not share."""
    row = edges.agg(
        sql.count("*"), sql.expr("bit_xor(xxhash64(a, b))"), sql.sum(sql.expr("shiftright(a, 8)"))
    ).first()
    return tuple(row or ())
