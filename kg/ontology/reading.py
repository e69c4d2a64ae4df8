"""`kg.ttl` and `frames.tsv` → values. The only file of the room that knows rdflib."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import OntologyError
from kg.ontology import LITERAL_KINDS, NAMESPACE, Class, Ontology, Predicate
from kg.table import Table, read_table

_KG = Namespace(NAMESPACE)


def read_ontology(folder: Path) -> Ontology:
    """Read what `kg.ontology.load` returns.

    Raises:
        OntologyError: as it does.
    """
    source = folder / "kg.ttl"
    try:
        declared = _declared(source, source.read_bytes())
    except (SyntaxError, OSError, UnicodeDecodeError, IndexError) as error:  # IndexError: cut off
        raise OntologyError(
            str(source), f"cannot be read as Turtle ({error})", remedy="correct it"
        ) from error
    table = _frames(folder / "frames.tsv")
    for row in table.rows:
        if row["predicate"] not in declared.predicates:
            raise OntologyError(
                table.name,
                f"a frame for {row['predicate']!r}, which kg.ttl does not declare",
                remedy="declare it",
            )
    return replace(declared, frames=table.rows)


@lru_cache(maxsize=8)
def _declared(source: Path, turtle: bytes) -> Ontology:
    """Return what a text of Turtle declares, without frames; a run reads the same one several times."""
    graph = Graph().parse(data=turtle, format="turtle", publicID=source.absolute().as_uri())
    entity_classes = _subclasses(graph, _KG.Entity)
    classes = {c.name: c for c in sorted(_classes(graph, entity_classes), key=lambda c: c.name)}
    predicates = {p.name: p for p in sorted(_predicates(graph, source, classes), key=lambda p: p.name)}
    about = {_local(iri): _labels(graph, iri) for iri in graph.subjects(RDFS.domain, _KG.Statement)}
    qualifiers = MappingProxyType(dict(sorted(about.items())))
    return Ontology(MappingProxyType(classes), MappingProxyType(predicates), (), qualifiers)


def _frames(path: Path) -> Table:
    table = read_table(path)
    if "predicate" not in table.columns:
        raise OntologyError(str(path), "no column 'predicate'", remedy="see docs/ontology.md")
    return table


def _subclasses(graph: Graph, root: URIRef) -> set[URIRef]:
    found: set[URIRef] = set()
    todo: list[Node] = [root]
    while todo:
        for child in graph.subjects(RDFS.subClassOf, todo.pop()):
            if isinstance(child, URIRef) and child not in found:
                found.add(child)
                todo.append(child)
    return found


def _local(iri: Node) -> str:
    text = str(iri)
    return text[max(text.rfind("#"), text.rfind("/")) + 1 :]


def _labels(graph: Graph, iri: Node) -> Mapping[str, str]:
    found = {o.language or "": str(o) for o in graph.objects(iri, RDFS.label) if isinstance(o, Literal)}
    return MappingProxyType(dict(sorted(found.items())))


def _classes(graph: Graph, iris: Iterable[URIRef]) -> list[Class]:
    return [
        Class(_local(iri), str(iri), _labels(graph, iri), _objects(graph, iri, RDFS.subClassOf))
        for iri in iris
    ]


def _predicates(graph: Graph, source: Path, classes: Mapping[str, Class]) -> list[Predicate]:
    out = []
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for iri in graph.subjects(RDF.type, kind):
            domain = _members(graph, iri, RDFS.domain)
            range_ = _members(graph, iri, RDFS.range)
            if not domain or not domain <= set(classes):
                continue
            literal = None
            if kind == OWL.DatatypeProperty:
                literal = str(graph.value(iri, _KG.literalKind, default=Literal("text")))
                if literal not in LITERAL_KINDS:
                    raise OntologyError(
                        str(source),
                        f"{_local(iri)} has the literal kind {literal!r}",
                        remedy=f"use one of {', '.join(sorted(LITERAL_KINDS))}",
                    )
                range_ = frozenset()
            elif not range_ or not range_ <= set(classes):
                raise OntologyError(
                    str(source),
                    f"{_local(iri)} has no range among the classes",
                    remedy="give it an rdfs:range",
                )
            out.append(
                Predicate(
                    name=_local(iri),
                    iri=str(iri),
                    labels=_labels(graph, iri),
                    domain=domain,
                    range=range_,
                    literal=literal,
                    symmetric=(iri, RDF.type, OWL.SymmetricProperty) in graph,
                    one_valued=graph.value(iri, _KG.oneValued) == Literal(True),
                    parents=_objects(graph, iri, RDFS.subPropertyOf),
                    one_holder=graph.value(iri, _KG.oneHolder) == Literal(True),
                )
            )
    return out


def _objects(graph: Graph, iri: Node, relation: URIRef) -> frozenset[str]:
    return frozenset(str(o) for o in graph.objects(iri, relation) if isinstance(o, URIRef))


def _members(graph: Graph, iri: Node, relation: URIRef) -> frozenset[str]:
    found: set[str] = set()
    for node in graph.objects(iri, relation):
        union = graph.value(node, OWL.unionOf)
        found |= {_local(m) for m in (Collection(graph, union) if union is not None else [node])}
    return frozenset(found)
