"""What resolution leaves to people: two names that may be one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """Two entities that were kept apart although something speaks for their being one.

    Attributes:
        a: the IRI of the one, the smaller of both.
        b: the IRI of the other.
        score: how likely they are one, from 0 to 1, rounded to two decimals.
        reasons: what speaks for and against it, as words of `kg review`, sorted.
    """

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]
