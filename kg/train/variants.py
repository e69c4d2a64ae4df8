"""The same page under other names, so that contexts are learned and not the names that stand in them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.lexicon import Lexicon
from kg.train.corpus import Document, Form, occurrences

PEOPLE = 0.75
"""How many of the people of Chinese name get another name."""
OTHERS = 0.3
"""How many of the other names of four or more characters are changed for one of the same kind."""
SINGLE = 0.34
"""How many of the new given names have one character."""

Pools = Mapping[tuple[str, str], Sequence[str]]


def pools(documents: Sequence[Document]) -> Pools:
    """Return for each (group, kind) the names of four or more characters, sorted."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        for form, kind, name in document.forms:
            if form == name and len(form) > 3:
                found[document.group, kind].add(form)
    return {key: sorted(names) for key, names in found.items()}


def given_characters(documents: Sequence[Document]) -> str:
    """Return the characters of the given names of a corpus, as often as they stand there."""
    people = [
        n for d in documents for f, kind, n in d.forms if kind == "Person" and f == n and len(n) in (2, 3)
    ]
    return "".join(sorted("".join(name[1:] for name in people)))


def varied(document: Document, number: int, names: Pools, given: str, lexicon: Lexicon) -> Document:
    """Return a document with some of its names changed throughout; the same for the same number.

    A name is changed only for one of the same group, so that nothing of a group is seen outside it.
    """
    rng = random.Random(f"{document.group}/{document.name}/{number}")  # noqa: S311 - no secret
    surnames = [row["word"] for row in lexicon.table("surnames").where(use="common")]
    new: dict[str, str] = {}
    for form, kind, name in document.forms:
        if form != name:
            continue
        if kind == "Person" and len(name) in (2, 3) and rng.random() < PEOPLE:
            size = 1 if rng.random() < SINGLE else 2
            new[name] = rng.choice(surnames) + "".join(rng.choices(given, k=size))
        elif kind != "Person" and len(name) > 3 and rng.random() < OTHERS:
            new[name] = rng.choice(names[document.group, kind])
    pieces, done = [], 0
    forms: set[Form] = set()
    for start, end, printed in occurrences(document.text, document.forms):
        other = new.get(printed[0], printed[0])
        forms.add((other, printed[1], other if printed[0] in new else printed[2]))
        pieces += [document.text[done:start], other]
        done = end
    text = "".join([*pieces, document.text[done:]])
    return replace(document, text=text, forms=tuple(sorted(forms, key=lambda f: (-len(f[0]), f))))
