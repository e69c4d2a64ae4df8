"""Annotated pages as they are learned from: a text, its names, and the group that stays together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

KINDS = ("Person", "Organization", "Place", "Project", "Event", "Award")
"""What is learned to be found."""
Form = tuple[str, str, str]
"""A printed form, the kind of what it names, and the canonical name of that."""


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated page.

    Attributes:
        name: the annotation's stem.
        group: the folder it lies in: pages of one group are never both learned from and measured on.
        text: the page as printed.
        forms: what its names look like, the longest form first.
        source: the annotation file.
    """

    name: str
    group: str
    text: str
    forms: tuple[Form, ...]
    source: Path


def read_corpus(folder: Path) -> tuple[Document, ...]:
    """Return the annotated pages below a folder, in the order of their paths.

    An annotation PAGE.json has its text beside it as PAGE.txt, or in a folder `articles` beside it.

    Raises:
        InputError: there is no annotation, one has no text or no known format, or it names what its text
            does not hold.
    """
    files = sorted(folder.rglob("*.json")) if folder.is_dir() else []
    documents = tuple(_document(file) for file in files)
    if not documents:
        raise InputError(
            str(folder), "no annotated page here", remedy="give a folder of PAGE.json with their PAGE.txt"
        )
    return documents


def _document(file: Path) -> Document:
    text = _text_of(file)
    raw = _read(file)
    try:
        data = json.loads(raw)
    except ValueError as error:
        raise InputError(str(file), "not JSON", where=f"line {getattr(error, 'lineno', 1)}") from error
    articles = data.get("articles") if isinstance(data, dict) else None
    if not isinstance(articles, list) or not all(isinstance(a, dict) for a in articles):
        raise InputError(str(file), "no list `articles`", where="line 1", remedy="see docs/evaluation.md")
    flat = "".join(text.split())
    forms: set[Form] = set()
    for article in articles:
        for entity in article.get("entities", ()):
            forms.update(_forms(entity, flat, file, raw))
    ordered = sorted((f for f in forms if len(f[0]) > 1), key=lambda f: (-len(f[0]), f))
    return Document(file.stem, file.parent.name, text, tuple(ordered), file)


def _forms(entity: Any, flat: str, file: Path, raw: str) -> set[Form]:
    """Return the printed forms of an entity; one whose class is unknown or that has no name is refused."""
    name = entity.get("name") if isinstance(entity, dict) else None
    if not isinstance(name, str) or not name:
        raise InputError(str(file), "an entity without a name", where="line 1")
    where = f"line {_line(raw, name)}"
    if entity.get("type") not in KINDS:
        kinds = ", ".join(KINDS)
        raise InputError(str(file), f"{name} is a {entity.get('type')}", where=where, remedy=f"use {kinds}")
    printed = [form for form in (name, *entity.get("aliases", ())) if "".join(form.split()) in flat]
    return {(form, entity["type"], name) for form in printed}


def _line(raw: str, name: str) -> int:
    place = raw.find(json.dumps(name, ensure_ascii=False))
    return raw.count("\n", 0, max(place, 0)) + 1


def _text_of(file: Path) -> str:
    for path in (file.with_suffix(".txt"), file.parent / "articles" / f"{file.stem}.txt"):
        if path.exists():
            return _read(path)
    raise InputError(str(file), "its text is missing", remedy=f"put {file.stem}.txt beside it")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "cannot be read as UTF-8") from error


def occurrences(text: str, forms: Sequence[Form]) -> list[tuple[int, int, Form]]:
    """Return where the forms stand in a text, longer forms first, none over another, in order.

    >>> occurrences("如皋市人", [("如皋市", "Place", "如皋市"), ("如皋", "Place", "如皋市")])
    [(0, 3, ('如皋市', 'Place', '如皋市'))]
    """
    taken, found = bytearray(len(text)), []
    for form in forms:
        size = len(form[0])
        place = text.find(form[0])
        while place >= 0:
            if any(taken[place : place + size]):
                place = text.find(form[0], place + 1)
                continue
            taken[place : place + size] = b"\1" * size
            found.append((place, place + size, form))
            place = text.find(form[0], place + size)
    return sorted(found)
