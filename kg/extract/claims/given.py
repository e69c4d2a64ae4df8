"""What all articles of a page are read with, prepared once for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.claims.bodies import Bodies
from kg.extract.claims.cues import Cues, cues
from kg.extract.claims.frames import SHAPES, Frame, Frames, prepare
from kg.extract.claims.grammar import Grammar, grammar
from kg.extract.claims.shapes import Places, holders
from kg.extract.claims.titles import Titles, titles
from kg.extract.claims.words import Words, words
from kg.extract.tools import Tools
from kg.model import LocalEntity, LocalKey


@dataclass(frozen=True, slots=True)
class Given:
    """What all articles of a page are read with.

    Attributes:
        frames: all frames; `shapes` those of each shape.
        known, cues, grammar, cutter: the tables, prepared, and where words begin.
        bodies: the bodies of the page, also those that only posts need.
        forms: all names of everything on the page; `places` the places among them.
        held_by: of a frame and a name that starts with others, whose these are.
    """

    frames: Frames
    shapes: Mapping[str, Sequence[Frame]]
    known: Titles
    cues: Cues
    grammar: Grammar
    cutter: Words
    bodies: Bodies
    forms: Mapping[LocalKey, tuple[str, ...]]
    places: Places
    held_by: Mapping[tuple[str, LocalKey], tuple[LocalKey, ...]]

    @classmethod
    def of(cls, entities: Iterable[LocalEntity], tools: Tools, bodies: Bodies) -> Given:
        """Prepare what the entities of a page and the tables give.

        Raises:
            OntologyError: the frames are malformed.
        """
        frames = tools.declared(prepare)
        of = {shape: frames.of(shape) for shape in SHAPES}
        forms = {e.key: (e.key.name, *e.aliases) for e in entities}
        return cls(
            frames,
            of,
            tools.prepared(titles),
            tools.prepared(cues),
            tools.prepared(grammar),
            words(tuple(frames.fires)),
            bodies,
            forms,
            Places(forms, tools.lexicon),
            holders(of["inside"], forms),
        )
