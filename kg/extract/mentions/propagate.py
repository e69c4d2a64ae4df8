"""A name found once is found everywhere on the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.mentions.reading import Text, Vote
from kg.extract.mentions.tables import alternation
from kg.extract.mentions.votes import Candidate

_LOCAL = frozenset(["deixis", "post"])


def known_names(texts: Sequence[Text], chosen: Sequence[Sequence[Candidate]]) -> dict[str, str]:
    """Return every printed form that was found, with the kind for which most speaks."""
    weight: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text, candidates in zip(texts, chosen, strict=True):
        for c in candidates:
            if _LOCAL.isdisjoint(c.finders):
                weight[text.text[c.start : c.end]][c.kind] += c.confidence
    return {
        name: max(sorted(kinds), key=kinds.__getitem__) for name, kinds in weight.items() if len(name) > 1
    }


def find_known(text: Text, pattern: re.Pattern[str], kinds: Mapping[str, str]) -> list[Vote]:
    """Vote for every place where a known name is printed, unless it starts and ends within words."""
    votes = []
    for match in pattern.finditer(text.text):
        start, end = match.span()
        if start in text.starts or end in text.ends or end - start > 3:
            votes.append(Vote(start, end, kinds[match.group()], "known"))
    return votes


def compiled(kinds: Mapping[str, str]) -> re.Pattern[str]:
    """Return one pattern for all names, the longest first."""
    return re.compile(alternation(kinds))
