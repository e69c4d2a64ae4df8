"""Annotated pages as they are compared: entities merged over a page, facts between their numbers."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.ontology import Ontology

LOOSE = frozenset({"Event", "Project", "Award"})
_QUOTES = str.maketrans("", "", "“”„‟″\"'‘’「」『』《》")

Json = Mapping[str, Any]
End = int | str
FactKey = tuple[End, str, End]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the ontology says of predicates: which turn round, which end in a literal."""

    symmetric: frozenset[str]
    literal: frozenset[str]

    @staticmethod
    def of(ontology: Ontology) -> Rules:
        """Read the rules off an ontology."""
        each = ontology.predicates.values()
        return Rules(
            frozenset(p.name for p in each if p.symmetric), frozenset(p.name for p in each if p.literal)
        )


def fold(text: object) -> str:
    """Return a text as it is compared: NFKC, lower case, no white space, no quotation marks.

    >>> fold("“恒达电” １７家")
    '恒达电17家'
    """
    flat = unicodedata.normalize("NFKC", str(text)).translate(_QUOTES).lower()
    return re.sub(r"\s+", "", flat)


class AnnotatedPage:
    """Entities of one annotated page merged over its articles, and facts between their numbers."""

    def __init__(self, data: Json, rules: Rules) -> None:
        self.articles: list[Json] = list(data["articles"])
        self.forms: list[set[str]] = []
        self.types: list[str] = []
        self.names: list[str] = []
        self.optional: list[bool] = []
        self.facts: dict[FactKey, dict[str, Any]] = {}
        for article in self.articles:
            local = {e["name"]: self._entity(e) for e in article.get("entities", ())}
            for fact in article.get("facts", ()):
                end = fold(fact["o"]) if fact["p"] in rules.literal else local.get(fact["o"])
                if fact["s"] in local and end is not None:
                    _keep(self.facts, (local[fact["s"]], fact["p"], end), fact)
        self._merge()

    def _entity(self, entity: Json) -> int:
        forms = {fold(f) for f in [entity["name"], *entity.get("aliases", ())] if fold(f)}
        optional = bool(entity.get("optional", False))
        for i, known in enumerate(self.forms):
            if self.types[i] == entity["type"] and fold(entity["name"]) in known:
                known |= forms
                self.optional[i] &= optional
                return i
        self.forms.append(forms)
        self.types.append(entity["type"])
        self.names.append(entity["name"])
        self.optional.append(optional)
        return len(self.forms) - 1

    def _merge(self) -> None:
        """Merge entities of one type whose canonical names stand among each other's forms."""
        root = list(range(len(self.forms)))

        def find(i: int) -> int:
            while root[i] != i:
                i = root[i]
            return i

        for i in range(len(root)):
            for j in range(i):
                if self.types[i] == self.types[j] and (
                    fold(self.names[i]) in self.forms[j] or fold(self.names[j]) in self.forms[i]
                ):
                    root[find(i)] = find(j)
        groups = defaultdict(list)
        for i in range(len(root)):
            groups[find(i)].append(i)
        order = sorted(groups)
        number = {i: k for k, r in enumerate(order) for i in groups[r]}
        facts: dict[FactKey, dict[str, Any]] = {}
        for (s, p, o), fact in self.facts.items():
            key = (number[s] if isinstance(s, int) else s, p, number[o] if isinstance(o, int) else o)
            _keep(facts, key, fact)
        self.facts = facts
        self.forms = [set().union(*(self.forms[i] for i in groups[r])) for r in order]
        self.optional = [all(self.optional[i] for i in groups[r]) for r in order]
        self.types = [self.types[r] for r in order]
        self.names = [self.names[r] for r in order]


def _keep(facts: dict[FactKey, dict[str, Any]], key: FactKey, fact: Json) -> None:
    known = facts.setdefault(key, dict(fact))
    if not fact.get("optional"):
        known.pop("optional", None)


def _shared(kind: str, gold: set[str], predicted: set[str]) -> int:
    exact = len(gold & predicted)
    if exact or kind not in LOOSE:
        return exact
    pairs = (sorted((g, p), key=len) for g in gold for p in predicted)
    return int(any(short in long and len(short) >= 0.6 * len(long) for short, long in pairs))


def pair(gold: AnnotatedPage, predicted: AnnotatedPage) -> dict[int, int]:
    """Return predicted number -> gold number, best overlap first."""
    overlaps = sorted(
        (
            (n, -abs(len(g) - len(p)), -i, -j)
            for i, g in enumerate(gold.forms)
            for j, p in enumerate(predicted.forms)
            if gold.types[i] == predicted.types[j] and (n := _shared(gold.types[i], g, p))
        ),
        reverse=True,
    )
    used: set[int] = set()
    pairs: dict[int, int] = {}
    for _, _, i, j in overlaps:
        if -i not in used and -j not in pairs:
            used.add(-i)
            pairs[-j] = -i
    return pairs


def turned(key: FactKey, rules: Rules) -> FactKey:
    """Return the key of a fact with the ends of a symmetric predicate in order."""
    s, p, o = key
    return (o, p, s) if p in rules.symmetric and isinstance(s, int) and isinstance(o, int) and o < s else key


def load(path: Path, rules: Rules) -> AnnotatedPage:
    """Read one annotated page.

    Raises:
        InputError: the file is no annotation.
    """
    try:
        return AnnotatedPage(json.loads(path.read_text("utf-8")), rules)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            str(path), f"not an annotated page ({error!r})", remedy="see the format in docs/evaluation.md"
        ) from error
