"""The questions of `ontology/queries/*.rq`: each file one query, its first line a title in Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name (that of its file), a title in Chinese and a comment in English."""

    name: str
    title: str
    comment: str
    sparql: str


def load(folder: Path) -> tuple[Question, ...]:
    """Return the questions of an ontology's folder, sorted by name.

    Raises:
        OntologyError: a file is not UTF-8 or does not begin with its title.
    """
    return tuple(_read(path) for path in sorted((folder / "queries").glob("*.rq")))


def find(folder: Path, name: str) -> Question:
    """Return the question of a name.

    Raises:
        OntologyError: there is none, or a file is malformed.
    """
    questions = {question.name: question for question in load(folder)}
    if name not in questions:
        raise OntologyError(
            str(folder / "queries"), f"no question {name!r}", remedy=f"there are {', '.join(questions)}"
        )
    return questions[name]


def _read(path: Path) -> Question:
    try:
        sparql = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError(
            str(path), "not UTF-8", where=f"byte {error.start}", remedy="save it as UTF-8"
        ) from error
    comments = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            break
        comments.append(line[1:].strip())
    if not comments or not comments[0]:
        raise OntologyError(str(path), "no title", where="line 1", remedy="begin it with # and a title")
    return Question(path.stem, comments[0], " ".join(comments[1:]), sparql)
