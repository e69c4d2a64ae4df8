"""What the page tells: entities, facts and the paragraphs that state them, as plain JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Entity, Fact, Graph, Literal, Period, Status
from kg.ontology import Ontology
from kg.publish.networks import label
from kg.publish.webpage.choice import choose
from kg.publish.webpage.pinyin import readings
from kg.publish.webpage.shelf import Shelf, shown_days
from kg.rdf.terms import qualifier

OPEN = 400
"""How many nodes a page opens with; the others are found by search or beside their neighbours."""
ENTITIES = 5000
"""No page holds more entities; the most important stay."""
TEXT = 6_000_000
"""No page holds more bytes of paragraphs; facts of the most important entities stay."""
PRINTS = 4_000_000
"""No page holds more bytes of pages as printed; those of the most important entities stay."""
EVIDENCE = 12
"""No fact shows more sentences; how many more there are is said."""
ARTICLES = 60
"""No entity lists more articles; how many mention it is said."""
READ = 200
"""No more characters of a name are looked up in the table of readings."""


@dataclass(frozen=True, slots=True)
class Content:
    """The values of the page and, for the picture, the chosen entities' IRIs and facts in their order.

    The page opens with the first `shown` entities.
    """

    values: Mapping[str, Any]
    iris: tuple[str, ...]
    facts: tuple[Fact, ...]
    shown: int


def tell(
    graph: Graph, ontology: Ontology, rank: Mapping[str, float], limit: int = OPEN, share: float = 1.0
) -> Content:
    """Choose what fits into a page, the most important first, and put it into JSON values.

    Keys: `types` and `predicates` (the most frequent first), `entities`, `facts`, `passages`, `articles`,
    `pages`, `readings`, `prefix` (what the ids of entities and facts lack of an IRI), `total` (counts of the
    whole graph). Entities, passages, articles and pages are referred to by their place in the list; offsets
    count UTF-16 units, as browsers do. `share` is the part of the bounds that is used.
    """
    known = {e.iri: e for e in graph.entities}
    links = [(f.subject, f.object) for f in graph.facts if isinstance(f.object, str) and told(f)]
    order, shown = choose(rank, links, limit)
    entities = [known[iri] for iri in order[: int(ENTITIES * share)]]
    place = {e.iri: i for i, e in enumerate(entities)}
    kinds = Counter(e.kind for e in graph.entities)
    types = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    shelf = Shelf(graph, int(TEXT * share), int(PRINTS * share))
    prefix = {
        "entity": prefix_of([e.iri for e in graph.entities]),
        "fact": prefix_of([f.iri for f in graph.facts]),
    }
    chosen, facts = [], []
    for fact in sorted(graph.facts, key=lambda f: (_place(f, place), f.predicate, f.iri)):
        if _place(fact, place) == len(place) or not told(fact) or shelf.full():
            continue
        chosen.append(fact)
        facts.append(tell_fact(fact, place, shelf, prefix["fact"]))
    return Content(
        {
            "types": [{"name": name, **labels(ontology, name)} for name in types],
            "predicates": {
                p: {**labels(ontology, p), "symmetric": symmetric(ontology, p)}
                for p, _ in sorted(Counter(f.predicate for f in chosen).items(), key=lambda c: (-c[1], c[0]))
            },
            "qualifiers": {name: labels(ontology, name) for name in sorted(_qualifiers(chosen))},
            "entities": [tell_entity(e, types, shelf, prefix["entity"]) for e in entities],
            "facts": facts,
            "passages": shelf.passages,
            "articles": shelf.articles,
            "pages": shelf.pages,
            "readings": readings(name[:READ] for e in entities for name in (e.label, *e.aliases)),
            "prefix": prefix,
            "total": {
                "entities": len(graph.entities),
                "facts": sum(map(told, graph.facts)),
                "articles": len(graph.articles),
                "pages": len(graph.pages),
            },
        },
        tuple(e.iri for e in entities),
        tuple(chosen),
        min(shown, len(entities)),
    )


def told(fact: Fact) -> bool:
    """Say whether the page tells a fact: what is denied it does not."""
    return fact.status is not Status.NEGATED


def tell_entity(entity: Entity, types: Sequence[str], shelf: Shelf, prefix: str) -> dict[str, Any]:
    """Return an entity as the page holds it; the shelf then holds the articles that it lists."""
    return {
        "id": entity.iri.removeprefix(prefix),
        "name": entity.label,
        "type": types.index(entity.kind),
        "aliases": list(entity.aliases),
        "articles": len(entity.articles),
        "in": [shelf.article(id_) for id_ in shelf.known(entity.articles)[:ARTICLES]],
    }


def tell_fact(fact: Fact, place: Mapping[str, int], shelf: Shelf, prefix: str) -> dict[str, Any]:
    """Return a fact as the page holds it: `place` has the number of both ends.

    `d` are the first and last day it was reported, `v` the days for which it holds as they are printed,
    `w` those that a printed date means; `n` is the number of its articles.
    """
    end = fact.object
    out: dict[str, Any] = {"id": fact.iri.removeprefix(prefix), "s": place[fact.subject], "p": fact.predicate}
    if isinstance(end, Literal):
        out |= {"text": end.text, "kind": end.kind}
        out |= {"amount": end.value} if end.value is not None else {}
        out |= {"unit": end.unit} if end.unit is not None else {}
        out |= {"w": shown_days(end.when)} if end.when is not None else {}
    else:
        out["o"] = place[end]
    out |= {"q": dict(fact.qualifiers)} if fact.qualifiers else {}
    out |= {"status": str(fact.status)} if fact.status is not Status.ASSERTED else {}
    if fact.reported is not None and not fact.reported.period.vague:
        out["d"] = _ends(fact.reported.period)
    if fact.valid is not None:
        out["v"] = [*_ends(fact.valid.period), fact.valid.evidence]
    out |= {"c": fact.confidence, "n": len({e.article for e in fact.evidence})}
    out["e"] = [shelf.put(e) for e in fact.evidence[:EVIDENCE]]
    return out | ({"more": len(fact.evidence) - EVIDENCE} if len(fact.evidence) > EVIDENCE else {})


def _ends(days: Period) -> list[str]:
    return [days.start.isoformat(), (days.start if days.open else days.end).isoformat()]


def labels(ontology: Ontology, name: str) -> dict[str, str]:
    """Return what a class, predicate or qualifier is called in both languages, and its IRI."""
    return {"label": label(ontology, name), "en": label(ontology, name, "en"), "iri": _iri(ontology, name)}


def _iri(ontology: Ontology, name: str) -> str:
    declared = ontology.classes.get(name) or ontology.predicates.get(name)
    return qualifier(name).value if declared is None else declared.iri


def prefix_of(iris: Sequence[str]) -> str:
    """Return what all IRIs begin with, up to its last / or #.

    >>> prefix_of(["https://e.org/entity/ab12", "https://e.org/entity/ab34"])
    'https://e.org/entity/'
    """
    low, high = min(iris, default=""), max(iris, default="")
    shared = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[: max(low.rfind("/", 0, shared), low.rfind("#", 0, shared)) + 1]


def _qualifiers(facts: Iterable[Fact]) -> set[str]:
    return {name for fact in facts for name, _ in fact.qualifiers}


def symmetric(ontology: Ontology, name: str) -> bool:
    """Say whether a predicate says the same of both its ends."""
    return name in ontology.predicates and ontology.predicates[name].symmetric


def _place(fact: Fact, place: Mapping[str, int]) -> int:
    """Return the place of the less important end, or the number of places when an end is left out."""
    ends = [fact.subject] if isinstance(fact.object, Literal) else [fact.subject, fact.object]
    return max(place.get(end, len(place)) for end in ends)
