"""Where each node of the picture stands: computed beforehand, so that the page moves nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np

from kg.publish.webpage.packing import Cells, Points, cover, pack

_SEED = 20
_ASPECT = 1.25
_WORK = 20_000_000
"""Pairs of nodes that the forces of a component look at, about 10 million a second."""

_NEAR = 1.0
"""Boxes are looked at while they are apart by less than so many of their mean width and height."""


def arrange(plain: nx.Graph, boxes: Mapping[int, tuple[float, float, float]]) -> dict[int, tuple[int, int]]:
    """Return whole-number positions for the nodes of an undirected graph with `weight` on its edges.

    `boxes` is the width and height that a node with its label takes up, and how far its middle lies below
    the node's; no two boxes overlap in the result but for what is left after a bounded number of rounds.
    Each component is laid out by forces (ForceAtlas2), its longer side lying; then they are packed around
    the largest.
    """
    parts = sorted((sorted(c) for c in nx.connected_components(plain)), key=lambda c: (-len(c), c))
    placed, shapes = [], []
    for part in parts:
        size = np.array([boxes[n][:2] for n in part])
        place = {n: i for i, n in enumerate(part)}
        found = sorted(
            (place[u], place[v], weight) for u, v, weight in plain.edges(part, data="weight", default=1.0)
        )
        ends = np.array([pair for *pair, _ in found], dtype=int).reshape(-1, 2)
        placed.append(_component(ends, [weight for *_, weight in found], size))
        shapes.append(cover(placed[-1], size, ends))
    return {
        node: (round(float(x + dx)), round(float(y + dy - boxes[node][2])))
        for part, points, (dx, dy) in zip(parts, placed, pack(shapes), strict=True)
        for node, (x, y) in zip(part, points, strict=True)
    }


def _component(ends: Cells, weights: Sequence[float], size: Points) -> Points:
    if len(size) == 1:
        return np.zeros((1, 2))
    ordered = nx.Graph()
    ordered.add_nodes_from(range(len(size)))
    ordered.add_weighted_edges_from((u, v, w) for (u, v), w in zip(ends.tolist(), weights, strict=True))
    rounds = min(40 + 4 * len(size), max(100, min(400, _WORK // len(size) ** 2)))
    found = nx.forceatlas2_layout(
        ordered, max_iter=rounds, scaling_ratio=2.0, gravity=4.0, weight="weight", seed=_SEED
    )
    points = np.array([found[n] for n in ordered])
    points -= points.mean(axis=0)
    axes = np.linalg.eigh(np.cov(points.T))[1][:, ::-1]
    points = points @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), (0, 1)]))
    points = _drawn_in(points) * (_ASPECT, 1.0)
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points *= 0.8 * float(size[:, 0].mean()) / max(float(np.median(lengths)), 1e-9)
    points = _apart(points, size)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return np.asarray(points - middle)


def _drawn_in(points: Points) -> Points:
    """Shorten what sticks out: distances from the middle grow with their power of 0.6."""
    away = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points * np.maximum(away, 1e-9) ** -0.4)


def _apart(points: Points, size: Points, rounds: int = 300) -> Points:
    """Push overlapping boxes apart, each pair along the axis on which it overlaps by the smaller share."""
    points = points.copy()
    pairs = np.triu_indices(len(points), 1)
    wide = (size[pairs[0]] + size[pairs[1]]) / 2
    room = _NEAR * float(size.mean())
    moved = room  # so far that pairs are looked up anew
    for _ in range(rounds):
        if moved >= room / 2:  # two that have come closer by less than the room cannot have met
            apart = np.abs(points[pairs[0]] - points[pairs[1]])
            near = np.flatnonzero((apart < wide + room).all(axis=1))
            first, second, need, moved = pairs[0][near], pairs[1][near], wide[near], 0.0
        away = points[first] - points[second]
        over = need - np.abs(away)
        at = np.flatnonzero((over[:, 0] > 0.5) & (over[:, 1] > 0.5))
        if not len(at):
            break
        share = over[at] / need[at]
        axis = (share[:, 1] <= share[:, 0]).astype(int)
        push = np.where(away[at, axis] < 0, -0.5, 0.5) * over[at, axis]
        moves = np.zeros_like(points)
        np.add.at(moves, (first[at], axis), push)
        np.add.at(moves, (second[at], axis), -push)
        met = np.bincount(first[at], minlength=len(points)) + np.bincount(second[at], minlength=len(points))
        step = 1.2 * moves / (1 + 0.35 * met)[:, None]
        points += step
        moved += float(np.abs(step).max())
    return points
