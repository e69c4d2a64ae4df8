"""Saved web pages and e-paper pages: main text, headline, people, day and address. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from typing import Any

from kg.errors import ReadError
from kg.lexicon import Lexicon
from kg.model import Page
from kg.read.decode import decode
from kg.read.extras import missing
from kg.read.inputs import Desk, Input, text_of, whole
from kg.read.pages import article_page
from kg.read.records import plain
from kg.read.said import address, day, people
from kg.table import Row

_HEAD = 4096
_ASIDE = 90
_LEFT = 2
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
"""As in <meta charset="gbk"> and <meta content="text/html; charset=gb2312">."""
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"})
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+", re.ASCII)
"""news.example.org"""
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
"""The declaration that a parser refuses in decoded text."""


def web_page(source: Input, desk: Desk) -> Iterator[Page]:
    """Yield the article of a saved page.

    Raises:
        ReadError: it cannot be decoded, or there is no article in it.
    """
    try:
        import trafilatura
    except ModuleNotFoundError as error:
        raise missing(source.shown, "HTML", "html") from error
    text, encoding = _decoded(whole(source, desk.reading), source.shown, desk)
    tree = _tree(text, source.shown)
    said = _marked(tree, desk.lexicon)
    guessed = trafilatura.bare_extraction(tree, with_metadata=True, include_comments=False, favor_recall=True)
    if guessed is not None:
        values = guessed if isinstance(guessed, dict) else guessed.as_dict()
        names = {"text": "text", "title": "title", "author": "author", "date": "date", "url": "url"}
        for part, key in (*names.items(), ("newspaper", "sitename")):
            said.setdefault(part, values.get(key) or "")
        if _HOST.fullmatch(said["newspaper"].strip()):
            said["newspaper"] = ""  # where it was saved from is no name of a paper
    decks = [
        line for part in ("kicker", "title", "subtitle") for line in plain(said.get(part, "")).split("\n")
    ]
    decks = list(dict.fromkeys(line for deck in decks if (line := " ".join(deck.split()))))
    lines = [line for line in said.get("text", "").split("\n") if " ".join(line.split()) not in decks]
    body = "\n".join(trimmed(lines, said, desk.lexicon))
    if not body.strip():
        raise ReadError(
            source.shown, "no article in this page", remedy="save the article's own page, or its text"
        )
    yield article_page(
        decks,
        body.strip("\n"),
        source.name,
        encoding=encoding,
        byline=people(said.get("author", ""), desk.lexicon),
        date=day(said.get("date", ""), desk.lexicon),
        newspaper=" ".join(said.get("newspaper", "").split()),
        address=address(said.get("url", "")),
    )


def _decoded(data: bytes, shown: str, desk: Desk) -> tuple[str, str]:
    """Return the text by the encoding set, marked, or declared in the page's head, or else detected."""
    declared = _CHARSET.search(data[:_HEAD])
    if desk.reading.encoding is None and declared is not None and not data.startswith(b"\xef\xbb\xbf"):
        name = declared.group(1).decode("ascii").lower()
        name = "gb18030" if name in _CHINESE else name
        try:
            text = data.decode(name)
        except (LookupError, UnicodeDecodeError):
            return decode(data, shown)
        if "\0" not in text and text.strip():
            return text.replace("\r\n", "\n").replace("\r", "\n"), name
    return text_of(data, shown, desk.reading)


def _tree(text: str, shown: str) -> Any:
    from lxml.etree import LxmlError
    from lxml.html import HTMLParser, document_fromstring

    try:
        return document_fromstring(_XML.sub("", text), parser=HTMLParser(no_network=True))
    except (LxmlError, ValueError) as error:
        raise ReadError(shown, "no HTML in it", remedy="save the page again as HTML") from error


def trimmed(lines: Sequence[str], said: MutableMapping[str, str], lexicon: Lexicon) -> Sequence[str]:
    """Return a text without the lines above and below it that speak of it, and note what these say.

    The table `web_lines` says how they look.
    """
    rows = lexicon.table("web_lines").rows
    start, end = 0, len(lines)
    while start < end and _aside(lines[start], rows, said):
        start += 1
    while end > start and _aside(lines[end - 1], rows, said):
        end -= 1
    return lines[start:end]


def _aside(line: str, rows: Iterable[Row], said: MutableMapping[str, str]) -> bool:
    """Say whether a line is no part of the text, and note what it says."""
    rest = line.strip()
    if len(rest) > _ASIDE:
        return False
    found: dict[str, str] = {}
    for row in rows:
        hit = re.search(row["pattern"], rest)
        if hit is not None:
            rest = f"{rest[: hit.start()]} {rest[hit.end() :]}"
            if row["field"] != "-":
                found[row["field"]] = hit.group(1).strip()
    if sum(char.isalnum() for char in rest) > _LEFT:
        return False
    for field, value in found.items():
        if not said.get(field):
            said[field] = value
    return True


def _marked(tree: Any, lexicon: Lexicon) -> dict[str, str]:
    """Return the parts that the page marks in one of the ways of the table `web_pages`."""
    from lxml.html import tostring

    found: dict[str, str] = {}
    for row in lexicon.table("web_pages").rows:
        if row["field"] in found:
            continue
        hits = tree.xpath(row["xpath"])
        for hit in hits if isinstance(hits, list) else [hits]:
            if isinstance(hit, str):
                value = str(hit)
            elif isinstance(hit.tag, str):
                value = plain(tostring(hit, encoding="unicode", with_tail=False) + "<br>")
            else:
                value = hit.text or ""
            if row["pattern"] != "-":
                inner = re.search(row["pattern"], value, re.DOTALL)
                value = inner.group(1) if inner else ""
            if value.strip():
                found[row["field"]] = value.strip()
                break
    return found
