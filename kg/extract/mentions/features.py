"""What the rules say of every character, as numbers.

The votes of the finders, names known from elsewhere on the page, and marks that enclose. The learned finder
reads them beside the encoder's states. Each pair of finder and kind has three columns: begins here, covers
this character, ends here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from kg.extract.mentions.reading import Vote
from kg.extract.mentions.votes import Candidate

CHOSEN = "chosen"
"""The finder under which what the votes alone would choose is told."""
_QUOTES = ("“「『", "”」』")
_BRACKETS = ("（(《", "）)》")


def features(text: str, votes: Iterable[Vote], columns: Mapping[tuple[str, str], int]) -> NDArray[np.uint8]:
    """Return zeros and ones of shape (len(text), 3 * len(columns) + 2).

    Args:
        columns: (finder, kind) → its number; votes of other pairs are left out.
    """
    found = np.zeros((len(text), 3 * len(columns) + 2), np.uint8)
    for vote in votes:
        number = columns.get((vote.finder, vote.kind))
        if number is not None and vote.start < vote.end:
            found[vote.start, 3 * number] = 1
            found[vote.start : vote.end, 3 * number + 1] = 1
            found[vote.end - 1, 3 * number + 2] = 1
    for column, (opening, closing) in ((-2, _QUOTES), (-1, _BRACKETS)):
        for start, end in enclosed(text, opening, closing):
            found[start:end, column] = 1
    return found


def enclosed(text: str, opening: str, closing: str) -> Iterable[tuple[int, int]]:
    """Yield the stretches from an opening mark to the next closing one, or to the end of the line.

    >>> list(enclosed("甲“乙”丙“丁", "“", "”"))
    [(1, 4), (5, 7)]
    """
    for match in re.finditer(f"[{opening}][^{closing}\n]*[{closing}]?", text):
        yield match.span()


def votes_of(said: Iterable[Vote | Candidate]) -> list[Vote]:
    """Return votes, and what would be chosen as votes of the finder `chosen`."""
    return [v if isinstance(v, Vote) else Vote(v.start, v.end, v.kind, CHOSEN) for v in said]
