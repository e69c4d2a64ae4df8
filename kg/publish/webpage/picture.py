"""Nodes, edges and options of the picture, made with pyvis; the page draws them with its own script."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import KgError
from kg.model import Fact, Literal, Status
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
_LINE = 9
_FORMER = "#a8a8a8"


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
    predicates: Mapping[str, Mapping[str, Any]],
    rank: Sequence[float],
    ends: Sequence[tuple[int, int, Fact]],
    shown: int,
) -> Picture:
    """Draw entities and the facts between them; the first `shown` entities get positions.

    `rank` is the importance of each entity; `ends` holds for each fact between two entities their
    places. Facts of the same direction between the same two share an edge; its `facts` are places in `ends`.
    """
    from pyvis.network import Network  # late: it imports IPython, half a second

    styles = _styles([t["name"] for t in types])
    top = max(rank, default=0.0) or 1.0
    weights = [(r / top) ** 0.5 for r in rank]
    labels = [short(e["name"]) for e in entities]
    plain = nx.Graph()
    plain.add_nodes_from(range(shown))
    for s, o, _ in ends:
        if s != o and s < shown and o < shown:
            plain.add_edge(s, o, weight=1.0)
    boxes = {i: _box(labels[i], weights[i]) for i in range(shown)}
    places = arrange(plain, boxes)
    network = Network(directed=True, cdn_resources="in_line")
    for i, (entity, text, weight) in enumerate(zip(entities, labels, weights, strict=True)):
        colour, shape = styles[entity["type"]]
        where = {"x": places[i][0], "y": places[i][1]} if i in places else {}
        network.add_node(
            i,
            label=text,
            shape=shape,
            color=colour,
            size=_size(weight),
            font={"size": _font(weight)},
            **where,
        )
    for edge in _edges(ends, predicates, styles, entities):
        network.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    network.options = OPTIONS
    nodes, edges, *_ = network.get_network_data()
    return Picture(nodes, edges, OPTIONS, styles)


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
    first = _cut(text, width / 2)
    return f"{first}\n{text[len(first) :].strip()}"


def _cut(text: str, width: float) -> str:
    while _width(text[:64]) > width:
        text = text[:63] if len(text) > 64 else text[:-1]
    return text


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.56 for c in text)


def _version(path: Path) -> list[int]:
    return [int(part) for part in path.parent.name.removeprefix("vis-").split(".") if part.isdigit()]


def _size(weight: float) -> float:
    return round(7 + 18 * weight, 1)


def _font(weight: float) -> int:
    return round(13 + 8 * weight)


def _box(text: str, weight: float) -> tuple[float, float, float]:
    lines = text.split("\n")
    wide = max(map(_width, lines)) * _font(weight) + 18
    below = len(lines) * _font(weight) * 1.15 + 8
    return max(wide, 2 * _size(weight) + 14), 2 * _size(weight) + below + 10, below / 2


def _styles(names: Sequence[str]) -> list[tuple[str, str]]:
    others = [n for n in names if n not in STYLES]
    return [STYLES.get(n) or OTHERS[others.index(n) % len(OTHERS)] for n in names]


def _edges(
    ends: Sequence[tuple[int, int, Fact]],
    predicates: Mapping[str, Mapping[str, Any]],
    styles: Sequence[tuple[str, str]],
    entities: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    pairs: dict[tuple[int, int], list[int]] = {}
    for i, (s, o, _) in enumerate(ends):
        pairs.setdefault((s, o), []).append(i)
    out = []
    for (s, o), numbers in pairs.items():
        facts = [ends[i][2] for i in numbers]
        statuses = {f.status for f in facts}
        used = list(dict.fromkeys(f.predicate for f in facts))
        edge: dict[str, Any] = {
            "from": s,
            "to": o,
            "label": " · ".join(predicates[p]["label"] for p in used),
            "facts": numbers,
            "width": min(1.5 + 0.6 * (len(facts) - 1), 4),
            "color": _FORMER if statuses == {Status.FORMER} else styles[entities[s]["type"]][0],
        }
        if statuses == {Status.PLANNED}:
            edge["dashes"] = [7, 5]
        if statuses == {Status.FORMER}:
            edge["former"] = True
        if all(predicates[p]["symmetric"] for p in used):
            edge["arrows"] = ""
        if (o, s) in pairs or s == o:
            edge["smooth"] = {"enabled": True, "type": "curvedCW", "roundness": 0.16}
        out.append(edge)
    return out


def between(facts: Sequence[Fact], place: Mapping[str, int]) -> list[tuple[int, int, Fact]]:
    """Return the facts between two entities with the places of both."""
    return [(place[f.subject], place[f.object], f) for f in facts if not isinstance(f.object, Literal)]


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
    "nodes": {
        "borderWidth": 1.5,
        "borderWidthSelected": 3,
        "font": {"face": FACE, "color": "#1f2733", "strokeWidth": 4, "strokeColor": "#fbfaf7"},
        "scaling": {"label": {"enabled": False, "drawThreshold": 3, "maxVisible": 40}},
        "chosen": {"label": False},
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "arrowStrikethrough": False,
        "smooth": False,
        "selectionWidth": 1.4,
        "hoverWidth": 1.2,
        "selfReference": {"size": 16},
        "font": {
            "face": FACE,
            "color": "#4a5464",
            "strokeWidth": 4,
            "strokeColor": "#fbfaf7",
            "align": "horizontal",
        },
        "scaling": {"label": {"enabled": False, "drawThreshold": 3, "maxVisible": 40}},
    },
}
