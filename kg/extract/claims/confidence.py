"""How sure a claim is: a formula, never a number typed for a case.

confidence = sure × names × distance, where `sure` is the frame's reliability (how often the row is right
when it fires), `names` the surest reading of the less sure end (a word that stands for a name, or a
subject carried over from before, counts less than the name itself), and `distance` 0.98 for every ten
code points between the ends and the trigger.
"""

from __future__ import annotations


def confidence(sure: float, ends: tuple[float, ...], length: int) -> float:
    """Return the confidence of a claim, from 0 to 1, with three decimals.

    `ends` are the confidences of its ends, `length` the code points that its evidence spans.

    >>> confidence(0.9, (1.0, 1.0), 0), confidence(0.9, (0.8, 1.0), 50)
    (0.9, 0.651)
    """
    distance = float(0.98 ** (length / 10))
    return round(max(0.0, min(1.0, sure * min(ends, default=1.0) * distance)), 3)
