"""`decisions.tsv`: what people decide about names and facts, a line each, by page-local keys.

What a line says holds in every build until the line is deleted. A key is a page's id, a class and the name by
which `kg show` and the table of that page's findings know the thing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kg import ontology
from kg.config import Settings
from kg.errors import DecisionError, LexiconError
from kg.model import (
    NONE,
    Alone,
    Decisions,
    Different,
    LocalKey,
    Named,
    Qualifiers,
    Rejected,
    Same,
    Status,
    Typed,
)
from kg.table import Row, read_table

Decision = Same | Different | Alone | Named | Typed | Rejected

COLUMNS = ("decision", "page", "type", "name", "predicate", "page2", "type2", "name2", "status", "qualifiers")
HEAD = """\
# What people decided, a line each; delete a line to undo it. A thing is named by page, type and name.
# merge: both things are one. apart: they never are. split: the thing is merged with nothing by itself.
# rename: it is shown as name2. retype: it is of the class type2.
# reject: this is no fact; its object is a thing, or the text name2, its status asserted, planned, former or
# negated, its qualifiers a JSON object. A cell that says nothing is "-"; one in quotation marks is JSON.
"""
_NOTHING = "-"


def load(settings: Settings) -> Decisions:
    """Return the decisions of the working folder; without a file, nothing is decided.

    Raises:
        DecisionError: a line is malformed, or two contradict each other; both are named.
        OntologyError: the ontology cannot be read.
    """
    file = settings.decisions
    if not file.exists():
        return NONE
    decided = gather((read_row(str(file), number, row) for number, row in rows(file)), str(file))
    if decided.typed or decided.rejected:
        _declared(decided, settings)
    return decided


def gather(found: Iterable[Decision], source: str) -> Decisions:
    """Return single decisions as one value.

    Raises:
        DecisionError: two contradict each other.
    """
    every = list(found)
    return Decisions(
        same=tuple(one for one in every if isinstance(one, Same)),
        different=tuple(one for one in every if isinstance(one, Different)),
        alone=tuple(one for one in every if isinstance(one, Alone)),
        named=tuple(one for one in every if isinstance(one, Named)),
        typed=tuple(one for one in every if isinstance(one, Typed)),
        rejected=tuple(one for one in every if isinstance(one, Rejected)),
        source=source,
    )


def rows(file: Path) -> list[tuple[int, Row]]:
    """Return the rows of a file of decisions with their lines.

    Raises:
        DecisionError: it is no such table.
    """
    try:
        table = read_table(file)
    except LexiconError as error:
        raise DecisionError(error.source, error.what, where=error.where, remedy=error.remedy) from error
    except OSError as error:
        raise DecisionError(str(file), f"cannot be read ({error.strerror})") from error
    if table.columns != COLUMNS:
        raise DecisionError(str(file), "other columns than expected", remedy=f"write {' '.join(COLUMNS)}")
    return list(zip(table.lines, table.rows, strict=True))


def line(decision: Decision) -> str:
    """Return the line of the file that says a decision, without its end."""
    cells = dict.fromkeys(COLUMNS, "") | {"qualifiers": _NOTHING}
    match decision:
        case Same(a, b) | Different(a, b):
            cells |= {"decision": "merge" if isinstance(decision, Same) else "apart"} | _key(a) | _key(b, "2")
        case Alone(key):
            cells |= {"decision": "split"} | _key(key)
        case Named(key, name):
            cells |= {"decision": "rename", "name2": name} | _key(key)
        case Typed(key, kind):
            cells |= {"decision": "retype", "type2": kind} | _key(key)
        case Rejected(subject, predicate, target, qualifiers, status):
            cells |= {"decision": "reject", "predicate": predicate, "status": status.value} | _key(subject)
            cells |= {"name2": target} if isinstance(target, str) else _key(target, "2")
            cells["qualifiers"] = _object(qualifiers)
    return "\t".join(value if name == "qualifiers" else _cell(value) for name, value in cells.items())


def text(lines: list[str]) -> bytes:
    """Return a file of decisions with some lines."""
    return (HEAD + "\t".join(COLUMNS) + "\n" + "".join(f"{one}\n" for one in lines)).encode()


def _object(qualifiers: Qualifiers) -> str:
    if not qualifiers:
        return _NOTHING
    text = json.dumps(dict(qualifiers), ensure_ascii=False)
    return text if text.isprintable() else json.dumps(dict(qualifiers))


def _key(key: LocalKey, number: str = "") -> dict[str, str]:
    return {f"page{number}": key.page, f"type{number}": key.kind, f"name{number}": key.name}


def _cell(value: str) -> str:
    """Return a value as a cell: as it is where that can be read back, else as JSON.

    >>> _cell("平湖市"), _cell(""), _cell("-"), _cell("a\\tb")
    ('平湖市', '-', '"-"', '"a\\\\tb"')
    """
    if not value:
        return _NOTHING
    plain = value.isprintable() and value == value.strip() and value != _NOTHING and value[0] not in '"#'
    return value if plain else json.dumps(value)


def _read(cell: str) -> str:
    if cell == _NOTHING:
        return ""
    if cell.startswith('"'):
        found = json.loads(cell)
        if not isinstance(found, str):
            raise ValueError(cell)
        return found
    return cell


def read_row(source: str, number: int, row: Row) -> Decision:
    """Return what a line of the file says.

    Raises:
        DecisionError: it says nothing that can be decided.
    """

    def wrong(what: str, remedy: str) -> DecisionError:
        return DecisionError(source, what, where=f"line {number}", remedy=remedy)

    try:
        cells = {name: value if name == "qualifiers" else _read(value) for name, value in row.items()}
        qualifiers = _qualifiers(cells["qualifiers"])
    except ValueError as error:
        raise wrong("a cell in quotation marks or the qualifiers are no JSON", "correct it") from error
    kinds: Mapping[str, Callable[[], Decision]] = {
        "merge": lambda: Same(key(""), key("2"), number),
        "apart": lambda: Different(key(""), key("2"), number),
        "split": lambda: Alone(key(""), number),
        "rename": lambda: Named(key(""), need("name2"), number),
        "retype": lambda: Typed(key(""), need("type2"), number),
        "reject": lambda: Rejected(
            key(""),
            need("predicate"),
            key("2") if cells["page2"] else need("name2"),
            qualifiers,
            Status(cells["status"] or "asserted"),
            number,
        ),
    }

    def need(column: str) -> str:
        if not cells[column]:
            raise wrong(f"{column} is missing", "write it into its cell")
        return cells[column]

    def key(which: str) -> LocalKey:
        return LocalKey(need(f"page{which}"), need(f"type{which}"), need(f"name{which}"))

    if cells["decision"] not in kinds:
        raise wrong(f"no decision {cells['decision']!r}", f"use one of {', '.join(kinds)}")
    try:
        return kinds[cells["decision"]]()
    except ValueError as error:
        raise wrong(f"no status {cells['status']!r}", f"use one of {', '.join(Status)}") from error


def _qualifiers(cell: str) -> Qualifiers:
    if cell in ("", _NOTHING):
        return ()
    found = json.loads(cell)
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError(cell)
    return tuple(sorted(found.items()))


def _declared(decided: Decisions, settings: Settings) -> None:
    known = ontology.load(settings.ontology)
    for one in decided.typed:
        if one.kind not in known.classes:
            raise DecisionError(
                decided.source,
                f"no class {one.kind!r}",
                where=f"line {one.line}",
                remedy=f"use one of {', '.join(known.classes)}",
            )
    for fact in decided.rejected:
        if fact.predicate not in known.predicates:
            raise DecisionError(
                decided.source,
                f"no predicate {fact.predicate!r}",
                where=f"line {fact.line}",
                remedy="correct it or delete the line",
            )
