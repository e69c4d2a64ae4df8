"""What a file says about its article beside the text: day, people, address, read from one field each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from kg.lexicon import Lexicon
from kg.model import Byline, When
from kg.model.address import opens

_PAUSE = re.compile(r"[、,，;；/|&\s]+")
"""Stands between people: 张三、李四 王五/赵六."""
_AUTHOR = "作者"


def day(text: str, lexicon: Lexicon) -> When | None:
    """Return the first full date of a field, or None; the table `layout_patterns` says how dates look."""
    flat = unicodedata.normalize("NFKC", text).strip()
    patterns = lexicon.table("layout_patterns")
    for kind in ("date", "filedate"):
        for row in patterns.where(kind=kind):
            found = re.search(row["pattern"], flat)
            if found is not None:
                try:
                    that = date(int(found["year"]), int(found["month"]), int(found["day"]))
                except ValueError:
                    continue
                return When(that, that, found.group())
    return None


def people(text: str, lexicon: Lexicon) -> tuple[Byline, ...]:
    """Return the people that a field names, each once; who has no role printed is an author.

    The table `bylines` says which words are roles: 记者 张三 通讯员 李四, 记者张三、李四, 张三.
    """
    return tuple(dict.fromkeys(_people(text, lexicon)))


def _people(text: str, lexicon: Lexicon) -> Iterator[Byline]:
    rows = sorted(lexicon.table("bylines").where(place="before"), key=lambda row: -len(row["word"]))
    alone = frozenset(row["word"] for row in lexicon.table("bylines").where(place="alone"))
    role = _AUTHOR
    for part in _PAUSE.split(unicodedata.normalize("NFKC", text)):
        name = part.strip("■□◆●▲:()[]【】\"'")
        for row in rows:
            if name.startswith(row["word"]):
                role = row["role"]
                name = name[len(row["word"]) :].lstrip(":")
                break
        if name and name not in alone and any(char.isalpha() for char in name):
            yield Byline(role, name)


def address(text: str) -> str | None:
    """Return a web address, or None when the field holds none that can be shown and opened safely.

    >>> address(" https://paper.example.org/a.html "), address("javascript:alert(1)")
    ('https://paper.example.org/a.html', None)
    """
    url = text.strip()
    return url if opens(url) else None
