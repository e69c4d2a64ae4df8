"""What the scorer's probabilities are worth: figures on left-out writers, thresholds, calibration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from scorer_corpus import Example, schema

from kg.extract.scorer.network import FARTHEST
from kg.extract.scorer.pairs import SAID_BLOCKS

Scored = Mapping[str, tuple[np.ndarray, np.ndarray] | None]
Settled = Mapping[str, Any]
LEAST = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
"""Probabilities from which a fact may stand."""
BINS = 10


def statements(e: Example, scored: tuple[np.ndarray, np.ndarray] | None) -> Iterator[tuple]:
    """Yield (score, predicate, stated by a frame, annotated fact or None) of what may be said, once each."""
    if scored is None:
        return
    scores = np.where(e.pairs.allowed, scored[0], -30.0)
    told = e.pairs.said.reshape(len(scores), SAID_BLOCKS, -1)[:, :2] > 0
    for p in np.flatnonzero(schema().symmetric):
        scores[:, 0, p] = scores[:, :, p].max(1)
        scores[:, 1, p] = -30.0
        told[:, 0, p] = told[:, :, p].any(1)
    for n, way, p in zip(*np.nonzero(scores > -5), strict=True):
        yield float(scores[n, way, p]), int(p), bool(told[n, way, p]), e.gold.get((n, way, p))


def judged(
    e: Example, scored: tuple[np.ndarray, np.ndarray] | None
) -> Iterator[tuple[float, int, bool, bool, bool]]:
    """Yield (score, predicate, stated, right, optional), the surest first; a fact said again is wrong."""
    seen = set()
    for score, p, told, key in sorted(statements(e, scored), key=lambda s: (-s[0], s[1])):
        right = key is not None and key not in seen
        seen.add(key)
        yield score, p, told, right, right and e.want[key]


def settle(
    examples: Sequence[Example], scored: Scored, more: Sequence[tuple[Sequence[Example], Scored]] = ()
) -> Settled:
    """Return slope and offset of every predicate, as lists in their order, and from when a fact stands.

    `stated` and `unstated` are the probabilities from which F1 is highest, those beside them counted in, for
    facts that a frame states and others: on the examples and on `more`, the mean.
    """
    score, which, told, right, asked = table(examples, scored)
    slope, offset = zip(
        *(platt(score[which == p], right[which == p]) for p in range(len(schema().predicates))), strict=True
    )
    settled = {"slope": [round(x, 4) for x in slope], "offset": [round(x, 4) for x in offset]}
    f1 = np.zeros((len(LEAST), len(LEAST)))
    for score, which, told, right, asked in [table(examples, scored), *(table(*some) for some in more)]:
        sure = probability(settled, score, which)
        for place in np.ndindex(f1.shape):
            stands = sure >= np.where(told, LEAST[place[0]], LEAST[place[1]])
            f1[place] += 2 * right[stands].sum() / (stands.sum() + asked)
    wide = np.pad(f1, 1, mode="edge")
    smooth = sum(wide[i : i + len(f1), j : j + len(f1)] for i in range(3) for j in range(3))
    a, b = np.unravel_index(int(np.argmax(smooth)), f1.shape)
    return settled | {"stated": LEAST[a], "unstated": LEAST[b]}


def table(examples: Sequence[Example], scored: Scored) -> tuple[Any, ...]:
    """Return score, predicate, stated and right of all that may be said, as arrays, and how much is asked."""
    rows = [
        (score, p, told, right)
        for e in examples
        for score, p, told, right, optional in judged(e, scored[e.name])
        if not optional
    ]
    asked = sum(not optional for e in examples for optional in e.want.values())
    return *(np.array(column) for column in zip(*rows, strict=True)), asked


def probability(settled: Settled, score: Any, which: Any) -> Any:
    """Return how likely facts of a score and a predicate are."""
    odds = np.array(settled["slope"])[which] * score + np.array(settled["offset"])[which]
    return 1 / (1 + np.exp(-np.clip(odds, -FARTHEST, FARTHEST)))


def platt(score: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Fit sigmoid(slope × score + offset) by Newton's method, drawn a little to slope 1, offset 0."""
    table = np.stack([score, np.ones_like(score)], 1)
    prior = np.array([1.0, 0.0])
    weights = prior.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-table @ weights))
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + 2 * np.eye(2)
        weights += np.linalg.solve(curve, table.T @ (right - chance) - 2 * (weights - prior))
    return float(weights[0]), float(weights[1])


def count(e: Example, scored: tuple | None, settled: Settled) -> dict[str, Counter[str]]:
    """Count right, wrong and missed facts of an article by predicate."""
    names = schema().predicates
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, optional in ((k[1], o) for k, o in e.want.items()):
        out[name]["asked"] += not optional
    for score, p, told, right, optional in judged(e, scored):
        if probability(settled, score, p) >= settled["stated" if told else "unstated"]:
            out[names[p]]["right"] += right and not optional
            out[names[p]]["wrong"] += not right
    return out


def frames(e: Example) -> dict[str, Counter[str]]:
    """Count the same for the frames alone."""
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen = set()
    for name, optional in ((k[1], o) for k, o in e.want.items()):
        out[name]["asked"] += not optional
    for name, key in e.frames:
        right = key is not None and key not in seen
        seen.add(key)
        out[name]["right"] += right and not e.want[key]
        out[name]["wrong"] += not right
    return out


def added(counts: Sequence[Mapping[str, Counter[str]]]) -> dict[str, Counter[str]]:
    """Add counts of articles up, with a line for all."""
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in counts:
        for name, c in one.items():
            out[name].update(c)
            out["FACTS"].update(c)
    return out


def prf(c: Counter[str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    p, r = c["right"] / max(1, c["right"] + c["wrong"]), c["right"] / max(1, c["asked"])
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def report(examples: Sequence[Example], scored: Scored, given: Settled | None = None) -> str:
    """Return the table of predicates; what is settled is `given`, or settled on the other writers."""
    counts, bins, writers = [], [], {}
    for writer in sorted({e.writer for e in examples}):
        settled = given or settle([e for e in examples if e.writer != writer], scored)
        for e in (e for e in examples if e.writer == writer):
            counts.append(count(e, scored[e.name], settled))
            writers.setdefault(e.writer, []).append(counts[-1])
            for score, p, told, right, optional in judged(e, scored[e.name]):
                sure = float(probability(settled, score, p))
                if sure >= settled["stated" if told else "unstated"] and not optional:
                    bins.append((sure, right, p))
    both, alone = added(counts), added([frames(e) for e in examples])
    lines = ["predicate            scorer P / R / F1       frames P / R / F1      asked   ECE"]
    for name in sorted(both):
        a, b = (" / ".join(f"{x:.3f}" for x in prf(c[name])) for c in (both, alone))
        p = schema().predicates.index(name) if name != "FACTS" else None
        error = expected_error([x for x in bins if p is None or x[2] == p])
        lines.append(f"{name:20} {a}   {b}  {both[name]['asked']:5}  {error:.3f}")
    sure = [x for x in bins if x[0] >= 0.9]
    right, share = np.mean([x[1] for x in sure]), len(sure) / max(1, len(bins))
    lines.append(f"confidence ≥ .9: {right:.3f} right, {share:.3f} of all")
    lines.append(
        "by writer " + " ".join(f"w{w} {prf(added(c)['FACTS'])[2]:.3f}" for w, c in sorted(writers.items()))
    )
    return "\n".join(lines)


def expected_error(bins: Sequence[tuple[float, bool, int]]) -> float:
    """Return the expected calibration error of what is stated, in ten bins."""
    if not bins:
        return 0.0
    sure, right = np.array([b[0] for b in bins]), np.array([b[1] for b in bins])
    slot = np.minimum((sure * BINS).astype(int), BINS - 1)
    return sum(
        (slot == b).mean() * abs(sure[slot == b].mean() - right[slot == b].mean())
        for b in range(BINS)
        if (slot == b).any()
    )


def lost(examples: Sequence[Example]) -> str:
    """Return how many annotated facts no pair could state."""
    n = sum(not optional for e in examples for optional in e.want.values())
    out = sum(key not in set(e.gold.values()) for e in examples for key, o in e.want.items() if not o)
    return f"{out} of {n}"
