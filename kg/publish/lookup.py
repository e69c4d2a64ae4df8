"""From a name, as a person types it, to entities."""

from __future__ import annotations

from collections.abc import Callable

from kg.errors import InputError
from kg.hanzi.fold import fold
from kg.model import Entity, Graph


def find_entities(graph: Graph, name: str) -> tuple[Entity, ...]:
    """Return the entities that a name may mean, most reported first; empty when there is none.

    The first way that finds any decides: an IRI (also one that redirects), a name in full, a name but for
    white space, quotation marks and width, and last a part of a name.
    """
    wanted = folded(name)
    ways: tuple[Callable[[Entity], bool], ...] = (
        lambda e: name == e.iri or name in e.redirects,
        lambda e: name == e.label or name in e.aliases,
        lambda e: any(wanted == folded(form) for form in (e.label, *e.aliases)),
        lambda e: any(wanted in folded(form) for form in (e.label, *e.aliases)),
    )
    if not wanted:
        return ()
    for way in ways:
        found = [e for e in graph.entities if way(e)]
        if found:
            return tuple(sorted(found, key=lambda e: (-len(e.articles), e.iri)))
    return ()


def find_entity(graph: Graph, name: str) -> Entity:
    """Return the one entity that a name means.

    Raises:
        InputError: nobody and nothing has the name, or several do.
    """
    found = find_entities(graph, name)
    if not found:
        raise InputError(name, "no entity has this name", remedy="search for a part of the name")
    if len(found) > 1:
        several = ", ".join(f"{e.label} ({e.kind}, {e.iri})" for e in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise InputError(
            name, f"{len(found)} entities have this name: {several}{more}", remedy="give the full name or IRI"
        )
    return found[0]


def folded(text: str) -> str:
    """Return a name as names are compared: without white space and quotation marks, in one width and case.

    >>> folded("“ＡＢＣ 公司”") == folded("abc公司")
    True
    """
    return "".join(c for c in fold(text) if not c.isspace() and c not in "\"'《》〈〉")
