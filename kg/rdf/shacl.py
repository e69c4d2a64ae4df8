"""SHACL over `kg.ttl`: the shapes of `ontology/shapes.ttl`, with the ontology beside the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib import RDF, SH

from kg.config import Settings
from kg.errors import OntologyError, StoreError
from kg.rdf.dataset import open_dataset
from kg.rdf.patch import current

_NO_TURTLE = (OSError, SyntaxError, UnicodeDecodeError, IndexError)
"""What rdflib raises; IndexError where a file is cut off."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: at which node, about which property or predicate, with which value."""

    node: str
    message: str
    path: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation; problems are sorted."""

    conforms: bool
    problems: tuple[Problem, ...]
    triples: int


def validate(out: Path, settings: Settings) -> Report:
    """Check the default graph of a dataset.

    Raises:
        StoreError: there is no graph, or it is damaged.
        OntologyError: the ontology or its shapes cannot be read.
    """
    open_dataset(out)
    data = rdflib.Graph()
    try:
        data.parse(data=current(out, "kg.ttl", settings.base), format="turtle")
    except _NO_TURTLE as error:
        raise StoreError(f"{out}: kg.ttl is damaged ({error}); run kg build") from error
    return check(data, settings.ontology)


def check(data: rdflib.Graph, folder: Path) -> Report:
    """Check a graph against `shapes.ttl` of a folder; `kg.ttl` of the folder is added to the graph.

    Raises:
        OntologyError: one of them is no Turtle.
    """
    import pyshacl  # costs more than all other imports together, and only this verb needs it

    triples = len(data)
    shapes = rdflib.Graph()
    for graph, name in ((data, "kg.ttl"), (shapes, "shapes.ttl")):
        try:
            graph.parse(folder / name, format="turtle")
        except _NO_TURTLE as error:
            raise OntologyError(
                str(folder / name), f"cannot be read as Turtle ({error})", remedy="correct it"
            ) from error
    conforms, outcome, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    problems = {
        Problem(
            node=str(outcome.value(result, SH.focusNode)),
            message="; ".join(sorted(map(str, outcome.objects(result, SH.resultMessage)))),
            path=_text(outcome.value(result, SH.resultPath)),
            value=_text(outcome.value(result, SH.value)),
        )
        for result in outcome.subjects(RDF.type, SH.ValidationResult)
    }
    return Report(conforms, tuple(sorted(problems, key=repr)), triples)


def _text(node: rdflib.term.Node | None) -> str | None:
    return None if node is None else str(node)
