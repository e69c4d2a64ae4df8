"""What an annotated page must keep to, so that something right can be learned from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import InputError
from kg.ontology import Ontology
from kg.train.annotation import Annotation

KINDS = ("Person", "Organization", "Place", "Project", "Event", "Award")
"""What is learned to be found."""
IMPLIED = "Organization"
"""Need not be printed: a 市长 implies the government of the city."""


def flat(text: str) -> str:
    """Return a text without white space."""
    return "".join(text.split())


def check_names(page: Annotation, text: str) -> None:
    """Make sure that the entities of a page have names that it prints, and one class each.

    Raises:
        InputError: the first that has not.
    """
    printed = flat(text)
    classes: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for way, entity in _each(page, "entities"):
        name, kind, aliases = entity.get("name"), entity.get("type"), entity.get("aliases", [])
        if not isinstance(name, str) or not name.strip():
            raise page.refused(way, "an entity without a name")
        if kind not in KINDS:
            at = (*way, "type") if "type" in entity else way
            raise page.refused(at, f"{name} is a {kind}", f"use one of {', '.join(KINDS)}")
        if not isinstance(aliases, list) or not all(isinstance(one, str) for one in aliases):
            raise page.refused((*way, "aliases"), f"the aliases of {name} are no list of strings")
        known, before = classes.setdefault(name, (kind, way))
        if known != kind:
            line = page.refused(before, "").where
            raise page.refused(way, f"{name} is a {kind}, and a {known} in {line}", "give it one class")
        if kind != IMPLIED and not any(form and form in printed for form in map(flat, (name, *aliases))):
            raise page.refused(
                way, f"the text names {name} nowhere", "correct the name, or add the printed form to aliases"
            )


def check_facts(page: Annotation, ontology: Ontology) -> None:
    """Make sure that facts join entities of their article as the ontology allows.

    Raises:
        InputError: the first that does not.
    """
    for way, fact in _each(page, "facts"):
        article = page.articles[int(way[1])]
        classes = {entity["name"]: str(entity["type"]) for entity in article.get("entities", ())}
        wrong = _wrong(fact, classes, ontology)
        if wrong is not None:
            raise page.refused(way, *wrong)


def _wrong(
    fact: Mapping[str, Any], classes: Mapping[str, str], ontology: Ontology
) -> tuple[str, str | None] | None:
    """Return what is wrong with a fact and what to do about it, or None."""
    for key, what in (("s", "subject"), ("p", "predicate"), ("o", "object")):
        if not isinstance(fact.get(key), str) or not fact[key].strip():
            return f"a fact without {what} (`{key}`)", None
    subject, name, target = fact["s"], fact["p"], fact["o"]
    if name not in ontology.predicates:
        known = ", ".join(sorted(ontology.predicates))
        return f"no predicate {name!r}", f"use one of {known}"
    predicate = ontology.predicates[name]
    ends = (subject,) if predicate.literal else (subject, target)
    for end in ends:
        if end not in classes:
            return f"{name} speaks of {end}, which is no entity of the article", "add it to `entities`"
    first, second = classes[subject], classes.get(target, "")
    domain, range_ = predicate.domain, predicate.range
    if predicate.symmetric and not (first in domain and second in range_):
        first, second, subject, target = second, first, target, subject
    if first not in domain:
        return f"{subject} is a {first}, and {name} is said of {_any(domain)}", None
    if not predicate.literal and second not in range_:
        return f"{target} is a {second}, and {name} leads to {_any(range_)}", None
    return None


def _any(classes: frozenset[str]) -> str:
    return " or ".join(sorted(classes))


def _each(page: Annotation, key: str) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    for n, article in enumerate(page.articles):
        for m, one in enumerate(article.get(key, ())):
            yield ("articles", n, key, m), one


def same_text(first: Annotation, second: Annotation) -> InputError:
    """Return the error that two pages print the same and are annotated in different ways."""
    what = f"the same text as {first.file}, annotated in another way"
    return InputError(str(second.file), what, remedy="keep one of them")
