"""Namespaces, IRIs and literals: of what a page says only its checked address becomes an IRI."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from types import MappingProxyType
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode

from kg.model import Evidence, Period, Status
from kg.model.address import opens
from kg.model.digest import digest
from kg.ontology import NAMESPACE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
ORG = "http://www.w3.org/ns/org#"
TIME = "http://www.w3.org/2006/time#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

PREFIXES = MappingProxyType(
    {
        "kg": NAMESPACE,
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "owl": "http://www.w3.org/2002/07/owl#",
        "skos": SKOS,
        "oa": OA,
        "prov": PROV,
        "org": ORG,
        "dcterms": DCTERMS,
        "schema": SCHEMA,
        "foaf": "http://xmlns.com/foaf/0.1/",
    }
)
"""What a query need not declare and what Turtle is shortened with."""

OWN = frozenset(
    [
        "status",
        "amount",
        "unit",
        "literalKind",
        "confidence",
        "articles",
        "firstReported",
        "lastReported",
        "validFrom",
        "validUntil",
        "validText",
        "dateFrom",
        "dateUntil",
        "edtf",
    ]
)
"""Local names that a statement uses for itself; every other property of ours on it is a qualifier."""

_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")  # title, per, openedOn
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = Decimal(10) ** 20
_DIGITS = 18


@lru_cache(maxsize=4096)
def term(iri: str) -> NamedNode:
    """Return a term of a vocabulary; one that came a short while ago is not checked again."""
    return NamedNode(iri)


@lru_cache(maxsize=4096)
def kg(name: str) -> NamedNode:
    """Return a term of our own vocabulary."""
    return NamedNode(NAMESPACE + name)


def local(iri: str) -> str:
    """Return what follows the last # or / of an IRI.

    >>> local("https://kg.example.org/ontology#met")
    'met'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


@lru_cache(maxsize=1024)
def article_iri(base: str, id_: str) -> NamedNode:
    """Return the IRI of an article and of its named graph."""
    return NamedNode(f"{base}article/{quote(id_, safe='')}")


@lru_cache(maxsize=1024)
def page_iri(base: str, id_: str) -> NamedNode:
    """Return the IRI of a page and of its named graph."""
    return NamedNode(f"{base}page/{quote(id_, safe='')}")


def id_of(iri: str) -> str:
    """Return the id of an article or a page.

    >>> id_of(article_iri("https://example.org/", "0123456789ab-1").value)
    '0123456789ab-1'
    """
    return unquote(iri[iri.rfind("/") + 1 :])


def evidence_iri(base: str, evidence: Evidence) -> NamedNode:
    """Return the IRI of a piece of evidence; statements that rest on the same one share it."""
    span = evidence.span
    parts = (evidence.article, str(span.start), str(span.end), evidence.finder, repr(evidence.confidence))
    return NamedNode(f"{base}evidence/{digest(*parts)}")


def part_iri(whole: NamedNode, part: str) -> NamedNode:
    """Return the IRI of a part of an article or page; a base that ends in # leaves no second fragment."""
    return NamedNode(f"{whole.value}{'&' if '#' in whole.value else '#'}{part}")


def passage_iri(article: NamedNode, start: int, end: int) -> NamedNode:
    """Return the IRI of a stretch of an article, in code points (the fragment is that of RFC 5147)."""
    return part_iri(article, f"char={start},{end}")


def status(value: Status) -> NamedNode:
    """Return the term for a status."""
    return kg(str(value))


def qualifier(name: str) -> NamedNode:
    """Return the property for a qualifier.

    >>> qualifier("title").value
    'https://kg.example.org/ontology#title'
    >>> qualifier("任期").value, qualifier("status").value
    ('https://kg.example.org/ontology#q-%E4%BB%BB%E6%9C%9F', 'https://kg.example.org/ontology#q-status')
    """
    if _PLAIN_NAME.fullmatch(name) and name not in OWN:
        return kg(name)
    return kg("q-" + quote(clean(name), safe=""))


def qualifier_name(iri: str) -> str | None:
    """Return the qualifier that a property of a statement stands for, or None when it is none."""
    if not iri.startswith(NAMESPACE):
        return None
    name = iri[len(NAMESPACE) :]
    if name.startswith("q-"):
        return unquote(name[2:])
    return None if name in OWN else name


def clean(value: str) -> str:
    """Return the text with every lone surrogate replaced by U+FFFD: RDF holds characters only.

    >>> clean("甲\\ud800乙")
    '甲�乙'
    """
    return _SURROGATE.sub("�", value)


def text(value: str) -> Literal:
    """Return a plain literal."""
    return Literal(clean(value))


def address(value: str) -> NamedNode | Literal:
    """Return an address as an IRI where it is one that can be opened, and else as a plain literal.

    >>> [type(address(at)).__name__ for at in ("https://paper.example.org/a", "javascript:alert(1)")]
    ['NamedNode', 'Literal']
    """
    if opens(value):
        try:
            return NamedNode(value)
        except ValueError:
            pass  # what the grammar of IRIs forbids beyond that: a % without its digits, a second #
    return text(value)


def chinese(value: str) -> Literal:
    """Return a literal in Chinese."""
    return Literal(clean(value), language="zh")


def integer(value: int) -> Literal:
    """Return a whole number."""
    return Literal(str(value), datatype=term(XSD + "integer"))


@lru_cache(maxsize=4096)
def day(value: date) -> Literal:
    """Return a day."""
    return Literal(value.isoformat(), datatype=term(XSD + "date"))


def edtf(value: Period) -> Literal:
    """Return a stretch of days in the Extended Date/Time Format, which shows its precision."""
    return Literal(value.edtf, datatype=term(EDTF))


@lru_cache(maxsize=4096)
def number(value: float) -> Literal:
    """Return a number, exactly: xsd:decimal where 18 digits on either side hold it, else xsd:double.

    >>> number(1480000000.0).value, number(0.9).value, number(1e-30).datatype.value[-6:]
    ('1480000000', '0.9', 'double')
    """
    if isfinite(value):
        exact = Decimal(repr(value))
        exponent = exact.as_tuple().exponent
        if abs(exact) < _LARGEST and isinstance(exponent, int) and exponent >= -_DIGITS:
            plain = f"{exact:f}"
            plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
            return Literal("0" if plain == "-0" else plain, datatype=term(XSD + "decimal"))
        # as the engine gives doubles back, so that text and store agree to the byte
        return Literal(f"{exact:f}", datatype=term(XSD + "double"))
    name = "NaN" if value != value else "INF" if value > 0 else "-INF"
    return Literal(name, datatype=term(XSD + "double"))


def sorted_prefixes(turtle: bytes) -> tuple[bytes, bytes]:
    """Return the prefixes of what the engine wrote, which come in an order of chance, sorted, and the rest.

    >>> sorted_prefixes(b"@prefix b: <x:> .\\n@prefix a: <y:> .\\na:c a b:d .\\n")
    (b'@prefix a: <y:> .\\n@prefix b: <x:> .\\n', b'a:c a b:d .\\n')
    """
    lines = turtle.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join(sorted(lines[:end])), b"".join(lines[end:])
