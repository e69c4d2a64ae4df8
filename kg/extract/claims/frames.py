"""`ontology/frames.tsv` as values: each row is one way in which a text states a predicate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kg.errors import OntologyError
from kg.lexicon import alternation
from kg.ontology import Ontology

COLUMNS = (
    "predicate",
    "shape",
    "trigger",
    "subject",
    "object",
    "read",
    "need",
    "block",
    "status",
    "sure",
    "example",
)
SHAPES = frozenset({"clause", "post", "chain", "inside", "figure", "follows", "list", "measure", "stop"})
SLOTS = frozenset(
    (
        "before",
        "own",
        "near",
        "at",
        "topic",
        "dropped",
        "new",
        "earlier",
        "after",
        "later",
        "listed",
        "head",
        "by",
        "in",
        "with",
        "to",
        "on",
        "event",
        "same",
        "again",
        "both",
        "parties",
        "bearer",
        "several",
        "value",
        "value-before",
        "date",
        "date-after",
    )
)
READS = frozenset({"title", "year", "of", "per", "amount"})
SOURCE = "frames.tsv"
_STOPS = "，。；的了"
"""What may end a trigger beside its words: 承建， in 由甲承建，, 共建的 in 甲与乙共建的."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What the engine needs to know of a predicate; `range` is empty when the object is a literal."""

    name: str
    domain: frozenset[str]
    range: frozenset[str]
    literal: str | None
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an end of a claim stands, and which classes it may have there (empty: as the predicate says)."""

    place: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """One row.

    Attributes:
        name: predicate and number of the row among those of its predicate; the finder of its claims.
        predicate: what it states.
        shape: clause (trigger words), post (title beside a name), chain (two names side by side),
            inside (one name within another), figure (a figure within a name), follows (from another claim),
            stop (what a sentence opens with while the claims of the predicate go on).
        triggers: the words, longest first.
        subject, object: slots, tried in this order.
        reads: the qualifiers to read.
        need: words of which one must follow in the sentence without an object of its own, unless the
            claims before were of the same predicate; of figures, their units.
        before, after: words that block the frame when they stand directly before or after the trigger.
        status: what the frame itself implies, or None.
        sure: how often the row is right when it fires, from 0 to 1.
        example: a sentence in which it fires.
    """

    name: str
    predicate: Relation
    shape: str
    triggers: tuple[str, ...]
    subject: tuple[Slot, ...]
    object: tuple[Slot, ...]
    reads: frozenset[str]
    need: re.Pattern[str] | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    status: str | None
    sure: float
    example: str


@dataclass(frozen=True, slots=True)
class Frames:
    """All rows, and one pattern that finds the longest trigger at every place of a text.

    `shared` are the predicates whose objects somebody named later can share (slot `same`): 参加; `contested`
    are the words that say so; `fires` are the rows that a trigger fires: its own, then those of shorter ones
    in it, each with its offset and word.
    """

    rows: tuple[Frame, ...]
    pattern: re.Pattern[str]
    shared: frozenset[str]
    contested: frozenset[str]
    fires: Mapping[str, tuple[tuple[int, str, tuple[Frame, ...]], ...]]

    def of(self, shape: str) -> tuple[Frame, ...]:
        """Return the rows of a shape, in the order of the table."""
        return tuple(row for row in self.rows if row.shape == shape)


def prepare(ontology: Ontology) -> Frames:
    """Read the frames of an ontology; the same rows are read once.

    Raises:
        OntologyError: a column is missing or a cell says something unknown.
    """
    rows = tuple(tuple(row.items()) for row in ontology.frames)
    relations = tuple(
        Relation(p.name, p.domain, p.range, p.literal, p.symmetric) for p in ontology.predicates.values()
    )
    return _prepare(rows, relations)


def by_name(ontology: Ontology) -> Mapping[str, Frame]:
    """Return the frames of an ontology by their names.

    Raises:
        OntologyError: as `prepare` does.
    """
    return {frame.name: frame for frame in prepare(ontology).rows}


@lru_cache(maxsize=8)
def _prepare(rows: tuple[tuple[tuple[str, str], ...], ...], relations: tuple[Relation, ...]) -> Frames:
    known = {r.name: r for r in relations}
    count: dict[str, int] = {}
    frames = []
    for row in rows:
        cells = dict(row)
        missing = [c for c in COLUMNS if c not in cells]
        if missing:
            raise OntologyError(SOURCE, f"no column {missing[0]!r}", remedy="see docs/ontology.md")
        count[cells["predicate"]] = count.get(cells["predicate"], 0) + 1
        frames.append(
            _frame(f"{cells['predicate']}-{count[cells['predicate']]}", cells, known[cells["predicate"]])
        )
    by: dict[str, list[Frame]] = {}
    for frame in frames:
        if frame.shape in {"clause", "post"}:
            for word in frame.triggers:
                by.setdefault(word, []).append(frame)
    words = sorted(by, key=lambda w: (-len(w), w))
    firsts = "".join(sorted({re.escape(w[0]) for w in words}))
    pattern = re.compile(f"(?=[{firsts}])(?=({alternation(words)}))" if words else r"(?!)")
    sharing = [f for f in frames if any(s.place == "same" for s in f.object)]
    return Frames(
        rows=tuple(frames),
        pattern=pattern,
        shared=frozenset(f.predicate.name for f in sharing),
        contested=frozenset(w for f in sharing for w in f.triggers),
        fires=MappingProxyType({w: ((0, w, tuple(by[w])), *_within(w, by)) for w in words}),
    )


def _within(word: str, by: Mapping[str, Sequence[Frame]]) -> tuple[tuple[int, str, tuple[Frame, ...]], ...]:
    """Return the rows of the shorter triggers that a trigger holds, the longest first.

    Of a predicate that the longer word serves too, any counts (签订 in 签订合作); of others, what ends it.
    """
    served = {f.predicate.name for f in by[word]}
    stop = len(word.rstrip(_STOPS))
    found: list[tuple[int, str, tuple[Frame, ...]]] = []
    for start in range(len(word)):
        for end in range(start + 2, len(word) + 1):
            inner = word[start:end]
            rows = [f for f in by.get(inner, ()) if end == stop or f.predicate.name in served]
            if rows and inner != word:
                found.append((start, inner, tuple(rows)))
    return tuple(sorted(found, key=lambda one: (-len(one[1]), one[0])))


def _frame(name: str, cells: dict[str, str], predicate: Relation) -> Frame:
    if cells["shape"] not in SHAPES:
        raise _wrong(name, "shape", cells["shape"], SHAPES)
    blocks = _words(cells["block"])
    for word in blocks:
        if len(word) < 2 or word[0] not in "<>":
            raise _wrong(name, "block", word, ("<前", ">后"))
    reads = frozenset(_words(cells["read"]))
    if reads - READS:
        raise _wrong(name, "read", sorted(reads - READS)[0], READS)
    status = cells["status"] if cells["status"] != "-" else None
    if status not in {None, "planned", "former"}:
        raise _wrong(name, "status", cells["status"], ("-", "planned", "former"))
    try:
        sure = float(cells["sure"])
    except ValueError:
        sure = -1.0
    if not 0 < sure <= 1:
        raise _wrong(name, "sure", cells["sure"], ("a number above 0, up to 1",))
    triggers = tuple(sorted(_words(cells["trigger"]), key=lambda w: (-len(w), w)))
    if cells["shape"] == "clause" and not triggers:
        raise OntologyError(SOURCE, "no trigger", where=name, remedy="name at least one word")
    return Frame(
        name=name,
        predicate=predicate,
        shape=cells["shape"],
        triggers=triggers,
        subject=tuple(_slots(name, cells["subject"])),
        object=tuple(_slots(name, cells["object"])),
        reads=reads,
        need=_needed(_words(cells["need"])),
        before=tuple(w[1:] for w in blocks if w[0] == "<"),
        after=tuple(w[1:] for w in blocks if w[0] == ">"),
        status=status,
        sure=sure,
        example=cells["example"],
    )


def _words(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(cell.split())


def _needed(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(alternation(words)) if words else None


def _slots(name: str, cell: str) -> Iterable[Slot]:
    for word in _words(cell):
        place, _, kinds = word.partition(":")
        if place not in SLOTS:
            raise _wrong(name, "slot", place, SLOTS)
        yield Slot(place, tuple(kinds.split("|")) if kinds else ())


def _wrong(name: str, column: str, value: str, allowed: Iterable[str]) -> OntologyError:
    return OntologyError(
        SOURCE, f"{column} {value!r}", where=name, remedy=f"use one of {', '.join(sorted(allowed))}"
    )
