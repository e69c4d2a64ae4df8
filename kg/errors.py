"""The error family: an error holds its facts (source, place, remedy) and builds its sentence from them.

Anything raised that is no `KgError` is a bug and keeps its traceback.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of every error that kg raises on purpose."""


class InputError(KgError):
    """Something a user gave cannot be used.

    Args:
        source: the file, folder or option it came from, as the user wrote it.
        what: what is wrong, as a clause without a full stop.
        where: the place inside the source (a line, a byte offset), or None.
        remedy: what the user can do about it, or None.

    >>> str(InputError("a.txt", "the file is empty", remedy="give a page with text"))
    'a.txt: the file is empty; give a page with text'
    >>> str(InputError("t.tsv", "two columns expected", where="line 3"))
    't.tsv, line 3: two columns expected'
    """

    def __init__(
        self, source: str, what: str, *, where: str | None = None, remedy: str | None = None
    ) -> None:
        self.source = source
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(source, what, where, remedy)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by facts, so that a worker process can hand the error back."""
        return _rebuild, (type(self), self.source, self.what, self.where, self.remedy)

    def __str__(self) -> str:
        place = self.source if self.where is None else f"{self.source}, {self.where}"
        return f"{place}: {self.what}" if self.remedy is None else f"{place}: {self.what}; {self.remedy}"


def _rebuild(
    kind: type[InputError], source: str, what: str, where: str | None, remedy: str | None
) -> InputError:
    return kind(source, what, where=where, remedy=remedy)


class ReadError(InputError):
    """A page cannot be read."""


class LexiconError(InputError):
    """A lexicon table is malformed or contradicts another."""


class OntologyError(InputError):
    """The ontology or its frames are malformed."""


class ConfigError(InputError):
    """`kg.toml` or an option cannot be used."""


class DecisionError(InputError):
    """The decisions file is malformed or contradicts itself."""


class QueryError(KgError):
    """A query is refused.

    Args:
        what: why, as a clause without a full stop.
        position: (line, column), both from 1, where the parser stopped, or None.

    >>> str(QueryError("a group is not closed", (2, 5)))
    'query, line 2, column 5: a group is not closed'
    """

    def __init__(self, what: str, position: tuple[int, int] | None = None) -> None:
        self.what = what
        self.position = position
        super().__init__(what, position)

    def __str__(self) -> str:
        if self.position is None:
            return f"query: {self.what}"
        return f"query, line {self.position[0]}, column {self.position[1]}: {self.what}"


class TimeUpError(QueryError):
    """A query took longer than it may."""


class TooLargeError(QueryError):
    """An answer is larger than it may be."""


class WorkerError(KgError):
    """Processes that shall read pages end before they can.

    Args:
        done: how many files were done.
        files: how many there are.

    >>> print(WorkerError(3, 400))
    worker processes ended when they started, after 3 of 400 files; try --jobs 1
    """

    def __init__(self, done: int, files: int) -> None:
        self.done = done
        self.files = files
        super().__init__(done, files)

    def __str__(self) -> str:
        return (
            f"worker processes ended when they started, after {self.done} of {self.files} files; try --jobs 1"
        )


class StoreError(KgError):
    """The graph on disk is missing, damaged, in use or of another version."""
