"""Tables as HTML, for notebooks: nothing that a page prints is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from kg.hanzi.shown import printable

LONGEST = 200
"""No table in a notebook shows more rows; how many more there are is said."""


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str = "") -> str:
    """Return a table with a caption.

    >>> table(["a"], [["<b>"]])
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    every = list(rows)
    caption = f"<caption>{text(title)}</caption>" if title else ""
    head = "".join(f"<th>{text(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in row)}</tr>" for row in every[:LONGEST])
    more = f"<p>… {len(every) - LONGEST:,} more</p>" if len(every) > LONGEST else ""
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def text(value: str) -> str:
    """Return a text as HTML; what steers a screen or its direction of writing is made visible.

    >>> text("<a>\\u202e\\x1b")
    '&lt;a&gt;\\\\u202e\\\\x1b'
    """
    return escape(printable(value))
