"""What the verbs share by which people decide: naming one thing, and writing the decision down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kg.cli import options
from kg.cli.console import say
from kg.cli.ending import DONE
from kg.cli.names import named
from kg.decisions import Decision
from kg.errors import InputError
from kg.model import Entity, Graph


def the_one(graph: Graph, name: str) -> Entity:
    """Return the only entity that bears a name, or has an IRI.

    Raises:
        InputError: none does, or several do.
    """
    found = named(graph, name)
    if not found:
        raise InputError(name, "nothing is called so", remedy="kg show finds names")
    if len(found) > 1:
        told = ", ".join(f"{one.iri} ({one.kind}, {len(one.articles)} articles)" for one in found)
        raise InputError(name, f"several are called so: {told}", remedy="give the IRI of one")
    return found[0]


def settle(new: Sequence[Decision], folder: Path) -> int:
    """Write decisions down, change the graph, and say how to undo it."""
    from kg.changes import decide

    settings = options.settings()
    done = decide(new, settings, folder)
    say(options.held(done.totals))
    lines = "the line" if len(new) == 1 else f"its {len(new)} lines"
    say(f"to undo it, delete {lines} in {settings.decisions} and run kg build or kg decide")
    return DONE
