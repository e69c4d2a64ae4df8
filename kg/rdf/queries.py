"""The questions of `ontology/queries/*.rq`: each file one query, its first line a title in Chinese.

The lines after the title that begin with `#` are its comment; those that begin with `#?` declare what can be
set: a variable, the kind of its value, and what it means. The query holds that variable in a line
`VALUES ?variable { … }`, in which what is not set stays as it is written (`UNDEF`: anything):

    # 某人担任的全部职务
    # Every post of a person.
    #? name zh 某人的任一名称
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError, OntologyError
from kg.rdf.terms import XSD

KINDS = ("zh", "text", "number", "date")
"""What a value may be: a name or words in Chinese, a plain text, a number, a day."""

_DIGITS = 30
"""No amount has more digits before or behind the point."""

_DECLARED = re.compile(r"#\?\s+(\w+)\s+(\w+)\s+(\S.*)")  # #? name zh 某人的任一名称


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be set in a question: the name of its variable, the kind of its value, what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name (that of its file), a title in Chinese, a comment in English and parameters."""

    name: str
    title: str
    comment: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query with some parameters set; the others keep what the file gives them.

        Raises:
            InputError: there is no such parameter, or a value is not of its kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        changes = []
        for name, value in values.items():
            if name not in known:
                there = f"there are {', '.join(known)}" if known else "it has none"
                raise InputError(self.name, f"no parameter {name!r}", remedy=there)
            place = _place(name).search(self.sparql)
            if place is not None:
                changes.append((place.span(1), _term(self.name, known[name], value)))
        sparql = self.sparql
        for (start, end), term in sorted(changes, reverse=True):  # from the end, so that places stay
            sparql = sparql[:start] + term + sparql[end:]
        return sparql


def load(folder: Path) -> tuple[Question, ...]:
    """Return the questions of an ontology's folder, sorted by name.

    Raises:
        OntologyError: a file is not UTF-8, does not begin with its title, or declares a parameter that
            its query does not hold.
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
    comments, parameters = [], []
    for number, line in enumerate(sparql.splitlines(), 1):
        if not line.startswith("#"):
            break
        if line.startswith("#?"):
            parameters.append(_parameter(path, number, line, sparql))
        else:
            comments.append(line[1:].strip())
    if not comments or not comments[0]:
        raise OntologyError(str(path), "no title", where="line 1", remedy="begin it with # and a title")
    return Question(path.stem, comments[0], " ".join(comments[1:]), sparql, tuple(parameters))


def _parameter(path: Path, number: int, line: str, sparql: str) -> Parameter:
    found = _DECLARED.fullmatch(line.strip())
    if found is None or found[2] not in KINDS:
        remedy = f"write #? NAME KIND MEANING; a KIND is one of {', '.join(KINDS)}"
        raise OntologyError(str(path), "no parameter", where=f"line {number}", remedy=remedy)
    if len(_place(found[1]).findall(sparql)) != 1:
        raise OntologyError(
            str(path),
            f"the parameter {found[1]} has no place in the query, or several",
            where=f"line {number}",
            remedy=f"write VALUES ?{found[1]} {{ UNDEF }} into it once",
        )
    return Parameter(found[1], found[2], found[3])


def _place(name: str) -> re.Pattern[str]:
    """Return what finds the line that sets a variable: VALUES ?name { UNDEF }."""
    return re.compile(r"VALUES \?" + re.escape(name) + r" \{ ([^{}\n]*) \}")


def _term(question: str, parameter: Parameter, value: str) -> str:
    try:
        match parameter.kind:
            case "zh":
                return str(Literal(value, language="zh"))
            case "number":
                figure = Decimal(value)
                if not figure.is_finite() or not -_DIGITS < figure.adjusted() < _DIGITS:
                    raise ValueError(value)
                return str(Literal(f"{figure:f}", datatype=NamedNode(XSD + "decimal")))
            case "date":
                day = date.fromisoformat(value).isoformat()
                return str(Literal(day, datatype=NamedNode(XSD + "date")))
        return str(Literal(value))
    except (ValueError, InvalidOperation) as error:  # no number, no day, or half a character
        like = {"number": "100000000", "date": "2024-07-19"}.get(parameter.kind, "平湖市")
        raise InputError(
            question, f"{parameter.name}={value!r} is no {parameter.kind}", remedy=f"write it like {like}"
        ) from error
