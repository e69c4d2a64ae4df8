"""Graphs on disk from findings, without any page being read: built at once, or changed in place."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg import changes, pipeline, rdf
from kg.cache import opened
from kg.config import Settings
from kg.ledger import Pieces
from kg.model import NONE, Decisions, Findings
from kg.rdf.patch import texts
from kg.report import Outcome


def outcomes(findings: Sequence[Findings]) -> list[Outcome]:
    """Return findings as what came of inputs; what they are kept by is as good as the cache's."""
    return [Outcome(f.page.source, f, key=str(hash((f.page.source, f.page.id)))) for f in findings]


@lru_cache(maxsize=1)
def _once(settings: Settings) -> Pieces:
    return Pieces(settings)


def resolving(settings: Settings, decided: Decisions) -> Pieces:
    """Return resolution under decisions; ontology and lexicon are read once."""
    pieces = copy(_once(replace(settings, min_confidence=0.0)))
    pieces.decisions, pieces.least = decided, settings.min_confidence
    return pieces


def build(findings: Sequence[Findings], settings: Settings, out: Path, decided: Decisions = NONE) -> None:
    """Build a graph as `kg.pipeline.build` does, from findings."""
    came = outcomes(findings)
    with rdf.alone(out):
        with opened(out, write=True) as cache:
            for outcome in came:
                assert outcome.findings is not None
                cache.put(outcome.key or "", outcome.findings)
        pipeline.assemble(came, settings, resolving(settings, decided), out)


def add(findings: Sequence[Findings], settings: Settings, out: Path, decided: Decisions = NONE) -> None:
    """Add pages as `kg.changes.add` does, from findings."""
    with rdf.alone(out):
        changes.Change(settings, resolving(settings, decided), outcomes(findings)).carry_out(out)


def remove(names: Sequence[str], settings: Settings, out: Path, decided: Decisions = NONE) -> None:
    """Remove pages as `kg.changes.remove` does, under decisions of one's own."""
    with rdf.alone(out):
        changes.Change(settings, resolving(settings, decided), (), names).carry_out(out)


def written(out: Path, settings: Settings) -> dict[str, bytes]:
    """Return the graph as N-Quads and Turtle, from the store."""
    return texts(out, settings.base)
