"""Text that knows where each of its characters stands on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from kg.model import Segment, SourceMap

NOWHERE = -1
_LINE = 100  # texts so long at most are remembered with their widths
_WHOLE = bytes(n for n in range(128) if not (chr(n).isalnum() or chr(n).isspace()))
"""ASCII characters that are as wide as hanzi: punctuation."""


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and, for each code point, its offset in the page, or `NOWHERE` for one that was put in.

    >>> piece = Traced.at("平湖 市", 10).without(2)
    >>> piece.text, piece.offsets
    ('平湖市', (10, 11, 13))
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def at(cls, text: str, start: int) -> Traced:
        """Return a text that stands unbroken on the page from an offset on."""
        return cls(text, tuple(range(start, start + len(text))))

    @classmethod
    def inserted(cls, text: str) -> Traced:
        """Return a text that does not stand on the page."""
        return cls(text, (NOWHERE,) * len(text))

    def __len__(self) -> int:
        return len(self.text)

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.offsets + other.offsets)

    def cut(self, start: int, end: int | None = None) -> Traced:
        """Return the characters from start to end."""
        return Traced(self.text[start:end], self.offsets[start:end])

    def strip(self) -> Traced:
        """Return the text without white space at its ends."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, left + len(text))

    def keep(self, kept: Iterable[int]) -> Traced:
        """Return the characters at some places, in the order given."""
        places = list(kept)
        text, offsets = self.text, self.offsets
        return Traced("".join([text[i] for i in places]), tuple([offsets[i] for i in places]))

    def without(self, *places: int) -> Traced:
        """Return the text without the characters at some places."""
        gone = set(places)
        return self.keep(i for i in range(len(self.text)) if i not in gone)

    def split(self) -> list[Traced]:
        """Return the pieces between stretches of white space."""
        pieces: list[Traced] = []
        end = 0
        for word in self.text.split():
            start = self.text.index(word, end)
            end = start + len(word)
            pieces.append(self.cut(start, end))
        return pieces


def units(text: str) -> float:
    """Return the printed width in hanzi: ASCII letters, digits and spaces count half.

    >>> units("本报讯 2024年,")
    7.5
    """
    return _short_units(text) if len(text) <= _LINE else _units(text)


def _units(text: str) -> float:
    return len(text) - 0.5 * len(text.encode("ascii", "ignore").translate(None, _WHOLE))


_short_units = lru_cache(maxsize=4096)(_units)


def joined(pieces: Iterable[Traced], between: str = "") -> Traced:
    """Return the pieces one after the other, with a text that is not on the page between them."""
    texts: list[str] = []
    offsets: list[int] = []
    for number, piece in enumerate(pieces):
        if number and between:
            texts.append(between)
            offsets.extend([NOWHERE] * len(between))
        texts.append(piece.text)
        offsets.extend(piece.offsets)
    return Traced("".join(texts), tuple(offsets))


def source_map(traced: Traced) -> SourceMap:
    """Return the way back to the page: the longest stretches that run alike in text and page."""
    return SourceMap(tuple(_segments(traced.offsets)))


def _segments(offsets: tuple[int, ...]) -> Iterator[Segment]:
    places = np.array(offsets, dtype=np.int64)
    breaks = np.flatnonzero((places[1:] != places[:-1] + 1) | (places[:-1] == NOWHERE)) + 1
    for start, end in pairwise([0, *breaks.tolist(), len(offsets)]):
        if end > start and offsets[start] != NOWHERE:
            yield Segment(start, offsets[start], end - start)
