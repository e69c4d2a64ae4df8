"""Finding what somebody means by a name, and what to suggest when nobody bears it."""

from __future__ import annotations

from difflib import get_close_matches

from kg.cli.console import say
from kg.errors import InputError
from kg.model import Entity, Graph
from kg.publish import find_entities, folded

SUGGESTIONS = 5


def named(graph: Graph, name: str) -> tuple[Entity, ...]:
    """Return the entities that bear a name, or the only one that bears it as a part of its own.

    When there is none, says on stderr which names come close, and returns nothing.

    Raises:
        InputError: the name is empty.
    """
    if not folded(name):
        raise InputError("NAME", "it is empty", remedy="give a name that the pages print")
    found = find_entities(graph, name)
    bearers = tuple(
        e for e in found if name in (e.iri, *e.redirects) or folded(name) in map(folded, _forms(e))
    )
    if bearers or len(found) == 1:
        return bearers or found
    close = [e.label for e in found] or _alike(graph, name)
    hint = f"; there is {'、'.join(dict.fromkeys(close[:SUGGESTIONS]))}" if close else ""
    say(f"nothing is called {name}{hint}")
    return ()


def _alike(graph: Graph, name: str) -> list[str]:
    labels = {folded(form): e.label for e in graph.entities for form in reversed(_forms(e))}
    near = get_close_matches(folded(name), labels, n=SUGGESTIONS, cutoff=0.4)
    return [labels[form] for form in near]


def _forms(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.aliases)
