"""Phases and lots that a page names by their number alone: 一期投资14亿元, 二标段."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.mentions.reading import Text
from kg.extract.mentions.tables import Names
from kg.extract.mentions.votes import Candidate

_PHASE = re.compile(r"(?:[一二三四]期|首期)(?:工程|项目)?|(?:[一二三四五六]|[A-Z]\d)标段")
"""A phase or lot: 一期, 二期工程, A3标段."""
_BARE = re.compile(r"(?<=[，；。、：“\n])[一二三四]期$")
"""A phase by its number alone, at the beginning of a clause: ，|二期."""


def find_phases(text: Text, chosen: Sequence[Candidate], names: Names) -> list[Candidate]:
    """Return phases that stand after something that can have phases.

    They have a figure of their own or begin a clause; issues and courses (每周三期) are none.
    """
    found = []
    for match in _PHASE.finditer(text.text):
        start, end = match.span()
        if start not in text.starts or any(c.start < end and start < c.end for c in chosen):
            continue
        own = names.phase_own.match(text.text, end) or _BARE.match(text.text, start, end)
        if not own or text.text.endswith(names.phase_other, 0, start):
            continue
        if parent(text, chosen, start, names) is not None:
            found.append(Candidate(start, end, "Project", ("phase",), names.weights["phase", "Project"]))
    return found


def parent(text: Text, chosen: Sequence[Candidate], place: int, names: Names) -> Candidate | None:
    """Return the project or place before a phase of which it is a part."""
    before = [
        c for c in chosen if c.end <= place and c.kind in {"Project", "Place"} and "phase" not in c.finders
    ]
    for c in reversed(before):
        name = text.text[c.start : c.end]
        if c.kind == "Project" or name.endswith(names.phase_parent):
            return c
    return None
