"""Servers over one small graph with hostile names in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from builders import page_of
from servers import FORMULA, IMAGE, KINDS, LONG, SCRIPT, TURNED, Server, serving

from kg import ontology
from kg.config import Settings
from kg.model import Graph, Literal
from kg.rdf import write
from kg.resolve import resolve


@pytest.fixture(scope="session")
def graph() -> Graph:
    first = page_of(
        f"县委书记柳青昨天会见王大力一行，{IMAGE}、{SCRIPT}、{TURNED}、{FORMULA}落户河口经济技术开发区。{LONG}",
        [
            ("柳青", "met", "王大力"),
            ("柳青", "holdsPosition", "中共河口县委", {"title": "书记<b>"}),
            ("柳青", "inspected", IMAGE),
            (IMAGE, "locatedIn", "河口经济技术开发区"),
            (SCRIPT, "locatedIn", "河口经济技术开发区"),
            (TURNED, "locatedIn", "河口经济技术开发区"),
            (FORMULA, "locatedIn", "河口经济技术开发区"),
            (LONG, "locatedIn", "河口经济技术开发区"),
            ("星河项目", "totalInvestment", Literal("1.2亿元<i>", "money", 1.2e8, "CNY")),
        ],
        KINDS,
        aliases={"中共河口县委": ["县委"], "河口经济技术开发区": ["河口经开"]},
        headline="柳青会见<script>alert(3)</script>",
        newspaper="河口日报",
    )
    second = page_of(
        "王大力曾任星河项目负责人。",
        [("王大力", "met", "柳青", {"status": "negated"})],
        {name: KINDS[name] for name in ("柳青", "王大力", "星河项目")},
        source="<b>.txt",
    )
    return resolve([first, second], Settings())


@pytest.fixture(scope="session")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("served")
    settings = Settings()
    write(graph, ontology.load(settings.ontology), settings, out)
    return out


@pytest.fixture(scope="session")
def server(folder: Path, measuring: Mapping[str, str]) -> Iterator[Server]:
    with serving(folder, "--workers", "2", **measuring) as running:
        yield running


@pytest.fixture(scope="session")
def strict(folder: Path, measuring: Mapping[str, str]) -> Iterator[Server]:
    """A server that grants little, behind a proxy, to who shows a token."""
    options = [
        "--time-limit",
        "1.5",
        "--rows",
        "40",
        "--memory",
        "64",
        "--workers",
        "1",
        "--root-path",
        "/kg",
    ]
    with serving(
        folder,
        *options,
        "--allow-host",
        "KG.example.org",
        KG_SERVE_TOKEN="0123456789abcdef",
        **measuring,
    ) as running:
        yield running
