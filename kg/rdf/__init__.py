"""The graph as RDF: written, read back, asked and validated. The only room that imports pyoxigraph."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.rdf.claim import STORE, claim
from kg.rdf.dataset import Dataset, open_dataset
from kg.rdf.export import export
from kg.rdf.patch import REPORT, WRITTEN, Before, Patch, patch, renew
from kg.rdf.query import Result, Term
from kg.rdf.results import FORMATS, serialize
from kg.rdf.swap import alone

if TYPE_CHECKING:
    from kg.rdf.shacl import Problem, Report, validate
    from kg.rdf.writing import anew, filled, replace, write

__all__ = [
    "FORMATS",
    "REPORT",
    "STORE",
    "WRITTEN",
    "Before",
    "Dataset",
    "Patch",
    "Problem",
    "Report",
    "Result",
    "Term",
    "alone",
    "anew",
    "claim",
    "export",
    "filled",
    "open_dataset",
    "patch",
    "renew",
    "replace",
    "serialize",
    "validate",
    "write",
]

_HOMES = {
    "Problem": "shacl",
    "Report": "shacl",
    "anew": "writing",
    "filled": "writing",
    "replace": "writing",
    "validate": "shacl",
    "write": "writing",
}
"""Where those lie that need more than a query does; imported when they are first used."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'kg.rdf' has no attribute {name!r}")
    return getattr(import_module(f"kg.rdf.{_HOMES[name]}"), name)
