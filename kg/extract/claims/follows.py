"""Claims that follow from others: who wins a prize of a contest took part in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.claims.collect import Collector, Stated
from kg.extract.claims.frames import Frame
from kg.extract.claims.memory import Memory
from kg.extract.claims.scene import Node, View
from kg.model import LocalKey

_FORM = 4
"""How long a form of a name must be to be looked for within another: 青禾大赛 in 青禾大赛一等奖."""


def follow(
    view: View,
    frames: Sequence[Frame],
    stated: Iterable[Stated],
    forms: Mapping[LocalKey, tuple[str, ...]],
    memory: Memory,
    out: Collector,
) -> None:
    """Add what follows from the claims of a sentence, by frames whose triggers are names of predicates.

    The subject stays; the object is the thing of the frame's range that the claim's object is named after
    (青禾大赛一等奖), else the last one spoken of whose name ends like one (`ends` of the grammar).
    """
    for one in stated if frames else ():
        for frame in frames:
            if one.predicate not in frame.triggers or one.subject.kind not in frame.predicate.domain:
                continue
            names = forms.get(one.object.key, (one.object.key.name,))
            if frame.need is not None and not any(frame.need.search(name) for name in names):
                continue
            last = _last(view, one, memory)
            named = _named_after(names, frame, forms)
            stage = last is not None and named is not None and _holds(last, named, forms)
            found = last if named is None or stage else named
            if found is not None and found.kind in frame.predicate.range:
                out.follows(frame, one, found)


def _holds(stage: LocalKey, whole: LocalKey, forms: Mapping[LocalKey, tuple[str, ...]]) -> bool:
    """Say whether one name is that of a part of the other: 青禾大赛决赛 and 青禾大赛."""
    return any(form in stage.name for form in forms.get(whole, ()) if len(form) >= _FORM)


def _named_after(
    names: Sequence[str], frame: Frame, forms: Mapping[LocalKey, tuple[str, ...]]
) -> LocalKey | None:
    fits = [
        (len(form), key)
        for key, known in forms.items()
        if key.kind in frame.predicate.range
        for form in known
        if len(form) >= _FORM and any(name.startswith(form) for name in names)
    ]
    return max(fits)[1] if fits else None


def _last(view: View, one: Stated, memory: Memory) -> LocalKey | None:
    here: list[Node] = [n for n in view.nodes if n.kind == "Event" and n.start < one.span.end]
    for node in reversed([*memory.events[-3:], *here]):
        if view.grammar.contest.search(node.key.name):
            return node.key
    return None
