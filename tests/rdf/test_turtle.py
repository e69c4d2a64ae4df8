"""Turtle: the engine's own serializer, given the same sorted triples, writes the same bytes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from strategies import HOSTILE

from kg.rdf.sorting import sorted_lines
from kg.rdf.terms import PREFIXES, RDF, XSD, sorted_prefixes
from kg.rdf.turtle import turtle

BASE = "https://kg.example.org/"
TYPE = f"{RDF}type"

TAME = [
    BASE + "entity/e3a6bfa5ad55f9ba",
    BASE + "statement/5800af1f28c43ce4",
    BASE + "article/0123-1#char=1,2",
    PREFIXES["kg"] + "met",
    PREFIXES["schema"] + "url",
    TYPE,
    "urn:x",
]
WILD = [
    BASE + "entity/",
    BASE + "entity/a.",
    BASE + "entity/a.b-c",
    PREFIXES["kg"] + "q-%E4%BB%BB",
    "http://e/平湖",
]
texts = st.one_of(
    st.sampled_from([*HOSTILE, f"> <{TYPE}> ", f'"> <{TYPE}> <urn:x> .', '" .\n', "a b"]),
    st.text(st.characters(exclude_categories=["Cs"])),
)
numbers = st.sampled_from(["0", "-1", "+5", "1.0", ".5", "5.", "1e3", "NaN", "true", "", "１", "1 2"])
literals = st.one_of(
    texts.map(ox.Literal),
    texts.map(lambda text: ox.Literal(text, language="zh")),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD + name)),
        st.one_of(numbers, texts),
        st.sampled_from(["integer", "decimal", "double", "boolean", "date"]),
    ),
)


def quads_of(iris: list[str]) -> st.SearchStrategy[ox.Quad]:
    nodes = st.sampled_from(iris).map(ox.NamedNode)
    graphs = st.one_of(st.just(ox.DefaultGraph()), st.just(ox.DefaultGraph()), nodes)
    return st.builds(ox.Quad, nodes, nodes, st.one_of(nodes, literals), graphs)


quads = quads_of([*TAME, *WILD])


def default(some: list[ox.Quad]) -> list[ox.Quad]:
    return [quad for quad in some if quad.graph_name == ox.DefaultGraph()]


@given(st.lists(quads, max_size=12))
def test_turtle_says_what_the_default_graph_says(some: list[ox.Quad]) -> None:
    written = turtle(sorted_lines(some), BASE)
    assert set(ox.parse(written, ox.RdfFormat.TURTLE)) == set(default(some))


@given(st.lists(quads_of(TAME), max_size=12).filter(default))
def test_turtle_is_what_the_engine_writes_of_the_sorted_triples(some: list[ox.Quad]) -> None:
    own = {name: f"{BASE}{name}/" for name in ("entity", "statement", "evidence")}
    lines = b"".join(sorted_lines(default(some)))
    ordered = (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes={**PREFIXES, **own}) or b""
    prefixes, body = sorted_prefixes(data)
    assert turtle(sorted_lines(some), BASE) == prefixes + b"\n" + body.replace(b" .\n", b" .\n\n")


@given(st.lists(quads, max_size=12))
def test_lines_are_sorted_by_subject_with_its_classes_first(some: list[ox.Quad]) -> None:
    lines = sorted_lines(some)
    assert set(ox.parse(b"".join(lines), ox.RdfFormat.N_QUADS)) == set(some)
    ranks = []
    for line in lines:
        subject, predicate, _ = line.split(b" ", 2)
        ranks.append((subject, predicate != f"<{TYPE}>".encode()))
    assert ranks == sorted(ranks)
    assert sorted_lines(reversed(some)) == lines


@pytest.mark.parametrize("text", HOSTILE)
def test_rdflib_reads_the_turtle_of_hostile_text(text: str) -> None:
    quad = ox.Quad(
        ox.NamedNode(BASE + "entity/a"), ox.NamedNode("http://e/p"), ox.Literal(text, language="zh")
    )
    found = rdflib.Graph().parse(data=turtle(sorted_lines([quad]), BASE), format="turtle")
    assert {str(value) for value in found.objects()} == {text}
