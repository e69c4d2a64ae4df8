"""Full-text search over names and articles: SQLite FTS5 with words that jieba cuts, and characters."""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.hanzi.fold import fold
from kg.rdf import open_dataset

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, text TEXT, weight INTEGER);
CREATE VIRTUAL TABLE name USING fts5(signs, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE story
  USING fts5(headline, words, signs, content='', tokenize="unicode61 remove_diacritics 0");
"""
_ENTITIES = """SELECT ?e ?kind ?label (GROUP_CONCAT(?alt; separator="\\n") AS ?alts) ?articles {
  ?e rdfs:label ?label ; a ?kind . FILTER(STRSTARTS(STR(?kind), STR(kg:)))
  OPTIONAL { ?e skos:altLabel ?alt }
  { SELECT ?e (COUNT(DISTINCT ?a) AS ?articles)
    { ?e rdfs:label ?any OPTIONAL { ?a schema:mentions ?e } } GROUP BY ?e }
} GROUP BY ?e ?kind ?label ?articles"""
_ARTICLES = """SELECT ?a ?headline ?text ?day { ?a a kg:Article ; kg:text ?text
  OPTIONAL { ?a schema:headline ?headline } OPTIONAL { ?a kg:edtf ?day } }"""

_RUN = re.compile(r"[^\W_]+")
_SIGN = re.compile(r"[a-z0-9]+|[^\W_]")  # a Latin word or number, or one character of another script
_MOST = 40
"""No more words of a question are looked for."""

NOTHING = "\U0010fffd"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: its IRI, kind (an entity's class, or Article), label, text and weight.

    The text is an entity's other names, an article's text; the weight the number of articles, or of the
    day in an article.
    """

    iri: str
    kind: str
    label: str
    text: str
    weight: int


class Index:
    """An index over the graph in a folder, in a nameless file that ends with it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def entities(self, asked: str, kind: str | None = None, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Return entities whose names have all parts of a question: whole names, beginnings, then parts."""
        wanted = _phrases(asked)
        if not wanted:
            return []
        plain = fold(asked).strip()
        return self._hits(
            "SELECT iri, kind, label, text, weight FROM name JOIN thing ON thing.id = name.rowid "
            "WHERE name MATCH ? AND (? IS NULL OR kind = ?) ORDER BY lower(label) = ? DESC, "
            "substr(lower(label), 1, ?) = ? DESC, weight DESC, length(label), iri LIMIT ? OFFSET ?",
            [" AND ".join(wanted), kind, kind, plain, len(plain), plain, limit, offset],
        )

    def articles(self, asked: str, limit: int = 20, offset: int = 0) -> list[Hit]:
        """Return articles that hold all words of a question, or its characters in a row; the best first."""
        wanted = _phrases(asked)
        if not wanted:
            return []
        words = [_quoted(word) for word in dict.fromkeys(_words(asked).split())][:_MOST]
        match = f"({' AND '.join(f'signs : {phrase}' for phrase in wanted)})"
        if words:
            match = f"({{headline words}} : ({' AND '.join(words)})) OR {match}"
        return self._hits(
            "SELECT iri, kind, label, text, weight FROM story JOIN thing ON thing.id = story.rowid "
            "WHERE story MATCH ? ORDER BY bm25(story, 6.0, 2.0, 1.0), weight DESC, iri LIMIT ? OFFSET ?",
            [match, limit, offset],
        )

    def kinds(self, asked: str) -> dict[str, int]:
        """Return how many entities of each kind a question finds."""
        wanted = _phrases(asked)
        if not wanted:
            return {}
        with closing(self._open()) as base:
            return dict(
                base.execute(
                    "SELECT kind, COUNT(*) FROM name JOIN thing ON thing.id = name.rowid WHERE name MATCH ? "
                    "GROUP BY kind ORDER BY 2 DESC, 1",
                    [" AND ".join(wanted)],
                ).fetchall()
            )

    def most_reported(self, limit: int) -> list[Hit]:
        """Return the entities that most articles mention."""
        return self._hits(
            "SELECT iri, kind, label, text, weight FROM thing WHERE kind != 'Article' "
            "ORDER BY weight DESC, label, iri LIMIT ?",
            [limit],
        )

    def counts(self) -> dict[str, int]:
        """Return how many things there are of each kind."""
        with closing(self._open()) as base:
            return dict(
                base.execute("SELECT kind, COUNT(*) FROM thing GROUP BY kind ORDER BY 2 DESC, 1").fetchall()
            )

    def _hits(self, sql: str, given: Sequence[Any]) -> list[Hit]:
        with closing(self._open()) as base:
            return [Hit(*row) for row in base.execute(sql, given)]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def forget(self) -> None:
        """Delete the file."""
        self.file.unlink(missing_ok=True)


def build_index(out: Path) -> Index:
    """Return an index of the graph in a folder.

    Raises:
        StoreError: there is no graph, or it is damaged.
    """
    dataset = open_dataset(out)
    with tempfile.NamedTemporaryFile(prefix="kg-search-", suffix=".sqlite", delete=False) as file:
        index = Index(Path(file.name))
    with closing(sqlite3.connect(index.file)) as base:
        base.executescript(_SCHEMA)
        for row in dataset.query(_ENTITIES).rows:
            iri, kind, name, alts, articles = ("" if term is None else term.value for term in row)
            number = _add(base, iri, kind.rpartition("#")[2], name, alts, int(articles))
            forms = f" {NOTHING} ".join(_signs(form) for form in (name, *alts.split("\n")))
            base.execute("INSERT INTO name(rowid, signs) VALUES (?, ?)", [number, forms])
        for row in dataset.query(_ARTICLES).rows:
            iri, headline, text, day = ("" if term is None else term.value for term in row)
            date = int("".join(c for c in day[:10] if c.isdecimal()) or 0)
            number = _add(base, iri, "Article", headline.split("\n")[0], text, date)
            base.execute(
                "INSERT INTO story(rowid, headline, words, signs) VALUES (?, ?, ?, ?)",
                [number, _words(headline), _words(text), _signs(text)],
            )
        base.commit()
    return index


def _add(base: sqlite3.Connection, iri: str, kind: str, name: str, text: str, weight: int) -> int | None:
    values = [iri, kind, name, text, weight]
    return base.execute(
        "INSERT INTO thing(iri, kind, label, text, weight) VALUES (?, ?, ?, ?, ?)", values
    ).lastrowid


def _signs(text: str) -> str:
    """Return every character apart, Latin words and numbers whole, so that any part of a name is a phrase.

    >>> _signs("Ａ股50强")
    'a 股 50 强'
    """
    return " ".join(_SIGN.findall(fold(text)))


def _phrases(asked: str) -> list[str]:
    """Return what is looked for, as phrases of FTS5 that hold nothing but letters and digits."""
    runs = _RUN.findall(fold(asked))[:_MOST]
    return [_quoted(_signs(run)) + ("*" if run[-1].isascii() else "") for run in runs if _SIGN.search(run)]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _words(text: str) -> str:
    return " ".join(w for w in _cutter().lcut_for_search(fold(text)) if _RUN.fullmatch(w) and len(w) > 1)


@cache
def _cutter() -> Any:
    with warnings.catch_warnings():  # its sources hold invalid escapes, its helper warns of pkg_resources
        warnings.simplefilter("ignore")
        import jieba

        jieba.setLogLevel(logging.WARNING)
        cutter = jieba.Tokenizer()
        with tempfile.TemporaryDirectory(prefix="kg-") as folder:
            cutter.tmp_dir = folder  # it trusts what it finds in a folder that others may write to
            cutter.initialize()
    return cutter


def around(text: str, asked: str, width: int = 60) -> tuple[str, str, str]:
    """Return a part of a text with what was asked for in its middle: before, found, behind.

    >>> around("昨天市长会见了客商。", "会见")
    ('昨天市长', '会见', '了客商。')
    """
    folded = fold(text)
    for run in _forms(asked):
        at = folded.find(run)
        if at >= 0:
            end = at + len(run)
            return text[max(0, at - width) : at], text[at:end], text[end : end + width]
    return text[: 2 * width], "", ""


def _forms(asked: str) -> Iterable[str]:
    runs = _RUN.findall(fold(asked))[:_MOST]
    yield from runs
    for run in runs:
        yield from _words(run).split()
