"""`kg.toml`: every key is used or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import config
from kg.config import DEFAULT_BASE, Settings, load, packed
from kg.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / config.FILE).write_text(text, "utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert (found.base, found.city, found.ontology) == (DEFAULT_BASE, None, packed("ontology"))
    assert found.decisions == tmp_path / "decisions.tsv"


def test_relative_paths_are_relative_to_the_folder(tmp_path: Path) -> None:
    for name in ("own", "words"):
        (tmp_path / name).mkdir()
    found = load(
        write(
            tmp_path,
            'base = "https://example.org/kg/"\ncity = "河口市"\nontology = "own"\nlexicon = ["words"]\n'
            'decisions = "d.tsv"\n',
        )
    )
    assert found.base == "https://example.org/kg/"
    assert found.city == "河口市"
    assert found.ontology == tmp_path / "own"
    assert found.lexicon == (packed("lexicon"), tmp_path / "words")
    assert found.decisions == tmp_path / "d.tsv"


@pytest.mark.parametrize("base", ["https://example.org/", "http://e.org/a#", "urn:kg:"])
def test_a_base_is_an_absolute_iri_that_ends_openly(tmp_path: Path, base: str) -> None:
    assert load(write(tmp_path, f'base = "{base}"')).base == base


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("base = ", "not valid TOML"),
        ('bass = "x"', "unknown key 'bass'"),
        ("city = 3", "city is not a string"),
        ('lexicon = "words"', "lexicon is not a list of strings"),
        ('lexicon = ["nowhere"]', "no folder 'nowhere'"),
        ('ontology = "nowhere"', "no folder 'nowhere'"),
        ('base = "example.org/"', "no IRI to build on"),
        ('base = "https://example.org/kg"', "no IRI to build on"),
        ('base = "https://example.org/<x>/"', "no IRI to build on"),
        ('base = "file:///tmp/"', "no IRI to build on"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load(write(tmp_path, text))
    assert str(tmp_path / config.FILE) in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / config.FILE).write_bytes('city = "平湖市"'.encode("gb18030"))
    with pytest.raises(ConfigError, match="not valid TOML"):
        load(tmp_path)


def test_an_option_replaces_the_city_only_when_given() -> None:
    settings = Settings(city="甲市")
    assert settings.with_city("乙市").city == "乙市"
    assert settings.with_city(None) is settings
