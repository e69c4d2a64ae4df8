"""Facts with the sentences that state them, asked of the store for a piece of the network page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from kg.model import Article, Fact, Graph, Span
from kg.ontology import Ontology
from kg.publish.webpage.content import ARTICLES, EVIDENCE, labels, tell_fact
from kg.publish.webpage.shelf import Shelf, utf16
from kg.rdf.readback import mapped
from kg.rdf.scan import read_triples
from kg.rdf.terms import article_iri, id_of
from kg.serve.pieces import FACT, Plan, Row
from kg.serve.pool import Pool
from kg.serve.told import rows

AT_ONCE = 100
"""Facts that are told at once."""
_PASSAGES = 60
"""Sentences of a fact that are looked at; how many more there are is said."""
_TRIPLES: Mapping[str, str | None] = {"select": None, "ask": None, "graph": "nt"}
_WIDE = 1 << 40
_WINDOW = 3000
_OF_ARTICLE = 400

_STATED = """CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } ?s ?p ?o FILTER(?p != prov:wasDerivedFrom) }"""
_QUOTED = """CONSTRUCT {
  ?s prov:wasDerivedFrom ?e . ?e oa:hasTarget ?t ; kg:finder ?f ; kg:confidence ?c .
  ?t oa:hasSource ?a ; oa:hasSelector ?w . ?w oa:start ?from ; oa:end ?to
} WHERE { { SELECT ?s ?e { VALUES ?s { %s } ?s prov:wasDerivedFrom ?e } LIMIT %d }
  ?e oa:hasTarget ?t ; kg:finder ?f ; kg:confidence ?c .
  ?t oa:hasSource ?a ; oa:hasSelector ?w . ?w oa:start ?from ; oa:end ?to }"""
_ARTICLES = """CONSTRUCT {
  ?a ?p ?o . ?who kg:role ?role ; schema:name ?name . ?page ?q ?v ; kg:text ""
} WHERE {
  VALUES ?a { %s }
  { ?a ?p ?o FILTER(?p != schema:mentions) }
  UNION { ?a kg:byline ?who . ?who kg:role ?role ; schema:name ?name }
  UNION { ?a schema:isPartOf ?page . ?page ?q ?v FILTER(?q != kg:text) } }"""


class Lazy(Shelf):
    """A shelf without pages as printed: evidence says where it stands, so that they are asked for."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph, _WIDE, -1)

    def _printed(self, article: Article, span: Span) -> Any:
        return {"article": article.id, "start": span.start, "end": span.end}


async def stated(
    pool: Pool,
    plan: Plan,
    ontology: Ontology,
    found: Mapping[str, Any],
    known: Sequence[Row],
    articles: Sequence[str] = (),
    lists: bool = False,
) -> dict[str, Any]:
    """Return a piece whose facts are told with their sentences.

    Args:
        pool: answers the questions.
        plan: what all pieces have in common.
        ontology: says what qualifiers are called.
        found: the piece without sentences.
        known: its facts, as the catalogue has them.
        articles: IRIs of articles that the piece shall hold as well.
        lists: whether its first entity lists these.
    """
    facts = {fact.iri: fact for fact in await _facts(pool, [(row[1], row[7]) for row in known])}
    of_base = plan.entity.removesuffix("entity/")
    quoted = (e.article for fact in facts.values() for e in fact.evidence[:EVIDENCE])
    wanted = dict.fromkeys([*articles, *(article_iri(of_base, id_).value for id_ in quoted)])
    held = await _articles(pool, list(wanted))
    there = {article.id for article in held.articles}
    shelf = Lazy(held)
    place = {plan.entity + one["id"]: i for i, one in enumerate(found["entities"])}
    names: dict[str, None] = {}
    for number, row in enumerate(known):
        fact = facts.get(row[1])
        if fact is None or not all(e.article in there for e in fact.evidence[:EVIDENCE]) or not fact.evidence:
            continue  # the graph was replaced meanwhile
        told = tell_fact(fact, place, shelf, plan.fact)
        more = max(row[7], len(fact.evidence)) - EVIDENCE
        found["facts"][number] = told | ({"more": more} if more > 0 else {}) | {"n": row[7]}
        names |= dict.fromkeys(name for name, _ in fact.qualifiers)
    listed = [shelf.article(id_) for id_ in map(id_of, articles) if id_ in there]
    if lists:
        found["entities"][0]["in"] = listed
    return {
        **found,
        "passages": shelf.passages,
        "articles": shelf.articles,
        "pages": shelf.pages,
        "qualifiers": {name: labels(ontology, name) for name in names},
    }


async def _facts(pool: Pool, wanted: Sequence[tuple[str, int]]) -> Sequence[Fact]:
    """Return facts, given by IRI and number of articles, with no more of their evidence than is looked at."""
    if not wanted:
        return ()
    every = " ".join(f"<{iri}>" for iri, _ in wanted)
    few = [iri for iri, count in wanted if count <= _PASSAGES // 2]
    asked = [_STATED % every]
    if few:
        asked.append(_QUOTED % (" ".join(f"<{iri}>" for iri in few), _PASSAGES * len(few)))
    asked += [_QUOTED % (f"<{iri}>", _PASSAGES) for iri, count in wanted if count > _PASSAGES // 2]
    data = [(await pool.ask(sparql, _TRIPLES)).data for sparql in asked]
    return read_triples(b"".join(data)).facts


async def _articles(pool: Pool, iris: Sequence[str]) -> Graph:
    if not iris:
        return Graph((), (), (), ())
    return read_triples((await pool.ask(_ARTICLES % " ".join(f"<{iri}>" for iri in iris), _TRIPLES)).data)


async def printed(pool: Pool, article: str, span: Span) -> dict[str, Any] | None:
    """Return the part of a page around a stretch of an article, given by IRI, with the places of it marked.

    `spots` is a flat list of starts and ends in UTF-16 units.
    """
    ask = "SELECT ?map ?text { <%s> kg:sourceMap ?map ; schema:isPartOf ?page . ?page kg:text ?text } LIMIT 1"
    found = await rows(pool, ask % article)
    if not found:
        return None
    text = found[0]["text"]
    spots = [
        Span(min(p.start, len(text)), min(p.end, len(text))) for p in mapped(found[0]["map"]).to_page(span)
    ]
    if not spots:
        return None
    first = max(0, min(spot.start for spot in spots) - _WINDOW)
    part = text[first : max(spot.end for spot in spots) + _WINDOW]
    places = [end - first for spot in spots for end in (spot.start, spot.end)]
    return {"text": part, "spots": [utf16(part[:place]) for place in places]}


async def stories(pool: Pool, iri: str) -> list[str]:
    """Return the articles, by IRI, that mention an entity, the latest first, no more than a page lists."""
    ask = (
        "SELECT ?a { ?a schema:mentions <%s> OPTIONAL { ?a kg:dateFrom ?day } } "
        "ORDER BY DESC(?day) ?a LIMIT %d"
    )
    return [row["a"] for row in await rows(pool, ask % (iri, ARTICLES))]


async def facts_of(pool: Pool, article: str) -> tuple[list[str], list[str]]:
    """Return what an article, by IRI, states and whom it mentions, as IRIs."""
    ask = (
        "SELECT DISTINCT ?s { ?t oa:hasSource <%s> . ?e oa:hasTarget ?t . ?s prov:wasDerivedFrom ?e } "
        "ORDER BY ?s LIMIT %d"
    )
    stated = [row["s"] for row in await rows(pool, ask % (article, _OF_ARTICLE))]
    ask = "SELECT DISTINCT ?e { <%s> schema:mentions ?e } ORDER BY ?e LIMIT %d"
    return stated, [row["e"] for row in await rows(pool, ask % (article, _OF_ARTICLE))]


def facts_by_iri(base: sqlite3.Connection, iris: Sequence[str]) -> list[Row]:
    """Return the rows of facts in the catalogue; those there are not are left out."""
    ask = f"SELECT {FACT} FROM json_each(?) AS wanted JOIN fact ON fact.iri = wanted.value"  # noqa: S608
    return base.execute(ask, [json.dumps(list(iris))]).fetchall()
