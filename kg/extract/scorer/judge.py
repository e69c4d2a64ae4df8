"""Which facts of an article stand: what the frames said and what pairs may say, by probability."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kg.extract.claims import Reading
from kg.extract.claims.frames import by_name
from kg.extract.scorer.network import Model, score
from kg.extract.scorer.pairs import Pairs, pairs
from kg.extract.scorer.scene import Floats, Scene, Told, scene
from kg.extract.scorer.schema import Mask, Schema
from kg.extract.tools import Tools
from kg.model import Claim, Evidence, LocalKey, Span, Status

FINDER = "scorer"
"""The finder of facts that no frame stated."""
_STATUS = (Status.ASSERTED, Status.PLANNED, Status.FORMER)
_Key = tuple[int, int, str]


def judge(readings: Iterable[Reading], tools: Tools, model: Model) -> tuple[Claim, ...]:
    """Return the facts that stand, each with its probability as confidence, by article and place.

    What the model does not know keeps the frames' decision: predicates and classes of a user's own, and
    what the text denies. A word that makes a fact planned or former counts; where there is none, the model
    says how the fact is meant.
    """
    schema = tools.declared(model.schema)
    frames = tools.declared(by_name)
    every = tuple(readings)
    seen = [scene(reading, frames) for reading in every]
    found = [pairs(one, schema) if one is not None else None for one in seen]
    asked = [
        (one, some) for one, some in zip(seen, found, strict=True) if one is not None and some is not None
    ]
    scored = iter(zip(asked, score(model, asked), strict=True))
    out: list[Claim] = []
    for reading, some in zip(every, found, strict=True):
        out += reading.claims if some is None else _judged(reading, model, schema, *next(scored))
    return tuple(out)


def _judged(
    reading: Reading,
    model: Model,
    schema: Schema,
    asked: tuple[Scene, Pairs],
    scored: tuple[Floats, Floats],
) -> Sequence[Claim]:
    (seen, found), (scores, status) = asked, scored
    sure = np.where(found.allowed, model.probabilities(scores), 0)
    _, nearest = np.unique(found.pair, return_index=True)
    for number in np.flatnonzero(schema.symmetric):
        sure[:, :, number] = _one_way(sure[:, :, number], found.turned[nearest])
    told = _told(seen.told, schema)
    denied = {key for key, one in told.items() if one.status is Status.NEGATED}
    out = []
    known = set(schema.predicates)
    least = min(model.stated, model.unstated)
    for n, way, number in zip(*(x.tolist() for x in np.nonzero(sure >= least)), strict=True):
        ends = int(found.first[n]), int(found.second[n])
        subject, target = ends if way == 0 else ends[::-1]
        name = schema.predicates[number]
        if (subject, target, name) in denied:
            continue
        claim = told.get((subject, target, name))
        if claim is None and schema.symmetric[number]:
            claim = told.get((target, subject, name))
        if sure[n, way, number] < (model.unstated if claim is None else model.stated):
            continue
        confidence = round(float(sure[n, way, number]), 3)
        if claim is not None:
            said = claim.evidence
            evidence = Evidence(said.article, said.span, said.finder, confidence)
            ends_of = claim.subject, claim.predicate, claim.object
            meant = claim.status if claim.status is not Status.ASSERTED else _meant(status[n])
            out.append(Claim(*ends_of, claim.qualifiers, meant, evidence, claim.valid))
            continue
        key = seen.ends[subject]
        if isinstance(key, LocalKey):
            span = _stretch(reading, seen, int(found.left[nearest[n]]), int(found.right[nearest[n]]))
            evidence = Evidence(reading.article.id, span, FINDER, confidence)
            out.append(Claim(key, name, seen.ends[target], (), _meant(status[n]), evidence))
    kinds = {end.kind for end in seen.ends}
    for claim in reading.claims:
        free = claim.predicate not in known or not {claim.subject.kind, claim.object.kind} <= kinds
        if free or claim.status is Status.NEGATED:
            out.append(claim)
    return sorted(out, key=_place)


def _meant(chances: Floats) -> Status:
    return _STATUS[int(np.argmax(chances))]


def _place(claim: Claim) -> tuple[object, ...]:
    return claim.evidence.span, claim.predicate, claim.subject, str(claim.object), claim.qualifiers


def _one_way(sure: Floats, turned: Mask) -> Floats:
    """Keep one direction of a symmetric predicate: from the end named first in the nearest sighting."""
    out = np.zeros_like(sure)
    out[np.arange(len(sure)), turned.astype(np.int64)] = sure.max(axis=1)
    return out


def _told(told: Iterable[Told], schema: Schema) -> dict[_Key, Claim]:
    """Return what the frames said, by numbers of the ends: the surest that is no denial."""
    out: dict[_Key, Claim] = {}
    for one in told:
        key = one.subject, one.object, one.claim.predicate
        if key not in out or _rank(one.claim) > _rank(out[key]):
            out[key] = one.claim
    return out


def _rank(claim: Claim) -> tuple[bool, float]:
    return claim.status is not Status.NEGATED, claim.evidence.confidence


def _stretch(reading: Reading, seen: Scene, left: int, right: int) -> Span:
    """Return the stretch between two mentions, or the clause of the later one when it stands elsewhere."""
    if seen.sentence[left] == seen.sentence[right]:
        return Span(int(seen.places[left, 0]), int(seen.places[[left, right], 1].max()))
    view = reading.views[int(seen.sentence[right])]
    start, stop = (int(x) for x in seen.places[right])
    start, stop = view.clause_start(start), max(stop, view.clause_end(stop))
    said = reading.article.text[start:stop]
    return Span(
        start + len(said) - len(said.lstrip()), stop - len(said) + len(said.rstrip("。！？ \n\u3000"))
    )
