"""SHACL finds what it should find, and nothing in what we write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import rdflib

from kg.config import Settings
from kg.errors import OntologyError, StoreError
from kg.rdf import validate
from kg.rdf.shacl import check

KG = "https://kg.example.org/ontology#"
PREFIXES = """
PREFIX kg: <https://kg.example.org/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def test_what_is_written_conforms(folder: Path, settings: Settings) -> None:
    report = validate(folder, settings)
    assert report.problems == ()
    assert report.conforms
    assert report.triples == len(rdflib.Graph().parse(folder / "kg.ttl"))


def change(name: str, where: str, new: str) -> str:
    """An update that gives one property of some subjects another value."""
    return f"DELETE {{ ?s {name} ?o }} INSERT {{ ?s {name} {new} }} WHERE {{ ?s {name} ?o {where} }}"


BREAKS = {
    "one class": "INSERT { ?e a kg:Place } WHERE { ?e a kg:Person }",
    "exactly one label": change("rdfs:label", "", "'x'@en"),
    "a second label": "INSERT { ?e rdfs:label '乙'@zh } WHERE { ?e a kg:Award }",
    "one subject": "DELETE { ?s rdf:subject ?e } WHERE { ?s rdf:subject ?e ; rdf:predicate kg:heldAt }",
    "one predicate": "DELETE { ?s rdf:predicate ?p } WHERE { ?s rdf:predicate ?p ; kg:status kg:former }",
    "one object": "DELETE { ?s rdf:object ?o } WHERE { ?s rdf:object ?o ; kg:status kg:former }",
    "asserted, planned": change("kg:status", "", "kg:maybe"),
    "between 0 and 1": change("kg:confidence", "", "1.5"),
    "how many articles": change("kg:articles", "", "0"),
    "at least one passage": "DELETE WHERE { ?s prov:wasDerivedFrom ?o }",
    "not after": change("kg:lastReported", "", "'1999-01-01'^^xsd:date"),
    "backed by an asserted": "INSERT { ?a kg:partOf ?a } WHERE { ?a a kg:Organization }",
    "in the domain": change("rdf:predicate", "FILTER(?o = kg:organizedBy)", "kg:met"),
    "in the range": change("rdf:object", "; rdf:predicate kg:met", "?s"),
    "figure is a literal": change("rdf:object", "; rdf:predicate kg:totalInvestment ; rdf:subject ?e", "?e"),
}
MESSAGES = {"one class": "exactly one class", "a second label": "exactly one label"}


@pytest.mark.parametrize("wrong", BREAKS)
def test_what_is_broken_is_found_and_named(folder: Path, settings: Settings, wrong: str) -> None:
    data = rdflib.Graph().parse(folder / "kg.ttl")
    before = set(data)
    data.update(PREFIXES + BREAKS[wrong])
    assert set(data) != before
    report = check(data, settings.ontology)
    assert not report.conforms
    assert any(MESSAGES.get(wrong, wrong) in problem.message for problem in report.problems)


def test_an_unbacked_triple_is_named_with_subject_and_predicate(folder: Path, settings: Settings) -> None:
    data = rdflib.Graph().parse(folder / "kg.ttl")
    data.update(PREFIXES + "INSERT { ?a kg:met ?a } WHERE { ?a rdfs:label '柳青'@zh }")
    (problem,) = check(data, settings.ontology).problems
    (person,) = data.subjects(rdflib.RDFS.label, rdflib.Literal("柳青", lang="zh"))
    assert (problem.value, problem.path) == (str(person), KG + "met")


def test_a_predicate_that_a_user_adds_is_checked_without_a_shape_of_its_own(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    own = tmp_path / "ontology"
    own.mkdir()
    for name in ("kg.ttl", "shapes.ttl"):
        shutil.copy(settings.ontology / name, own / name)
    with (own / "kg.ttl").open("a", encoding="utf-8") as file:
        file.write(':teaches a owl:ObjectProperty ; rdfs:label "执教"@zh ;\n')
        file.write("    rdfs:domain :Person ; rdfs:range :Organization .\n")
    data = rdflib.Graph().parse(folder / "kg.ttl")
    swap = PREFIXES + (
        "DELETE {{ ?s rdf:predicate ?p }} INSERT {{ ?s rdf:predicate kg:teaches }} "
        "WHERE {{ ?s kg:title '{title}' ; rdf:predicate ?p ; rdf:object ?o }}"
    )
    data.update(swap.format(title="书记"))
    data.update(
        PREFIXES + "DELETE { ?a kg:holdsPosition ?o } INSERT { ?a kg:teaches ?o } "
        "WHERE { ?s rdf:predicate kg:teaches ; rdf:subject ?a ; rdf:object ?o }"
    )
    assert check(rdflib.Graph() + data, own).conforms
    data.update(swap.format(title="领导"))  # at a place
    report = check(data, own)
    assert [problem.path for problem in report.problems] == [KG + "teaches"]
    assert "range" in report.problems[0].message


def test_without_a_graph_or_with_broken_files_the_error_says_what_to_do(
    folder: Path, settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="run kg build"):
        validate(tmp_path, settings)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / "kg.ttl").write_text("no turtle <")
    with pytest.raises(StoreError, match=r"kg\.ttl is damaged"):
        validate(copy, settings)
    (tmp_path / "kg.ttl").write_text("no turtle <")
    with pytest.raises(OntologyError, match="cannot be read as Turtle"):
        check(rdflib.Graph(), tmp_path)
