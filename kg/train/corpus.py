"""Annotated pages as they are learned from: a text, its names, and the group that stays together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.ontology import Ontology
from kg.train.annotation import Annotation, read_annotation, read_text
from kg.train.checks import KINDS, check_facts, check_names, flat, same_text

__all__ = ["KINDS", "Document", "Form", "occurrences", "read_corpus"]

_REMEDY = "give a folder of PAGE.json with their PAGE.txt"
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


def read_corpus(folder: Path, ontology: Ontology | None = None) -> tuple[Document, ...]:
    """Return the annotated pages below a folder, in the order of their paths.

    An annotation PAGE.json has its text as PAGE.txt or PAGE.md beside it, or in a folder `articles` there.

    Args:
        ontology: what annotated facts must keep to; without it they are not looked at.

    Raises:
        InputError: there is no annotation or nothing named in any, one has no text or no known format, names
            what its text does not hold, or contradicts itself, another one or the ontology.
    """
    if not folder.is_dir():
        what = "not a folder" if folder.exists() else "no such folder"
        raise InputError(str(folder), what, remedy=_REMEDY)
    documents, texts = [], dict[str, tuple[Annotation, frozenset[Form]]]()
    for file in sorted(folder.rglob("*.json")):
        page = read_annotation(file)
        text = _text_of(file)
        check_names(page, text)
        if ontology is not None:
            check_facts(page, ontology)
        document = _document(page, text)
        first, forms = texts.setdefault(flat(text), (page, frozenset(document.forms)))
        if forms != frozenset(document.forms):
            raise same_text(first, page)
        documents.append(document)
    if not documents:
        raise InputError(str(folder), "no annotated page here", remedy=_REMEDY)
    if not any(document.forms for document in documents):
        raise InputError(str(folder), "no annotated page names anything", remedy="annotate entities first")
    return tuple(documents)


def _document(page: Annotation, text: str) -> Document:
    printed, forms = flat(text), set[Form]()
    for article in page.articles:
        for entity in article.get("entities", ()):
            for form in (entity["name"], *entity.get("aliases", ())):
                if len(form) > 1 and flat(form) and flat(form) in printed:
                    forms.add((form, entity["type"], entity["name"]))
    ordered = sorted(forms, key=lambda f: (-len(f[0]), f))
    return Document(page.file.stem, page.file.parent.name, text, tuple(ordered), page.file)


def _text_of(file: Path) -> str:
    folders = (file.parent, file.parent / "articles")
    for path in (folder / f"{file.stem}{end}" for folder in folders for end in (".txt", ".md")):
        if path.is_file():
            text = read_text(path)
            if not text.strip():
                raise InputError(str(path), "the file is empty", remedy="give the text that is annotated")
            return text
    raise InputError(str(file), "its text is missing", remedy=f"put {file.stem}.txt beside it")


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
