"""What people decide about names and facts, by page-local keys, so that it outlives every rebuild."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import DecisionError
from kg.model.findings import LocalKey, Qualifiers, Status


@dataclass(frozen=True, slots=True, order=True)
class Same:
    """Two page-local entities, and whatever each is merged with, are one (`kg merge`)."""

    a: LocalKey
    b: LocalKey
    line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Different:
    """Two page-local entities are never one, whatever else they are merged with."""

    a: LocalKey
    b: LocalKey
    line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Alone:
    """A page-local entity is merged with nothing but what people say is the same (`kg split`)."""

    key: LocalKey
    line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """The entity that holds a page-local entity is shown under this name (`kg rename`)."""

    key: LocalKey
    name: str
    line: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Typed:
    """The entity that holds a page-local entity is of this class (`kg retype`)."""

    key: LocalKey
    kind: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rejected:
    """A fact that is none (`kg reject`), with everything that makes it another fact than its neighbours.

    Attributes:
        subject: any member of the subject.
        object: any member of the object, or a literal as printed.
        qualifiers: all but who says it, sorted.
    """

    subject: LocalKey
    predicate: str
    object: LocalKey | str
    qualifiers: Qualifiers = ()
    status: Status = Status.ASSERTED
    line: int = 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything that people decided. Keys of pages that are not there decide nothing.

    Of two that reach one entity by different keys (two names for it), the later line holds.

    Attributes:
        source: the file they stand in, for errors; `line` of each counts its lines from 1.

    Raises:
        DecisionError: two lines contradict each other (both are named), or one contradicts itself.
    """

    same: tuple[Same, ...] = ()
    different: tuple[Different, ...] = ()
    alone: tuple[Alone, ...] = ()
    named: tuple[Named, ...] = ()
    typed: tuple[Typed, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    source: str = "decisions.tsv"

    def __post_init__(self) -> None:
        pairs: tuple[Same | Different, ...] = (*self.same, *self.different)
        for pair in pairs:
            if pair.a == pair.b:
                raise self._error(f"both names are {_told(pair.a)}", pair.line)
        for one in self.different:
            path = _path(self.same, one.a, one.b)
            if path:
                lines = " and ".join(f"line {same.line}" for same in path)
                raise self._error(f"keeps apart what {lines} merges", one.line)
        self._once((one.key, one.name, one.line) for one in self.named)
        self._once((one.key, one.kind, one.line) for one in self.typed)

    def _once(self, said: Iterable[tuple[LocalKey, str, int]]) -> None:
        first: dict[LocalKey, tuple[str, int]] = {}
        for key, value, line in said:
            known, before = first.setdefault(key, (value, line))
            if known != value:
                what = f"says {value!r} of {_told(key)}, of which line {before} says {known!r}"
                raise self._error(what, line)

    def _error(self, what: str, line: int) -> DecisionError:
        return DecisionError(self.source, what, where=f"line {line}", remedy="delete one of the lines")


NONE = Decisions()
"""Nothing decided."""


def _path(same: Iterable[Same], start: LocalKey, end: LocalKey) -> tuple[Same, ...]:
    """Return a shortest way from one key to another over merges; empty when there is none."""
    ways = _neighbours(same)
    reached: dict[LocalKey, tuple[Same, ...]] = {start: ()}
    todo = [start]
    for key in todo:
        for step in ways.get(key, ()):
            other = step.b if step.a == key else step.a
            if other not in reached:
                reached[other] = (*reached[key], step)
                todo.append(other)
    return reached.get(end, ())


def _neighbours(same: Iterable[Same]) -> dict[LocalKey, list[Same]]:
    found: dict[LocalKey, list[Same]] = {}
    for one in same:
        for key in (one.a, one.b):
            found.setdefault(key, []).append(one)
    return found


def _told(key: LocalKey) -> str:
    return f"{key.name} ({key.kind}, page {key.page})"
