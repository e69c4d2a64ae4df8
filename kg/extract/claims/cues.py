"""How a clause is meant: planned, negated, hedged, reported by somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.claims.grammar import NAME
from kg.extract.claims.scene import View
from kg.lexicon import Lexicon
from kg.model import Status

_LATER = re.compile(r"(?:建成|达产|投产|完工|竣工|投用|建设|届时)[^，。]{0,4}后?[，,]|届时")
"""A clause that makes what follows it planned: 建成后，年产…."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words as patterns."""

    planned: re.Pattern[str]
    negated: re.Pattern[str]
    hedged: re.Pattern[str]
    source: re.Pattern[str]
    says: re.Pattern[str]


def cues(lexicon: Lexicon) -> Cues:
    """Compile the table of cues."""
    table = lexicon.table("cues")

    def words(means: str) -> str:
        found = sorted((r["word"] for r in table.where(means=means)), key=lambda w: (-len(w), w))
        return "|".join(map(re.escape, found)) or "(?!)"

    return Cues(
        re.compile(rf"(?:{words('planned')})(?!{NAME})"),
        re.compile(rf"(?:{words('negated')})[^，。；]{{0,3}}\Z"),
        re.compile(words("hedged")),
        re.compile(words("source")),
        re.compile(rf"{NAME}+[^{NAME}，。；]{{0,6}}(?:{words('says')})"),
    )


def status(view: View, start: int, end: int, known: Cues) -> Status | None:
    """Return how what stands at a place of a sentence is meant; None when it is no statement."""
    begin = view.clause_start(start)
    lead = view.masked[begin - view.start : start - view.start]
    if known.hedged.search(lead):
        return None
    if known.negated.search(lead):
        return Status.NEGATED
    if known.planned.search(lead) or _LATER.search(view.masked[: start - view.start]):
        return Status.PLANNED
    return Status.ASSERTED


def speaker(view: View, known: Cues) -> str | None:
    """Return who says a sentence: the name before 说, or 据悉 as printed."""
    said = known.says.search(view.masked)
    if said is not None:
        node = next((n for n in view.nodes if n.start == view.start + said.start()), None)
        people = [n for n in view.nodes if n.kind == "Person" and n.start < view.start + said.end()]
        if people:
            return people[-1].key.name
        return node.key.name if node else None
    source = known.source.search(view.masked)
    return source.group() if source else None
