"""Nodes, edges and options of the picture, made with pyvis; the page draws them with its own script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import KgError
from kg.publish.measures import communities
from kg.publish.webpage.layout import arrange

FACE = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"
STYLES = {
    "Person": ("#c8453b", "dot"),
    "Organization": ("#2b6cb0", "square"),
    "Place": ("#2f855a", "hexagon"),
    "Project": ("#c77d0a", "diamond"),
    "Event": ("#7551b8", "triangle"),
    "Award": ("#b83280", "star"),
}
OTHERS = (("#0f8b8d", "dot"), ("#5f6c7b", "square"), ("#8a5a44", "diamond"), ("#4c6b1f", "triangle"))
_LARGER = {"star": 1.4, "triangle": 1.1, "hexagon": 1.1}
"""Shapes that cover less than a circle of their size."""
_LINE = 9
_NEAR = 3
"""How far from the middle of a name its line may be broken, if that is not a good place."""
_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Pe", "Pf", "Po"})
"""Categories of signs that no line ends, and no line begins with."""
_WITHIN = 2.5
"""How much stronger an edge within a community pulls than one between two."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What vis-network takes, as plain JSON values, and colour and shape of each type."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    options: dict[str, Any]
    styles: list[tuple[str, str]]


def draw(
    entities: Sequence[Mapping[str, Any]],
    types: Sequence[Mapping[str, str]],
    degrees: Sequence[int],
    ends: Sequence[tuple[int, int]],
    shown: int,
) -> Picture:
    """Draw entities and the facts between them; the first `shown` entities get positions and groups.

    `degrees` is the number of neighbours of each entity, which its size follows; `ends` holds for each fact
    between two entities their places. Facts of the same direction between the same two share an edge; its
    `facts` are places in `ends`. A node's `community` is the group that it belongs to, the
    largest is 0; those of fewer than three are none.
    """
    from pyvis.network import Network  # late: it imports IPython, half a second

    styles = styled([t["name"] for t in types])
    most = max(degrees, default=0) or 1
    weights = [(d / most) ** 0.5 for d in degrees]
    labels = [short(e["name"]) for e in entities]
    links = [(s, o) for s, o in ends if s != o and s < shown and o < shown]
    groups = _groups(links, shown)
    plain = nx.Graph()
    plain.add_nodes_from(range(shown))
    for s, o in links:
        alike = groups.get(s, -1) == groups.get(o, -2)
        plain.add_edge(s, o, weight=_WITHIN if alike else 1.0)
    boxes = {i: _box(labels[i], weights[i]) for i in range(shown)}
    places = arrange(plain, boxes)
    network = Network(directed=True, cdn_resources="in_line")
    for i, entity in enumerate(entities):
        more: dict[str, Any] = {"x": places[i][0], "y": places[i][1]} if i in places else {}
        more |= {"community": groups[i]} if i in groups else {}
        network.add_node(i, **look(entity["name"], styles[entity["type"]], degrees[i], most), **more)
    pairs: dict[tuple[int, int], list[int]] = {}
    for number, pair in enumerate(ends):
        pairs.setdefault(pair, []).append(number)
    for (s, o), numbers in pairs.items():
        network.add_edge(s, o, facts=numbers)
    network.options = OPTIONS
    nodes, edges, *_ = network.get_network_data()
    return Picture(nodes, edges, OPTIONS, styles)


def look(name: str, style: tuple[str, str], degree: int, most: int) -> dict[str, Any]:
    """Return how a node looks, where the one with the most neighbours has `most` of them."""
    weight, (colour, shape) = (degree / (most or 1)) ** 0.5, style
    size = round(_size(weight) * _LARGER.get(shape, 1.0), 1)
    return {
        "label": short(name),
        "shape": shape,
        "color": colour,
        "size": size,
        "font": {"size": _font(weight)},
    }


def _groups(links: Sequence[tuple[int, int]], size: int) -> dict[int, int]:
    network = nx.MultiDiGraph()
    network.add_nodes_from(range(size))
    network.add_edges_from(links)
    return {int(n): i for i, group in enumerate(communities(network)) if len(group) > 2 for n in group}


def script() -> str:
    """Return the vis-network script that the installed pyvis carries.

    Raises:
        KgError: it carries none.
    """
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"), key=_version)
    if not found:
        raise KgError("the installed pyvis carries no vis-network script; install pyvis 0.3.2")
    text = found[-1].read_text("utf-8")
    return text.replace("\r\n", "\n").replace("</script", "<\\/script").replace("<!--", "<\\!--")


def short(name: str) -> str:
    """Return a name as the picture shows it: at most two lines, nothing that turns or breaks text.

    >>> short("东海市新材料产业技术研究院有限公司")
    '东海市新材料产业\\n技术研究院有限公司'
    """
    units = [c for c in " ".join(name.split()) if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"}]
    text = "".join(units).strip() or "（无名）"
    width = _width(text)
    if width <= _LINE + 1:
        return text
    if width > 2 * _LINE:
        text = _cut(text, 2 * _LINE - 1) + "…"
        width = _width(text)
    middle = len(_cut(text, width / 2))
    near = range(max(1, middle - _NEAR), min(len(text), middle + _NEAR + 1))
    places = [place for place in near if _may_break(text, place)]
    at = min(places, key=lambda place: (_within(text[:place]), abs(place - middle)), default=middle)
    return f"{text[:at].strip()}\n{text[at:].strip()}"


def _may_break(text: str, at: int) -> bool:
    """Say whether a line may end before a character: not in a Latin word, nor between a sign and its bracket.

    >>> [at for at in range(1, 5) if _may_break("（AB）号", at)]
    [4]
    """
    before, behind = text[at - 1], text[at]
    if unicodedata.category(before) in _OPENING or unicodedata.category(behind) in _CLOSING:
        return False
    return not (before.isascii() and before.isalnum() and behind.isascii() and behind.isalnum())


def _within(text: str) -> bool:
    """Say whether a bracket is open at the end of a text."""
    kinds = [unicodedata.category(sign) for sign in text]
    return sum(kind in _OPENING for kind in kinds) > sum(kind in {"Pe", "Pf"} for kind in kinds)


def _cut(text: str, width: float) -> str:
    while _width(text[:64]) > width:
        text = text[:63] if len(text) > 64 else text[:-1]
    return text


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def _version(path: Path) -> list[int]:
    return [int(part) for part in path.parent.name.removeprefix("vis-").split(".") if part.isdigit()]


def _size(weight: float) -> float:
    return round(6 + 19 * weight, 1)


def _font(weight: float) -> int:
    return round(13 + 8 * weight)


def _box(text: str, weight: float) -> tuple[float, float, float]:
    lines = text.split("\n")
    wide = max(map(_width, lines)) * _font(weight) + 18
    below = len(lines) * _font(weight) * 1.15 + 8
    return max(wide, 2 * _size(weight) + 14), 2 * _size(weight) + below + 10, below / 2


def styled(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return colour and shape of each class, also of those that only one's own ontology knows."""
    others = [n for n in names if n not in STYLES]
    return [STYLES.get(n) or OTHERS[others.index(n) % len(OTHERS)] for n in names]


OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 160,
        "zoomSpeed": 0.7,
        "dragNodes": True,
        "multiselect": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"face": FACE}},
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "arrowStrikethrough": False,
        "smooth": False,
        "selectionWidth": 1.4,
        "hoverWidth": 1.2,
        "selfReference": {"size": 16},
    },
}
"""What the page gives vis-network; names are written by the page itself, so that none lies on another."""
