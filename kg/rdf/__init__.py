"""The graph as RDF: written, read back, asked and validated. The only room that imports pyoxigraph."""

from kg.rdf.claim import claim
from kg.rdf.dataset import Dataset, open_dataset, write
from kg.rdf.export import export
from kg.rdf.query import Result, Term
from kg.rdf.results import FORMATS, serialize
from kg.rdf.validate import Problem, Report, validate

__all__ = [
    "FORMATS",
    "Dataset",
    "Problem",
    "Report",
    "Result",
    "Term",
    "claim",
    "export",
    "open_dataset",
    "serialize",
    "validate",
    "write",
]
