"""IRIs of entities and statements: opaque, deterministic, free of page text."""

from __future__ import annotations

from kg.model import Literal, LocalKey, Qualifiers, Status, When
from kg.model.digest import digest

ENTITY = "entity/"
STATEMENT = "statement/"


def entity_iri(base: str, key: LocalKey) -> str:
    """Return the IRI of a page-local entity; a merged entity takes the smallest of its members'.

    >>> entity_iri("https://kg.example.org/", LocalKey("0" * 12, "Person", "甲"))
    'https://kg.example.org/entity/d73db8392048ebcf'
    """
    return base + ENTITY + digest(key.page, key.kind, key.name)


def statement_iri(
    base: str,
    ends: tuple[str, str | Literal],
    predicate: str,
    qualifiers: Qualifiers,
    status: Status,
    symmetric: bool,
    valid: When | None = None,
) -> str:
    """Return the IRI of a fact: what it states and for when, hashed; the same turned round when symmetric."""
    parts = [ends[0], *_object(ends[1])]
    if symmetric:
        parts.sort()
    for name, value in qualifiers:
        parts += (name, value)
    if valid is not None:
        parts += ("valid", valid.period.edtf)
    return base + STATEMENT + digest(predicate, str(status), *parts)


def _object(value: str | Literal) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    parts = ("literal", value.text, value.kind, repr(value.value), repr(value.unit))
    return parts if value.when is None else (*parts, value.when.edtf)  # 昨天 on another day is another fact
