"""The ledger on disk: what the graph in the store was made of, so that it can be changed in one place.

It lies in the folder of the store and is replaced together with it, so that neither is ever ahead. Names in
it are bytes, since one may hold half a character, which SQLite takes for no text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

from kg.errors import StoreError

FILE = "ledger.sqlite"
_SCRATCH_FILE = "scratch.sqlite"
FORM = "5"
"""What `meta` says of the tables' form."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
-- every input that was read; of several with the same text the first by source stands for the page
CREATE TABLE inputs (page TEXT, source BLOB, found TEXT, row TEXT, PRIMARY KEY (page, source, found))
    WITHOUT ROWID;
CREATE TABLE errors (source BLOB, row TEXT, PRIMARY KEY (source, row)) WITHOUT ROWID;
-- page-local entities, what each is called, the entity that it became, and what resolving needs of it
CREATE TABLE keys (id INTEGER PRIMARY KEY, page TEXT, key BLOB, called INTEGER, entity TEXT,
    profile BLOB);
-- what an entity so called must share with another one if either is to matter to the other
CREATE TABLE blocks (block INTEGER, called INTEGER, PRIMARY KEY (block, called)) WITHOUT ROWID;
CREATE TABLE entities (iri TEXT PRIMARY KEY, head BLOB) WITHOUT ROWID;
CREATE TABLE doubts (a TEXT, b TEXT, doubt BLOB, PRIMARY KEY (a, b)) WITHOUT ROWID;
-- articles; of those that are prints of one story, the first by id; what stands in them, for telling people
CREATE TABLE articles (id TEXT PRIMARY KEY, page TEXT, story TEXT, stub BLOB, marks TEXT) WITHOUT ROWID;
CREATE TABLE bands (band INTEGER, article TEXT, PRIMARY KEY (band, article)) WITHOUT ROWID;
-- articles of one band that were compared, and whether they are prints of one story
CREATE TABLE compared (a TEXT, b TEXT, alike INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE claims (id INTEGER PRIMARY KEY, article TEXT, subject INTEGER, object INTEGER, fact TEXT,
    claim BLOB);
-- the facts of the graph, asserted ones with what they say plainly
CREATE TABLE facts (fact TEXT PRIMARY KEY, plain INTEGER) WITHOUT ROWID;
-- facts that claims state and the graph leaves out: they are less sure than it asks for
CREATE TABLE unsure (fact TEXT PRIMARY KEY) WITHOUT ROWID;
-- how many claims of a page became no fact of the graph and why, where any did not
CREATE TABLE lost (page TEXT, why TEXT, claims INTEGER, PRIMARY KEY (page, why)) WITHOUT ROWID;
"""
_NAMES = """
CREATE UNIQUE INDEX keys_key ON keys (key);
CREATE INDEX keys_called ON keys (called);
"""
_INDEXES = """
CREATE INDEX inputs_source ON inputs (source);
CREATE INDEX keys_page ON keys (page);
CREATE INDEX keys_entity ON keys (entity);
CREATE INDEX blocks_called ON blocks (called);
CREATE INDEX doubts_b ON doubts (b);
CREATE INDEX articles_page ON articles (page);
CREATE INDEX articles_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX bands_article ON bands (article);
CREATE INDEX compared_b ON compared (b);
CREATE INDEX claims_article ON claims (article);
CREATE INDEX claims_subject ON claims (subject);
CREATE INDEX claims_object ON claims (object);
CREATE INDEX claims_fact ON claims (fact);
CREATE INDEX facts_plain ON facts (plain);
"""
_SCRATCH = """
CREATE TABLE scratch.blocks (block INTEGER, called INTEGER);
CREATE TABLE scratch.bands (band INTEGER, article TEXT);
CREATE TABLE scratch.parts (part INTEGER, called INTEGER, PRIMARY KEY (part, called)) WITHOUT ROWID;
-- the articles of each name, and the entity that it became
CREATE TABLE scratch.printed (id INTEGER PRIMARY KEY, articles TEXT);
CREATE TABLE scratch.became (id INTEGER PRIMARY KEY, entity TEXT);
CREATE TABLE scratch.heads (iri TEXT, kind TEXT, head BLOB);
CREATE TABLE scratch.kinds (iri TEXT PRIMARY KEY, kind TEXT) WITHOUT ROWID;
-- of each claim what it says of its ends, what it rests on, and the fact that it is part of
CREATE TABLE scratch.said (id INTEGER PRIMARY KEY, meant INTEGER, words BLOB);
CREATE TABLE scratch.stated (id INTEGER PRIMARY KEY, fact TEXT);
CREATE TABLE scratch.facts (fact TEXT, plain INTEGER);
CREATE TABLE scratch.ends (fact TEXT, subject TEXT, object TEXT);
CREATE TABLE scratch.told (fact TEXT, told BLOB);
"""
"""What only the making of a ledger needs."""


@contextmanager
def made(folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a new, empty ledger in a folder; `index_names` and `index` make its indexes.

    Raises:
        StoreError: the folder cannot be written.
    """
    scratch = folder / _SCRATCH_FILE
    try:
        with closing(_connect(folder / FILE)) as base:
            base.execute("PRAGMA temp_store = FILE")  # what is sorted may be larger than memory
            base.execute("PRAGMA cache_size = -65536")
            base.execute("ATTACH ? AS scratch", (str(scratch),))
            base.execute("PRAGMA scratch.journal_mode = OFF")
            base.execute("PRAGMA scratch.synchronous = OFF")
            base.executescript(_SCHEMA + _SCRATCH)
            base.execute("INSERT INTO meta VALUES ('form', ?)", (FORM,))
            yield base
            base.commit()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{folder.parent}: the graph cannot be written ({error})") from error
    finally:
        scratch.unlink(missing_ok=True)


@contextmanager
def looked_at(folder: Path) -> Iterator[sqlite3.Connection]:
    """Give a ledger that was just made, with all that its making needed, while nobody writes it."""
    with closing(sqlite3.connect(_only_read(folder / FILE), uri=True)) as base:
        base.execute("PRAGMA temp_store = FILE")
        base.execute("ATTACH ? AS scratch", (_only_read(folder / _SCRATCH_FILE),))
        yield base


def _only_read(file: Path) -> str:
    return f"{file.resolve().as_uri()}?immutable=1"


def index_names(base: sqlite3.Connection) -> None:
    """Make the indexes that resolving needs in a new ledger."""
    base.executescript(_NAMES)


def index(base: sqlite3.Connection) -> None:
    """Make the other indexes of a new ledger that has its rows by now."""
    base.executescript(_INDEXES)


@contextmanager
def opened(folder: Path, out: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Give the ledger in a folder of a store, to change a copy that nobody else uses.

    Args:
        folder: the folder of the store.
        out: the folder of the graph, which errors name, where it is not the one that holds the store.

    Raises:
        StoreError: there is none, it is damaged, or it has another form.
    """
    file, named = folder / FILE, out or folder.parent
    if not file.is_file():
        raise StoreError(f"{named}: the graph holds no ledger; run kg build")
    try:
        with closing(_connect(file)) as base:
            found = base.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
            if found != (FORM,):
                raise StoreError(f"{named}: the ledger has another form; run kg build")
            yield base
            base.commit()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{named}: the ledger is damaged ({error}); run kg build") from error


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file)
    # the whole folder takes effect at once or not at all, so that this file needs no safety of its own
    base.execute("PRAGMA journal_mode = OFF")
    base.execute("PRAGMA synchronous = OFF")
    base.execute("PRAGMA secure_delete = ON")
    base.execute("PRAGMA temp_store = MEMORY")
    return base


def number(text: str) -> int:
    """Return 60 bits that stand for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 4


def fill(base: sqlite3.Connection, name: str, values: Iterable[str | int | bytes]) -> str:
    """Make a temporary table of one column `x` and return its name."""
    # none is dropped, which SQLite refuses while somebody reads, whatever he reads
    base.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (x PRIMARY KEY) WITHOUT ROWID")
    base.execute(f"DELETE FROM temp.{name}")  # noqa: S608
    base.executemany(f"INSERT OR IGNORE INTO {name} VALUES (?)", ((value,) for value in values))  # noqa: S608
    return name
