"""Sizes of the finder's network, and the order of its gates: what training and reading back agree on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

STATE = 256
"""Numbers of a state of a character, lower or upper."""
FINDER = 96
"""Numbers of each direction of the finder's own layer."""
VOTES = 48
"""Numbers that the votes are brought down to."""
MEANT = 48
"""Numbers that the vectors of the words at a character are brought down to."""
SIZES = 8
"""Numbers for the length of a word."""
FLOOR, SCALE = -12.0, 4.0
"""Logarithms of probabilities of word tags are cut off here and divided by this."""
WAYS = ("", "_reverse")
"""What torch adds to the names of a layer's weights in each direction."""


def torch_order(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return gates in torch's order (reset, update, new) from ONNX's (update, reset, new), or back."""
    one, two, three = np.split(block, 3)
    return np.concatenate([two, one, three])
