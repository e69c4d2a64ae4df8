"""Annotated entities in the place of those that would be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kg.model import LocalEntity, LocalKey, Mention, Span
from kg.train.corpus import occurrences


def entities_of(text: str, annotated: Sequence[Mapping[str, Any]]) -> tuple[LocalEntity, ...]:
    """Return the annotated entities of the article `p-1` with every printed form found in its text.

    Longer forms take their place before shorter ones.
    """
    forms = sorted(
        {(form, e["type"], e["name"]) for e in annotated for form in (e["name"], *e["aliases"]) if form},
        key=lambda f: (-len(f[0]), f),
    )
    found: dict[LocalKey, list[Mention]] = {LocalKey("p", e["type"], e["name"]): [] for e in annotated}
    for start, end, (form, kind, name) in occurrences(text, forms):
        found[LocalKey("p", kind, name)].append(Mention("p-1", form, kind, Span(start, end)))
    aliases = {(e["type"], e["name"]): tuple(sorted(set(e["aliases"]) - {e["name"]})) for e in annotated}
    return tuple(LocalEntity(k, aliases[k.kind, k.name], tuple(ms)) for k, ms in found.items())
