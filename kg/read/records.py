"""One record an article: which of its columns hold which part, and the page that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from html.parser import HTMLParser

from kg.config import Columns
from kg.errors import ReadError
from kg.lexicon import Lexicon
from kg.model import Page
from kg.read.pages import article_page
from kg.read.said import address, day, people

_BLOCKS = frozenset(
    {"article", "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"section", "table", "tr", "ul"}
)
_SILENT = frozenset({"script", "style", "template"})
_SHOWN = 12
_LOOKED = 2000
_PROSE = re.compile(r"(?:[㐀-鿿]+[^㐀-鿿。]{1,8}){3,}[㐀-鿿]{2,}。")
"""A sentence of several clauses: 昨天，市委书记到工厂，看了车间，问了产量。"""
_MARKS = ("</p>", "<p>", "<p ", "<br>", "<br/>", "<br />", "</div>", "</span>")


def columns(names: Iterable[str], chosen: Columns, lexicon: Lexicon) -> Mapping[str, str]:
    """Return which column holds which part: the chosen ones, and for other parts those of a known name."""
    names = list(names)
    by_key = {_key(name): name for name in reversed(names)}
    found: dict[str, str] = {}
    for row in lexicon.table("columns").rows:
        name = by_key.get(_key(row["word"]))
        if name is not None:
            found.setdefault(row["field"], name)
    for field in fields(Columns):
        named = getattr(chosen, field.name)
        if named is not None:
            found.pop(field.name, None)
            if named in names:
                found[field.name] = named
    return found


def missing_columns(names: Iterable[str], chosen: Columns) -> tuple[str, ...]:
    """Return the columns that a user named and that are not there."""
    there = set(names)
    named = (getattr(chosen, field.name) for field in fields(Columns))
    return tuple(name for name in named if name is not None and name not in there)


class ForeignError(ReadError):
    """No column or key holds a headline or a text, so far as names and values say: it is of another kind."""


def no_text(
    shown: str,
    names: Iterable[str],
    chosen: Columns,
    lexicon: Lexicon,
    where: str | None = None,
    values: Iterable[object] = (),
    *,
    table: bool = False,
) -> ReadError:
    """Return the error that says that no column holds the text of an article.

    Where a value reads like such a text, the file is not of another kind, whatever its columns are called;
    nor is a table, which nobody but its owner can tell from an export of articles.
    """
    names = list(names)
    there = ", ".join(name or "(no name)" for name in names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    what = "no column is known to hold the text" if chosen.text is None else f"no column {chosen.text!r}"
    known = columns(names, chosen, lexicon).keys() & {"title", "kicker", "subtitle"}
    told = table or known or chosen != Columns()
    told = told or any(isinstance(v, str) and _PROSE.search(v[:_LOOKED]) for v in values)
    aside = "; keep tables without articles elsewhere" if table else ""
    kind = ReadError if told else ForeignError
    return kind(
        shown,
        f"{what}; there are {there or 'none'}",
        where=where,
        remedy='name it: --column text=NAME, or text = "NAME" under [reading.columns] in kg.toml' + aside,
    )


def page_of_record(
    values: Mapping[str, str], name: str, lexicon: Lexicon, *, shown: str, where: str, encoding: str
) -> Page:
    """Return one record, its values by the parts they hold, as a page.

    Raises:
        ReadError: it has no text, or characters that are none.
    """
    for value in values.values():
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ReadError(
                shown,
                "characters that are no text (NUL or a broken encoding)",
                where=where,
                remedy="export it again as UTF-8",
            )
    body = plain(values.get("text", "")).strip("\n")
    if not body.strip():
        raise ReadError(shown, "its text is empty", where=where, remedy="fill or delete it")
    decks = (plain(values.get(part, "")) for part in ("kicker", "title", "subtitle"))
    return article_page(
        [line for deck in decks for line in deck.split("\n")],
        body,
        name,
        encoding=encoding,
        byline=people(values.get("author", ""), lexicon),
        date=day(values.get("date", ""), lexicon),
        newspaper=" ".join(values.get("newspaper", "").split()),
        address=address(values.get("url", "")),
    )


def plain(text: str) -> str:
    """Return a text without the HTML marks that exports leave in it; blocks become lines.

    >>> plain("<p>两会开幕</p><p>3&lt;5<script>x</script></p>"), plain("3<5, a > b")
    ('两会开幕\\n3<5', '3<5, a > b')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if not any(mark in text.lower() for mark in _MARKS):
        return text
    stripper = _Stripper()
    stripper.feed(text)
    stripper.close()
    lines = (line.strip() for line in "".join(stripper.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Stripper(HTMLParser):
    """Gathers the text of a fragment."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _key(name: str) -> str:
    return "".join(char for char in name.casefold() if char not in " -_\u3000\ufeff\t\n")
