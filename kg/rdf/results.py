"""Answers as text: a table for people, and the formats of the SPARQL 1.1 recommendations."""

from __future__ import annotations

import json
import re
from typing import Any

import pyoxigraph as ox

from kg.errors import QueryError
from kg.hanzi.shown import grid
from kg.rdf.query import Result, Term, term
from kg.rdf.terms import PREFIXES, XSD, sorted_prefixes

FORMATS = ("table", "csv", "tsv", "json", "ttl")

_LOCAL = re.compile(r"[A-Za-z0-9_.-]*[A-Za-z0-9_-]|")
_STRING = XSD + "string"


def serialize(result: Result, form: str) -> str:
    """Return an answer as text.

    table fits any answer; csv, tsv and json a SELECT (json an ASK too); ttl the triples of a CONSTRUCT
    or DESCRIBE, which csv, tsv and json give as three columns.

    Raises:
        QueryError: the format does not fit the form of the query.
    """
    if form == "table":
        return table(result)
    if form == "ttl":
        if result.form != "graph":
            raise QueryError("ttl is for CONSTRUCT and DESCRIBE; use table, csv, tsv or json")
        return _turtle(result)
    if form not in FORMATS:
        raise QueryError(f"no format {form!r}; there are {', '.join(FORMATS)}")
    if result.form == "ask" and form != "json":
        raise QueryError(f"{form} is not for ASK; use table or json")
    text = json.dumps(_json(result), ensure_ascii=False)
    if form == "json":
        return text + "\n"
    parsed = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    kind = ox.QueryResultsFormat.CSV if form == "csv" else ox.QueryResultsFormat.TSV
    data = parsed.serialize(format=kind)
    return "" if data is None else data.decode("utf-8")


def parsed(data: bytes, *, triples: bool) -> Result:
    """Return what another server answered: results in JSON, or N-Triples.

    Raises:
        ValueError: it is not what it should be.
    """
    try:
        if triples:
            found = {
                (term(t.subject), term(t.predicate), term(t.object))
                for t in ox.parse(data, ox.RdfFormat.N_TRIPLES)
            }
            return Result("graph", ("subject", "predicate", "object"), tuple(sorted(found, key=repr)))
        answer = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QueryBoolean):
            return Result("ask", (), (), bool(answer))
        columns = tuple(variable.value for variable in answer.variables)
        return Result("select", columns, tuple(tuple(map(term, solution)) for solution in answer))
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def table(result: Result) -> str:
    """Return padded columns for a terminal; control characters are made visible."""
    if result.form == "ask":
        return "yes\n" if result.truth else "no\n"
    return grid([result.columns, *(tuple(map(_cell, row)) for row in result.rows)])


def _cell(term: Term | None) -> str:
    if term is None:
        return ""
    if term.kind == "bnode":
        return f"_:{term.value}"
    return _short(term.value) if term.kind == "iri" else term.value


def _short(iri: str) -> str:
    """Return an IRI with one of the known prefixes, where that is right in SPARQL."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"


def _json(result: Result) -> dict[str, Any]:
    if result.form == "ask":
        return {"head": {}, "boolean": result.truth}
    rows = (zip(result.columns, row, strict=True) for row in result.rows)
    bindings = [{name: _binding(term) for name, term in row if term is not None} for row in rows]
    return {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}


def _binding(term: Term) -> dict[str, str]:
    binding = {"type": "uri" if term.kind == "iri" else term.kind, "value": term.value}
    if term.language is not None:
        binding["xml:lang"] = term.language
    elif term.datatype is not None and term.datatype != _STRING:
        binding["datatype"] = term.datatype
    return binding


def _turtle(result: Result) -> str:
    triples = (ox.Triple(*map(_node, row)) for row in result.rows)
    data = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    return b"".join(sorted_prefixes(data or b"")).decode("utf-8")


def _node(term: Term | None) -> Any:
    if term is None:
        raise QueryError("a triple lacks a term")
    if term.kind == "iri":
        return ox.NamedNode(term.value)
    if term.kind == "bnode":
        return ox.BlankNode(term.value)
    if term.language is not None:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype or _STRING))
