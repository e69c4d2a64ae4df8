"""Tools for the tests of claims, made once: the ontology and lexicon as shipped, a city of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

import kg.lexicon
import kg.ontology
from kg.config import packed
from kg.extract.tools import Tools


@pytest.fixture(scope="session")
def claim_tools() -> Tools:
    """Return tools for the papers of 禾川市, which does not exist."""
    return Tools(kg.ontology.load(packed("ontology")), kg.lexicon.load([packed("lexicon")]), "禾川市")


@pytest.fixture(scope="session")
def mention_tools() -> Tools:
    """Return tools for the papers of 如皋市, which the gazetteer knows."""
    return Tools(kg.ontology.load(packed("ontology")), kg.lexicon.load([packed("lexicon")]), "如皋市")


@pytest.fixture(scope="session")
def abroad(mention_tools: Tools) -> Tools:
    """Return tools for texts of no city of their own."""
    return replace(mention_tools, city=None)
