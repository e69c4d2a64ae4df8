"""`kg stats`: what the graph holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options
from kg.cli.console import answer, table
from kg.cli.ending import DONE

if TYPE_CHECKING:
    from kg.model import Graph
    from kg.ontology import Ontology

BEST = 10
"""How many entities, and how many communities, are shown."""
FACES = 6
"""How many members of a community are named."""


@click.command(name="stats")
@click.option(
    "--pages", is_flag=True, help="List the pages instead: id, source, date, address, what each holds."
)
@options.graph
def command(pages: bool, graph: Path) -> int:
    """Count what the graph holds, and name what matters in it.

    Entities by class, facts by predicate and status, the entities with the most neighbours, and the groups
    that have more to do with each other than with the rest.

    \b
    Example:
      kg stats
      kg stats --pages
    """
    if pages:
        _pages(graph)
    else:
        data, ontology = options.load_graph(graph)
        _counts(data, ontology)
        _network(data, ontology)
    return DONE


def _pages(folder: Path) -> None:
    """List the pages from the ledger, which knows them without the graph being read."""
    import json
    import re

    from kg import ledger
    from kg.rdf import STORE, open_dataset

    open_dataset(folder)

    def place(source: str) -> list[tuple[int, str]]:
        """Return what sorts page 9 before page 10."""
        parts = re.split(r"(\d+)", source)
        return [(int(part), part) if n % 2 else (0, part) for n, part in enumerate(parts)]

    rows, first = [], {}
    with ledger.opened(folder / STORE) as base:
        for one, articles, facts in ledger.holdings(base):
            said = json.loads(one.row)
            first[one.page] = said["source"]
            shown = (said["source"], said["newspaper"] or "", said["date"] or "", said["address"] or "")
            rows.append((one.page, *shown, f"{articles:,}", f"{facts:,}"))
        sources = ((one.page, one.source.decode("utf-8", "backslashreplace")) for one in ledger.inputs(base))
        again = [(page, source, first[page]) for page, source in sources if source != first[page]]
    rows.sort(key=lambda row: (place(row[1]), row[0]))
    columns = ("id", "source", "newspaper", "date", "address", "articles", "facts")
    _show(f"{len(rows):,} pages", columns, rows)
    if again:
        again.sort(key=lambda row: (place(row[1]), row[0]))
        _show(f"{len(again):,} with a text that stands above", ("id", "source", "the same as"), again)


def _counts(graph: Graph, ontology: Ontology) -> None:
    from kg.model import Status
    from kg.publish import label

    kinds = Counter(e.kind for e in graph.entities)
    title = f"{len(graph.pages):,} pages, {len(graph.articles):,} articles, {len(graph.entities):,} entities"
    _show(title, ("class", "类", "entities"), [(k, label(ontology, k), f"{n:,}") for k, n in _ranked(kinds)])
    predicates = Counter(f.predicate for f in graph.facts)
    split = Counter((f.predicate, f.status) for f in graph.facts)
    rows = [
        (p, label(ontology, p), f"{n:,}", *(f"{split[p, s]:,}" if split[p, s] else "" for s in Status))
        for p, n in _ranked(predicates)
    ]
    _show(f"{len(graph.facts):,} facts", ("predicate", "谓词", "facts", *Status), rows)


def _network(graph: Graph, ontology: Ontology) -> None:
    from kg.publish import communities, degree, label, to_networkx

    network = to_networkx(graph, ontology)
    entities = {e.iri: e for e in graph.entities}
    neighbours = degree(network)
    best = sorted(entities.values(), key=lambda e: (-neighbours[e.iri], e.iri))[:BEST]
    rows = [
        (e.label, label(ontology, e.kind), f"{neighbours[e.iri]:,}", f"{len(e.articles):,}") for e in best
    ]
    _show("most connected", ("name", "类", "neighbours", "articles"), rows)
    groups = [g for g in communities(network) if len(g) > 1]
    shown = []
    for group in groups[:BEST]:
        faces = sorted(group, key=lambda iri: (-neighbours[iri], iri))[:FACES]
        shown.append((f"{len(group):,}", "、".join(entities[iri].label for iri in faces)))
    _show(f"{len(groups):,} communities", ("members", "best connected of them"), shown)


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _show(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    answer(f"{title}\n{table(columns, rows)}\n")
