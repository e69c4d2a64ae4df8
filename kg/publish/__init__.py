"""Publish: findings as annotations; the graph as a page, a network, tables, measures."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.publish.annotations import annotate
    from kg.publish.exports import gexf, graphml
    from kg.publish.issues import continued, first_parts
    from kg.publish.lookup import find_entities, find_entity, folded
    from kg.publish.measures import betweenness, communities, degree, find_path, importance
    from kg.publish.networks import label, to_networkx
    from kg.publish.passages import passage
    from kg.publish.tables import csv_files, parquet_files
    from kg.publish.webpage import view

__all__ = [
    "annotate",
    "betweenness",
    "communities",
    "continued",
    "csv_files",
    "degree",
    "find_entities",
    "find_entity",
    "find_path",
    "first_parts",
    "folded",
    "gexf",
    "graphml",
    "importance",
    "label",
    "parquet_files",
    "passage",
    "to_networkx",
    "view",
]

_HOMES = {
    "annotate": "annotations",
    "betweenness": "measures",
    "communities": "measures",
    "continued": "issues",
    "csv_files": "tables",
    "degree": "measures",
    "find_entities": "lookup",
    "find_entity": "lookup",
    "find_path": "measures",
    "first_parts": "issues",
    "folded": "lookup",
    "gexf": "exports",
    "graphml": "exports",
    "importance": "measures",
    "label": "networks",
    "parquet_files": "tables",
    "passage": "passages",
    "to_networkx": "networks",
    "view": "webpage",
}
"""Where each lies; imported when it is first used, so that who looks up a name need not load a picture."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg.publish' has no attribute {name!r}")
    return getattr(import_module(f"kg.publish.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
