"""An annotation file: what it says, and in which line it says it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError

Step = str | int
"""A key of an object, or a place in a list."""
_SPACE = re.compile(r"[ \t\r\n]*")
_FORMAT = "see the format in docs/evaluation.md"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotated page.

    Attributes:
        file: where it lies.
        raw: the file as it stands.
        articles: what it says of each article.
    """

    file: Path
    raw: str
    articles: tuple[dict[str, Any], ...]

    def refused(self, way: Sequence[Step], what: str, remedy: str | None = None) -> InputError:
        """Return the error that something in the file is wrong, with its line."""
        return InputError(str(self.file), what, where=f"line {line_of(self.raw, way)}", remedy=remedy)


def read_annotation(file: Path) -> Annotation:
    """Read an annotation as far as its shape goes: articles with entities and facts.

    Raises:
        InputError: it cannot be read, or is of another shape.
    """
    raw = read_text(file)
    try:
        data = json.loads(raw)
    except json.JSONDecodeError as error:
        raise InputError(str(file), f"not JSON ({error.msg})", where=f"line {error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(file), f"not JSON ({error})") from error
    articles = data.get("articles") if isinstance(data, dict) else None
    if not isinstance(articles, list):
        raise InputError(str(file), "no list `articles`", where="line 1", remedy=_FORMAT)
    whole = Annotation(file, raw, tuple(articles))
    for n, article in enumerate(articles):
        if not isinstance(article, dict):
            raise whole.refused(("articles", n), "an article that is no object", _FORMAT)
        for key in ("entities", "facts"):
            some = article.get(key, [])
            if not isinstance(some, list):
                raise whole.refused(("articles", n, key), f"`{key}` is no list", _FORMAT)
            for m, one in enumerate(some):
                if not isinstance(one, dict):
                    raise whole.refused(("articles", n, key, m), f"one of `{key}` is no object", _FORMAT)
    return whole


def read_text(path: Path) -> str:
    """Return a file's text, a mark of its byte order left out.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "cannot be read as UTF-8", remedy="save it as UTF-8") from error


def line_of(raw: str, way: Sequence[Step]) -> int:
    """Return the line, from 1, in which a part of a JSON text starts.

    >>> line_of('{"a": [1,\\n {"b": 2}]}', ("a", 1, "b"))
    2
    """
    decoder, at = json.JSONDecoder(), _past(raw, 0)
    for step in way:
        at = _past(raw, at + 1)
        if isinstance(step, int):
            for _ in range(step):
                _, at = decoder.raw_decode(raw, at)
                at = _past(raw, _past(raw, at) + 1)
            continue
        key, at = decoder.raw_decode(raw, at)
        while key != step:
            _, at = decoder.raw_decode(raw, _past(raw, _past(raw, at) + 1))
            key, at = decoder.raw_decode(raw, _past(raw, _past(raw, at) + 1))
        at = _past(raw, _past(raw, at) + 1)
    return raw.count("\n", 0, at) + 1


def _past(raw: str, at: int) -> int:
    """Return the first place from `at` on that is no white space."""
    found = _SPACE.match(raw, at)
    return at if found is None else found.end()
