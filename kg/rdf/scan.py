"""A whole graph gone through row by row, nothing of it kept, and triples of an answer read as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.model import Graph
from kg.rdf.dataset import open_dataset
from kg.rdf.query import run
from kg.rdf.readback import read_back

Scan = Callable[[str], Iterator[tuple[str, ...]]]
"""What gives the rows of a SELECT over the default graph, each the texts of its values, "" where unbound."""


def scanning(out: Path) -> Scan:
    """Return what goes through the graph in a folder.

    Raises:
        StoreError: there is no graph, or it is damaged.
    """
    dataset = open_dataset(out)

    def scan(sparql: str) -> Iterator[tuple[str, ...]]:
        try:
            found = run(dataset.store, sparql, union=False)
            assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - of a SELECT
            for row in found:
                yield tuple("" if term is None else term.value for term in row)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{out}: the graph is damaged ({error}); run kg build") from error

    return scan


def read_triples(data: bytes) -> Graph:
    """Return what N-Triples say of statements, articles and pages: of each all that it needs, or nothing.

    Raises:
        ValueError: they are no N-Triples, or not those of a graph.
    """
    try:
        return read_back(ox.parse(data, ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, KeyError) as error:
        raise ValueError(f"no triples of a graph: {error}") from error
