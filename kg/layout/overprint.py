"""Overprinting: a line, or pieces of it, printed several times over becomes one again."""

from __future__ import annotations

import re

from kg.layout.traced import Traced

MOST = 40
LONGEST = 4000  # characters of a line that may be overprinted: a longer one is no printed line
_LEAST_UNIT = {2: 2.5, 3: 1.5}  # mean length of the copied pieces; given more often, any length will do
_WHOLE = 3  # what is left of a line must be as long as this: 高高兴兴 is language
_TRIES = 20_000  # so many pieces are looked at for each number of copies
_PIECE = re.compile(r"\S+")  # 春耕 备耕: two
# Inside a line, a stretch given twice must be six long (一步一步 is language), given more often, three.
_RUNS = re.compile(r"(\S{3,}?)\1{2,}|(\S{6,}?)\2")  # 我们推进春耕备耕推进春耕备耕
_TWICE = 6  # both kinds have a string of so many characters twice


def collapse(line: Traced) -> Traced:
    """Return a line in which every overprinted stretch stands once; white space between copies goes.

    >>> collapse(Traced.at("推进春耕备耕推进春耕备耕 确保粮食丰收确保粮食丰收", 0)).text
    '推进春耕备耕 确保粮食丰收'
    >>> collapse(Traced.at("在现场在现场在现场在现场““““五一五一五一五一””””", 0)).text
    '在现场“五一”'
    >>> collapse(Traced.at("一步一步来", 0)).text
    '一步一步来'
    """
    text = line.text
    if len(text) > LONGEST:
        return line
    if len(text) - len(set(text)) < _WHOLE and not any(map(str.isspace, text)):
        return line  # too few characters stand there twice
    whole = _tiled(text)
    if whole is not None:
        return line.keep(whole)
    kept: list[int] = []
    last = ""
    for piece in _PIECE.finditer(text):
        start, text = piece.start(), piece.group()
        places = _tiled(text) or _stretches(text)
        if len(places) == len(line):
            return line
        once = text if len(places) == len(text) else "".join([text[i] for i in places])
        if len(once) <= _WHOLE or once != last:
            if kept:
                kept.append(start - 1)
            kept.extend([start + i for i in places])
        last = once
    return line.keep(kept)


def _tiled(text: str) -> list[int] | None:
    """Return the places of one copy of each piece when the whole text is pieces, each given equally often."""
    bare = "".join(text.split())
    if not 2 <= len(set(bare)) <= len(bare) / 2 or not _begins_twice(bare) or not _begins_twice(bare[::-1]):
        return None
    for times in range(min(MOST, len(bare) // _WHOLE), 1, -1):
        if len(bare) % times == 0 and (lengths := _tiles(bare, times)) is not None:
            places = [i for i, char in enumerate(text) if not char.isspace()]
            kept: list[int] = []
            start = 0
            for length in lengths:
                first, end = places[start], places[start + length - 1] + 1
                if kept and places[start] and text[first - 1].isspace():
                    kept.append(first - 1)
                kept.extend(range(first, end))
                start += length * times
            return kept
    return None


def _begins_twice(text: str) -> bool:
    """Say whether what a text begins with follows itself."""
    length = text.find(text[:1], 1)
    while 0 < length <= len(text) // 2:
        if text.startswith(text[:length], length):
            return True
        length = text.find(text[0], length + 1)
    return False


def _tiles(text: str, times: int) -> list[int] | None:
    """Return the lengths of the fewest pieces that, each given so many times, make up the text.

    None also when that takes too long to find out.
    """
    size = len(text)
    # of each place reached: pieces so far, length of the last one
    fewest: list[tuple[int, int] | None] = [(0, 0), *(None for _ in range(size))]
    tries = 0
    for start in range(size):
        here = fewest[start]
        if here is None:
            continue
        longest = (size - start) // times
        length = text.find(text[start], start + 1, start + longest + 1) - start
        while length > 0:
            tries += 1
            end = start + length * times
            if text[start : end - length] == text[start + length : end]:
                behind = fewest[end]
                if behind is None or here[0] + 1 < behind[0]:
                    fewest[end] = (here[0] + 1, length)
            length = text.find(text[start], start + length + 1, start + longest + 1) - start
        if tries > _TRIES:
            return None
    if fewest[size] is None:
        return None
    lengths: list[int] = []
    end = size
    while end and (last := fewest[end]) is not None:
        lengths.append(last[1])
        end -= last[1] * times
    once = sum(lengths)
    varied = len(set(text)) > 1
    return lengths[::-1] if varied and once / len(lengths) >= _LEAST_UNIT.get(times, 1.0) else None


def _stretches(text: str) -> list[int]:
    """Return the places of a text without the second and later copies of stretches inside it."""
    strings = len(text) - _TWICE + 1
    if (
        strings < 2
        or len(text) - len(set(text)) < _TWICE
        or len({text[i : i + _TWICE] for i in range(strings)}) == strings
    ):
        return list(range(len(text)))
    kept: list[int] = []
    done = 0
    for match in _RUNS.finditer(text):
        unit = match.group(1) or match.group(2)
        if len(set(unit)) < 3:
            continue
        kept.extend(range(done, match.start() + len(unit)))
        done = match.end()
    kept.extend(range(done, len(text)))
    return kept
