"""Finding what somebody means by a name."""

from __future__ import annotations

from difflib import get_close_matches

from kg.cli.console import say
from kg.hanzi.fold import fold
from kg.model import Entity, Graph

SUGGESTIONS = 5


def named(graph: Graph, name: str) -> list[Entity]:
    """Return the entities of that name, those with it as their label first; else say which names are close.

    Full-width forms, quotation marks and case do not count; an IRI names its entity, also a redirected one.
    """
    wanted = _key(name)
    hits = [e for e in graph.entities if name in (e.iri, *e.redirects) or wanted in map(_key, _names(e))]
    if not hits:
        close = _close(graph, wanted)
        say(f"nothing is called {name}" + (f"; there is {'、'.join(close)}" if close else ""))
    return sorted(hits, key=lambda e: (_key(e.label) != wanted, e.iri))


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *entity.aliases)


def _key(name: str) -> str:
    return "".join(c for c in fold(name) if not c.isspace() and c not in "\"'")


def _close(graph: Graph, wanted: str) -> list[str]:
    """Return labels whose names hold the wanted one or look like it, the likest first."""
    labels: dict[str, str] = {}
    for entity in graph.entities:
        for name in _names(entity):
            labels.setdefault(_key(name), entity.label)
    holding = sorted(
        (k for k in labels if wanted and (wanted in k or (len(k) > 1 and k in wanted))), key=_by_length
    )
    alike = get_close_matches(wanted, labels, n=SUGGESTIONS, cutoff=0.5)
    return list(dict.fromkeys(labels[k] for k in (*holding, *alike)))[:SUGGESTIONS]


def _by_length(key: str) -> tuple[int, str]:
    return len(key), key
