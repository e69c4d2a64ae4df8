"""What the tests of the layout share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kg.config import packed
from kg.layout.genre import Genre
from kg.lexicon import Lexicon, load

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def words() -> Lexicon:
    return load([packed("lexicon")])


@pytest.fixture(scope="session")
def genre(words: Lexicon) -> Genre:
    return Genre.of(words)
