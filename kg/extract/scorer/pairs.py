"""Which ends of an article may form a fact, and what can be counted about each pair.

A pair is unordered; its facts run forward (from the end with the lower number) or backward. It is seen
where its mentions stand close together: a sighting, in the order of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kg.extract.scorer.scene import FIGURE, FIGURES, KINDS, NUMBER, STATUS, Floats, Ints, Scene
from kg.extract.scorer.schema import Mask, Schema
from kg.model import LocalKey

NEAREST = 3
"""So many sightings of a pair are looked at, those in one sentence or two neighbours."""
FAR = 1
"""Sentences between a pair's mentions; above, only what a frame said is looked at."""
MENTION_COLUMNS, SIGHTING_COLUMNS = 32, 38
SAID_BLOCKS = 8
"""What the frames said of a pair, by predicate: forward, backward; of its subject or object with others,
both ways; of those who stand in a list with them, both ways."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of an article.

    Attributes:
        first, second: the ends of each pair, the lower number first.
        mentions: columns of each mention.
        left, right: the mentions of each sighting, in the order of the text.
        pair: the pair that is seen; `turned` when its second end stands first.
        sightings: columns of each sighting; `between` the tokens between its ends, lists left out.
        said: what the frames said of each pair, `SAID_BLOCKS` × predicates; `how` by which frames.
        allowed: which predicates may hold, (pairs, 2, predicates), forward and backward.
    """

    first: Ints
    second: Ints
    mentions: Floats
    left: Ints
    right: Ints
    pair: Ints
    turned: Mask
    sightings: Floats
    between: Ints
    said: Floats
    how: Floats
    allowed: Mask


def pairs(scene: Scene, schema: Schema) -> Pairs | None:
    """Return the pairs of an article; None when there is none."""
    kind = scene.kinds[scene.of]
    any_way = np.any(schema.allowed, axis=2)
    count = len(scene.ends)
    said = np.zeros((count, count), dtype=bool)
    for one in scene.told:
        said[one.subject, one.object] = said[one.object, one.subject] = True
    fit = np.abs(scene.sentence[:, None] - scene.sentence) <= FAR
    fit |= said[scene.of[:, None], scene.of]
    fit &= np.asarray(any_way | any_way.T)[kind[:, None], kind]
    fit &= scene.of[:, None] != scene.of
    left, right = np.nonzero(np.triu(fit, 1))
    if not len(left):
        return None
    low, high = (f(scene.of[left], scene.of[right]) for f in (np.minimum, np.maximum))
    key = low * count + high
    apart = scene.sentence[right] - scene.sentence[left]
    gap = np.maximum(scene.spans[right, 0] - scene.spans[left, 1], 0)
    order = np.lexsort((gap, apart, key))
    key, left, right, apart = key[order], left[order], right[order], apart[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    rank = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)]))
    wanted = (rank == 0) | ((rank < NEAREST) & (apart <= FAR))
    key, left, right, rank = key[wanted], left[wanted], right[wanted], rank[wanted]
    unique, pair = np.unique(key, return_inverse=True)
    first, second = unique // count, unique % count
    stated, how = _frames(scene, schema, unique)
    a, b = scene.kinds[first], scene.kinds[second]
    allowed = np.stack([schema.allowed[a, b], schema.allowed[b, a]], axis=1)
    for number in np.flatnonzero(schema.read):
        allowed[:, :, number] &= stated.reshape(len(stated), SAID_BLOCKS, -1)[:, :2, number] > 0
    sightings, between = _sightings(scene, kind, left, right, rank, np.bincount(pair)[pair])
    return Pairs(
        first,
        second,
        _mentions(scene, kind),
        left,
        right,
        pair,
        scene.of[left] != first[pair],
        sightings,
        between,
        stated,
        how,
        allowed,
    )


def _mentions(scene: Scene, kind: Ints) -> Floats:
    """Return what can be counted about each mention, (mentions, `MENTION_COLUMNS`)."""
    n = len(kind)
    every = np.arange(n)
    out = np.zeros((n, MENTION_COLUMNS), dtype=np.float32)
    out[every, kind] = 1
    out[every, 10 + scene.said] = 1
    absorbed, headline, inner, place, length = scene.marks.T
    _, first_seen = np.unique(scene.of, return_index=True)
    often = np.bincount(scene.of)[scene.of]
    of_kind = np.bincount(scene.kinds, minlength=len(KINDS))[kind]
    before = _before(scene.sentence * len(KINDS) + kind)
    in_headline = np.zeros(len(scene.ends), dtype=bool)
    in_headline[scene.of[headline > 0]] = True
    columns = (
        absorbed,
        headline,
        inner,
        length > 1,
        np.log(length),
        place > 0,
        np.log(often),
        in_headline[scene.of],
        np.isin(every, first_seen),
        before == 0,
        np.minimum(before, 4) / 4,
        scene.sentence / scene.sentence_count,
        scene.sentence <= 2,
        np.log1p(scene.sentence) / 3,
        of_kind == 1,
        np.log(of_kind) / 3,
        scene.sure,
    )
    out[:, 15:] = np.stack(columns, axis=1)
    return out


def _before(key: Ints) -> Ints:
    """Return how many values before each are the same."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    out = np.empty(len(key), dtype=np.int64)
    out[order] = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)]))
    return out


def _sightings(
    scene: Scene, kind: Ints, left: Ints, right: Ints, rank: Ints, seen: Ints
) -> tuple[Floats, Ints]:
    """Return what can be counted about each sighting, and the tokens between its ends."""
    m = len(left)
    every = np.arange(m)
    passed = np.zeros((len(kind) + 1, len(KINDS)), dtype=np.int64)
    passed[1:] = np.cumsum(np.eye(len(KINDS), dtype=np.int64)[kind], axis=0)
    between = np.maximum(passed[right] - passed[left + 1], 0)
    like_left, like_right = between[every, kind[left]], between[every, kind[right]]
    all_between, named = between.sum(axis=1), between[:, : NUMBER[FIGURES[0]]].sum(axis=1)
    apart = scene.sentence[right] - scene.sentence[left]
    clauses = scene.clause[right] - scene.clause[left]
    clauses = np.where(apart == 0, np.clip(clauses, 0, 3), 4)
    start, stop = scene.spans[left, 1], scene.spans[right, 0]
    gap = np.maximum(stop - start, 0)
    together = (scene.groups[left] == scene.groups[right]).all(axis=1) & (scene.marks[left, 4] > 1)
    list_gap = np.where(together, 0, np.maximum(scene.groups[right, 0] - scene.groups[left, 1], 0))
    headline = scene.marks[:, 1]
    in_headline = np.zeros(len(scene.ends), dtype=bool)
    in_headline[scene.of[headline > 0]] = True
    out = np.zeros((m, SIGHTING_COLUMNS), dtype=np.float32)
    out[every, np.minimum(apart, 4)] = 1
    out[every, 5 + clauses] = 1
    columns = (
        np.log1p(gap) / 4,
        gap == 0,
        gap == 1,
        gap <= 3,
        gap <= 10,
        like_left == 0,
        like_left == 1,
        like_right == 0,
        like_right == 1,
        np.log1p(all_between) / 2,
        all_between == 0,
        np.log1p(like_left),
        np.log1p(like_right),
        together,
        scene.spans[left, 1] > scene.spans[right, 0],
        named == between[:, 0],
        np.log1p(all_between - named),
        np.log(seen),
        in_headline[scene.of[left]] & in_headline[scene.of[right]],
        np.log1p(list_gap) / 4,
        list_gap == 0,
        list_gap <= 2,
        (headline[left] > 0) & (headline[right] == 0),
        rank == 0,
        *_alike(scene, scene.of[left], scene.of[right]),
    )
    out[:, 10:] = np.stack(columns, axis=1)
    start = np.where(together, start, np.minimum(scene.groups[left, 1], stop))
    stop = np.where(together, stop, np.maximum(scene.groups[right, 0], scene.spans[left, 1]))
    start = np.minimum(start, len(scene.tokens) - 1)
    return out, np.stack([start, np.clip(stop, start, len(scene.tokens))], axis=1)


def _alike(scene: Scene, left: Ints, right: Ints) -> tuple[Floats, ...]:
    """Return how names are like each other: shared pairs of characters, one held by the other, one start."""
    names = [end.name if isinstance(end, LocalKey) else "" for end in scene.ends]
    number: dict[str, int] = {}
    held = [
        (n, number.setdefault(a + b, len(number))) for n, name in enumerate(names) for a, b in pairwise(name)
    ]
    table = np.zeros((len(names), max(1, len(number))), dtype=bool)
    if held:
        table[tuple(np.array(held).T)] = True
    full = np.maximum(np.count_nonzero(table, axis=1), 1)
    start = np.array([number.get(name[:2], -1 - n) for n, name in enumerate(names)])
    both = np.count_nonzero(table[left] & table[right], axis=1)  # no product: BLAS would start threads for it
    return (
        np.log1p(both.astype(np.float32)),
        (both == full[left]).astype(np.float32),
        (both == full[right]).astype(np.float32),
        (start[left] == start[right]).astype(np.float32),
    )


def _frames(scene: Scene, schema: Schema, unique: Ints) -> tuple[Floats, Floats]:
    """Return what the frames said of each pair, and by which frames."""
    ends, count = len(scene.ends), len(schema.predicates)
    number: Mapping[str, int] = {name: n for n, name in enumerate(schema.predicates)}
    said = np.zeros((len(unique), SAID_BLOCKS, count), dtype=np.float32)
    how = np.zeros((len(unique), 2 * schema.width + len(STATUS)), dtype=np.float32)
    shapes = {name: n for n, name in enumerate(schema.shapes)}
    slots = {name: n for n, name in enumerate(schema.slots)}
    place = {key: n for n, key in enumerate(unique.tolist())}
    stated: set[tuple[int, int, int]] = set()
    for one in scene.told:
        claim, frame = one.claim, one.frame
        at = number.get(claim.predicate)
        if at is None:
            continue
        low, high = sorted((one.subject, one.object))
        way = int(one.subject != low)
        n = place.get(low * ends + high)
        if n is not None:
            base = way * schema.width
            columns = [shapes.get(frame.shape)]
            for tried, shift in ((frame.subject, 0), (frame.object, len(slots))):
                column = slots.get(tried[0].place) if tried else None
                columns.append(None if column is None else len(shapes) + shift + column)
            how[n, [base + c for c in columns if c is not None]] = 1
            how[n, 2 * schema.width + STATUS.index(claim.status.value)] = 1
        if claim.status.value != "negated":
            stated.add((one.subject, one.object, at))
            if n is not None:
                said[n, way, at] = max(said[n, way, at], claim.evidence.confidence)
    by_subject, by_object = (np.zeros((ends, count), dtype=np.int64) for _ in range(2))
    for subject, target, at in stated:
        by_subject[subject, at] += 1
        by_object[target, at] += 1
    first, second = unique // ends, unique % ends
    forward, backward = said[:, 0] > 0, said[:, 1] > 0
    said[:, 2], said[:, 3] = by_subject[first] > forward, by_subject[second] > backward
    said[:, 4], said[:, 5] = by_object[second] > forward, by_object[first] > backward
    beside = _beside(scene) if stated else {}
    for subject, target, at in stated:
        alike = [(other, target) for other in beside.get(subject, ())]
        alike += [(subject, other) for other in beside.get(target, ())]
        for one_end, other_end in alike:
            n = place.get(min(one_end, other_end) * ends + max(one_end, other_end))
            if n is not None:
                said[n, 6 + int(one_end > other_end), at] = 1
    return said.reshape(len(unique), -1), how


def _beside(scene: Scene) -> Mapping[int, set[int]]:
    """Return with whom each end stands in a list."""
    lists: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for n in np.flatnonzero((scene.marks[:, 4] > 1) & (scene.said != FIGURE)).tolist():
        lists[int(scene.groups[n, 0]), int(scene.groups[n, 1])].add(int(scene.of[n]))
    out: defaultdict[int, set[int]] = defaultdict(set)
    for held in lists.values():
        for end in held:
            out[end] |= held - {end}
    return out
