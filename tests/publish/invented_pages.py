"""Builds findings and graphs from annotations in words, for tests that say in a few lines what a page says.

A page is `{"source", "date", "newspaper", "address", "articles"}`, an article `{"kind", "headline",
"byline", "body", "entities", "facts"}` with the keys of an annotation: an entity is
`(kind, name, *aliases)`, a fact `(subject, predicate, object, evidence, {qualifiers})`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kg.model import (
    Article,
    Byline,
    Claim,
    Entity,
    Evidence,
    Fact,
    Findings,
    Graph,
    Line,
    Literal,
    LocalEntity,
    LocalKey,
    Mention,
    Page,
    Segment,
    SourceMap,
    Span,
    Status,
    When,
)
from kg.model.digest import digest

BASE = "https://kg.example.org/"
LITERALS = {
    "totalInvestment": "money",
    "registeredCapital": "money",
    "outputValue": "money",
    "area": "area",
    "capacity": "count",
    "headcount": "count",
    "startDate": "date",
    "completionDate": "date",
}


def findings(page: dict[str, Any]) -> Findings:
    """Return what an annotated page says; evidence and names are found in the text by their first place."""
    texts = ["\n".join([*a.get("headline", ()), a["body"]]) for a in page["articles"]]
    whole = "\n".join(texts)
    day = page.get("date")
    when = When(date.fromisoformat(day), date.fromisoformat(day), day) if day else None
    page_id = digest(whole, length=12)
    lines, at = [], 0
    for line in whole.split("\n"):
        lines.append(Line(line, Span(at, at + len(line))))
        at += len(line) + 1
    articles, claims, start = [], [], 0
    entities: dict[LocalKey, tuple[set[str], list[Mention]]] = {}
    for number, (raw, text) in enumerate(zip(page["articles"], texts, strict=True), 1):
        article = Article(
            id=f"{page_id}-{number}",
            page=page_id,
            kind=raw.get("kind", "news"),
            headline=tuple(raw.get("headline", ())),
            byline=tuple(Byline(role, name) for role, name in raw.get("byline", ())),
            date=when,
            text=text,
            body=Span(len(text) - len(raw["body"]), len(text)),
            source_map=SourceMap((Segment(0, start, len(text)),)),
        )
        articles.append(article)
        start += len(text) + 1
        keys = {}
        for kind, name, *aliases in raw.get("entities", ()):
            key = keys[name] = LocalKey(page_id, kind, name)
            forms, mentions = entities.setdefault(key, (set(), []))
            forms |= set(aliases)
            for form in (name, *aliases):
                place = text.find(form)
                if form and place >= 0:
                    mentions.append(
                        Mention(article.id, form, kind, Span(place, place + len(form)), ("gold",), 0.9)
                    )
        for s, p, o, said, q in raw.get("facts", ()):
            place = text.find(said)
            if place < 0 or s not in keys or (p not in LITERALS and o not in keys):
                continue
            qualifiers = {k: v for k, v in q.items() if k != "status" and isinstance(v, str)}
            claims.append(
                Claim(
                    keys[s],
                    p,
                    Literal(o, LITERALS[p]) if p in LITERALS else keys[o],
                    tuple(sorted(qualifiers.items())),
                    Status(q.get("status", "asserted")),
                    Evidence(article.id, Span(place, place + len(said)), "gold", 0.8),
                )
            )
    return Findings(
        Page(
            page_id,
            page["source"],
            whole,
            tuple(lines),
            when,
            page.get("newspaper"),
            address=page.get("address"),
        ),
        tuple(articles),
        tuple(
            LocalEntity(key, tuple(sorted(forms)), tuple(sorted(mentions, key=lambda m: (m.article, m.span))))
            for key, (forms, mentions) in entities.items()
        ),
        tuple(claims),
    )


def graph(*pages: dict[str, Any]) -> Graph:
    """Return the pages as one graph: entities of one class and name are one."""
    found = [findings(page) for page in pages]
    merged: dict[tuple[str, str], list[LocalEntity]] = {}
    for one in found:
        for local in one.entities:
            merged.setdefault((local.key.kind, local.key.name), []).append(local)
    iris = {key: f"{BASE}entity/{digest(*key)}" for key in merged}
    entities = [
        Entity(
            iri=iris[kind, name],
            kind=kind,
            label=name,
            aliases=tuple(sorted({a for m in members for a in m.aliases} - {name})),
            members=tuple(sorted(m.key for m in members)),
            redirects=(),
            articles=tuple(sorted({m.article for local in members for m in local.mentions})),
        )
        for (kind, name), members in merged.items()
    ]
    stated: dict[tuple[Any, ...], list[tuple[Evidence, When | None]]] = {}
    for one in found:
        for claim in one.claims:
            end = claim.object
            target = end if isinstance(end, Literal) else iris[end.kind, end.name]
            key = (
                iris[claim.subject.kind, claim.subject.name],
                claim.predicate,
                target,
                claim.qualifiers,
                claim.status,
            )
            stated.setdefault(key, []).append((claim.evidence, one.page.date))
    facts = []
    for (s, p, o, q, status), support in stated.items():
        days = [w for _, w in support if w]
        facts.append(
            Fact(
                iri=f"{BASE}fact/{digest(s, p, repr(o), repr(q), status)}",
                subject=s,
                predicate=p,
                object=o,
                qualifiers=q,
                status=status,
                evidence=tuple(sorted(e for e, _ in support)),
                confidence=round(1 - 0.2 ** len(support), 2),
                reported=When(min(w.start for w in days), max(w.end for w in days), "刊期") if days else None,
            )
        )
    return Graph(
        tuple(sorted((f.page for f in found), key=lambda p: p.id)),
        tuple(sorted((a for f in found for a in f.articles), key=lambda a: a.id)),
        tuple(sorted(entities, key=lambda e: e.iri)),
        tuple(sorted(facts, key=lambda f: f.iri)),
    )


def meetings(*facts: tuple[str, str], literals: dict[str, str] | None = None) -> Graph:
    """Return a graph of people who met, a sentence each."""
    names = sorted({name for pair in facts for name in pair} | set(literals or {}))
    body = "。".join(
        [*(f"{a}会见{b}" for a, b in facts), *(f"{s}有{n}人" for s, n in (literals or {}).items())]
    )
    page: dict[str, Any] = {
        "source": "a.txt",
        "date": "2031-02-03",
        "articles": [
            {
                "body": body + "。",
                "entities": [("Person", name, f"{name}同志") for name in names],
                "facts": [
                    *((a, "met", b, f"{a}会见{b}", {"title": "代表"}) for a, b in facts),
                    *((s, "headcount", n, f"{s}有{n}人", {}) for s, n in (literals or {}).items()),
                ],
            }
        ],
    }
    return graph(page)
