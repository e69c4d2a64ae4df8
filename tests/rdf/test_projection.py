"""Graph → quads → graph, and what other libraries read in the files."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS
from strategies import HOSTILE, pages, texts

from kg import lexicon
from kg.config import Settings
from kg.errors import OntologyError
from kg.model import Byline, Findings, Given, Graph, Page, When
from kg.model.address import opens
from kg.ontology import Ontology, load
from kg.rdf import Dataset, terms
from kg.rdf.project import project
from kg.rdf.readback import read_back
from kg.rdf.sorting import sorted_lines
from kg.rdf.terms import NAMESPACE, clean, number
from kg.rdf.turtle import turtle
from kg.resolve import merge, tables

BASE = "https://kg.example.org/"
KG = rdflib.Namespace(NAMESPACE)
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")


SETTINGS = Settings(base=BASE)
DECLARED, KNOWN = load(SETTINGS.ontology), tables(lexicon.load(SETTINGS.lexicon))


def merged(found: list[Findings]) -> Graph:
    return merge(found, SETTINGS, DECLARED, KNOWN)


def without_lines(graph: Graph) -> Graph:
    return replace(graph, pages=tuple(replace(page, lines=()) for page in graph.pages))


def triples_of(data: bytes, form: str) -> set[tuple[str, ...]]:
    """Return triples as rdflib reads them, or as the engine does."""
    if form == "rdflib":
        graph = rdflib.Graph().parse(data=data, format="turtle")
        return {tuple(term.n3() for term in triple) for triple in graph}
    buffer = BytesIO()
    ox.serialize(ox.parse(data, ox.RdfFormat.TURTLE), buffer, format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=buffer.getvalue(), format="nt")
    return {tuple(term.n3() for term in triple) for triple in graph}


@settings(max_examples=80, deadline=None)
@given(st.lists(pages(), max_size=3))
def test_what_is_written_is_read_back_exactly_but_for_printed_lines(vocabulary: Ontology, found) -> None:  # type: ignore[no-untyped-def]
    graph = merged(found)
    lines = sorted_lines(project(graph, vocabulary, BASE))
    assert read_back(ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)) == without_lines(graph)
    store = ox.Store()
    store.extend(ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS))
    assert read_back(store) == without_lines(graph)


@settings(max_examples=40, deadline=None)
@given(st.lists(pages(), min_size=1, max_size=2))
def test_turtle_means_the_same_to_both_libraries_and_is_the_default_graph(
    vocabulary: Ontology,
    found,  # type: ignore[no-untyped-def]
) -> None:
    lines = sorted_lines(project(merged(found), vocabulary, BASE))
    data = turtle(lines, BASE)
    assert triples_of(data, "rdflib") == triples_of(data, "pyoxigraph")
    read = set(ox.parse(data, ox.RdfFormat.TURTLE))
    quads = ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)
    default = {q.triple for q in quads if q.graph_name == ox.DefaultGraph()}
    assert {q.triple for q in read} == default


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_stay_literals(vocabulary: Ontology, graph: Graph, hostile: str) -> None:
    named = replace(graph, entities=tuple(replace(e, label=hostile) for e in graph.entities))
    lines = sorted_lines(project(named, vocabulary, BASE))
    for line in lines:
        for part in (line.split(b" ")[0], line.split(b" ")[1]):
            assert part.startswith(b"<")
            assert part.isascii()
    found = rdflib.Graph().parse(data=turtle(lines, BASE), format="turtle")
    assert {str(label) for label in found.objects(None, RDFS.label)} == {hostile}


def test_a_lone_surrogate_is_replaced_and_offsets_stay(vocabulary: Ontology, graph: Graph) -> None:
    article = graph.articles[0]
    broken = replace(article, text=article.text.replace("柳", "\ud800"))
    changed = replace(graph, articles=(broken, *graph.articles[1:]))
    back = read_back(project(changed, vocabulary, BASE))
    found = next(a for a in back.articles if a.id == article.id)
    assert found.text == article.text.replace("柳", "\ufffd")
    assert len(found.text) == len(article.text)


@given(st.text(st.characters()))
@example("\ud83d\ude00")
def test_cleaning_keeps_the_length_and_leaves_nothing_that_cannot_be_encoded(text: str) -> None:
    assert len(clean(text)) == len(text)
    clean(text).encode("utf-8")


@given(st.floats(allow_nan=False))
@example(-0.0)
@example(1e-18)
@example(1e20)
def test_numbers_come_back_exactly(value: float) -> None:
    literal = number(value)
    assert float(literal.value) == value
    kept = ox.Store()
    kept.add(ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("http://e/p"), literal))
    assert float(next(iter(kept)).object.value) == value


@given(texts, texts)
def test_headline_byline_address_and_dates_of_a_page_come_back(vocabulary: Ontology, a: str, b: str) -> None:
    graph = merged([])
    page = Page("0" * 12, a, b, (), address=a, given=Given(("上", "下"), (Byline(b, a), Byline("", "乙"))))
    changed = replace(graph, pages=(page,))
    assert read_back(project(changed, vocabulary, BASE)) == changed


@given(texts)
@example("https://paper.example.org/2031/正文.html?a=1&b=%E4%B8%AD#第二段")
@example("https://paper.example.org/%zz")
@example("https://paper.example.org/a#b#c")
@example("javascript:alert(1)")
@example("https://e.org/> <http://e/p> <http://e/o> . <x")
@example("https://paper.example.org@evil.example/")
@example("")
def test_an_address_comes_back_from_disk_and_is_an_iri_only_when_clean(address: str) -> None:
    quad = ox.Quad(ox.NamedNode("http://e/s"), ox.NamedNode("https://schema.org/url"), terms.address(address))
    written = ox.serialize([quad], format=ox.RdfFormat.N_QUADS)
    (back,) = ox.parse(written, ox.RdfFormat.N_QUADS)
    assert back == quad
    assert back.object.value == clean(address)
    if isinstance(back.object, ox.NamedNode):
        assert opens(address)


@pytest.mark.parametrize(
    ("address", "iri"),
    [
        ("https://paper.example.org/2031/正文.html?a=1&b=%E4%B8%AD#第二段", True),
        ("HTTP://paper.example.org", True),
        ("https://user:word@paper.example.org/", False),
        ("https://paper.example.org/\u202e", False),
        ("https://paper.example.org/a b", False),
        ("https://paper.example.org:port/", False),
        ("https:///a", False),
        ("https://paper.example.org/" + "a" * 2000, False),
        ("file:///etc/passwd", False),
        ("paper.example.org", False),
    ],
)
def test_only_what_can_be_opened_safely_is_an_iri(address: str, iri: bool) -> None:
    assert isinstance(terms.address(address), ox.NamedNode) == iri


def test_a_time_that_a_fact_holds_for_comes_back(vocabulary: Ontology, graph: Graph) -> None:
    dated = next(fact.reported for fact in graph.facts if fact.reported is not None)
    valid = When(dated.start, dated.end, "上个月")
    changed = replace(graph, facts=tuple(replace(fact, valid=valid) for fact in graph.facts))
    assert read_back(project(changed, vocabulary, BASE)).facts == changed.facts


def test_only_asserted_facts_are_direct_triples(folder: Path, graph: Graph) -> None:
    found = rdflib.Graph().parse(folder / "kg.ttl")
    for fact in graph.facts:
        target = (
            rdflib.URIRef(fact.object) if isinstance(fact.object, str) else rdflib.Literal(fact.object.text)
        )
        direct = (rdflib.URIRef(fact.subject), KG[fact.predicate], target) in found
        assert direct == (fact.status == "asserted")
    assert {fact.status for fact in graph.facts} == {"asserted", "planned", "former", "negated"}


def test_a_post_in_an_organization_is_a_membership_and_one_in_a_place_is_none(dataset: Dataset) -> None:
    rows = dataset.query(
        "SELECT ?title { ?s a org:Membership ; org:member ?p ; org:organization ?o ; kg:title ?title . "
        "?p a kg:Person . ?o a kg:Organization } ORDER BY ?title"
    ).rows
    assert [row[0].value for row in rows if row[0]] == ["书记", "董事长"]


def test_a_passage_is_found_by_its_code_points_and_by_its_words(quads: rdflib.Dataset, graph: Graph) -> None:
    for article in graph.articles:
        graph_of = quads.graph(rdflib.URIRef(f"{BASE}article/{article.id}"))
        selectors = list(graph_of.subjects(RDF.type, OA.TextQuoteSelector))
        assert selectors
        for selector in selectors:
            start, end = (int(graph_of.value(selector, name)) for name in (OA.start, OA.end))  # type: ignore[arg-type]
            exact = str(graph_of.value(selector, OA.exact))
            assert article.text[start:end] == exact


def test_every_name_of_a_page_has_an_iri_that_leads_to_its_entity(
    quads: rdflib.Dataset, graph: Graph
) -> None:
    replaced = rdflib.URIRef("http://purl.org/dc/terms/isReplacedBy")
    for entity in graph.entities:
        for iri in entity.redirects:
            found = list(quads.quads((rdflib.URIRef(iri), replaced, None, None)))
            assert [target for _, _, target, _ in found] == [rdflib.URIRef(entity.iri)]
            assert not list(quads.quads((None, None, rdflib.URIRef(iri), None)))
    assert any(entity.redirects for entity in graph.entities)


def test_what_the_ontology_does_not_declare_is_refused(vocabulary: Ontology, graph: Graph) -> None:
    unknown = replace(graph, facts=(replace(graph.facts[0], predicate="likes"),))
    with pytest.raises(OntologyError, match="likes"):
        list(project(unknown, vocabulary, BASE))
    unknown = replace(graph, entities=(replace(graph.entities[0], kind="Planet"),))
    with pytest.raises(OntologyError, match="Planet"):
        list(project(unknown, vocabulary, BASE))


def test_every_property_and_class_of_ours_is_declared(quads: rdflib.Dataset) -> None:
    declared = rdflib.Graph().parse(Settings().ontology / "kg.ttl")
    used = {term for _, p, o, _ in quads.quads() for term in (p, o) if str(term).startswith(NAMESPACE)}
    assert len(used) > 30
    assert {str(term) for term in used if (term, RDFS.label, None) not in declared} == set()
