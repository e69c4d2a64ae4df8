"""Where the frames of a sentence may fire: trigger words that are words of it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.claims.frames import Frames
from kg.extract.claims.memory import Hit
from kg.extract.claims.scene import View
from kg.extract.claims.words import Words

SHORT = 2
"""Triggers up to this length must be words of the sentence; longer ones are hardly ever part of others."""


def hits_of(view: View, frames: Frames, cutter: Words) -> Iterable[list[Hit]]:
    """Yield, for every trigger that is a word (or several) of its sentence, the frames that it may fire."""
    masked = view.masked
    found = [(m.start(), m[1]) for m in frames.pattern.finditer(masked)]
    if not found:
        return
    cuts = cutter.boundaries(masked, [start for start, word in found if len(word) <= SHORT])
    taken = [False] * (len(masked) + 1)
    chosen = []
    for start, word in sorted(found, key=lambda one: (-len(one[1]), one[0])):
        end = start + len(word)
        if any(taken[start:end]) or (len(word) <= SHORT and not (start in cuts and end in cuts)):
            continue
        taken[start:end] = [True] * len(word)
        chosen.append((start, word))
    for start, word in sorted(chosen):
        hits = [
            Hit(frame, said, start + at + view.start, start + at + len(said) + view.start)
            for at, said, rows in frames.fires[word]
            for frame in rows
            if not (frame.before and masked.endswith(frame.before, 0, start + at))
            and not (frame.after and masked.startswith(frame.after, start + at + len(said)))
        ]
        if hits:
            yield hits
