"""The table of frames: every row fires on its example, a new predicate needs no code, mistakes are named."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from marked import claims_of, stated

import kg.ontology
from kg.config import packed
from kg.errors import OntologyError
from kg.extract.claims.frames import SLOTS, Frame, prepare
from kg.extract.claims.slots import READERS
from kg.extract.renamed import FORMER
from kg.extract.tools import Tools

FRAMES = prepare(kg.ontology.load(packed("ontology"))).rows


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: f.name)
def test_every_frame_fires_on_its_example(frame: Frame, claim_tools: Tools) -> None:
    found = {c.evidence.finder for c in claims_of(frame.example, claim_tools)}
    if frame.name not in found:  # a surer row states the same: without the others this one must
        ontology = claim_tools.ontology
        row = tuple(r for r in ontology.frames if r["example"] == frame.example)
        alone = dataclasses.replace(claim_tools, ontology=dataclasses.replace(ontology, frames=row))
        (found_alone,) = claims_of(frame.example, alone)
        assert found_alone.predicate == frame.predicate.name
        assert frame.predicate.name in {c.predicate for c in claims_of(frame.example, claim_tools)}


def test_every_predicate_of_the_ontology_has_a_frame_but_for_what_renamed_tsv_says() -> None:
    declared = set(kg.ontology.load(packed("ontology")).predicates)
    assert {f.predicate.name for f in FRAMES} == declared - {FORMER}


def test_the_slots_that_a_frame_may_name_are_the_slots_that_are_read() -> None:
    assert set(READERS) == SLOTS


TEACHES = """
:teaches a owl:ObjectProperty ;
    rdfs:label "执教于"@zh, "teaches at"@en ;
    rdfs:domain :Person ;
    rdfs:range :Organization .
"""
ROW = (
    "teaches\tclause\t执教于 任教于\tbefore:Person topic:Person\ton\t-\t-\t-\t-\t0.9"
    "\t[何清|Person]执教于[甲中学|Organization]。"
)


def own_ontology(folder: Path, row: str) -> Path:
    """Return a copy of the ontology with a predicate `teaches` and one frame for it."""
    out = folder / "ontology"
    shutil.copytree(packed("ontology"), out)
    with (out / "kg.ttl").open("a", encoding="utf-8") as ttl:
        ttl.write(TEACHES)
    with (out / "frames.tsv").open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    return out


def test_a_new_predicate_with_a_frame_is_extracted_without_code(tmp_path: Path, claim_tools: Tools) -> None:
    ontology = kg.ontology.load(own_ontology(tmp_path, ROW))
    tools = dataclasses.replace(claim_tools, ontology=ontology)
    text = "[何清|Person]回到家乡。她现任教于[青禾实验小学|Organization]。"
    assert stated(text, tools) == {("何清", "teaches", "青禾实验小学")}
    assert stated(text, claim_tools) == set()


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        (1, "sentence", "shape"),
        (3, "behind", "slot"),
        (5, "colour", "read"),
        (7, "也", "block"),
        (8, "perhaps", "status"),
        (9, "1.5", "sure"),
        (9, "often", "sure"),
        (2, "-", "no trigger"),
    ],
)
def test_a_frame_that_says_something_unknown_is_refused_with_its_name(
    tmp_path: Path, column: int, value: str, named: str
) -> None:
    cells = ROW.split("\t")
    cells[column] = value
    ontology = kg.ontology.load(own_ontology(tmp_path, "\t".join(cells)))
    with pytest.raises(OntologyError, match=named) as caught:
        prepare(ontology)
    assert caught.value.where == "teaches-1"


def test_a_table_without_a_column_is_refused(tmp_path: Path) -> None:
    folder = own_ontology(tmp_path, ROW)
    (folder / "frames.tsv").write_text("predicate\ttrigger\nteaches\t执教于\n", encoding="utf-8")
    with pytest.raises(OntologyError, match="no column 'shape'"):
        prepare(kg.ontology.load(folder))
