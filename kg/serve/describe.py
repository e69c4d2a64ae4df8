"""What the service says of itself, in the SPARQL 1.1 Service Description vocabulary."""

from __future__ import annotations

from types import MappingProxyType

from rdflib import RDF, BNode, Graph, Namespace, URIRef

_SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
DESCRIPTIONS = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "nt",
        "application/ld+json": "json-ld",
        "application/rdf+xml": "xml",
    }
)
"""Media types of a description, with rdflib's names of them."""


def describe(endpoint: str, form: str) -> bytes:
    """Return the description of the service at an address."""
    graph = Graph()
    graph.bind("sd", _SD)
    service, dataset, default = BNode("service"), BNode("dataset"), BNode("default")
    graph.add((service, RDF.type, _SD.Service))
    graph.add((service, _SD.endpoint, URIRef(endpoint)))
    graph.add((service, _SD.supportedLanguage, _SD.SPARQL11Query))
    graph.add((service, _SD.feature, _SD.UnionDefaultGraph))
    for name in _RESULTS:
        graph.add((service, _SD.resultFormat, _FORMATS[name]))
    graph.add((service, _SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, _SD.Dataset))
    graph.add((dataset, _SD.defaultGraph, default))
    graph.add((default, RDF.type, _SD.Graph))
    data: bytes = graph.serialize(format=form, encoding="utf-8")
    return data
