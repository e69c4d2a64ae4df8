"""Where each node of the picture stands: computed beforehand, so that the page moves nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

_SEED = 20
_ASPECT = 1.55
_GAP = 46.0

Points = NDArray[np.float64]


def arrange(plain: nx.Graph, boxes: Mapping[int, tuple[float, float]]) -> dict[int, tuple[int, int]]:
    """Return whole-number positions for the nodes of an undirected graph with `weight` on its edges.

    `boxes` is the width and height that a node with its label takes up; no two boxes overlap in the
    result but for what is left after a bounded number of rounds. Each component is laid out by forces
    (ForceAtlas2); the components are packed in rows, the largest first, into a picture wider than high.
    """
    parts = sorted((sorted(c) for c in nx.connected_components(plain)), key=lambda c: (-len(c), c))
    placed = [_component(plain.subgraph(part), part, boxes) for part in parts]
    return {
        node: (round(float(x)), round(float(y)))
        for part, points in zip(parts, _packed(parts, placed, boxes), strict=True)
        for node, (x, y) in zip(part, points, strict=True)
    }


def _component(plain: nx.Graph, part: Sequence[int], boxes: Mapping[int, tuple[float, float]]) -> Points:
    if len(part) == 1:
        return np.zeros((1, 2))
    ordered = nx.Graph()
    ordered.add_nodes_from(part)
    ordered.add_weighted_edges_from(
        sorted((min(u, v), max(u, v), w) for u, v, w in plain.edges(data="weight"))
    )
    size = np.array([boxes[n] for n in part])
    found = nx.forceatlas2_layout(
        ordered, max_iter=400, scaling_ratio=2.0, gravity=0.6, linlog=False, weight="weight", seed=_SEED
    )
    points = np.array([found[n] for n in part])
    points -= points.mean(axis=0)
    axes = np.linalg.eigh(np.cov(points.T))[1][:, ::-1]
    points = points @ (axes * np.sign(axes[np.abs(axes).argmax(axis=0), (0, 1)]))
    points *= (1.15, 1 / 1.15)
    ends = np.array([(part.index(u), part.index(v)) for u, v in ordered.edges])
    lengths = np.linalg.norm(points[ends[:, 0]] - points[ends[:, 1]], axis=1)
    points *= 1.1 * float(size[:, 0].mean()) / max(float(np.median(lengths)), 1e-9)
    return _apart(points, size)


def _apart(points: Points, size: Points, rounds: int = 400) -> Points:
    """Push overlapping boxes apart, each pair along the axis on which it overlaps less."""
    points = points.copy()
    need = (size[:, None, :] + size[None, :, :]) / 2
    upper = np.triu(np.ones((len(points), len(points)), dtype=bool), 1)
    for _ in range(rounds):
        away = points[:, None, :] - points[None, :, :]
        over = need - np.abs(away)
        a, b = np.nonzero((over > 0.5).all(axis=2) & upper)
        if not len(a):
            break
        depth = over[a, b]
        axis = (depth[:, 1] <= depth[:, 0]).astype(int)
        rows = np.arange(len(a))
        sign = np.where(away[a, b, axis] < 0, -1.0, 1.0)
        push = sign * depth[rows, axis] * 0.5
        moves = np.zeros_like(points)
        counts = np.ones(len(points))
        np.add.at(moves, (a, axis), push)
        np.add.at(moves, (b, axis), -push)
        np.add.at(counts, a, 0.35)
        np.add.at(counts, b, 0.35)
        points += moves / counts[:, None] * 1.2
    return points


def _packed(
    parts: Sequence[Sequence[int]], placed: Sequence[Points], boxes: Mapping[int, tuple[float, float]]
) -> list[Points]:
    """Set components in rows below each other, none wider than the picture shall be."""
    sizes, origins = [], []
    for part, points in zip(parts, placed, strict=True):
        half = np.array([boxes[n] for n in part]) / 2
        low, high = (points - half).min(axis=0), (points + half).max(axis=0)
        origins.append(low)
        sizes.append(high - low + _GAP)
    area = sum(float(w * h) for w, h in sizes)
    width = max(float(np.sqrt(area * _ASPECT)), *(float(w) for w, _ in sizes)) if sizes else 0.0
    out, x, y, high = [], 0.0, 0.0, 0.0
    for (w, h), low, points in zip(sizes, origins, placed, strict=True):
        if x and x + w > width:
            x, y, high = 0.0, y + high, 0.0
        out.append(points - low + (x, y))
        x, high = x + float(w), max(high, float(h))
    return out
