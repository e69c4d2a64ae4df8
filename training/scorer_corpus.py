"""The corpus as the scorer sees it: pairs of each article with the facts that hold between them."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import kg.lexicon
import kg.ontology
from kg.config import packed
from kg.evaluate.pages import AnnotatedPage, FactKey, Rules, fold, pair, turned
from kg.extract import own_city
from kg.extract.claims import read_claims
from kg.extract.claims.frames import SHAPES, SLOTS, prepare
from kg.extract.mentions import find_entities
from kg.extract.scorer.pairs import Pairs, pairs
from kg.extract.scorer.scene import Scene, scene
from kg.extract.scorer.schema import Schema
from kg.extract.tools import Tools
from kg.model import Article, Literal, LocalEntity, LocalKey, Page, SourceMap, Span
from kg.train.given import entities_of

CORPUS = Path(__file__).parent / "corpus"
FOLDS = 5
HELD_OUT = frozenset({13, 14})
"""Writers from whom the shipped models learn nothing."""
ASKED, OPTIONAL = 1, 2
STATUS = {None: 0, "planned": 1, "former": 2}


@dataclass
class Example:
    """An article with its pairs, and what its annotation says of them.

    Attributes:
        labels: 0, `ASKED` or `OPTIONAL`, (pairs, 2, predicates); `status` the status of what holds, else -1.
        gold: the annotated fact by pair, direction and predicate.
        want: all annotated facts, whether they are optional.
        frames: the annotated facts that the frames alone state, and how many others they state.
    """

    name: str
    writer: int
    scene: Scene | None
    pairs: Pairs | None
    labels: np.ndarray | None = None
    status: np.ndarray | None = None
    gold: dict[tuple[int, int, int], FactKey] = field(default_factory=dict)
    want: dict[FactKey, bool] = field(default_factory=dict)
    frames: list[tuple[str, FactKey | None]] = field(default_factory=list)

    @property
    def fold(self) -> int:
        """Return the fold of the writer."""
        return (self.writer - 1) % FOLDS


@cache
def tools(models: Path | None = None) -> Tools:
    """Return the shipped ontology and lexicon, with the models of a folder or the shipped ones."""
    return Tools(kg.ontology.load(packed("ontology")), kg.lexicon.load([packed("lexicon")]), None, models)


@cache
def schema() -> Schema:
    """Return all predicates of the shipped ontology, all shapes and slots of frames."""
    ontology = tools().ontology
    return Schema.of(ontology, sorted(ontology.predicates), sorted(SHAPES), sorted(SLOTS))


def examples(*, given: bool, finders: Path | None = None) -> list[Example]:
    """Return all articles that stand alone, with the annotated names or those that are found.

    Whole pages, as w34 has them, are for the finder.
    `finders` holds finders each of which has not learned from the folds that its folder's name lists; where
    there is none the shipped one finds.
    """
    files = sorted(CORPUS.glob("w*/*.json"), key=lambda f: (int(f.parent.name[1:]), f.name))
    alone = [file for file in files if len(json.loads(file.read_text("utf-8"))["articles"]) == 1]
    return [example(file, given=given, models=unaware(file, finders)) for file in alone]


def unaware(file: Path, finders: Path | None) -> Path | None:
    """Return models that have learned nothing from a file's writer, or None for the shipped ones."""
    writer = int(file.parent.name[1:])
    if finders is None or writer in HELD_OUT:
        return None
    fold = str((writer - 1) % FOLDS)
    return next((folder for folder in sorted(finders.iterdir()) if fold in folder.name), None)


def example(file: Path, *, given: bool, models: Path | None = None) -> Example:
    """Return an article with its labels."""
    data = json.loads(file.read_text("utf-8"))
    (annotated,) = data["articles"]
    page, article = article_of(file, annotated)
    if given:
        entities, city = entities_of(article.text, annotated["entities"]), data.get("city")
    else:
        entities = find_entities(page, [article], tools(models))
        city = own_city(page, [article], entities, tools())
    readings, implied = read_claims(page, [article], entities, tools().of_city(city))
    known = {e.key for e in entities}
    everything = [*entities, *(e for e in implied if e.key not in known)]
    rules = Rules.of(tools().ontology)
    gold = AnnotatedPage(data, rules)
    means = matches(gold, everything, rules)
    out = Example(file.stem, int(file.parent.name[1:]), None, None)
    out.want = {turned(k, rules): bool(raw.get("optional")) for k, raw in gold.facts.items()}
    frames = {frame.name: frame for frame in prepare(tools().ontology).rows}

    def meant(end: LocalKey | Literal) -> int | str | None:
        return fold(end.text) if isinstance(end, Literal) else means.get(end)

    for reading in readings:
        for claim in reading.claims:
            if claim.status.value != "negated":
                s, o = meant(claim.subject), meant(claim.object)
                key = None if s is None or o is None else turned((s, claim.predicate, o), rules)
                out.frames.append((claim.predicate, key if key in out.want else None))
    out.scene = scene(readings[0], frames) if readings else None
    out.pairs = pairs(out.scene, schema()) if out.scene else None
    if out.scene and out.pairs:
        label(out, gold, [meant(end) for end in out.scene.ends], rules)
    return out


def label(out: Example, gold: AnnotatedPage, ends: list[int | str | None], rules: Rules) -> None:
    """Mark which facts hold between the pairs."""
    known = schema()
    number = {name: n for n, name in enumerate(known.predicates)}
    out.labels = np.zeros(out.pairs.allowed.shape, dtype=np.int8)
    out.status = np.full(out.pairs.allowed.shape, -1, dtype=np.int8)
    facts: defaultdict[Any, list[tuple[FactKey, dict[str, Any]]]] = defaultdict(list)
    for key, raw in gold.facts.items():
        facts[key[0], key[2]].append((key, raw))
        if key[1] in rules.symmetric:
            facts[key[2], key[0]].append((key, raw))
    for n, (first, second) in enumerate(zip(out.pairs.first, out.pairs.second, strict=True)):
        a, b = ends[first], ends[second]
        for way, both in enumerate(((a, b), (b, a))):
            for key, raw in facts.get(both, ()) if None not in both else ():
                at = n, way, number[key[1]]
                out.labels[at] = OPTIONAL if raw.get("optional") else ASKED
                out.status[at] = STATUS[raw.get("q", {}).get("status")]
                out.gold[at] = turned(key, rules)


def matches(gold: AnnotatedPage, entities: list[LocalEntity], rules: Rules) -> dict[LocalKey, int]:
    """Return which annotated entity each entity is."""
    found = [{"name": e.key.name, "type": e.key.kind, "aliases": list(e.aliases)} for e in entities]
    mine = AnnotatedPage({"articles": [{"entities": found, "facts": []}]}, rules)
    paired = pair(gold, mine)
    out = {}
    for entity in entities:
        for n, forms in enumerate(mine.forms):
            if mine.types[n] == entity.key.kind and fold(entity.key.name) in forms:
                if n in paired:
                    out[entity.key] = paired[n]
                break
    return out


def article_of(file: Path, annotated: dict[str, Any]) -> tuple[Page, Article]:
    """Return the page and the article of an annotation's text."""
    raw = (file.parent / "articles" / f"{file.stem}.txt").read_text("utf-8")
    lines = [line.strip() for line in raw.splitlines() if line.strip()]
    decks = annotated["headline"]
    head, body = "\n".join(decks), "\n".join(lines[len(decks) :])
    text = f"{head}\n{body}"
    page = Page("p", file.name, text, ())
    span = Span(len(head) + 1, len(text))
    kind = annotated.get("kind", "news")
    return page, Article("p-1", "p", kind, tuple(decks), (), None, text, span, SourceMap(()))
