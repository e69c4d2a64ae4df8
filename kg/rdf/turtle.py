"""Sorted N-Quads → pretty Turtle, line by line: neither order nor terms are read twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.rdf.terms import PREFIXES, RDF, XSD

_TYPE = f"<{RDF}type>".encode()
_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")  # what follows a prefix unescaped
_BARE = {
    f"<{XSD}integer>".encode(): re.compile(rb"[+-]?[0-9]+"),
    f"<{XSD}decimal>".encode(): re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD}double>".encode(): re.compile(rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
    f"<{XSD}boolean>".encode(): re.compile(rb"true|false"),
}
"""Literals that Turtle writes without quotation marks."""
_CLOSE = ord(">")
KNOWN = 50_000
"""How many terms are remembered: the memory that writing takes does not grow with the graph."""


def turtle(lines: Iterable[bytes], base: str) -> bytes:
    """Return the default graph of sorted N-Quads lines as Turtle with prefixes, in the same order."""
    return b"".join(turtle_parts(lines, base))


def turtle_parts(lines: Iterable[bytes], base: str) -> Iterator[bytes]:
    """Yield what `turtle` returns, bit by bit.

    A subject is a block; line breaks inside literals are escaped, so that a full stop at the end of a line
    always ends a block. The lines are canonical: one space between terms, none elsewhere but in literals.
    """
    own = {name: f"{base}{name}/" for name in ("entity", "statement", "evidence")}
    prefixes = {**PREFIXES, **own}
    starts = {start.encode(): f"{prefix}:".encode() for prefix, start in prefixes.items()}
    short, verb = _Short(starts), _Verbs(starts)
    for prefix, start in sorted(prefixes.items()):
        yield f"@prefix {prefix}: <{start}> .\n".encode()
    before = about = b""
    for line in lines:
        subject, predicate, target = line.split(b" ", 2)
        target = target[:-3]
        if target[-1] == _CLOSE:  # an IRI, a datatype, or a graph
            if b" " in target:
                gap = target.rindex(b" ")
                if target.startswith(b"<") or target.rindex(b'"') < gap:
                    continue  # a graph is named
            target = short[target]
        if subject != before:
            yield b"".join(
                (b" .\n\n" if before else b"\n", short[subject], b" ", verb[predicate][4:], target)
            )
        elif predicate != about:
            yield verb[predicate] + target
        else:
            yield b" , " + target
        before, about = subject, predicate
    yield b" .\n\n" if before else b"\n"


class _Short(dict[bytes, bytes]):
    """Terms of N-Quads as Turtle writes them; one that came a short while ago is not made again."""

    def __init__(self, prefixes: Mapping[bytes, bytes]) -> None:
        self._prefixes = prefixes

    def __missing__(self, term: bytes) -> bytes:
        if len(self) >= KNOWN:
            self.clear()
        self[term] = found = self._literal(term) if term.startswith(b'"') else self._iri(term)
        return found

    def _iri(self, term: bytes) -> bytes:
        cut = max(term.rfind(b"/"), term.rfind(b"#")) + 1
        prefix = self._prefixes.get(term[1:cut])
        local = term[cut:-1]
        return prefix + local if prefix is not None and _LOCAL.fullmatch(local) else term

    def _literal(self, term: bytes) -> bytes:
        """Return a literal with a datatype, bare where Turtle allows that."""
        end = term.rindex(b'"')
        datatype = term[end + 3 :]
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(term, 1, end):
            return term[1:end]
        return term[: end + 3] + self._iri(datatype)


class _Verbs(_Short):
    """Predicates with what goes before and after them inside a block."""

    def __missing__(self, term: bytes) -> bytes:
        self[term] = found = b" ;\n\t" + (b"a" if term == _TYPE else self._iri(term)) + b" "
        return found
