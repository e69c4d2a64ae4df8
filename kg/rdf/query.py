"""SPARQL over the store: questions only, nothing asked of other machines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, product

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from kg.errors import QueryError
from kg.rdf.terms import PREFIXES

_SERVICE = re.compile("service", re.IGNORECASE)
_FROM = re.compile("from", re.IGNORECASE)
_SENTENCE = re.compile(r"[A-Z][a-z]*(?: [A-Za-z]+)+")  # The SELECT contains a variable that is unbound
_WORD = re.compile(r"\s*(\S{1,20})")
_UPDATE = re.compile(r"(?:insert|delete|load|clear|drop|create|add|move|copy|with)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL
)  # error at 1:20: expected OPTIONAL
_FIRST = re.compile(r"(?:\s|#[^\n]*)*([^\s{(<]*)")  # "  # 会见\n SELECT ?x" → SELECT
_OPENERS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE"})
_DECLARED = re.compile(r"prefix\s+([^\s:]*):", re.IGNORECASE)  # PREFIX foo: <http://…>
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*|[?$]\w+'
    r"|([^\W\d_][\w.-]*):[\w.:%-]*",
    re.DOTALL,
)
"""A string, an IRI, a comment, a variable, or a name with its prefix: foo:bar → foo."""
_KEYWORD = re.compile(r"[A-Z]+")
_LETTERS = "xzqjkvwyabcdfghlnoprstui"  # without the last of service and of from: no word becomes itself


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term: kind is iri, literal or bnode; a literal has a datatype, and a language or none."""

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Graphs:
    """Which graphs of the store a query is asked over, by IRI: merged as its default graph, and by name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave.

    Attributes:
        form: select, ask or graph (CONSTRUCT and DESCRIBE).
        columns: the variables of a SELECT; subject, predicate, object of a graph; none of an ASK.
        rows: as many terms as columns, None where a variable is unbound; a graph's are sorted.
        truth: the answer of an ASK, else None.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truth: bool | None = None


def ask(store: Store, sparql: str) -> Result:
    """Answer a query over the union of all graphs, or over those that its FROM clauses name.

    Raises:
        QueryError: it is no query of SPARQL 1.1, or it contains a SERVICE clause.
        OSError: the store cannot be read.
    """
    answer = evaluate(store, sparql)
    if isinstance(answer, QueryBoolean):
        return Result("ask", (), (), bool(answer))
    if isinstance(answer, QuerySolutions):
        columns = tuple(variable.value for variable in answer.variables)
        return Result("select", columns, tuple(tuple(map(term, solution)) for solution in answer))
    triples = {(term(t.subject), term(t.predicate), term(t.object)) for t in answer}
    return Result("graph", ("subject", "predicate", "object"), tuple(sorted(triples, key=repr)))


def evaluate(
    store: Store, sparql: str, graphs: Graphs | None = None
) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Return the engine's own answer, of which little is computed before it is gone through.

    `graphs` take the place of those that the query names.

    Raises:
        QueryError: as `ask` raises it, or the store has no such graph.
        OSError: the store cannot be read.
    """
    _refuse_service(sparql)
    if graphs is None:
        return run(store, sparql, union=not _names_graphs(sparql))
    return run(
        store, sparql, union=False, default=_there(store, graphs.default), named=_there(store, graphs.named)
    )


def check(sparql: str) -> bool:
    """Refuse what `ask` refuses whatever the store holds, and say whether the query names its graphs itself.

    Raises:
        QueryError: it is no query of SPARQL 1.1, or it contains a SERVICE clause.
    """
    _refuse_service(sparql)
    run(Store(), sparql, union=False)
    return _names_graphs(sparql)


def _there(store: Store, iris: Sequence[str]) -> list[NamedNode]:
    """Return the graphs of a store that IRIs name."""
    nodes = []
    for iri in iris:
        try:
            node = NamedNode(iri)
        except ValueError:
            raise QueryError(f"{iri!r} is no IRI of a graph") from None
        if not store.contains_named_graph(node):
            raise QueryError(f"the store has no graph <{iri}>")
        nodes.append(node)
    return nodes


def _refuse_service(sparql: str) -> None:
    """Refuse a query in which the engine's own grammar takes the word for the keyword.

    With its end changed everywhere, the word still is a name, a string or a comment where it
    was one; where it was the keyword, the query is no SPARQL any more. The changed query holds no
    SERVICE, so that trying it, on an empty store, asks nobody.
    """
    if not _SERVICE.search(sparql):
        return
    try:
        run(Store(), _changed(_SERVICE, sparql), union=False)
    except QueryError as error:
        for found in _SERVICE.finditer(sparql):
            start, end = _position(sparql, found.start()), _position(sparql, found.end())
            if error.position is not None and start <= error.position <= end:
                raise QueryError("SERVICE is refused: the graph asks no other machine", start) from None
        raise


def _names_graphs(sparql: str) -> bool:
    """Say whether the query has FROM clauses: asked over the union, the engine would ignore them."""
    if not _FROM.search(sparql):
        return False
    try:
        run(Store(), _changed(_FROM, sparql), union=False)
    except QueryError:
        return True
    return False


def _changed(word: re.Pattern[str], sparql: str) -> str:
    """Return the query with a word, wherever it stands, made one of its own that the query does not hold."""
    lower = sparql.lower()
    other = next(other for other in _others(word.pattern) if other not in lower)
    return word.sub(lambda found: _in_case_of(found[0], other), sparql)


def _others(word: str) -> Iterator[str]:
    """Yield servicx, servicz, ..., servixx, ...: as long as the word, so that places stay; then longer."""
    for changed in range(1, len(word)):
        yield from (word[:-changed] + "".join(tail) for tail in product(_LETTERS, repeat=changed))
    for length in count(1):
        yield from (word + "".join(tail) for tail in product(_LETTERS, repeat=length))


def _in_case_of(found: str, other: str) -> str:
    """Return the other word, so that names that differ in case alone still differ.

    >>> _in_case_of("ServicE", "servixx")
    'ServixX'
    """
    letters = (new.upper() if old.isupper() else new for old, new in zip(found, other, strict=False))
    return "".join(letters) + other[len(found) :]


def run(
    store: Store,
    sparql: str,
    *,
    union: bool,
    default: Sequence[NamedNode] | None = None,
    named: Sequence[NamedNode] | None = None,
) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Return the engine's answer, over the union of all graphs or else its default graph.

    Raises:
        QueryError: it is no query.
    """
    try:
        return store.query(
            sparql,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=union,
            default_graph=None if default is None else [*default],
            named_graphs=None if named is None else [*named],
        )
    except SyntaxError as error:
        raise _refusal(sparql, str(error)) from None
    except UnicodeEncodeError as error:
        raise QueryError("a lone surrogate is no character", _position(sparql, error.start)) from None


def _refusal(sparql: str, message: str) -> QueryError:
    """Read the engine's message: a failed keyword is reported where it would have ended."""
    wrong = _begins(sparql) or _undeclared(sparql)
    if wrong is not None:
        return wrong
    found = _PLACE.match(message)
    if found is None:
        return QueryError(message)
    line, column, expected = int(found[1]), int(found[2]), found[3]
    if _KEYWORD.fullmatch(expected) and column > len(expected):
        column -= len(expected)
    rest = sparql.split("\n")[line - 1 :]
    text = "\n".join([rest[0][column - 1 :], *rest[1:]]) if rest else ""
    if _UPDATE.match(text):
        return QueryError("only SELECT, ASK, CONSTRUCT and DESCRIBE are allowed", (line, column))
    reasons = _SENTENCE.findall(expected)
    if reasons:
        return QueryError(reasons[0][0].lower() + reasons[0][1:], (line, column))
    near = _WORD.match(text)
    where = f"near {near[1]!r}" if near else "at its end"
    return QueryError(f"not valid SPARQL {where}", (line, column))


def _begins(sparql: str) -> QueryError | None:
    """Return what is wrong with how a text begins that is no query at all."""
    first = _FIRST.match(sparql)
    place = _position(sparql, 0 if first is None else first.start(1))
    if first is None or not first[1]:
        return QueryError("the query is empty", place)
    if _UPDATE.match(first[1]):
        return QueryError("only SELECT, ASK, CONSTRUCT and DESCRIBE are allowed", place)
    if first[1].upper() not in _OPENERS:
        return QueryError(f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {first[1]!r}", place)
    return None


def _undeclared(sparql: str) -> QueryError | None:
    """Return the first name whose prefix is not declared, with its place."""
    known = {*PREFIXES, *(name[1] for name in _DECLARED.finditer(sparql))}
    for token in _TOKEN.finditer(sparql):
        if token[1] is not None and token[1] not in known:
            return QueryError(
                f"the prefix {token[1]}: of {token[0]} is not declared; write PREFIX {token[1]}: <…> before "
                "the query",
                _position(sparql, token.start()),
            )
    return None


def _position(sparql: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1.

    >>> _position("ab\\ncd", 4)
    (2, 2)
    """
    before = sparql[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def term(value: NamedNode | BlankNode | Literal | Triple | None) -> Term | None:
    """Return a term of the engine as ours; None stays None.

    Raises:
        QueryError: it is a triple.
    """
    match value:
        case None:
            return None
        case NamedNode():
            return Term("iri", value.value)
        case BlankNode():
            return Term("bnode", value.value)
        case Literal():
            return Term("literal", value.value, value.datatype.value, value.language)
    raise QueryError("the answer holds a triple as a term, which RDF 1.1 has not")
