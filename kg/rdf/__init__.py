"""The graph as RDF: written, read back, asked and validated. The only room that imports pyoxigraph."""

from kg.rdf.claim import claim
from kg.rdf.dataset import Dataset, open_dataset, replace, write
from kg.rdf.export import export
from kg.rdf.patch import REPORT, WRITTEN, Before, Patch, patch, renew
from kg.rdf.query import Result, Term
from kg.rdf.results import FORMATS, serialize
from kg.rdf.swap import alone
from kg.rdf.validate import Problem, Report, validate

__all__ = [
    "FORMATS",
    "REPORT",
    "WRITTEN",
    "Before",
    "Dataset",
    "Patch",
    "Problem",
    "Report",
    "Result",
    "Term",
    "alone",
    "claim",
    "export",
    "open_dataset",
    "patch",
    "renew",
    "replace",
    "serialize",
    "validate",
    "write",
]
