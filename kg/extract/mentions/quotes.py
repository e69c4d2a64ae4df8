"""A quotation alone is of the kind of the name that holds it: “柳姐帮” of “柳姐帮”志愿服务队 is a team."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.extract.mentions.canonical import bare
from kg.extract.mentions.reading import Text
from kg.extract.mentions.votes import Candidate

_QUOTE = re.compile(r"“([^“”]{2,12})”")
"""A quotation in a name: “柳姐帮”|志愿服务队."""
_KINDS = frozenset(["Organization", "Award", "Place"])
"""Kinds that a quotation alone takes on: what an event is called after is often a programme of its own."""


def of_their_names(texts: Sequence[Text], found: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Return the mentions of each text, programmes that are but the quotation in a name made of its kind.

    Only where all longer names with the quotation on the page are of one kind.
    """
    kinds: dict[str, set[str]] = defaultdict(set)
    for text, some in zip(texts, found, strict=True):
        for c in some:
            if "“" in text.text[c.start + 1 : c.end] or text.text[c.start : c.start + 1] == "“":
                surface = text.text[c.start : c.end]
                for quote in _QUOTE.finditer(surface):
                    if len(quote[0]) < len(surface):
                        kinds[quote[1]].add(c.kind)
    meant = {quote: min(some) for quote, some in kinds.items() if len(some) == 1 and some <= _KINDS}
    return [
        [
            replace(c, kind=meant[name])
            if c.kind == "Project" and (name := bare(text.text[c.start : c.end])) in meant
            else c
            for c in some
        ]
        for text, some in zip(texts, found, strict=True)
    ]
