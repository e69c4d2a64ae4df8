"""Where words begin and end: the one file that knows jieba."""

from __future__ import annotations

import atexit
import logging
import os
import re
import shutil
import tempfile
import warnings
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

with warnings.catch_warnings():  # its sources hold invalid escapes, its helper warns of pkg_resources
    warnings.simplefilter("ignore")
    import jieba

jieba.setLogLevel(logging.WARNING)

_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
"""What jieba cuts into words; signs part it."""


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
            for word in self._cutter.cut(block.group(), HMM=False):
                start += len(word)
                out.add(start)
        return frozenset(out)


@lru_cache(maxsize=4)
def words(known: tuple[str, ...]) -> Words:
    """Return the cutter that knows these words; the same words give the same cutter."""
    return Words(known)
