"""The files of `ontology/`: complete labels, sound ties, a context that means what the Turtle means."""

from __future__ import annotations

import json

import pyoxigraph as ox
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS

from kg import ontology
from kg.config import packed
from kg.ontology import NAMESPACE

FOLDER = packed("ontology")
GRAPH = rdflib.Graph().parse(FOLDER / "kg.ttl")


def test_everything_declared_has_a_chinese_and_an_english_label() -> None:
    declared = {s for s in GRAPH.subjects(RDF.type) if str(s).startswith(NAMESPACE)}
    assert len(declared) > 60
    for term in declared:
        languages = sorted(label.language or "" for label in GRAPH.objects(term, RDFS.label))  # type: ignore[union-attr]
        assert languages == ["en", "zh"], term


def test_classes_and_predicates_are_those_of_newspaper_facts() -> None:
    vocabulary = ontology.load(FOLDER)
    assert sorted(vocabulary.classes) == ["Award", "Event", "Organization", "Person", "Place", "Project"]
    assert len(vocabulary.predicates) == 21
    assert {p.name for p in vocabulary.predicates.values() if p.symmetric} == {"met", "cooperatesWith"}
    assert vocabulary.predicate("met").range == {"Person", "Organization"}
    assert vocabulary.predicate("totalInvestment").literal == "money"
    assert vocabulary.predicate("totalInvestment").one_valued
    assert not vocabulary.predicate("capacity").one_valued
    assert "http://www.w3.org/ns/org#memberOf" in vocabulary.predicate("holdsPosition").parents
    assert "http://www.w3.org/ns/org#Organization" in vocabulary.classes["Organization"].parents
    assert vocabulary.classes["Person"].labels == {"en": "Person", "zh": "人物"}


def test_several_domains_are_a_union_not_an_intersection() -> None:
    for relation in (RDFS.domain, RDFS.range):
        for subject in set(GRAPH.subjects(relation)):
            assert len(list(GRAPH.objects(subject, relation))) == 1, subject
    assert not list(GRAPH.subjects(RDF.type, OWL.FunctionalProperty))


def test_the_context_names_every_predicate_between_entities() -> None:
    context = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]
    for predicate in ontology.load(FOLDER).predicates.values():
        if predicate.literal is None:
            assert context[predicate.name] == {"@type": "@id"}
        else:
            assert predicate.name not in context


def test_a_document_in_the_context_means_what_it_says() -> None:
    context = json.loads((FOLDER / "context.jsonld").read_text("utf-8"))["@context"]
    document = {
        "@context": context,
        "@graph": [
            {
                "id": "http://e/1",
                "type": "Person",
                "label": "柳青",
                "altLabel": ["老柳"],
                "met": "http://e/2",
            },
            {
                "id": "http://e/s",
                "type": "Statement",
                "subject": "http://e/1",
                "predicate": "met",
                "object": "http://e/2",
                "status": "asserted",
                "confidence": "0.9",
                "firstReported": "2024-05-01",
                "evidence": ["http://e/p"],
                "title": "书记",
            },
        ],
    }
    turtle = """
        @prefix : <https://kg.example.org/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix e: <http://e/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        e:1 a :Person ; rdfs:label "柳青"@zh ; skos:altLabel "老柳"@zh ; :met e:2 .
        e:s a :Statement ; rdf:subject e:1 ; rdf:predicate :met ; rdf:object e:2 ; :status :asserted ;
            :confidence 0.9 ; :firstReported "2024-05-01"^^xsd:date ; :title "书记" ;
            prov:wasDerivedFrom e:p .
    """
    found = {str(quad.triple) for quad in ox.parse(json.dumps(document), ox.RdfFormat.JSON_LD)}
    assert found == {str(quad.triple) for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)}
    assert str(SKOS.altLabel) == "http://www.w3.org/2004/02/skos/core#altLabel"
