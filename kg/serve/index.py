"""What the catalogue of a graph answers: names, articles, and how many there are of what."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.hanzi.fold import fold
from kg.serve.catalogue import RUN, SIGN, spaced, words
from kg.serve.spelling import flat, is_spelled, rank, wanted_initials

_MOST = 40
"""No more words of a question are looked for."""
_LOOKED_AT = 2000
"""No more names are compared with what somebody typed; the most reported are."""
_COUNTED = 50
"""No more papers are told apart in what a question finds; the rest stay together."""
SECONDS = 3.0
"""How long a question to the catalogue may take."""


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


@dataclass(frozen=True, slots=True)
class Found:
    """An entity by its number in the catalogue, the other name that answers if one does, and how well."""

    id: int
    alias: str | None
    rank: int


class Index:
    """A catalogue in files that end with it; `stories` is None as long as the articles' is being made.

    `boot` is what the network page begins with, `made` holds that page and its policy by root path.
    """

    def __init__(self, names: Path, stories: Path | None) -> None:
        self.names = names
        self.stories = stories
        self.boot: dict[str, Any] = json.loads(self.meta("boot"))
        self.made: dict[str, tuple[bytes, str]] = {}

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
            [_signs(wanted), kind, kind, plain, len(plain), plain, limit, offset],
        )

    def called(self, asked: str, limit: int) -> tuple[list[Found], int]:
        """Return the entities that what was typed may mean, also in pinyin or shortened, and how many.

        The best first: see `kg.serve.spelling`.
        """
        wanted = flat(asked)
        matches = list(_candidates(fold(asked), wanted)) if wanted else []
        best: dict[int, Found] = {}
        with self.open() as base:
            for match in matches:
                rows = base.execute(
                    "SELECT id, label, text FROM name JOIN thing ON thing.id = name.rowid "
                    "WHERE name MATCH ? ORDER BY degree DESC, weight DESC, id LIMIT ?",
                    [match, _LOOKED_AT],
                )
                for id_, label, text in rows:
                    if id_ not in best and (hit := _best(id_, label, text, wanted)) is not None:
                        best[id_] = hit
        order = {id_: place for place, id_ in enumerate(best)}  # each in the order of its importance
        found = sorted(best.values(), key=lambda hit: (hit.rank, order[hit.id]))
        return found[:limit], len(found)

    def suggested(self, asked: str, limit: int) -> list[Hit]:
        """Return the entities that what was typed may mean, as hits."""
        found, _ = self.called(asked, limit)
        with self.open() as base:
            ask = "SELECT iri, kind, label, text, weight FROM thing WHERE id = ?"
            return [Hit(*base.execute(ask, [hit.id]).fetchone()) for hit in found]

    def articles(
        self,
        asked: str,
        limit: int = 20,
        offset: int = 0,
        year: str | None = None,
        paper: str | None = None,
    ) -> list[Hit]:
        """Return articles that hold all words of a question, or its characters in a row; the best first."""
        match = _story_match(asked)
        if match is None or self.stories is None:
            return []
        return self._hits(
            "SELECT iri, kind, label, text, weight FROM story JOIN thing ON thing.id = story.rowid "
            "WHERE story MATCH ? AND (? IS NULL OR year = ?) AND (? IS NULL OR paper = ?) "
            "ORDER BY bm25(story, 6.0, 2.0, 1.0), weight DESC, iri LIMIT ? OFFSET ?",
            [match, year, year, paper, paper, limit, offset],
            self.stories,
        )

    def titled(self, asked: str, limit: int) -> tuple[list[str], int]:
        """Return the articles with a text in headline, day, byline or paper, latest first, and how many."""
        if self.stories is None:
            return [], 0
        where, given = (
            ("", [])
            if not asked.strip()
            else (
                "WHERE label LIKE ? ESCAPE '!' OR byline LIKE ? ESCAPE '!' OR paper LIKE ? ESCAPE '!' "
                "OR CAST(weight AS TEXT) LIKE ? ESCAPE '!'",
                [f"%{_escaped(asked.strip())}%"] * 3 + [f"{_escaped(asked.strip().replace('-', ''))}%"],
            )
        )
        with self.open(self.stories) as base:
            count = base.execute(f"SELECT COUNT(*) FROM thing {where}", given).fetchone()[0]  # noqa: S608
            ask = f"SELECT iri FROM thing {where} ORDER BY weight DESC, iri LIMIT ?"  # noqa: S608
            return [iri for (iri,) in base.execute(ask, [*given, limit])], count

    def kinds(self, asked: str) -> dict[str, int]:
        """Return how many entities of each kind a question finds."""
        wanted = _phrases(asked)
        if not wanted:
            return {}
        ask = (
            "SELECT kind, COUNT(*) FROM name JOIN thing ON thing.id = name.rowid WHERE name MATCH ? "
            "GROUP BY kind ORDER BY 2 DESC, 1"
        )
        with self.open() as base:
            return dict(base.execute(ask, [_signs(wanted)]).fetchall())

    def issues(self, asked: str) -> tuple[dict[str, int], dict[str, int]]:
        """Return how many articles a question finds by year, latest first, and by paper, most first."""
        match = _story_match(asked)
        if match is None or self.stories is None:
            return {}, {}
        by = "SELECT {0}, COUNT(*) FROM story JOIN thing ON thing.id = story.rowid WHERE story MATCH ? AND {0} != '' GROUP BY {0} ORDER BY {1} LIMIT ?"  # noqa: E501
        with self.open(self.stories) as base:
            years = base.execute(by.format("year", "1 DESC"), [match, _COUNTED]).fetchall()
            papers = base.execute(by.format("paper", "2 DESC, 1"), [match, _COUNTED]).fetchall()
        return dict(years), dict(papers)

    def most_reported(self, limit: int) -> list[Hit]:
        """Return the entities that most articles mention."""
        ask = "SELECT iri, kind, label, text, weight FROM thing ORDER BY weight DESC, label, iri LIMIT ?"
        return self._hits(ask, [limit])

    def counts(self) -> dict[str, int]:
        """Return how many things there are of each kind."""
        with self.open() as base:
            ask = "SELECT kind, COUNT(*) FROM thing GROUP BY kind"
            kinds = dict(base.execute(ask).fetchall())
            stories = base.execute("SELECT value FROM meta WHERE name = 'articles'").fetchone()
        counts = {**kinds, "Article": int(stories[0])}
        return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))

    def meta(self, name: str) -> str:
        """Return what was written down of the whole."""
        with self.open() as base:
            return str(base.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()[0])

    def _hits(self, sql: str, given: Sequence[Any], file: Path | None = None) -> list[Hit]:
        with self.open(file) as base:
            return [Hit(*row) for row in base.execute(sql, given)]

    @contextmanager
    def open(self, file: Path | None = None) -> Iterator[sqlite3.Connection]:
        """Give a connection that reads, and ends what takes too long.

        Raises:
            sqlite3.OperationalError: it was ended.
        """
        address = f"{(file or self.names).absolute().as_uri()}?mode=ro&immutable=1"
        until = time.monotonic() + SECONDS
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            yield base

    def forget(self) -> None:
        """Delete the files, and the folder that holds them."""
        shutil.rmtree(self.names.parent, ignore_errors=True)


def _candidates(asked: str, wanted: str) -> Iterator[str]:
    """Yield questions to FTS5 that find every name that may answer what was typed, the closest first.

    `wanted` is `asked` without white space and quotation marks: these divide Latin words in names as well.
    """
    signs = SIGN.findall(asked)
    if signs:
        yield f"signs : {_quoted(' '.join(signs))}" + ("*" if signs[-1].isascii() else "")
    if is_spelled(wanted):
        spelled = [_quoted(letters) for letters in wanted_initials(wanted.replace("'", ""))]
        for start in range(0, len(spelled), _MOST):
            yield f"initials : ({' OR '.join(spelled[start : start + _MOST])})"
    else:
        apart = [sign for sign in dict.fromkeys(SIGN.findall(wanted)) if not sign.isascii()]
        if apart:
            yield f"signs : ({' AND '.join(map(_quoted, apart[:_MOST]))})"


def _best(id_: int, label: str, text: str, wanted: str) -> Found | None:
    best: Found | None = None
    for place, form in enumerate([label, *text.split("\n")] if text else [label]):
        found = rank(flat(form[:400]), wanted)
        if found is not None and (best is None or found < best.rank):
            best = Found(id_, form if place else None, found)
    return best


def _story_match(asked: str) -> str | None:
    wanted = _phrases(asked)
    if not wanted:
        return None
    known = [_quoted(word) for word in dict.fromkeys(words(asked).split())][:_MOST]
    match = f"({' AND '.join(f'signs : {phrase}' for phrase in wanted)})"
    return f"({{headline words}} : ({' AND '.join(known)})) OR {match}" if known else match


def _signs(phrases: Sequence[str]) -> str:
    return " AND ".join(f"signs : {phrase}" for phrase in phrases)


def _phrases(asked: str) -> list[str]:
    """Return what is looked for, as phrases of FTS5 that hold nothing but letters and digits."""
    runs = RUN.findall(fold(asked))[:_MOST]
    return [_quoted(spaced(run)) + ("*" if run[-1].isascii() else "") for run in runs if SIGN.search(run)]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _escaped(text: str) -> str:
    return re.sub(r"([!%_])", r"!\1", text)


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
    runs = RUN.findall(fold(asked))[:_MOST]
    yield from runs
    for run in runs:
        yield from words(run).split()
