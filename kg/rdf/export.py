"""A graph on disk in other RDF formats."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.config import Settings
from kg.errors import OntologyError, StoreError
from kg.rdf.dataset import open_dataset
from kg.rdf.patch import current
from kg.rdf.terms import PREFIXES, RDF, sorted_prefixes

FORMS = ("ttl", "nt", "nq", "trig", "jsonld")
"""The names of the formats: all but nq and trig hold entities and statements only."""
STARRED = ("ttl", "nt", "nq", "trig")
"""Those that can be written in RDF 1.2."""

_ENDS = {RDF + "subject": 0, RDF + "predicate": 1, RDF + "object": 2}
_REIFIES = NamedNode(RDF + "reifies")
_WRITTEN = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


def export(out: Path, form: str, settings: Settings, *, rdf12: bool = False) -> bytes:
    """Return the graph in a folder as ttl, nt or jsonld (entities and statements), or nq or trig (all of it).

    Subjects come in one order in every format and every build, their rdf:type first. JSON-LD uses
    `context.jsonld` of the ontology, which it carries in it. With `rdf12`, a statement reifies its triple
    (`rdf:reifies <<( … )>>`) instead of naming its subject, predicate and object.

    Raises:
        StoreError: there is no graph, or it is damaged.
        OntologyError: the JSON-LD context cannot be read.
        ValueError: there is no such format, or it is not one of RDF 1.2.
    """
    if form not in FORMS or (rdf12 and form not in STARRED):
        raise ValueError(f"no format {form!r}{' of RDF 1.2' if rdf12 else ''}")
    open_dataset(out)
    try:
        if form == "jsonld":
            return _json_ld(current(out, "kg.ttl", settings.base), settings.ontology / "context.jsonld")
        if form in ("ttl", "nq") and not rdf12:
            return current(out, f"kg.{form}", settings.base)
        return _serialized(current(out, "kg.nq", settings.base), form, settings.base, rdf12=rdf12)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{out}: the graph is damaged ({error}); run kg build") from error


def named_graphs(out: Path) -> Iterator[tuple[str, list[bytes]]]:
    """Yield the IRI of every named graph of a folder with its lines of N-Triples, in one order.

    Raises:
        StoreError: there is no graph, or it is damaged.
    """
    found = open_dataset(out)
    try:
        for graph in sorted(found.store.named_graphs(), key=str):
            quads = found.store.quads_for_pattern(None, None, None, graph)
            data = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
            if isinstance(graph, NamedNode):
                yield graph.value, sorted(data.splitlines(keepends=True))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{out}: the graph is damaged ({error}); run kg build") from error


def _serialized(lines: bytes, form: str, base: str, *, rdf12: bool) -> bytes:
    quads: Iterable[Quad] = parse(lines, RdfFormat.N_QUADS)
    if form in ("ttl", "nt"):
        quads = (quad for quad in quads if quad.graph_name == DefaultGraph())
    elif form == "trig":
        quads = sorted(quads, key=_graph)
    if rdf12:
        quads = _reified(quads)
    if form in ("nt", "nq"):
        return serialize(_plain(quads, form), format=_WRITTEN[form]) or b""
    own = {name: f"{base}{name}/" for name in ("entity", "statement", "evidence", "article", "page")}
    written = serialize(_plain(quads, form), format=_WRITTEN[form], prefixes={**PREFIXES, **own}) or b""
    prefixes, body = sorted_prefixes(written)
    # line breaks inside literals are escaped: a full stop at the end of a line always ends a subject
    return prefixes + b"\n" + body.replace(b" .\n", b" .\n\n")


def _plain(quads: Iterable[Quad], form: str) -> Iterable[Triple] | Iterable[Quad]:
    return (quad.triple for quad in quads) if form in ("ttl", "nt") else quads


def _graph(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


def _reified(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads with rdf:reifies in the place of rdf:subject, rdf:predicate and rdf:object."""
    for _, group in groupby(quads, key=lambda quad: quad.subject):
        about = list(group)
        ends = {_ENDS[q.predicate.value]: q.object for q in about if q.predicate.value in _ENDS}
        if len(ends) == len(_ENDS):
            first = about[0]
            triple = Triple(ends[0], ends[1], ends[2])  # type: ignore[arg-type]
            yield Quad(first.subject, _REIFIES, triple, first.graph_name)
            about = [quad for quad in about if quad.predicate.value not in _ENDS]
        yield from about


def _json_ld(turtle: bytes, file: Path) -> bytes:
    import rdflib  # costs more than all else here, and only this format needs it

    try:
        context = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise OntologyError(str(file), f"cannot be read as JSON ({error})", remedy="correct it") from error
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    context = context.get("@context", context)
    text = graph.serialize(format="json-ld", context=context, auto_compact=False, sort_keys=True, indent=1)
    return text.encode() + b"\n"
