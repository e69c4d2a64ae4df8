"""A graph on disk in other RDF formats."""

from __future__ import annotations

import json
from pathlib import Path

import rdflib
from pyoxigraph import DefaultGraph, RdfFormat, parse, serialize

from kg.config import Settings
from kg.errors import OntologyError, StoreError
from kg.rdf.dataset import open_dataset


def export(out: Path, form: str, settings: Settings) -> bytes:
    """Return the graph in a folder as ttl, nt or jsonld (entities and statements), or nq (all of it).

    Lines of nt and nq are sorted. JSON-LD uses `context.jsonld` of the ontology, which it carries in it.

    Raises:
        StoreError: there is no graph, or it is damaged.
        OntologyError: the JSON-LD context cannot be read.
    """
    open_dataset(out)
    try:
        if form == "jsonld":
            return _json_ld((out / "kg.ttl").read_bytes(), settings.ontology / "context.jsonld")
        if form == "nt":
            return _triples((out / "kg.nq").read_bytes())
        return (out / f"kg.{form}").read_bytes()
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{out}: the graph is damaged ({error}); run kg build") from error


def _triples(quads: bytes) -> bytes:
    default = (q.triple for q in parse(quads, RdfFormat.N_QUADS) if q.graph_name == DefaultGraph())
    return serialize(default, format=RdfFormat.N_TRIPLES) or b""


def _json_ld(turtle: bytes, file: Path) -> bytes:
    try:
        context = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise OntologyError(str(file), f"cannot be read as JSON ({error})", remedy="correct it") from error
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    context = context.get("@context", context)
    text = graph.serialize(format="json-ld", context=context, auto_compact=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"
