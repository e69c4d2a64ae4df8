"""Which page-local names mean one thing, whatever order they come in, and what people say about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping

from kg.model import NONE, Decisions, LocalKey
from kg.resolve.doubts import Doubtful
from kg.resolve.forest import Forest
from kg.resolve.groups import Groups
from kg.resolve.persons import join_persons
from kg.resolve.profiles import Marks, Profile
from kg.resolve.tables import Tables, plain
from kg.resolve.things import join_things
from kg.resolve.views import View, Viewer, unmarked

PERSON = "Person"
AWARD = "Award"
_APART = frozenset({PERSON, "Event"})


def cluster(
    profiles: Iterable[Profile],
    known: Tables,
    decisions: Decisions = NONE,
    reprints: Mapping[str, str] | None = None,
    marks: Marks = unmarked,
) -> tuple[Forest, Doubtful, dict[LocalKey, View]]:
    """Part the page-local entities into clusters, and note which may be one besides.

    What says the same on several pages is one view, and only the keys of views stand in the forest.

    The outcome depends on the set of profiles and on the decisions alone. What people keep apart stays
    apart and what they merge is one, whatever the names look like; the rest follows from the names.

    Args:
        reprints: for every article that is printed more than once, what stands for all its prints.
        marks: what stands in articles, where profiles do not say it.
    """
    viewer = Viewer(known, marks)
    alike = _alike(profiles, known, decisions)
    every = {first.key: viewer.view(first, *others) for first, *others in alike}
    alone = {one.key for one in decisions.alone}
    forest = Forest(every, ((one.a, one.b) for one in decisions.different))
    doubts = Doubtful()
    free = {key: view for key, view in every.items() if key not in alone}
    for one in sorted(decisions.same):
        if one.a in forest and one.b in forest:
            forest.join(one.a, one.b)
    kinds: dict[bool, dict[LocalKey, View]] = {True: {}, False: {}}
    for key, view in free.items():
        kinds[key.kind == PERSON][key] = view
    _same_story(kinds[True], forest, reprints or {})
    join_persons(Groups(every, kinds[True], forest), known, doubts)
    join_things(Groups(every, kinds[False], forest), known, doubts)
    return forest, doubts, every


def _alike(profiles: Iterable[Profile], known: Tables, decisions: Decisions) -> list[list[Profile]]:
    """Part profiles into those that say the same of one thing on several pages, so that one speaks for all.

    People stay by themselves, and so do events, which are told apart by their days, names that mean another
    thing in every article, and whatever people decided about. Each part and the whole are sorted.
    """
    decided = {key for one in decisions.different for key in (one.a, one.b)}
    decided |= {key for one in decisions.same for key in (one.a, one.b)} | {
        one.key for one in decisions.alone
    }
    parts: dict[Hashable, list[Profile]] = defaultdict(list)
    for one in sorted(profiles, key=_ordered):
        key = one.key
        own = key.kind in _APART or key in decided or (key.kind == AWARD and plain(key.name) in known.passing)
        parts[key if own else (key.kind, key.name, one.aliases, one.home)].append(one)
    return list(parts.values())


def _ordered(one: Profile) -> tuple[str, str, str]:
    return one.key.page, one.key.kind, one.key.name


def _same_story(people: Mapping[LocalKey, View], forest: Forest, reprints: Mapping[str, str]) -> None:
    """Join the people of one name whom prints of one story name."""
    bearers: dict[tuple[str, str], list[LocalKey]] = defaultdict(list)
    for key, view in people.items():
        for story in {reprints[id_] for id_ in view.profile.articles if id_ in reprints}:
            bearers[story, view.names[0].text].append(key)
    for _, keys in sorted(bearers.items()):
        forest.gather(keys)
