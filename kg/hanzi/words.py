"""Short words of Chinese and how often they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from types import MappingProxyType

LONGEST = 4
"""Characters of the longest words that are kept."""
_PAIR = re.compile(r"^(\S\S) ", re.MULTILINE)  # 感谢 4032 v


@lru_cache(maxsize=1)
def word_weights() -> Mapping[str, float]:
    """Return the logarithms of word probabilities from jieba's dictionary."""
    counts: dict[str, int] = {}
    for line in _dictionary().splitlines():
        word, count, _ = line.split(" ")
        if len(word) <= LONGEST:
            counts[word] = int(count) or 1
    total = log(sum(counts.values()))
    return MappingProxyType({word: log(count) - total for word, count in counts.items()})


@lru_cache(maxsize=1)
def word_pairs() -> frozenset[str]:
    """Return the words of two characters, which are found sooner than how often all words are used."""
    return frozenset(_PAIR.findall(_dictionary()))


def _dictionary() -> str:
    """Return jieba's dictionary, read without importing jieba: lines of word, count and tag."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba", name="jieba")
    return Path(spec.origin).with_name("dict.txt").read_text("utf-8")
