"""`kg.toml`: every key is used or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import config
from kg.config import DEFAULT_BASE, Columns, Reading, Settings, known_encoding, load, packed
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
        ('model = "nowhere"', "no folder 'nowhere'"),
        ("min_confidence = 1.2", "min_confidence is no number from 0 to 1; write one like 0.8"),
        ("min_confidence = nan", "min_confidence is no number from 0 to 1"),
        ("min_confidence = true", "min_confidence is no number from 0 to 1"),
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


def test_how_files_are_read_is_set_under_reading(tmp_path: Path) -> None:
    text = '[reading]\nencoding = "GBK"\nmax_pages = 3\n[reading.columns]\ntext = "全文"\nurl = "网址"\n'
    found = load(write(tmp_path, text)).reading
    assert found == Reading(encoding="gbk", max_pages=3, columns=Columns(text="全文", url="网址"))
    assert load(write(tmp_path, "[reading]")).reading == Reading()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("reading = 3", "reading is not a table"),
        ("[reading]\nencodings = 'gbk'", "unknown key 'encodings'; use one of encoding, max_broken"),
        ("[reading]\nencoding = 936", "encoding is not a string"),
        ("[reading]\nencoding = 'klingon'", "no encoding of Chinese text is called 'klingon'"),
        ("[reading]\nencoding = 'hex'", "no encoding of Chinese text is called 'hex'"),
        ("[reading]\nencoding = 'ascii'", "no encoding of Chinese text is called 'ascii'"),
        ("[reading]\nmax_bytes = 0", "max_bytes is not a whole number from 1"),
        ("[reading]\nmax_bytes = -5", "max_bytes is not a whole number from 1"),
        ("[reading]\nmax_pages = 1.5", "max_pages is not a whole number from 1"),
        ("[reading]\nmax_pages = true", "max_pages is not a whole number from 1"),
        ("[reading]\nmax_depth = '2'", "max_depth is not a whole number from 1"),
        ("[reading]\ncolumns = ['text']", "columns is not a table"),
        ("[reading.columns]\nbody = 'x'", "unknown key 'body'; use one of author, date, newspaper, text"),
        ("[reading.columns]\ntext = 3", "text is not a string"),
    ],
)
def test_what_cannot_be_used_for_reading_is_refused_with_its_file(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message) as caught:
        load(write(tmp_path, text))
    assert str(tmp_path / config.FILE) in str(caught.value)


@pytest.mark.parametrize(
    "name", ["gb18030", "GBK", "gb2312", "hz", "Big5", "big5hkscs", "UTF-8", "utf_16", "utf-32"]
)
def test_every_usual_encoding_of_chinese_is_known_by_its_names(name: str) -> None:
    assert "正文".encode(known_encoding("x", name)).decode(name) == "正文"


@pytest.mark.parametrize(
    "name", ["", "nope", "a\0b", "rot13", "idna", "punycode", "undefined", "latin1", "甲"]
)
def test_what_holds_no_chinese_text_is_no_encoding(name: str) -> None:
    with pytest.raises(ConfigError, match="no encoding of Chinese text"):
        known_encoding("x", name)


def test_options_of_reading_replace_what_is_set_only_where_given() -> None:
    settings = Settings(reading=Reading(encoding="big5", max_pages=9, columns=Columns(text="甲", title="乙")))
    assert settings.with_reading(None, {}) == settings
    changed = settings.with_reading("GB18030", {"text": "丙"}).reading
    assert changed == Reading(encoding="gb18030", max_pages=9, columns=Columns(text="丙", title="乙"))
    with pytest.raises(ConfigError, match="--column: unknown key 'body'"):
        settings.with_reading(None, {"body": "x"})
