"""The catalogue of a graph: names, how entities hang together, and the words of articles, in SQLite.

A process of its own makes it, from a folder or from a SPARQL server, row by row: memory does not grow with
the graph. Names and facts come first, in one file; the words of articles follow in another.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.hanzi.fold import fold
from kg.rdf.scan import Scan, scanning
from kg.rdf.terms import local
from kg.serve.seal import end_with_parent
from kg.serve.spelling import initials

NOTHING = "\U0010fffd"
"""What stands between two names of one thing, so that no phrase goes over both."""
_NAMES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, kind TEXT, label TEXT, text TEXT DEFAULT '',
  weight INTEGER DEFAULT 0, degree INTEGER DEFAULT 0, facts INTEGER DEFAULT 0);
CREATE VIRTUAL TABLE name
  USING fts5(signs, initials, content='', detail=full, tokenize="unicode61 remove_diacritics 0");
CREATE TABLE fact (id INTEGER PRIMARY KEY, iri TEXT, s INTEGER, p TEXT, o INTEGER, status TEXT, c REAL,
  n INTEGER, first TEXT, last TEXT, least INTEGER DEFAULT 0);
CREATE TEMP TABLE called (thing INTEGER, form TEXT);
CREATE TEMP TABLE seen (thing INTEGER, story TEXT);
"""
_STORIES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, label TEXT, text TEXT, weight INTEGER,
  year TEXT, paper TEXT, byline TEXT);
CREATE VIRTUAL TABLE story
  USING fts5(headline, words, signs, content='', tokenize="unicode61 remove_diacritics 0");
"""
_ENTITIES = """SELECT ?e ?kind ?label { ?e rdfs:label ?label ; a ?kind
  FILTER(ISIRI(?e) && STRSTARTS(STR(?kind), STR(kg:))) }"""
_CALLED = "SELECT ?e ?alt { ?e skos:altLabel ?alt }"
_MENTIONS = "SELECT ?e ?a { GRAPH ?g { ?a schema:mentions ?e } }"
_FACTS = """SELECT ?f ?s ?p ?o ?status ?c ?n ?first ?last {
  ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?status ; kg:confidence ?c ; kg:articles ?n
  OPTIONAL { ?f kg:firstReported ?first } OPTIONAL { ?f kg:lastReported ?last } }"""
_ARTICLES = """SELECT ?a ?headline ?text ?day ?paper ?source { GRAPH ?g {
  ?a a kg:Article ; kg:text ?text ; schema:isPartOf ?page
  OPTIONAL { ?a schema:headline ?headline } OPTIONAL { ?a kg:edtf ?day } }
  GRAPH ?h { ?page kg:source ?source OPTIONAL { ?page kg:newspaper ?paper } } }"""
_BYLINES = "SELECT ?a ?name { GRAPH ?g { ?a kg:byline ?who . ?who schema:name ?name } }"
_PAGES = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a kg:Page } }"
_STORIES_COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?p a kg:Article } }"
_COUNTED = (
    "CREATE INDEX fact_s ON fact (s)",
    "CREATE INDEX fact_o ON fact (o)",
    "CREATE INDEX fact_iri ON fact (iri)",
    "CREATE TEMP TABLE met AS SELECT s AS a, o AS b FROM fact WHERE o IS NOT NULL AND o != s "
    "UNION SELECT o, s FROM fact WHERE o IS NOT NULL AND o != s",
    "CREATE TEMP TABLE many AS SELECT a, COUNT(*) AS number FROM met GROUP BY a",
    "CREATE TEMP TABLE stated AS SELECT id, COUNT(*) AS number FROM (SELECT s AS id FROM fact "
    "UNION ALL SELECT o FROM fact WHERE o IS NOT NULL AND o != s) GROUP BY id",
    "UPDATE thing SET degree = number FROM many WHERE many.a = thing.id",
    "UPDATE thing SET facts = number FROM stated WHERE stated.id = thing.id",
    "UPDATE fact SET least = (SELECT min(a.degree, b.degree) FROM thing AS a, thing AS b "
    "WHERE a.id = s AND b.id = o) WHERE o IS NOT NULL",
    "CREATE INDEX fact_least ON fact (least DESC, p, status, c, first, last, s, o) WHERE o IS NOT NULL",
    "CREATE INDEX thing_degree ON thing (degree DESC, weight DESC, iri)",
    "CREATE INDEX thing_kind ON thing (kind, degree DESC, weight DESC, iri)",
    "CREATE INDEX thing_weight ON thing (weight DESC, label)",
)
"""How facts and neighbours are counted when all rows are there."""
_BRISK = 20.0
"""Seconds of the processor after which the words of articles give way to those who ask already."""
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")

RUN = re.compile(r"[^\W_]+")
SIGN = re.compile(r"[a-z0-9]+|[^\W_]")  # a Latin word or number, or one character of another script


def main(given: str, names: str, stories: str) -> None:
    """Make both files, and say on standard output when each is there, and how many articles there are.

    That of a folder is kept beside its graph then.

    `given` is a JSON object: `out` a folder, or `url` a server; `ontology` the folder of the ontology.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: the server ends this one
    end_with_parent()
    try:
        _make(json.loads(given), names, stories)
    except KgError as error:
        print(str(error).replace("\n", " "), flush=True)  # noqa: T201 - as below


def _make(told: dict[str, Any], names: str, stories: str) -> None:
    from kg.serve.kept import keep, stamp
    from kg.serve.overview import survey

    ontology = Path(told["ontology"])
    made = None if told.get("url") else stamp(Path(told["out"]), ontology)
    scan = _from(told)
    with closing(sqlite3.connect(names, isolation_level=None)) as base:
        write_names(base, scan)
        survey(base, ontology)
        count = base.execute("SELECT value FROM meta WHERE name = 'articles'").fetchone()[0]
    print(f"names {count}", flush=True)  # noqa: T201 - what the server waits for
    with closing(sqlite3.connect(stories, isolation_level=None)) as base:
        write_stories(base, scan)
    print("stories", flush=True)  # noqa: T201 - what the server waits for
    if made is not None:
        keep(Path(told["out"]), made, Path(names), Path(stories))


def _from(told: dict[str, Any]) -> Scan:
    if told.get("url"):
        from kg.remote import scanning as over

        return over(told["url"])
    return scanning(Path(told["out"]))


def write_names(base: sqlite3.Connection, scan: Scan) -> None:
    """Write down entities, their names and the facts that are not denied."""
    base.executescript(_NAMES)
    base.execute("BEGIN")
    put = "INSERT OR IGNORE INTO thing (iri, kind, label) VALUES (?, ?, ?)"
    found = ((e, local(kind), label) for e, kind, label in scan(_ENTITIES) if _IRI.fullmatch(e))
    base.executemany(put, found)
    put = "INSERT INTO called SELECT id, ? FROM thing WHERE iri = ?"
    base.executemany(put, ((alt, e) for e, alt in scan(_CALLED)))
    base.executemany("INSERT INTO seen SELECT id, ? FROM thing WHERE iri = ?", _mentions(scan))
    base.execute("CREATE INDEX temp.called_thing ON called (thing)")
    base.execute("CREATE INDEX temp.seen_thing ON seen (thing, story)")
    base.execute(
        "UPDATE thing SET weight = (SELECT COUNT(DISTINCT story) FROM seen WHERE seen.thing = thing.id)"
    )
    base.execute(
        "UPDATE thing SET text = coalesce((SELECT group_concat(form, char(10)) FROM "
        "(SELECT DISTINCT form FROM called WHERE called.thing = thing.id ORDER BY form)), '')"
    )
    put = (
        "INSERT INTO fact (iri, s, p, o, status, c, n, first, last) SELECT ?, a.id, ?, b.id, ?, ?, ?, ?, ? "
        "FROM thing AS a LEFT JOIN thing AS b ON b.iri = ? WHERE a.iri = ?"
    )
    base.executemany(put, _facts(scan))
    for step in _COUNTED:
        base.execute(step)
    base.executemany("INSERT INTO name (rowid, signs, initials) VALUES (?, ?, ?)", _forms(base))
    counts = {"articles": next(scan(_STORIES_COUNT))[0], "pages": next(scan(_PAGES))[0]}
    base.executemany("INSERT INTO meta VALUES (?, ?)", list(counts.items()))
    base.execute("COMMIT")
    base.execute("ANALYZE")


def _mentions(scan: Scan) -> Iterator[tuple[str, str]]:
    return ((story, entity) for entity, story in scan(_MENTIONS))


def _facts(scan: Scan) -> Iterator[tuple[str, str, str, float, int, str, str, str, str]]:
    for f, s, p, o, status, c, n, first, last in scan(_FACTS):
        if local(status) != "negated" and _IRI.fullmatch(f):
            yield f, local(p), local(status), float(c), int(n), first, last or first, o, s


def _forms(base: sqlite3.Connection) -> Iterator[tuple[int, str, str]]:
    """Yield every entity with the signs and the initials of its names."""
    for id_, label, text in base.execute("SELECT id, label, text FROM thing"):
        names = [label, *text.split("\n")] if text else [label]
        signs = f" {NOTHING} ".join(map(spaced, names))
        yield id_, signs, f" {NOTHING} ".join(one for form in names for one in initials(form))


def write_stories(base: sqlite3.Connection, scan: Scan) -> None:
    """Write down the words of the articles."""
    base.executescript(_STORIES)
    base.execute("BEGIN")
    polite = False
    for iri, headline, text, day, paper, source in scan(_ARTICLES):
        if not polite and time.process_time() > _BRISK:
            polite = True
            with suppress(OSError):
                os.nice(10)
        date = int("".join(c for c in day[:10] if c.isdecimal()) or 0)
        number = base.execute(
            "INSERT INTO thing (iri, kind, label, text, weight, year, paper, byline) "
            "VALUES (?, 'Article', ?, ?, ?, ?, ?, '')",
            [iri, headline.split("\n")[0], text, date, _year(day), paper or source],
        ).lastrowid
        base.execute(
            "INSERT INTO story (rowid, headline, words, signs) VALUES (?, ?, ?, ?)",
            [number, words(headline), words(text), spaced(text)],
        )
    base.execute("CREATE INDEX thing_iri ON thing (iri)")
    base.execute("CREATE INDEX thing_day ON thing (weight DESC, iri)")
    put = "UPDATE thing SET byline = byline || ' ' || ? WHERE iri = ?"
    base.executemany(put, ((name, iri) for iri, name in scan(_BYLINES)))
    base.execute("COMMIT")


def _year(day: str) -> str:
    found = re.match(r"\d{4}", day)
    return found[0] if found else ""


def spaced(text: str) -> str:
    """Return every character apart, Latin words and numbers whole, so that any part of a name is a phrase.

    >>> spaced("Ａ股50强")
    'a 股 50 强'
    """
    return " ".join(SIGN.findall(fold(text)))


def words(text: str) -> str:
    """Return the words of a text that have more than one character, apart by spaces."""
    return " ".join(w for w in _cutter().lcut_for_search(fold(text)) if RUN.fullmatch(w) and len(w) > 1)


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
