"""`kg.ontology` reads what a user edits, and refuses what cannot be meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import ontology
from kg.config import packed
from kg.errors import OntologyError


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the ontology to edit."""
    return Path(shutil.copytree(packed("ontology"), tmp_path / "ontology"))


def add(folder: Path, turtle: str) -> Path:
    with (folder / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(turtle)
    return folder


def test_a_class_and_a_predicate_that_a_user_adds_are_there(own: Path) -> None:
    add(
        own,
        """
        @prefix my: <http://example.org/my#> .
        my:School a owl:Class ; rdfs:subClassOf :Organization ; rdfs:label "学校"@zh .
        my:teaches a owl:ObjectProperty ; rdfs:label "执教"@zh ; rdfs:domain :Person ; rdfs:range my:School .
        """,
    )
    found = ontology.load(own)
    assert found.classes["School"].iri == "http://example.org/my#School"
    teaches = found.predicate("teaches")
    assert (teaches.domain, teaches.range, teaches.literal) == ({"Person"}, {"School"}, None)
    assert list(found.predicates) == sorted(found.predicates)


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        (":broken a", "cannot be read as Turtle"),
        (":likes a owl:ObjectProperty ; rdfs:domain :Person .", "no range among the classes"),
        (":likes a owl:ObjectProperty ; rdfs:domain :Person ; rdfs:range xsd:string .", "no range"),
        (':mass a owl:DatatypeProperty ; rdfs:domain :Person ; :literalKind "kilo" .', "literal kind 'kilo'"),
    ],
)
def test_what_cannot_be_meant_is_refused(own: Path, turtle: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        ontology.load(add(own, turtle))


def test_a_frame_for_a_predicate_that_is_not_declared_is_refused(own: Path) -> None:
    header = next(
        line
        for line in (own / "frames.tsv").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    cells = ["likes" if name == "predicate" else "喜欢" for name in header.split("\t")]
    (own / "frames.tsv").write_text(header + "\n" + "\t".join(cells) + "\n", "utf-8")
    with pytest.raises(OntologyError, match="'likes'"):
        ontology.load(own)


def test_frames_without_a_predicate_column_are_refused(own: Path) -> None:
    (own / "frames.tsv").write_text("trigger\n会见\n", "utf-8")
    with pytest.raises(OntologyError, match="no column 'predicate'"):
        ontology.load(own)


def test_a_missing_file_and_a_missing_predicate_are_named(own: Path) -> None:
    with pytest.raises(OntologyError, match="no predicate 'likes'"):
        ontology.load(own).predicate("likes")
    (own / "kg.ttl").unlink()
    with pytest.raises(OntologyError, match=r"kg\.ttl"):
        ontology.load(own)
