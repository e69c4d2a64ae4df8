"""Exports: every format is read back by the tool it is for and says the same."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.config import Settings
from kg.errors import StoreError
from kg.model import Graph
from kg.ontology import Ontology
from kg.rdf import export, write

STARRED = ("ttl", "nt", "nq", "trig")
READ = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}


@pytest.fixture(scope="module")
def default(quads: rdflib.Dataset) -> rdflib.Graph:
    """The default graph as rdflib reads it in kg.nq."""
    graph = rdflib.Graph()
    for triple in quads.default_graph:
        graph.add(triple)
    return graph


def dataset(data: bytes, form: str) -> set[ox.Quad]:
    return set(ox.parse(data, READ[form]))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_default_graph_in_every_format(
    folder: Path, settings: Settings, default: rdflib.Graph, form: str, name: str
) -> None:
    found = rdflib.Graph().parse(data=export(folder, form, settings), format=name)
    assert set(found) == set(default)


def test_rdflib_and_pyoxigraph_read_every_graph_in_trig(
    folder: Path, settings: Settings, quads: rdflib.Dataset
) -> None:
    data = export(folder, "trig", settings)
    assert dataset(data, "trig") == dataset((folder / "kg.nq").read_bytes(), "nq")
    found = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        found.parse(data=data, format="trig")
        assert set(found.triples((None, None, None))) == set(quads.triples((None, None, None)))


def test_turtle_is_prefixed_sorted_and_has_a_subject_a_block(folder: Path, settings: Settings) -> None:
    text = export(folder, "ttl", settings).decode()
    prefixes = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)
    subjects = re.findall(r"^((?:entity|statement):\w+) ", text, re.MULTILINE)
    assert subjects == sorted(set(subjects))
    assert not re.search(r"<https://kg\.example\.org/(entity|statement|evidence)/", text.split("\n\n", 1)[1])
    blocks = [block for block in text.split("\n\n")[1:] if block.strip()]
    assert all(block.rstrip().endswith(" .") and " .\n" not in block.rstrip() for block in blocks)


def test_one_fact_less_takes_lines_out_of_the_turtle_and_moves_none(
    graph: Graph, vocabulary: Ontology, settings: Settings, tmp_path: Path, folder: Path
) -> None:
    fewer = Graph(graph.pages, graph.articles, graph.entities, graph.facts[1:])
    write(fewer, vocabulary, settings, tmp_path)
    before = export(folder, "ttl", settings).decode().split("\n\n")
    after = export(tmp_path, "ttl", settings).decode().split("\n\n")
    places = [before.index(block) for block in after if block in before]
    assert places == sorted(places)
    gone = [block for block in before if block not in after]
    assert len(gone) <= 2  # the statement, and its subject without the direct triple
    assert any(block.startswith(f"statement:{graph.facts[0].iri.rsplit('/', 1)[1]} ") for block in gone)


@pytest.mark.parametrize("form", STARRED)
def test_rdf_12_says_the_same_with_reified_triples(folder: Path, settings: Settings, form: str) -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    plain, starred = (dataset(export(folder, form, settings, rdf12=star), form) for star in (False, True))
    assert plain - starred
    unfolded: set[ox.Quad] = set()
    for quad in starred:
        if quad.predicate.value == rdf + "reifies":
            assert isinstance(quad.object, ox.Triple)
            for name in ("subject", "predicate", "object"):
                part = getattr(quad.object, name)
                unfolded.add(ox.Quad(quad.subject, ox.NamedNode(rdf + name), part, quad.graph_name))
        else:
            unfolded.add(quad)
    assert unfolded == plain
    assert export(folder, form, settings, rdf12=True) == export(folder, form, settings, rdf12=True)


def test_what_is_no_format_or_not_of_rdf_12_is_refused(folder: Path, settings: Settings) -> None:
    with pytest.raises(ValueError, match="xml"):
        export(folder, "xml", settings)
    with pytest.raises(ValueError, match="jsonld"):
        export(folder, "jsonld", settings, rdf12=True)


def test_damage_is_named(folder: Path, settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph"):
        export(tmp_path, "trig", settings)
