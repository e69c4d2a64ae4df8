"""A ledger that is made page by page gives the graph that resolving everything in memory gives."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from builders import page_of
from graphs import build
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import pages

from kg import ledger, ontology, rdf
from kg.config import Settings
from kg.ledger import entering, settling
from kg.model import Findings
from kg.publish import view
from kg.rdf import sorting
from kg.resolve import resolve

SETTINGS = Settings()
several = st.lists(pages(), min_size=2, max_size=4, unique_by=lambda f: (f.page.source, f.page.id))


@pytest.fixture(autouse=True)
def little(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every part, batch and piece be a small one."""
    for module, name in ((settling, "TOGETHER"), (settling, "ARTICLES"), (entering, "KNOWN")):
        monkeypatch.setattr(module, name, 2)
    monkeypatch.setattr(sorting.merged_lines, "__defaults__", (50,))


@settings(max_examples=5)
@given(several)
def test_a_build_in_small_parts_gives_the_bytes_of_one_in_memory(findings: Sequence[Findings]) -> None:
    declared = ontology.load(SETTINGS.ontology)
    graph = resolve(findings, SETTINGS)
    with tempfile.TemporaryDirectory() as name:
        parts, memory = Path(name, "parts"), Path(name, "memory")
        build(findings, SETTINGS, parts)
        rdf.write(graph, declared, SETTINGS, memory)
        for file in ("kg.nq", "kg.ttl"):
            assert (parts / file).read_bytes() == (memory / file).read_bytes()
        assert (parts / "index.html").read_bytes() == view(graph, declared).encode()
        assert not list((parts / "store").glob("scratch*"))


def test_an_excerpt_holds_what_is_linked_most_and_only_articles_that_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ledger.excerpt, "__kwdefaults__", {"entities": 2, "facts": 1})
    kinds = {"甲公司": "Organization", "乙镇": "Place", "丙村": "Place", "丁": "Person"}
    said = [
        page_of(
            "甲公司落户乙镇，丁出席。", [("甲公司", "locatedIn", "乙镇"), ("丁", "attended", "乙镇")], kinds
        ),
        page_of("甲公司又在丙村设点。", [("甲公司", "locatedIn", "丙村")], kinds),
    ]
    build(said, SETTINGS, tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    data = json.loads(re.search(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["total"] == {"entities": 5, "facts": 3, "articles": 2, "pages": 2}
    assert (len(data["entities"]), len(data["facts"]), len(data["articles"])) == (2, 1, 1)
    assert data["entities"][0]["name"] == "甲公司"
    assert data["entities"][0]["articles"] == 2
