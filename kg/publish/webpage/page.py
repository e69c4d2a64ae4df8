"""The page put together: template, style, scripts and data, with a policy that lets only these run."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from kg.model import Graph, Literal
from kg.ontology import Ontology
from kg.publish.measures import degree, importance
from kg.publish.networks import to_networkx
from kg.publish.webpage.content import OPEN, tell
from kg.publish.webpage.picture import draw, script

TITLE = "报纸知识图谱"
SCRIPTS = (
    "words.js",
    "base.js",
    "known.js",
    "source.js",
    "match.js",
    "state.js",
    "filters.js",
    "lines.js",
    "graph.js",
    "ways.js",
    "labels.js",
    "soft.js",
    "search.js",
    "evidence.js",
    "panel.js",
    "drawer.js",
    "timeline.js",
    "export.js",
    "turtle.js",
    "keys.js",
    "main.js",
)
LARGEST = 15_000_000
"""No page has more bytes."""
_AROUND = 200_000
"""Bytes that are left for template, style and the page's own scripts."""
_NODE, _EDGE = 220, 80
"""How many bytes the picture takes for an entity and for a fact between two, at most."""

# Every character that could end the data block, look like markup or break an old script parser.
_RISKY = re.compile(r"[<>&\u2028\u2029\ud800-\udfff\x7f]")


def view(
    graph: Graph,
    ontology: Ontology,
    title: str | None = None,
    *,
    limit: int = OPEN,
    total: Mapping[str, int] | None = None,
) -> str:
    """Return the network page of a graph as HTML text, to be written as UTF-8, of at most 15 MB.

    It opens with at most `limit` entities; the others are found by search or called in by their neighbours.
    What does not fit is the least important, and the page says how much that is. Of a part of a graph,
    `total` tells how many `entities`, `facts`, `articles` and `pages` the whole has.

    It holds everything it shows and asks for nothing. Text of the newspapers stands in a data block only,
    and the page's script puts it into the page as text.
    """
    network = to_networkx(graph, ontology)
    rank, degrees = importance(network), degree(network)
    share, room = 1.0, LARGEST - len(script()) - _AROUND
    while True:
        content = tell(graph, ontology, rank, limit, share)
        linked = [i for i, fact in enumerate(content.values["facts"]) if "o" in fact]
        size = len(escape(content.values).encode()) + _NODE * len(content.iris) + _EDGE * len(linked)
        if size < room or not content.iris:
            break
        share *= min(0.8, 0.9 * room / size)
    values = {**content.values, "total": dict(total or content.values["total"])}
    place = {iri: i for i, iri in enumerate(content.iris)}
    picture = draw(
        values["entities"],
        values["types"],
        [degrees[iri] for iri in content.iris],
        [(place[f.subject], place[f.object]) for f in content.facts if not isinstance(f.object, Literal)],
        content.shown,
    )
    for edge in picture.edges:
        edge["facts"] = [linked[i] for i in edge["facts"]]
    heading = TITLE if title is None else title
    data = values | {
        "title": heading,
        "types": [
            {**t, "color": colour, "shape": shape}
            for t, (colour, shape) in zip(values["types"], picture.styles, strict=True)
        ],
        "nodes": picture.nodes,
        "edges": picture.edges,
        "options": picture.options,
        "shown": content.shown,
    }
    return _assemble(heading, data)


def escape(value: Any) -> str:
    r"""Return JSON that may stand in a script element: no markup, no lone surrogate as such.

    >>> escape({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _RISKY.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def served(title: str, data: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the page for a server that hands the graph over piece by piece, and its policy for a header.

    `data` is what the page begins with: the same as in a page from disk, and `api`, where it asks.
    """
    scripts = [name for part in SCRIPTS for name in (("served.js", part) if part == "source.js" else (part,))]
    page = _assemble(title, dict(data), scripts, " connect-src 'self';")
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None  # noqa: S101 - the template has it
    return page.encode("utf-8"), policy[1] + "; frame-ancestors 'none'"


def _assemble(title: str, data: dict[str, Any], scripts: Sequence[str] = SCRIPTS, more: str = "") -> str:
    style = _packed("page.css")
    own = "(() => {\n'use strict';\n" + "\n".join(map(_packed, scripts)) + "})();\n"
    vis = script()
    policy = (
        "default-src 'none'; "
        f"script-src {_hash(vis)} {_hash(own)}; style-src {_hash(style)};{more} "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "POLICY": policy,
        "TITLE": html.escape(_printable(title)),
        "STYLE": style,
        "DATA": escape(data),
        "VIS": vis,
        "SCRIPT": own,
    }
    return re.sub("@@([A-Z]+)@@", lambda match: parts[match[1]], _packed("page.html"))


def _packed(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
