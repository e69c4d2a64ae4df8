"""What the graph says of an entity, an article or a page, asked of the pool as any other query is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.rdf.terms import qualifier_name
from kg.serve.pool import Pool

ID = re.compile(r"[0-9a-f]{6,64}(?:-[0-9]{1,6})?")
"""The ids of all that has a page: hexadecimal digits, of an article with its number behind."""
FACTS = 100
"""How many facts a page shows at once."""

Row = Mapping[str, str]
_JSON = {"select": "json", "ask": "json", "graph": None}

_ABOUT = """SELECT ?p ?o {{ <{iri}> ?p ?o
  VALUES ?p {{ rdf:type rdfs:label skos:altLabel dcterms:isReplacedBy }} }} ORDER BY ?p ?o"""
_STATEMENTS = """SELECT ?s ?p ?other ?out ?status ?confidence ?name ?edtf ?first ?last {{
  {{ ?s rdf:subject <{iri}> ; rdf:object ?other . BIND(1 AS ?out) }}
  UNION {{ ?s rdf:object <{iri}> ; rdf:subject ?other . BIND(0 AS ?out) }}
  ?s rdf:predicate ?p ; kg:status ?status ; kg:confidence ?confidence
  OPTIONAL {{ ?other rdfs:label ?name }} OPTIONAL {{ ?s kg:edtf ?edtf }}
  OPTIONAL {{ ?s kg:firstReported ?first }} OPTIONAL {{ ?s kg:lastReported ?last }}
}} ORDER BY DESC(?out) ?p DESC(?confidence) ?s LIMIT {limit} OFFSET {offset}"""
_QUALIFIERS = "SELECT ?s ?p ?o {{ VALUES ?s {{ {all} }} ?s ?p ?o FILTER(ISLITERAL(?o)) }} ORDER BY ?s ?p ?o"
_PASSAGES = """SELECT DISTINCT ?s ?article ?headline ?day ?text ?start ?end {{
  VALUES ?s {{ {all} }} ?s prov:wasDerivedFrom/oa:hasTarget ?at .
  ?at oa:hasSource ?article ; oa:hasSelector ?where .
  ?where oa:start ?start ; oa:end ?end . ?article kg:text ?text
  OPTIONAL {{ ?article schema:headline ?headline }} OPTIONAL {{ ?article kg:edtf ?day }}
}} ORDER BY ?s ?day ?article ?start"""
_ARTICLE = """SELECT ?text ?headline ?day ?kind ?page ?source ?paper ?url {{
  <{iri}> kg:text ?text ; kg:articleKind ?kind ; schema:isPartOf ?page . ?page kg:source ?source
  OPTIONAL {{ <{iri}> schema:headline ?headline }} OPTIONAL {{ <{iri}> kg:edtf ?day }}
  OPTIONAL {{ ?page kg:newspaper ?paper }} OPTIONAL {{ ?page schema:url ?url }} }} LIMIT 1"""
_BYLINE = """SELECT ?role ?name {{
  <{iri}> kg:byline ?who . ?who kg:role ?role ; schema:name ?name }} ORDER BY ?who"""
_MENTIONED = """SELECT ?entity ?kind ?label ?form {{ <{iri}> schema:mentions ?entity .
  ?entity a ?kind ; rdfs:label ?label ; rdfs:label|skos:altLabel ?form }} ORDER BY ?label ?entity ?form"""
_STATED = """SELECT DISTINCT ?s ?a ?aname ?p ?b ?bname ?status ?start ?end ?edtf {{
  ?at oa:hasSource <{iri}> ; oa:hasSelector ?where . ?where oa:start ?start ; oa:end ?end .
  ?s prov:wasDerivedFrom/oa:hasTarget ?at ; kg:status ?status .
  ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b
  OPTIONAL {{ ?a rdfs:label ?aname }} OPTIONAL {{ ?b rdfs:label ?bname }} OPTIONAL {{ ?s kg:edtf ?edtf }}
}} ORDER BY ?start ?end ?s"""
_PAGE = """SELECT ?text ?source ?paper ?day ?number ?url {{ <{iri}> kg:text ?text ; kg:source ?source
  OPTIONAL {{ <{iri}> kg:newspaper ?paper }} OPTIONAL {{ <{iri}> kg:edtf ?day }}
  OPTIONAL {{ <{iri}> kg:pageNumber ?number }} OPTIONAL {{ <{iri}> schema:url ?url }} }} LIMIT 1"""
_ARTICLES = """SELECT ?article ?headline {{ ?article schema:isPartOf <{iri}>
  OPTIONAL {{ ?article schema:headline ?headline }} }} ORDER BY ?article"""


@dataclass(frozen=True, slots=True)
class Told:
    """An entity: its kinds, label, other names, statements with qualifiers and passages; `more` follow.

    `moved` is the IRI under which it is found now, if it is another.
    """

    kinds: tuple[str, ...]
    label: str | None
    aliases: tuple[str, ...]
    moved: str | None
    statements: tuple[Row, ...] = ()
    qualifiers: Mapping[str, Sequence[tuple[str, str]]] | None = None
    passages: Mapping[str, Sequence[Row]] | None = None
    more: bool = False


async def rows(pool: Pool, sparql: str) -> list[Row]:
    """Return the rows of a SELECT, each the values of its bound variables by name."""
    found = await pool.ask(sparql, _JSON)
    parsed: dict[str, Any] = json.loads(found.data)
    return [{k: str(v["value"]) for k, v in row.items()} for row in parsed["results"]["bindings"]]


async def entity(pool: Pool, iri: str, offset: int = 0) -> Told | None:
    """Return what is known of an entity, a hundred facts from `offset` on; None when there is none."""
    about: dict[str, list[str]] = {}
    for row in await rows(pool, _ABOUT.format(iri=iri)):
        about.setdefault(row["p"].rpartition("#")[2].rpartition("/")[2], []).append(row["o"])
    moved = about.get("isReplacedBy", [None])[0]
    if moved is not None:
        return Told((), None, (), moved)
    if "label" not in about:
        return None
    found = await rows(pool, _STATEMENTS.format(iri=iri, limit=FACTS + 1, offset=offset))
    shown = tuple(found[:FACTS])
    every = " ".join(dict.fromkeys(f"<{row['s']}>" for row in shown))
    qualifiers: dict[str, list[tuple[str, str]]] = {}
    passages: dict[str, list[Row]] = {}
    if every:
        for row in await rows(pool, _QUALIFIERS.format(all=every)):
            called = qualifier_name(row["p"])
            if called is not None:
                qualifiers.setdefault(row["s"], []).append((called, row["o"]))
        for row in await rows(pool, _PASSAGES.format(all=every)):
            passages.setdefault(row["s"], []).append(row)
    kinds, aliases = tuple(about.get("type", ())), tuple(about.get("altLabel", ()))
    return Told(kinds, about["label"][0], aliases, None, shown, qualifiers, passages, len(found) > FACTS)


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its own row, the people behind it, entities with the forms of their names, facts."""

    about: Row
    byline: tuple[Row, ...]
    mentioned: tuple[Row, ...]
    stated: tuple[Row, ...]


async def article(pool: Pool, iri: str) -> Story | None:
    """Return an article and what is found in it; None when there is none."""
    about = await rows(pool, _ARTICLE.format(iri=iri))
    if not about:
        return None
    parts = [tuple(await rows(pool, query.format(iri=iri))) for query in (_BYLINE, _MENTIONED, _STATED)]
    return Story(about[0], *parts)


async def printed_page(pool: Pool, iri: str) -> tuple[Row, tuple[Row, ...]] | None:
    """Return a page and its articles; None when there is none."""
    about = await rows(pool, _PAGE.format(iri=iri))
    return (about[0], tuple(await rows(pool, _ARTICLES.format(iri=iri)))) if about else None


async def subject_of(pool: Pool, iri: str) -> str | None:
    """Return the entity that a statement is about."""
    found = await rows(pool, f"SELECT ?a {{ <{iri}> rdf:subject ?a }} LIMIT 1")
    return found[0]["a"] if found else None


async def article_of(pool: Pool, iri: str) -> str | None:
    """Return the article that a piece of evidence stands in."""
    found = await rows(pool, f"SELECT ?a {{ <{iri}> oa:hasTarget/oa:hasSource ?a }} LIMIT 1")
    return found[0]["a"] if found else None


DESCRIPTIONS = {
    "entity": """CONSTRUCT {{ <{iri}> ?p ?o . ?s ?sp ?so }} WHERE {{
  {{ <{iri}> ?p ?o }} UNION {{ ?s rdf:subject|rdf:object <{iri}> ; a kg:Statement ; ?sp ?so }} }}""",
    "statement": """CONSTRUCT {{ ?s ?p ?o }} WHERE {{
  {{ ?s ?p ?o FILTER(?s = <{iri}>) }} UNION {{ <{iri}> prov:wasDerivedFrom ?s . ?s ?p ?o }}
  UNION {{ <{iri}> prov:wasDerivedFrom/oa:hasTarget ?s . ?s ?p ?o }}
  UNION {{ <{iri}> prov:wasDerivedFrom/oa:hasTarget/oa:hasSelector ?s . ?s ?p ?o }} }}""",
    "evidence": "CONSTRUCT {{ <{iri}> ?p ?o }} WHERE {{ <{iri}> ?p ?o }}",
    "article": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}",
    "page": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}",
}
"""The triples that describe each kind of thing."""
