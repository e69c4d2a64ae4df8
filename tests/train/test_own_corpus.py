"""A user's corpus: what cannot be learned from is refused with file, line and what to do."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kg.config import packed
from kg.errors import InputError, StoreError
from kg.ontology import Ontology, load
from kg.train import own, read_corpus
from kg.train.annotation import line_of

TEXT = "青禾县举行龙舟赛\n\n本报讯 昨天，青禾县委书记何清出席龙舟赛。何清说，青禾会更好。\n"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load(packed("ontology"))


def corpus(folder: Path, *, entities: str = "", facts: str = "") -> Path:
    """Write a page whose entities start in line 4 and whose facts start in line 9, one a line."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.txt").write_text(TEXT, "utf-8")
    known = '{"name": "何清", "type": "Person"},\n{"name": "中共青禾县委", "type": "Organization"}'
    rest = "," if entities else ""
    lines = f'{{"articles": [\n{{"kind": "news",\n"entities": [\n{known}{rest}\n{entities or " "}\n],\n'
    (folder / "a.json").write_text(f'{lines}"facts": [\n{facts}\n]}}]}}\n', "utf-8")
    return folder


@pytest.mark.parametrize(
    ("entities", "facts", "said"),
    [
        ("5", "", "line 6: one of `entities` is no object"),
        ('{"name": " ", "type": "Person"}', "", "line 6: an entity without a name"),
        ('{"name": "何清"}', "", "line 6: 何清 is a None; use one of Person"),
        (
            '{"name": "青禾县", "type": "Place", "aliases": "青禾"}',
            "",
            "line 6: the aliases of 青禾县 are no list",
        ),
        ('{"name": "何清", "type": "Place"}', "", "line 6: 何清 is a Place, and a Person in line 4"),
        ('{"name": "何青", "type": "Person"}', "", "line 6: the text names 何青 nowhere; correct the name"),
        ("", '{"s": "何清", "o": "中共青禾县委"}', r"line 9: a fact without predicate \(`p`\)"),
        ("", '{"s": "何清", "p": "likes", "o": "中共青禾县委"}', "line 9: no predicate 'likes'; use one of"),
        (
            "",
            '{"s": "何清", "p": "holdsPosition", "o": "青禾"}',
            "line 9: holdsPosition speaks of 青禾, which is",
        ),
        (
            "",
            '{"s": "何清", "p": "holdsPosition", "o": "中共青禾县委"},\n'
            '{"s": "中共青禾县委", "p": "holdsPosition", "o": "何清"}',
            "line 10: 中共青禾县委 is a Organization, and holdsPosition is said of Person",
        ),
        ("", '{"s": "何清", "p": "met", "o": "中共青禾县委"}', None),
        ("", '{"s": "何清", "p": "holdsPosition", "o": "中共青禾县委"}', None),
    ],
)
def test_an_inconsistent_annotation_is_refused_in_its_line(
    tmp_path: Path, ontology: Ontology, entities: str, facts: str, said: str | None
) -> None:
    folder = corpus(tmp_path, entities=entities, facts=facts)
    if said is None:
        assert read_corpus(folder, ontology)
        return
    with pytest.raises(InputError, match=f"a\\.json, {said}"):
        read_corpus(folder, ontology)


def test_a_symmetric_predicate_may_be_turned_round(tmp_path: Path, ontology: Ontology) -> None:
    either = [p for p in ontology.predicates.values() if p.symmetric and p.domain != p.range]
    for predicate in either:
        facts = f'{{"s": "中共青禾县委", "p": "{predicate.name}", "o": "何清"}}'
        if {"Person", "Organization"} <= predicate.domain | predicate.range:
            assert read_corpus(corpus(tmp_path, facts=facts), ontology)


def test_a_folder_that_is_none_or_holds_nothing_to_learn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder; give a folder of"):
        read_corpus(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="not a folder"):
        read_corpus(tmp_path / "file")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.json").write_text('{"articles": [{"entities": []}]}')
    with pytest.raises(InputError, match="no annotated page names anything"):
        read_corpus(tmp_path)
    (tmp_path / "a.txt").write_text(" \n")
    with pytest.raises(InputError, match=r"a\.txt: the file is empty"):
        read_corpus(tmp_path)
    (tmp_path / "a.txt").write_bytes("青禾".encode("gb18030"))
    with pytest.raises(InputError, match=r"a\.txt: cannot be read as UTF-8; save it"):
        read_corpus(tmp_path)
    (tmp_path / "a.json").write_text('\n{"articles": {}}')
    with pytest.raises(InputError, match=r"a\.json, line 1: no list `articles`"):
        read_corpus(tmp_path)


def test_a_text_that_is_annotated_twice_in_different_ways_is_refused(tmp_path: Path) -> None:
    corpus(tmp_path / "one")
    corpus(tmp_path / "two", entities='{"name": "青禾县", "type": "Place"}')
    with pytest.raises(
        InputError, match=r"two/a\.json: the same text as .*one/a\.json, annotated in another"
    ):
        read_corpus(tmp_path)
    corpus(tmp_path / "two")
    assert len(read_corpus(tmp_path)) == 2


def test_the_text_may_be_markdown_and_begin_with_a_mark_of_its_byte_order(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    (folder / "a.txt").rename(folder / "a.md")
    (folder / "a.md").write_text(TEXT, "utf-8-sig")
    (document,) = read_corpus(folder)
    assert document.text == TEXT


@pytest.mark.parametrize("indent", [None, 0, 3])
def test_the_line_of_every_part_of_a_json_text_is_found(indent: int | None) -> None:
    tree: Any = {"a": [1, {"b": 'x\\"]}', "c": [[], {}]}], "d": {"e": None, "f": [True, "甲"]}}
    raw = json.dumps(tree, indent=indent, ensure_ascii=False)
    lines = raw.splitlines()

    def walk(value: Any, way: tuple[str | int, ...]) -> None:
        start = json.dumps(value, indent=indent, ensure_ascii=False).splitlines()[0]
        assert start in lines[line_of(raw, way) - 1]
        for key, inner in (
            value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
        ):
            walk(inner, (*way, key))

    walk(tree, ())
    assert line_of(raw, ("d", "f", 1)) == 1 + raw[: raw.index('"甲"')].count("\n")


def test_what_training_needs_is_named_with_its_extra() -> None:
    own.check_installed(("json",))
    with pytest.raises(InputError, match=r"training needs abacus and quill, .*baozhi-kg\[train\]"):
        own.check_installed(("json", "abacus", "quill"))


def test_only_a_model_is_replaced_and_only_by_a_whole_one(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "model"
    own.check_out(out)
    with suppress(KeyboardInterrupt), own.written(out) as fresh:
        (fresh / "encoder.onnx").write_text("half")
        raise KeyboardInterrupt
    assert not out.exists()
    for turn in ("first", "second"):
        with own.written(out) as fresh:
            for name in ("encoder.onnx", "finder.onnx", "finder.json"):
                (fresh / name).write_text(turn)
        own.check_out(out)
    assert {path.name: path.read_text() for path in out.iterdir()} == dict.fromkeys(
        ("encoder.onnx", "finder.onnx", "finder.json"), "second"
    )
    (out / "diary.txt").touch()
    with pytest.raises(InputError, match=r"holds diary\.txt, which is no model's; name a new folder"):
        own.check_out(out)
    with pytest.raises(InputError, match="not a folder"):
        own.check_out(out / "diary.txt")
    with pytest.raises(StoreError, match="cannot be written"), own.written(out / "diary.txt" / "model"):
        pass


def test_a_card_says_the_same_of_the_same_corpus_and_another_of_another(tmp_path: Path) -> None:
    documents = read_corpus(corpus(tmp_path / "one"))
    said = own.about(documents, {"epochs": 2}, "0f")
    assert said == own.about(read_corpus(tmp_path), {"epochs": 2}, "0f")
    assert (said["pages"], said["groups"], said["forms"]) == (1, ["one"], {"Person": 1})
    more = read_corpus(corpus(tmp_path / "one", entities='{"name": "青禾县", "type": "Place"}'))
    assert own.about(more, {"epochs": 2}, "0f")["corpus"] != said["corpus"]
