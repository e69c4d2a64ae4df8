"""Where words begin and end: the one file that knows jieba."""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import string
import sys
import tempfile
import warnings
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any

_WHERE = "pkg_resources"
"""What jieba asks where its files lie; it does without, and is there in a quarter of the time."""

sys.modules.setdefault(_WHERE, None)  # type: ignore[arg-type]
with warnings.catch_warnings():  # its sources hold invalid escapes
    warnings.simplefilter("ignore")
    import jieba
if sys.modules[_WHERE] is None:
    del sys.modules[_WHERE]

jieba.setLogLevel(logging.WARNING)

_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
"""What jieba cuts into words; signs part it."""
_LATIN = frozenset(string.ascii_letters + string.digits)


def _cache_folder() -> str:
    """Return a folder that only this user can write: jieba trusts what it finds there."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(home) / "kg"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid == os.getuid() and os.access(folder, os.W_OK):
            return str(folder)
    except OSError:
        pass  # no home to write to: a folder for this process does as well
    private = tempfile.mkdtemp(prefix="kg-")
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    return private


class Words:
    """Cuts text into words; words of the frames are known to it."""

    def __init__(self, known: Iterable[str]) -> None:
        self._cutter: Any = jieba.Tokenizer()
        self._cutter.tmp_dir = _cache_folder()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._cutter.initialize()
        for word in known:
            if len(word) > 1:
                self._cutter.add_word(word)

    def boundaries(self, text: str, near: Iterable[int] | None = None) -> frozenset[int]:
        """Return the offsets where a word of the text begins, and its length.

        With `near`, only the stretches between signs that hold one of these offsets are cut.

        >>> sorted(Words(["会见"]).boundaries("有机会见证成长"))
        [0, 1, 3, 5, 7]
        """
        wanted = None if near is None else sorted(near)
        out = {0, len(text)}
        for block in _BLOCK.finditer(text):
            start, end = block.span()
            if wanted is not None:
                first = bisect_left(wanted, start)
                if first == len(wanted) or wanted[first] >= end:
                    continue
            out.add(start)
            out.update(start + end for end in self._ends(block.group()))
        return frozenset(out)

    def _ends(self, block: str) -> Iterator[int]:
        """Yield where the words of a block end: those of jieba's most probable path, as its `cut` finds it.

        That builds lists of all words first, and takes three times as long.
        """
        known, total, size = self._cutter.FREQ.get, log(self._cutter.total), len(block)
        least = 0.0 - total
        route, best = [0.0] * (size + 1), [0] * size
        for start in range(size - 1, -1, -1):
            top, last, end = None, start + 1, start + 1
            often = known(block[start])
            while often is not None:
                if often:
                    score = log(often) - total + route[end]
                    if top is None or score >= top:
                        top, last = score, end
                if end == size:
                    break
                end += 1
                often = known(block[start:end])
            route[start] = least + route[start + 1] if top is None else top
            best[start] = last
        start = 0
        while start < size:
            end = best[start]
            single = end == start + 1 and block[start] in _LATIN
            while single and end < size and best[end] == end + 1 and block[end] in _LATIN:
                end += 1  # letters and digits of which none is known are one word
            yield end
            start = end


@lru_cache(maxsize=4)
def words(known: tuple[str, ...]) -> Words:
    """Return the cutter that knows these words; the same words give the same cutter."""
    return Words(known)
