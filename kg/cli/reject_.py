"""`kg reject`: a fact that is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options

if TYPE_CHECKING:
    from kg.model import Fact, Graph, Rejected
    from kg.ontology import Ontology


@click.command(name="reject")
@click.argument("fact", nargs=-1, required=True, metavar="FACT")
@options.graph
def command(fact: tuple[str, ...], graph: Path) -> int:
    """Say that a fact is none.

    FACT is the IRI of its statement, or three words: subject, predicate (met or 会见), object. The decision
    is a line in decisions.tsv, holds in every build, and is undone by deleting the line.

    \b
    Example:
      kg reject 周立新 met 罗启明
    """
    from kg.cli.deciding import settle

    data, ontology = options.load_graph(graph)
    return settle([_rejected(_found(fact, data, ontology), data)], graph)


def _found(words: tuple[str, ...], graph: Graph, ontology: Ontology) -> Fact:
    """Return the fact that is meant.

    Raises:
        InputError: there is none, or there are several.
    """
    from kg.cli.facts import Telling
    from kg.errors import InputError
    from kg.publish import label

    if len(words) not in (1, 3):
        raise click.UsageError("give an IRI, or subject, predicate and object")
    if len(words) == 1:
        found = [one for one in graph.facts if words[0] in (one.iri, one.iri.rpartition("/")[2])]
    else:
        named = {words[1]}
        found = [
            one
            for one in graph.facts
            if {one.predicate, label(ontology, one.predicate)} & named
            and _is(one.subject, words[0], graph)
            and _is(one.object if isinstance(one.object, str) else one.object.text, words[2], graph)
        ]
    if not found:
        raise InputError(" ".join(words), "no such fact", remedy="kg show lists the facts of a name")
    if len(found) > 1:
        telling = Telling(graph, ontology)
        told = "; ".join(f"{one.iri} {next(telling.statement(one))}" for one in found)
        raise InputError(" ".join(words), f"several facts: {told}", remedy="give the IRI of one")
    return found[0]


def _is(end: str, name: str, graph: Graph) -> bool:
    from kg.publish import folded

    names = [n for e in graph.entities if end == e.iri for n in (e.iri, *e.redirects, e.label, *e.aliases)]
    return folded(name) in map(folded, names or [end])


def _rejected(fact: Fact, graph: Graph) -> Rejected:
    from kg.model import Rejected

    members = {entity.iri: entity.members[0] for entity in graph.entities}
    target = members[fact.object] if isinstance(fact.object, str) else fact.object.text
    qualifiers = tuple(pair for pair in fact.qualifiers if pair[0] != "speaker")
    return Rejected(members[fact.subject], fact.predicate, target, qualifiers, fact.status)
