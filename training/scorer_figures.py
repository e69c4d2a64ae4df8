"""What the scorer's probabilities are worth: figures on left-out writers, thresholds, calibration."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scorer_corpus import FOLDS, Example, schema

Scored = Mapping[str, tuple[np.ndarray, np.ndarray] | None]
FIRST = 0.4
"""The threshold before any is settled."""
BINS = 10


def statements(e: Example, scored: tuple[np.ndarray, np.ndarray] | None) -> Iterator[tuple]:
    """Yield (score, predicate, annotated fact or None) of every fact the scorer could state, once each."""
    if scored is None:
        return
    scores = np.where(e.pairs.allowed, scored[0], -30.0)
    for p in np.flatnonzero(schema().symmetric):
        scores[:, 0, p] = scores[:, :, p].max(1)
        scores[:, 1, p] = -30.0
    for n, way, p in zip(*np.nonzero(scores > -5), strict=True):
        yield float(scores[n, way, p]), int(p), e.gold.get((n, way, p))


def judged(
    e: Example, scored: tuple[np.ndarray, np.ndarray] | None
) -> Iterator[tuple[float, int, bool, bool]]:
    """Yield (score, predicate, right, optional), the surest first; who states a fact again is wrong."""
    seen = set()
    for score, p, key in sorted(statements(e, scored), key=lambda s: (-s[0], s[1])):
        right = key is not None and key not in seen
        seen.add(key)
        yield score, p, right, right and e.want[key]


def settle(examples: Sequence[Example], scored: Scored) -> dict[str, list[float]]:
    """Return slope, offset and threshold of every predicate, as lists in their order."""
    by: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    asked: Counter[str] = Counter(k[1] for e in examples for k, optional in e.want.items() if not optional)
    for e in examples:
        for score, p, right, optional in judged(e, scored[e.name]):
            if not optional:
                by[p].append((score, right))
    out: dict[str, list[float]] = {"slope": [], "offset": [], "threshold": []}
    for p, name in enumerate(schema().predicates):
        score, right = np.array([s for s, _ in by[p]] or [0.0]), np.array([r for _, r in by[p]] or [False])
        slope, offset = platt(score, right)
        sure = 1 / (1 + np.exp(-(slope * score + offset)))
        out["slope"].append(round(float(slope), 4))
        out["offset"].append(round(float(offset), 4))
        out["threshold"].append(round(threshold(sure, right, asked[name]), 3))
    return out


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


def threshold(sure: np.ndarray, right: np.ndarray, asked: int) -> float:
    """Return the probability from which F1 is highest, drawn a little to `FIRST`."""
    order = np.argsort(-sure)
    sure, hits = sure[order], np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + max(asked, 1))
    best = int(np.argmax(f1 - 0.05 * np.abs(sure - FIRST)))
    return float(np.clip(sure[best] - 1e-3, 0.15, 0.7))


def count(e: Example, scored: tuple | None, settled: Mapping[str, list[float]]) -> dict[str, Counter[str]]:
    """Count right, wrong and missed facts of an article by predicate."""
    names = schema().predicates
    out: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, optional in ((k[1], o) for k, o in e.want.items()):
        out[name]["asked"] += not optional
    for score, p, right, optional in judged(e, scored):
        if 1 / (1 + np.exp(-(settled["slope"][p] * score + settled["offset"][p]))) >= settled["threshold"][p]:
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


def plain() -> dict[str, list[float]]:
    """Return settings before any are settled."""
    n = len(schema().predicates)
    return {"slope": [1.0] * n, "offset": [0.0] * n, "threshold": [FIRST] * n}


def quick(examples: Sequence[Example], scored: Scored) -> str:
    """Return precision, recall and F1 of a fold with one threshold for all, and of the frames."""
    all_ = prf(added([count(e, scored[e.name], plain()) for e in examples])["FACTS"])
    alone = prf(added([frames(e) for e in examples])["FACTS"])
    return " / ".join(f"{x:.3f}" for x in all_) + ", frames alone " + " / ".join(f"{x:.3f}" for x in alone)


def report(
    examples: Sequence[Example], scored: Scored, given: Mapping[str, list[float]] | None = None
) -> str:
    """Return the table of predicates on left-out writers.

    Thresholds and calibration are `given`, or settled on the other folds, with one fold on the same.
    """
    counts, bins, writers = [], [], {}
    for fold in range(FOLDS):
        mine = [e for e in examples if e.fold == fold]
        others = [e for e in examples if e.fold != fold] or mine
        settled = given or settle(others, scored)
        for e in mine:
            counts.append(count(e, scored[e.name], settled))
            writers.setdefault(e.writer, []).append(counts[-1])
            for score, p, right, optional in judged(e, scored[e.name]):
                sure = 1 / (1 + np.exp(-(settled["slope"][p] * score + settled["offset"][p])))
                if sure >= settled["threshold"][p] and not optional:
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
