"""How a clause is meant: planned, negated, hedged, reported by somebody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.claims.grammar import NAME
from kg.extract.claims.scene import View
from kg.lexicon import Lexicon, alternation
from kg.model import Status

_DONE = re.compile("了(?![解得])")
"""The particle of what is done."""
_YEAR = re.compile(r"(?:19|20)\d\d年")
"""A year in digits: of what is done, unless a plan stands before it."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words as patterns.

    Attributes:
        planned, agreed, later: words that make planned what follows them in a clause, in a sentence.
        done: words that show that a clause speaks of what is or was.
        hidden: longer words that hide one of them: 规划 in 规划用地.
        candidate: what stands behind the name of something, or ends it, that is not got yet.
        former: words that say that a post was held once.
    """

    planned: re.Pattern[str]
    agreed: re.Pattern[str]
    later: re.Pattern[str]
    done: re.Pattern[str]
    hidden: re.Pattern[str]
    candidate: re.Pattern[str]
    former: re.Pattern[str]
    negated: re.Pattern[str]
    hedged: re.Pattern[str]
    source: re.Pattern[str]
    says: re.Pattern[str]


def cues(lexicon: Lexicon) -> Cues:
    """Compile the table of cues."""
    table = lexicon.table("cues")

    def words(means: str) -> str:
        return alternation(r["word"] for r in table.where(means=means))

    return Cues(
        re.compile(rf"(?:{words('planned')})(?:(?<=要在)|(?!{NAME}))"),
        re.compile(words("agreed")),
        re.compile(words("later")),
        re.compile(words("done")),
        re.compile(words("not")),
        re.compile(rf"[”’\"』」》]?(?:称号|荣誉)?的?(?:{words('candidate')})"),
        re.compile(words("former")),
        re.compile(rf"(?:{words('negated')})[^，。；]{{0,3}}\Z"),
        re.compile(words("hedged")),
        re.compile(words("source")),
        re.compile(rf"{NAME}+[^{NAME}，。；]{{0,6}}(?:{words('says')})"),
    )


def status(view: View, start: int, end: int, known: Cues) -> Status | None:
    """Return how what stands at a place of a sentence is meant; None when it is no statement."""
    base = view.start
    text = known.hidden.sub(lambda m: "\0" * len(m.group()), view.masked)
    begin = view.clause_start(start) - base
    lead = text[begin : start - base]
    if known.hedged.search(lead):
        return None
    if known.negated.search(lead):
        return Status.NEGATED
    if known.planned.search(text[begin : end - base]):
        return Status.PLANNED
    clause = text[begin : view.clause_end(end) - base]
    if known.done.search(clause) or _DONE.search(clause):
        return Status.ASSERTED
    before = text[: start - base]
    if known.agreed.search(before) or _later(before, known):
        return Status.PLANNED
    same = re.split("[；;。]", before)[-1]
    if known.planned.search(same) and not _YEAR.search(text[begin : start - base]):
        return Status.PLANNED
    return Status.ASSERTED


def _later(before: str, known: Cues) -> bool:
    """Say whether something to come stands before: 达产后，; 去年投产后 is over."""
    found = list(known.later.finditer(before))
    if not found:
        return False
    lead = re.split("[，；。]", before[: found[-1].start()])[-1]
    return not (known.done.search(lead) or _DONE.search(lead) or _YEAR.search(lead))


def candidate(view: View, start: int, end: int, known: Cues) -> bool:
    """Say whether what is named is not got yet: 青禾工匠 in 入选青禾工匠|候选人."""
    if known.candidate.match(view.text, end, view.end):
        return True
    return any(m.end() == end for m in known.candidate.finditer(view.text, start, end))


def once(view: View, start: int, known: Cues) -> bool:
    """Say whether the clause before a place speaks of former times: 退休前 in 他退休前在甲校当校长."""
    lead = view.masked[view.clause_start(start) - view.start : start - view.start]
    return bool(known.former.search(lead))


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
