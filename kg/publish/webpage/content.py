"""What the page tells: entities, facts and the paragraphs that state them, as plain JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Article, Evidence, Fact, Graph, Literal, Page, Period, Span, Status
from kg.model.address import opens
from kg.ontology import Ontology
from kg.publish.issues import first_parts
from kg.publish.networks import label
from kg.publish.passages import passage
from kg.publish.webpage.choice import choose

OPEN = 400
"""How many nodes a page opens with; the others are found by search or beside their neighbours."""
ENTITIES = 5000
"""No page holds more entities; the most important stay."""
TEXT = 9_000_000
"""No page holds more bytes of paragraphs; facts of the most important entities stay."""
EVIDENCE = 12
"""No fact shows more sentences; how many more there are is said."""

STATUS = {Status.ASSERTED: "", Status.PLANNED: "计划", Status.FORMER: "曾经"}


@dataclass(frozen=True, slots=True)
class Content:
    """The values of the page and, for the picture, the chosen entities' IRIs and facts in their order.

    The page opens with the first `shown` entities.
    """

    values: Mapping[str, Any]
    iris: tuple[str, ...]
    facts: tuple[Fact, ...]
    shown: int


def tell(graph: Graph, ontology: Ontology, rank: Mapping[str, float], limit: int = OPEN) -> Content:
    """Choose what fits into a page, the most important first, and put it into JSON values.

    Keys: `types` and `predicates` (the most frequent first), `entities`, `facts`, `passages`, `articles`,
    `total` (counts of the whole graph). Entities, passages and articles are referred to by their place in
    the list; offsets into a passage count UTF-16 units, as browsers do.
    """
    known = {e.iri: e for e in graph.entities}
    links = [(f.subject, f.object) for f in graph.facts if isinstance(f.object, str) and _told(f)]
    order, shown = choose(rank, links, limit)
    entities = [known[iri] for iri in order[:ENTITIES]]
    place = {e.iri: i for i, e in enumerate(entities)}
    kinds = Counter(e.kind for e in graph.entities)
    types = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    shelf = _Shelf(graph)
    chosen, facts = [], []
    for fact in sorted(graph.facts, key=lambda f: (_place(f, place), f.predicate, f.iri)):
        if _place(fact, place) == len(place) or not _told(fact) or shelf.full():
            continue
        chosen.append(fact)
        facts.append(_fact(fact, place, shelf))
    return Content(
        {
            "types": [{"name": name, "label": label(ontology, name)} for name in types],
            "predicates": {
                p: {"label": label(ontology, p), "symmetric": _symmetric(ontology, p)}
                for p, _ in sorted(Counter(f.predicate for f in chosen).items(), key=lambda c: (-c[1], c[0]))
            },
            "qualifiers": {name: label(ontology, name) for name in sorted(_qualifiers(chosen))},
            "entities": [
                {
                    "name": e.label,
                    "type": types.index(e.kind),
                    "aliases": list(e.aliases),
                    "articles": len(e.articles),
                }
                for e in entities
            ],
            "facts": facts,
            "passages": shelf.passages,
            "articles": shelf.articles,
            "total": {
                "entities": len(graph.entities),
                "facts": sum(map(_told, graph.facts)),
                "articles": len(graph.articles),
                "pages": len(graph.pages),
            },
        },
        tuple(e.iri for e in entities),
        tuple(chosen),
        shown,
    )


def _told(fact: Fact) -> bool:
    return fact.status is not Status.NEGATED


def _qualifiers(facts: Iterable[Fact]) -> set[str]:
    return {name for fact in facts for name, _ in fact.qualifiers}


def _symmetric(ontology: Ontology, name: str) -> bool:
    return name in ontology.predicates and ontology.predicates[name].symmetric


def _place(fact: Fact, place: Mapping[str, int]) -> int:
    """Return the place of the less important end, or the number of places when an end is left out."""
    ends = [fact.subject] if isinstance(fact.object, Literal) else [fact.subject, fact.object]
    return max(place.get(end, len(place)) for end in ends)


def _fact(fact: Fact, place: Mapping[str, int], shelf: _Shelf) -> dict[str, Any]:
    end = fact.object
    out: dict[str, Any] = {"s": place[fact.subject], "p": fact.predicate}
    out |= {"text": end.text} if isinstance(end, Literal) else {"o": place[end]}
    out |= {"q": dict(fact.qualifiers)} if fact.qualifiers else {}
    out |= {"status": STATUS[fact.status]} if STATUS[fact.status] else {}
    out |= {"c": fact.confidence, "e": [shelf.put(e) for e in fact.evidence[:EVIDENCE]]}
    return out | ({"more": len(fact.evidence) - EVIDENCE} if len(fact.evidence) > EVIDENCE else {})


class _Shelf:
    """Holds each paragraph and article that evidence needs once."""

    def __init__(self, graph: Graph) -> None:
        self._known = {a.id: a for a in graph.articles}
        self._pages = {p.id: p for p in graph.pages}
        self._firsts = first_parts(graph)
        self._places: dict[tuple[str, Span], int] = {}
        self._numbers: dict[str, int] = {}
        self._bytes = 0
        self.passages: list[dict[str, Any]] = []
        self.articles: list[dict[str, Any]] = []

    def full(self) -> bool:
        """Say whether no further paragraph fits in."""
        return self._bytes > TEXT

    def put(self, evidence: Evidence) -> list[int]:
        """Return passage, start and end of the sentence, start and end of what is said."""
        article = self._known[evidence.article]
        found = passage(article.text, evidence.span)
        key = (article.id, found.paragraph)
        if key not in self._places:
            text = found.paragraph.of(article.text)
            self._places[key] = len(self.passages)
            self.passages.append({"article": self._article(article), "text": text})
            self._bytes += len(text.encode("utf-8", "surrogatepass"))
        start = found.paragraph.start
        places = (found.sentence.start, found.sentence.end, found.said.start, found.said.end)
        return [self._places[key], *(_utf16(article.text[start:p]) for p in places)]

    def _article(self, article: Article) -> int:
        if article.id not in self._numbers:
            page: Page = self._pages[article.page]
            when = article.date or page.date
            first = self._known[self._firsts.get(article.id, article.id)]
            self._numbers[article.id] = len(self.articles)
            self.articles.append(
                {
                    "headline": list(first.headline or article.headline),
                    "byline": [[b.role, b.name] for b in article.byline],
                    "date": "" if when is None else _days(when.period),
                    "newspaper": page.newspaper or "",
                    "source": page.source,
                    **(
                        {}
                        if page.address is None
                        else {"address": page.address, "opens": opens(page.address)}
                    ),
                }
            )
        return self._numbers[article.id]


def _days(days: Period) -> str:
    first, last = days.start.isoformat(), "" if days.open else days.end.isoformat()
    return first if first == last else f"{first} 至 {last}".rstrip()


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
