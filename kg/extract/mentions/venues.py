"""Halls and centres: an Organization where one acts, a Place where something only happens there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import Names
from kg.extract.mentions.votes import Candidate
from kg.lexicon import Lexicon, alternation


@dataclass(frozen=True, slots=True)
class Venues:
    """How names of venues end, and what stands before and after a venue."""

    end: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def venues(lexicon: Lexicon) -> Venues:
    """Return the table `venues` of a lexicon, compiled."""
    table = lexicon.table("venues")
    end, before, after = (
        alternation(row["word"] for row in table.where(use=use)) for use in ("end", "before", "after")
    )
    return Venues(re.compile(f"(?:{end})$"), re.compile(f"(?:{before})$"), re.compile(after))


def settle_venues(
    texts: Sequence[Text], chosen: Sequence[Sequence[Candidate]], shown: Venues, names: Names
) -> list[list[Candidate]]:
    """Return the mentions, halls and centres made places where the page shows no more than a venue."""
    seen: dict[str, list[bool]] = {}
    for text, some in zip(texts, chosen, strict=True):
        for c in some:
            surface = text.text[c.start : c.end]
            if c.kind == "Organization" and shown.end.search(surface):
                signs = seen.setdefault(surface, [False, False])
                signs[0] |= bool(
                    shown.before.search(text.text, max(0, c.start - 4), c.start)
                    or shown.after.match(text.text, c.end)
                )
                signs[1] |= bool(names.post_end.match(text.text, c.end))
    only = {surface for surface, (venue, acts) in seen.items() if venue and not acts}
    return [
        [
            replace(c, kind="Place") if c.kind == "Organization" and text.text[c.start : c.end] in only else c
            for c in some
        ]
        for text, some in zip(texts, chosen, strict=True)
    ]
