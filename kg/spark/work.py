"""The stages as every process of the cluster runs them: batches of rows in, batches of rows out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.cache import encode, jot, page_mark, read
from kg.errors import ConfigError, InputError, KgError, LexiconError, OntologyError, ReadError
from kg.ledger import source_name
from kg.ledger.pieces import shared, stub
from kg.ledger.tables import number
from kg.model import Article, Claim, Entity, Fact, Findings, Graph, LocalKey, Page
from kg.model.digest import digest
from kg.publish.tables import Sheet, sheets
from kg.rdf.project import head, member, mention, organizations, printed, sheet
from kg.rdf.review import doubt, reprint
from kg.rdf.sorting import sorted_lines
from kg.rdf.statements import quote, state
from kg.read import Source, read_pages
from kg.report import Outcome, entered
from kg.resolve import Profile
from kg.spark import forms
from kg.spark.task import Task, grouped, pieces, tools
from kg.workers import extract_page

Batches = Iterable[pa.RecordBatch]
Row = dict[str, Any]
TOGETHER = 5000
"""Rows that are resolved at one time, and more where they depend on one another."""


def said(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Read files, and return what every page says or why it cannot be used (FILES → PAGES)."""
    for file in _rows(batches):
        source = Source(Path(file["path"]), file["name"], file["data"], file["searched"])
        found = read_pages(source, tools(task).lexicon, task.settings.reading)
        rows = (
            {"at": f"{file['path']}#{n}", **_said(page, file["path"], task)} for n, page in enumerate(found)
        )
        for part in _parts(rows, 16):
            yield _batch(part, forms.PAGES)


def _said(page: Page | ReadError, path: str, task: Task) -> Row:
    if isinstance(page, ReadError):
        if page.source == str(Path(path)):  # which has lost the two slashes of an address
            page = ReadError(path, page.what, where=page.where, remedy=page.remedy)
        return _refused(page.source, page)
    try:
        found = extract_page(page, tools(task))
    except (ConfigError, LexiconError, OntologyError):
        raise  # no fault of the page: no other would fare better
    except KgError as error:
        return _refused(page.source, error)
    key = digest(task.mark, page_mark(page), length=32)
    one = entered(Outcome(page.source, found, key=key))
    known, base = pieces(task), task.settings.base
    of_page = [quad for article in found.articles for quad in printed(article, base)]
    return {
        "source": one.source,
        "page": one.page,
        "found": one.found,
        "row": _bytes(one.row),
        "findings": encode(found),
        "said": [len(found.articles), len(found.claims)],
        "lines": lines([*sheet(found.page, base), *of_page]),
        "articles": [_article(article, found) for article in found.articles],
        "keys": [_key(profile, known.blocks(profile)) for profile in known.profiles(found)],
        "claims": list(_claims(found)),
    }


def _refused(source: str, error: KgError) -> Row:
    told: tuple[str | None, ...] = (source, str(error), None, None)
    if isinstance(error, InputError):
        told = (error.source, error.what, error.where, error.remedy)
    return {"source": source_name(source), "error": _bytes(json.dumps(told))}


def _article(article: Article, found: Findings) -> Row:
    page = replace(found.page, text="", lines=())
    bands = sorted(shared(article))
    return {"article": article.id, "text": jot(article), "sheet": jot(page), "bands": bands}


def _key(profile: Profile, blocks: list[int]) -> Row:
    return {
        "key": jot(profile.key),
        "called": number(repr(blocks)),
        "blocks": blocks,
        "profile": jot(profile),
        "printed": list(profile.articles),
    }


def _claims(found: Findings) -> Iterator[Row]:
    stubs = {article.id: jot(stub(article)) for article in found.articles}
    for claim in found.claims:
        yield {
            "article": claim.evidence.article,
            "subject": jot(claim.subject),
            "object": jot(claim.object) if isinstance(claim.object, LocalKey) else None,
            "claim": jot(claim),
            "stub": stubs[claim.evidence.article],
        }


def told_again(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Return which articles are prints of one story (rows of `text` sorted by `part` → STORIES)."""
    for part in grouped(_rows(batches), "part", 1):
        found = pieces(task).stories(read(row["text"], Article) for row in part)
        yield _batch([{"article": id_, "story": found[id_]} for id_ in sorted(found)], forms.STORIES)


def merged(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Make entities of profiles (rows of `profile` and `stories` sorted by `part` → ENTITIES)."""
    known, base = pieces(task), task.settings.base
    for part in grouped(_rows(batches), "part", TOGETHER):
        stories = {one["article"]: one["story"] for row in part for one in row["stories"] or ()}
        entities, doubts = known.entities((read(row["profile"], Profile) for row in part), stories)
        rows = [_entity(one, task) for one in entities]
        rows += [{"doubt": jot(one), "lines": lines(doubt(one, base))} for one in doubts]
        yield from _batches(rows, forms.ENTITIES)


def _entity(one: Entity, task: Task) -> Row:
    base = task.settings.base
    quads = list(head(one.iri, one.kind, one.label, one.aliases, pieces(task).ontology))
    quads += [quad for key in one.members for quad in member(key, one.iri, base)]
    quads += [mention(id_, one.iri, base) for id_ in one.articles]
    members = [jot(key) for key in one.members]
    return {
        "iri": one.iri,
        "kind": one.kind,
        "entity": jot(one),
        "members": members,
        "lines": lines(quads),
    }


def stated(
    task: Task, spoken: Sequence[tuple[bytes, str, str]], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """Make facts of claims (rows of claims with their ends' entities, sorted by `part` → FACTS).

    Args:
        task: what the run depends on.
        spoken: keys of which people speak, each with the entity that it became and its class.
        batches: the claims.
    """
    known = pieces(task)
    bodies = organizations(known.ontology)
    for part in grouped(_rows(batches), "part", TOGETHER):
        entities = {read(key, LocalKey): iri for key, iri, _ in spoken}
        kinds = {iri: kind for _, iri, kind in spoken}
        articles: dict[str, Article] = {}
        stories: dict[str, str] = {}
        claims: list[Claim] = []
        for row in part:
            claims.append(read(row["claim"], Claim))
            for end in ("subject", "object"):
                if row[end] is not None:
                    entities[read(row[end], LocalKey)] = row[f"{end}_iri"]
                    kinds[row[f"{end}_iri"]] = row[f"{end}_kind"]
            if row["article"] not in articles:
                articles[row["article"]] = read(row["stub"], Article)
            if row["story"] is not None:
                stories[row["article"]] = row["story"]
        inside = frozenset(iri for iri, kind in kinds.items() if kind in bodies)
        rows = [
            {
                "iri": fact.iri,
                "fact": jot(fact),
                "articles": sorted({one.article for one in fact.evidence}),
                "lines": lines(state(fact, known.ontology, task.settings.base, inside)),
            }
            for fact in known.facts(claims, entities, kinds, articles, stories)
            if fact.confidence >= known.least
        ]
        yield from _batches(rows, forms.FACTS)


def quoted(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Return what facts rest on (rows of `fact`, `text` and `sheet` sorted by `iri` → TOLD)."""
    known, base = pieces(task), task.settings.base
    for part in grouped(_rows(batches), "iri", 200):
        articles = {one.id: one for one in (read(row["text"], Article) for row in part)}
        pages = {one.id: one for one in (read(row["sheet"], Page) for row in part)}
        facts = {row["iri"]: read(row["fact"], Fact) for row in part}
        told = sheets(
            Graph(tuple(pages.values()), tuple(articles.values()), (), tuple(facts.values())), known.ontology
        )
        row: Row = {name: _cells(told[name]) for name in ("figures", "edges", "evidence")}
        quads = [
            quad
            for fact in facts.values()
            for e in fact.evidence
            for quad in quote(e, articles[e.article], base)
        ]
        yield _batch([{**row, "lines": lines(quads)}], forms.TOLD)


def nodes(task: Task, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Return the rows of the table of nodes (rows of `entity` → NODES)."""
    for part in _parts(_rows(batches), TOGETHER):
        entities = tuple(read(row["entity"], Entity) for row in part)
        told = sheets(Graph((), (), entities, ()), pieces(task).ontology)
        yield _batch([{"nodes": _cells(told["nodes"])}], forms.NODES)


def reprinted(base: str, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Return the lines that say which articles are prints of one story (STORIES → `line`)."""
    for batch in batches:
        quads = [reprint(row["article"], row["story"], base) for row in batch.to_pylist()]
        yield pa.RecordBatch.from_arrays([pa.array(lines(quads), pa.binary())], ["line"])


def _cells(told: Sheet) -> list[Row]:
    names = [column.name for column in told.columns]
    return [dict(zip(names, map(_exact, row), strict=True)) for row in told.rows]


def _exact(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_exact(one) for one in value] if isinstance(value, tuple) else value


def lines(quads: Iterable[Any]) -> list[bytes]:
    """Return quads as lines of N-Quads without their ends."""
    return [line[:-1] for line in sorted_lines(quads)]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _rows(batches: Batches) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def _parts(rows: Iterable[Row], most: int) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) == most:
            yield part
            part = []
    if part:
        yield part


def _batches(rows: Sequence[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    yield from (_batch(part, schema) for part in _parts(rows, TOGETHER))


def _batch(rows: list[Row], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows, schema=schema)
