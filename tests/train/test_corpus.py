"""Annotated pages to learn from: what is read, and what is refused with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.config import packed
from kg.errors import InputError
from kg.lexicon import load
from kg.train.corpus import occurrences, read_corpus
from kg.train.variants import given_characters, pools, varied

TEXT = "青禾县举行龙舟赛\n\n本报讯 昨天，青禾县委书记何清出席龙舟赛。何清说，青禾会更好。\n"
ENTITIES = [
    {"name": "何清", "type": "Person", "aliases": []},
    {"name": "青禾县", "type": "Place", "aliases": ["青禾"]},
    {"name": "青禾县第二届龙舟赛", "type": "Event", "aliases": ["龙舟赛"]},
]


def page(folder: Path, entities: object = ENTITIES, text: str = TEXT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.txt").write_text(text, "utf-8")
    made = {"page": "a", "articles": [{"entities": entities, "facts": []}]}
    (folder / "a.json").write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")
    return folder


def test_a_page_is_read_with_the_forms_that_it_prints_and_its_folder_as_group(tmp_path: Path) -> None:
    (document,) = read_corpus(page(tmp_path / "hand"))
    assert (document.group, document.name) == ("hand", "a")
    assert {form for form, _, _ in document.forms} == {"何清", "青禾县", "青禾", "龙舟赛"}


@pytest.mark.parametrize(
    ("entities", "said"),
    [
        ([{"name": "何清", "type": "Human"}], "line 8: 何清 is a Human"),
        ([{"type": "Person"}], "an entity without a name"),
    ],
)
def test_what_is_no_annotation_is_refused_with_file_and_line(
    tmp_path: Path, entities: object, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        read_corpus(page(tmp_path, entities))


def test_an_empty_folder_a_missing_text_and_broken_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no annotated page"):
        read_corpus(tmp_path)
    page(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(InputError, match="its text is missing"):
        read_corpus(tmp_path)
    page(tmp_path)
    (tmp_path / "a.json").write_text('{\n"articles": [}', "utf-8")
    with pytest.raises(InputError, match=r"a\.json, line 2: not JSON"):
        read_corpus(tmp_path)


def test_longer_forms_take_their_place_before_shorter_ones() -> None:
    forms = [
        ("青禾县委", "Organization", "青禾县委"),
        ("青禾县", "Place", "青禾县"),
        ("青禾", "Place", "青禾县"),
    ]
    found = occurrences("青禾县委在青禾", forms)
    assert [(a, b) for a, b, _ in found] == [(0, 4), (5, 7)]


def test_a_variant_names_others_throughout_is_the_same_every_time_and_keeps_to_its_group(
    tmp_path: Path,
) -> None:
    (document,) = read_corpus(page(tmp_path))
    lexicon = load([packed("lexicon")])
    names, given = pools([document]), given_characters([document])
    made = [varied(document, n, names, given, lexicon) for n in range(1, 9)]
    assert made == [varied(document, n, names, given, lexicon) for n in range(1, 9)]
    changed = [d for d in made if "何清" not in d.text]
    assert changed
    for other in changed:
        (person,) = {form for form, kind, _ in other.forms if kind == "Person"}
        assert other.text.count(person) == document.text.count("何清")
